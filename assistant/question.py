"""Question: what is asked: its standalone form, its kind, and the words that carry it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.answer import History
from assistant.errors import QuestionError
from assistant.followup import standalone
from assistant.kinds import QuestionKind, kind_of

LONGEST_QUESTION = 2_000  # characters; a question is a sentence or a paragraph, not a document


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it was asked and as it is searched."""

    asked: str
    standalone: str  # with what it takes from the history
    kind: QuestionKind
    compares: bool = False  # it may be about several documents at once
    count: int | None = None  # how many items a list should have, where the question says so


_NUMBER_WORDS = {
    word: number
    for number, words in {
        2: "two deux zwei dos due twee both",
        3: "three trois drei tres tre drie",
        4: "four quatre vier cuatro quattro",
        5: "five cinq fünf cinco cinque vijf",
        6: "six sechs seis sei zes",
        7: "seven sept sieben siete sette zeven",
        8: "eight huit acht ocho otto",
        9: "nine neuf neun nueve nove negen",
        10: "ten dix zehn diez dieci tien",
        12: "twelve douze zwölf doce dodici twaalf",
    }.items()
    for word in words.split()
}

_COMPARES = re.compile(
    r"\b(?:compar|vergleich|confront|differ|différ|changed?\b|changé|versus\b|vs\b|each\b|both\b"
    r"|(?:and|et|und|y|en)\b)",
    re.IGNORECASE,
)


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
    return Question(text, full, kind, bool(_COMPARES.search(full)), _count(text))


def _count(text: str) -> int | None:
    for word in re.findall(r"\w+", text.lower()):
        if word in _NUMBER_WORDS:
            return _NUMBER_WORDS[word]
        if word.isdecimal() and 2 <= int(word) <= 30:
            return int(word)
    return None
