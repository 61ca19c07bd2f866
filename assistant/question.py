"""Question: what is asked: its standalone form, its kind, and the words that carry it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.answer import History
from assistant.counts import count_in
from assistant.errors import QuestionError
from assistant.followup import standalone
from assistant.kinds import QuestionKind, kind_of

LONGEST_QUESTION = 2_000  # characters; a question is a sentence or a paragraph, not a document


# Who says it is not what is asked for.
_SOURCE = re.compile(
    r",?\s*\b(?:ac?cording to|selon|d[’']après|laut|según|secondo|volgens)\b[^,?]*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it was asked and as it is searched."""

    asked: str
    standalone: str  # with what it takes from the history
    kind: QuestionKind
    compares: bool = False  # it may be about several documents at once
    of_change: bool = False  # it asks how things differ, or how they changed
    of_document: bool = False  # it asks what a strategy, a law, a report says
    count: int | None = None  # how many items a list should have, where the question says so

    @property
    def focus(self) -> str:
        """The question without who says it: "according to the press release"."""
        return _focus(self.standalone)


_COMPARES = re.compile(
    r"\b(?:compar|vergleich|confront|differ|différ|changed?\b|changé|versus\b|vs\b|each\b|both\b"
    r"|(?:and|et|und|y|en)\b)",
    re.IGNORECASE,
)
_CHANGES = re.compile(
    r"\b(?:compar|vergleich|confront|differ|différ|chang|évolu|evol|shift|unterschie|änder)\w*",
    re.IGNORECASE,
)
# What an author adopts and publishes, and a question can be about.
DOCUMENT_NOUNS = re.compile(
    r"\b(?:strateg(?:y|ies)|polic(?:y|ies)|plans?|programmes?|programs?|reports?|laws?|acts?"
    r"|roadmaps?|agendas?|white papers?|stratégies?|politiques?|rapports?|lois?|feuilles? de route"
    r"|strategien?|pläne?|gesetze?|berichte?|estrategias?|políticas?|planes|informes?|ley(?:es)?"
    r"|strategi[ae]|politic(?:a|he)|piani|relazion[ei]|legg[ei]|strategieën|beleid|plannen|wet)\b",
    re.IGNORECASE,
)
_FEWEST_WORDS = 4  # of what is left of a question without its source


@lru_cache(maxsize=256)  # asked for with every document that may answer
def _focus(standalone: str) -> str:
    focus = _SOURCE.sub("", standalone)
    return focus if len(focus.split()) >= _FEWEST_WORDS else standalone


def understand(asked: str, history: History | None = None) -> Question:
    """What is asked. Raises QuestionError for an empty question or one too long to be one."""
    text = " ".join(asked.split())
    if not any(char.isalnum() for char in text):
        raise QuestionError(
            "The question is empty. Ask in a sentence, for example: Who leads the strategy?"
        )
    if len(text) > LONGEST_QUESTION:
        raise QuestionError(
            f"The question has {len(text):,} characters; {LONGEST_QUESTION:,} are read."
            " Ask in a sentence or two, and add long texts to the documents instead."
        )
    full = standalone(text, history)
    kind = kind_of(text)
    if kind is QuestionKind.FACT:  # "What about Norway?" asks for what was asked before
        kind = kind_of(full)
    return Question(
        text,
        full,
        kind,
        compares=bool(_COMPARES.search(full)),
        of_change=bool(_CHANGES.search(full)),
        of_document=bool(DOCUMENT_NOUNS.search(full)),
        count=count_in(text),
    )
