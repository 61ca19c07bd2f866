"""Record: what the assistant made of one question, as it is judged and saved."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from assistant.answer import Answer
from assistant.errors import QuestionFileError
from assistant.questions import FOUND_SHARE, GoldEvidence, GoldQuestion, file_name, trigram_share

RETRIEVED = 10  # passages kept for evidence@k


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Words on a page of a document: a citation's quote, or a passage that was retrieved."""

    document: str
    page: int | None
    text: str

    def holds(self, gold: GoldEvidence) -> bool:
        """Whether the evidence stands in these words."""
        return (
            file_name(self.document) == gold.document
            and trigram_share(gold.quote, self.text) >= FOUND_SHARE
        )


@dataclass(frozen=True, slots=True)
class Record:
    """One question and what was answered."""

    question: GoldQuestion
    found: bool
    text: str
    citations: tuple[Excerpt, ...]
    retrieved: tuple[Excerpt, ...]  # best first
    milliseconds: float
    standalone: str = ""  # what was searched; "" where an earlier version did not save it

    @classmethod
    def of(cls, question: GoldQuestion, answer: Answer, milliseconds: float) -> Self:
        return cls(
            question,
            answer.found,
            answer.text,
            tuple(Excerpt(item.document, item.page, item.quote) for item in answer.citations),
            tuple(
                Excerpt(item.passage.document, item.passage.page, item.passage.text)
                for item in answer.evidence[:RETRIEVED]
            ),
            milliseconds,
            answer.standalone,
        )

    @property
    def right(self) -> bool:
        """Right answer, or rightly none."""
        if not self.question.answerable:
            return not self.found
        return self.found and self.question.answered_by(self.text)

    @property
    def ranks(self) -> list[int | None]:
        """For each piece of evidence the place of the first passage that holds it, from 1."""
        return [
            next(
                (
                    place
                    for place, item in enumerate(self.retrieved, start=1)
                    if any(item.holds(gold) for gold in group)
                ),
                None,
            )
            for group in self.question.groups
        ]

    def to_dict(self) -> dict[str, Any]:
        """Plain values, ready for JSON."""
        return {
            "id": self.question.id,
            "question": self.question.question,
            "standalone": self.standalone,
            "found": self.found,
            "text": self.text,
            "ms": self.milliseconds,
            "citations": [
                {"document": item.document, "page": item.page, "quote": item.text}
                for item in self.citations
            ],
            "retrieved": [
                {"document": item.document, "page": item.page, "text": item.text}
                for item in self.retrieved
            ],
        }

    @classmethod
    def from_dict(cls, question: GoldQuestion, line: Mapping[str, Any]) -> Self:
        return cls(
            question,
            bool(line["found"]),
            str(line["text"]),
            tuple(
                Excerpt(item["document"], item.get("page"), item["quote"])
                for item in line["citations"]
            ),
            tuple(
                Excerpt(item["document"], item.get("page"), item["text"])
                for item in line["retrieved"]
            ),
            float(line["ms"]),
            str(line.get("standalone", "")),
        )


def read_records(path: Path, questions: Sequence[GoldQuestion]) -> list[Record]:
    """The records that an earlier run saved for these questions; those of others are passed over.

    A record whose question was worded differently then is one of another question. Raises
    QuestionFileError that names the line.
    """
    known = {question.id: question for question in questions}
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionFileError(
            f"{path}: cannot be read ({error}). Give a file that --records wrote."
        ) from error
    records = []
    for number, text in enumerate(lines, start=1):
        if not text.strip():
            continue
        try:
            line = json.loads(text)
            question = known.get(line["id"])
            if question and line.get("question", question.question) == question.question:
                records.append(Record.from_dict(question, line))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise QuestionFileError(
                f"{path}, line {number}: not a record ({type(error).__name__}: {error})."
                " Give a file that --records wrote."
            ) from error
    return records
