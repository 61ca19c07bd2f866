"""Counts: the number of things that a text names ("the five domains"), or a question asks for."""

from __future__ import annotations

import re
from functools import lru_cache

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

# A figure counts what is asked for where it stands as one does: not "Scope 1 and 2 emissions".
_COUNTED = re.compile(
    r"\b(?:(?:the|which|what|les|quel(?:le)?s|die|welche|las|los|i|gli|quali|welke) "
    rf"(?=\d)([2-9]|[12]\d|30)|({'|'.join(_NUMBER_WORDS)}))\s+(?=[^\W\d_])",
    re.IGNORECASE,
)


def count_in(text: str) -> int | None:
    """The first such number, 2 to 30; None where the text says none."""
    counted = _COUNTED.search(text)
    if counted is not None:
        word = (counted[1] or counted[2]).lower()
        return int(word) if word.isdecimal() else _NUMBER_WORDS[word]
    return None


_HOW_MANY = re.compile(
    r"\b(?:how many|combien d(?:e\s|[’'])|wie ?viele|cuánt[oa]s|quant[ei]|hoeveel)\s*"
    r"((?:[^\W\d_][\w-]*\s+){1,4})",
    re.IGNORECASE,
)
# What follows the things in an English question: in others their noun comes first.
_AUXILIARY = re.compile(
    r"do|does|did|is|are|was|were|have|has|had|will|would|can|could|should|shall|must|may|to",
    re.IGNORECASE,
)
# Other words for these are as common, or none at all: "412 died".
_ANYBODY = re.compile(
    r"people|persons|more|other|new|personnes|autres|menschen|leute|weitere|personas|más|persone"
    r"|altre|mensen|personen|andere",
    re.IGNORECASE,
)


@lru_cache(maxsize=256)  # asked for with every sentence that may answer the question
def counted_thing(question: str) -> str | None:
    """The noun for what "how many" asks for: "buses" of "how many electric buses does it run".

    None where the question counts nothing, or people.
    """
    asked = _HOW_MANY.search(question)
    if asked is None:
        return None
    words = asked[1].split()
    ends = next((at for at, word in enumerate(words) if _AUXILIARY.fullmatch(word)), None)
    if ends == 0:
        return None
    noun = words[0] if ends is None else words[ends - 1]
    return None if _ANYBODY.fullmatch(noun) else noun
