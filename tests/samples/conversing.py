"""Answers and conversations that the tests of the chat share."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace

from assistant import Answer, Citation
from assistant.assistant import Limits
from index import DocumentInfo, Evidence
from ingest import Passage

CITATION = Citation(
    number=1,
    document="plans/harbour.pdf",
    title="Harbour plan",
    page=3,
    page_label="iii",
    section=("Goals", "Shore power"),
    quote="Twelve quays are electrified by 2031.",
    start=120,
    end=157,
    content_hash="0" * 64,
)
PASSAGE = Passage(
    document="plans/forest.md",
    content_hash="1" * 64,
    title="Forest charter",
    ordinal=0,
    start=10,
    end=54,
    text="Rangers plant native oaks on 4,000 hectares.",
    section=("Planting",),
)
ANSWER = Answer(
    question="Which quays?",
    text="Twelve quays are electrified by 2031. [1]",
    found=True,
    citations=(CITATION,),
    evidence=(Evidence(PASSAGE, 0.4),),
    standalone="Which quays?",
)
REFUSAL = Answer(
    question="Who was first on the moon?",
    text="The documents do not say.\n\nThese come nearest:\n\n- Forest charter",
    found=False,
    evidence=tuple(Evidence(PASSAGE, score) for score in (0.4, 0.3, 0.2, 0.1)),
)
HARBOUR = DocumentInfo("plans/harbour.pdf", "Harbour plan", "2023", "en", "pdf", 12, 30, "indexed")
FOREST = DocumentInfo("plans/forest.md", "Forest charter", None, "en", "markdown", 0, 4, "indexed")
SCAN = DocumentInfo("scan.pdf", "", None, None, "pdf", 0, 0, "failed", "no text")


class SlowAssistant:
    """Says the first word of every answer, and the rest when it is allowed to."""

    def __init__(self) -> None:
        self.first_word = threading.Event()  # is said
        self.go_on = threading.Event()  # is allowed
        self.left = threading.Event()  # the stream was left or is at its end
        self.asked: list[tuple[str, list[object], Limits | None]] = []

    def stream(
        self, question: str, history: list[object], documents: Limits | None
    ) -> Iterator[Answer]:
        self.asked.append((question, history, documents))
        try:
            yield replace(ANSWER, question=question, text="Twelve", citations=(), complete=False)
            self.first_word.set()
            while not self.go_on.wait(0.01):
                yield replace(ANSWER, question=question, text="Twelve", complete=False)
            yield replace(ANSWER, question=question)
        finally:
            self.left.set()

    def documents(self) -> list[DocumentInfo]:
        return [HARBOUR, FOREST, SCAN]
