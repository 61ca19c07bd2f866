"""Counts: how many of its things a text says that there are: "the five domains", "quatre axes"."""

from __future__ import annotations

import re

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
