"""Question: what is asked: its standalone form, its kind, and the words that carry it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from assistant.answer import History
from assistant.errors import QuestionError

LONGEST_QUESTION = 2_000  # characters; a question is a sentence or a paragraph, not a document


class QuestionKind(StrEnum):
    FACT = "fact"
    LIST = "list"
    NUMBER = "number"  # how many, how much, when: the answer holds a figure
    WHO = "who"
    REASON = "reason"  # why and how
    DEFINITION = "definition"


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

# The order matters: the first pattern that is found decides.
_KINDS: tuple[tuple[QuestionKind, str], ...] = (
    (
        QuestionKind.DEFINITION,
        r"\bstands? for\b|\bdefin(?:e[sd]?|itions?|ing)\b|\bmeaning of\b|\bwhat (?:does|do) .* (?:mean|understand)"
        r"|\bmeant by\b|\bdéfini|\bsignifie|\bbedeutet\b|\bglossary\b|\bglossaire\b|^what is an? \w+(?: \w+){0,3}\??$"
        r"|^what is (?:social|digital) \w+\??$",
    ),
    (
        QuestionKind.NUMBER,
        r"\bhow (?:many|much|often|long|large|big|high|far|fast|quickly|old)\b|\bwhen\b|\b(?:what|which) (?:year|date|percentage"
        r"|share|number|amount|budget|proportion|rank)\b|\bby what date\b|\bwhat (?:is|was|were) the (?:budget|cost|total|number|target)"
        r"|\bcombien\b|\bquand\b|\bquelles? (?:années?|date|part|longueur|budget)\b|\bbudget\b|\bwie ?viele?\b|\bwann\b|\bcuánt|\bcuándo\b"
        r"|\bquant[oiae]\b|\bhoeveel\b|\bwanneer\b|\brank(?:ed)?\b",
    ),
    (
        QuestionKind.WHO,
        r"\bwho(?:m|se)?\b|\bwhich (?:\w+ ){0,2}(?:body|bodies|authority|ministry|agency|office|centre|center|organisation|organization"
        r"|department|institution|company|firm|unit|branch|country)\b|\bqui\b|\bwer\b|\bwem\b|\bwie is\b|\bquién|\bchi\b|\bresponsible for\b"
        r"|\bquel(?:le)? (?:organisme|ministère|autorité|agence)\b",
    ),
    (
        QuestionKind.LIST,
        r"^(?:please )?(?:list|name|enumerate|énumérez|citez|nennen?)\b|\b(?:what|which) (?:are|were)\b(?! the (?:budget|cost))"
        r"|\bcan you (?:list|name)\b|\bquel(?:le)?s sont\b|\bwelche\b.*\bsind\b|\bcuáles son\b|\bquali sono\b|\bwelke\b.*\bzijn\b"
        r"|\b(?:what|which) (?:\w+ ){0,3}(?:areas|principles|goals|objectives|pillars|priorities|measures|actions|sectors|themes"
        r"|threats|companies|bodies|frameworks|services|programmes|programs|domains|steps|partners|values|kinds|types)\b",
    ),
    (
        QuestionKind.REASON,
        r"\bwhy\b|\bhow\b|\bpourquoi\b|\bcomment\b|\bwarum\b|\bwieso\b|\bpor qué\b|\bperché\b|\bwaarom\b|\bin what way\b|\breasons?\b",
    ),
)
_COMPARES = re.compile(
    r"\b(?:compar|vergleich|confront)|\bdiffer|\bdifférence|\bchanged?\b|\bchangé|\bversus\b|\bvs\b|\beach\b|\bboth\b"
    r"|\b(?:and|et|und|y|en)\b",
    re.IGNORECASE,
)
_COMPILED = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _KINDS)

_LEANS_ON_HISTORY = re.compile(
    r"^(?:and|but|so|or|et|mais|und|aber|what about|how about|which of (?:those|these|them))\b"
    r"|\b(?:it|its|they|them|their|those|these|this|that one|there|he|she|his|her|ones?|the (?:first|second|third|last|former"
    r"|latter|same|other))\b|\b(?:cela|cette|ce|ces|celui|celle|il|elle|ils|elles|y|leur|son|sa|ses)\b"
    r"|\b(?:er|es|diese[rsn]?|dort|deren|dessen)\b",
    re.IGNORECASE,
)
_FEW_WORDS = 4  # a question this short after another one goes on with it


def understand(asked: str, history: History | None = None) -> Question:
    """What is asked. Raises QuestionError for an empty question or one too long to be one."""
    text = " ".join(asked.split())
    if not any(char.isalnum() for char in text):
        raise QuestionError("The question is empty. Ask in a sentence, for example: Who leads the strategy?")
    if len(text) > LONGEST_QUESTION:
        raise QuestionError(
            f"The question has {len(text):,} characters; {LONGEST_QUESTION:,} are read."
            " Ask in a sentence or two, and add long texts to the documents instead."
        )
    return Question(
        text, _standalone(text, history), kind_of(text), bool(_COMPARES.search(text)), _count(text)
    )


def kind_of(text: str) -> QuestionKind:
    """The kind of a question, told by its words."""
    for kind, pattern in _COMPILED:
        if pattern.search(text):
            if kind is QuestionKind.WHO and _asks_for_list(text):
                return QuestionKind.LIST
            return kind
    return QuestionKind.FACT


def _asks_for_list(text: str) -> bool:
    return bool(re.search(r"\b(?:bodies|companies|organisations|ministries|agencies|institutions|countries)\b", text))


def _count(text: str) -> int | None:
    for word in re.findall(r"\w+", text.lower()):
        if word in _NUMBER_WORDS:
            return _NUMBER_WORDS[word]
        if word.isdigit() and 2 <= int(word) <= 30:
            return int(word)
    return None


def _standalone(text: str, history: History | None) -> str:
    """The question with its topic: a question that leans on the history gets the last asked one before it."""
    earlier = [turn["content"] for turn in history or () if turn.get("role") == "user"]
    if not earlier:
        return text
    leans = bool(_LEANS_ON_HISTORY.search(text)) or len(text.split()) <= _FEW_WORDS
    if not leans:
        return text
    topic = " ".join(earlier[-1].split())[:LONGEST_QUESTION]
    if _LEANS_ON_HISTORY.match(topic) and len(earlier) > 1:
        topic = " ".join([*earlier[-2].split(), topic])[:LONGEST_QUESTION]
    return f"{topic} {text}"
