"""Figures: numbers in a text as values, however they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator

Figure = tuple[float, bool]  # the value, and whether it is a percentage

_FIGURE = re.compile(r"\d+(?:[.,   ’']\d{3}(?!\d))+(?:[.,]\d+)?|\d+(?:[.,]\d+)?")
_GROUPED = re.compile(r"[.,   ’'](?=\d{3}(?!\d))")
_SCALES = (
    (re.compile(r"[\s ]*(?:millions?|mio|mn|millionen|millones)\b", re.IGNORECASE), 1e6),
    (re.compile(r"[\s ]*(?:billions?|bn|milliards?|milliarden)\b", re.IGNORECASE), 1e9),
    (re.compile(r"[\s ]*(?:thousands?|mille|tausend|miles)\b", re.IGNORECASE), 1e3),
)
_PERCENT = re.compile(r"[\s ]*(?:%|per ?cent\b|pour ?cent\b|prozent\b|por ciento\b)", re.IGNORECASE)
_NUMBER_WORDS = {
    word: number
    for number, words in {
        2: "two deux zwei dos due twee",
        3: "three trois drei tres tre drie",
        4: "four quatre vier cuatro quattro",
        5: "five cinq fünf cinco cinque vijf",
        6: "six sechs seis sei zes",
        7: "seven sept sieben siete sette zeven",
        8: "eight huit acht ocho otto",
        9: "nine neuf neun nueve nove negen",
        10: "ten dix zehn diez dieci tien",
        11: "eleven onze elf once undici",
        12: "twelve douze zwölf doce dodici twaalf dozen",
        13: "thirteen treize dreizehn",
        14: "fourteen quatorze vierzehn",
        15: "fifteen quinze fünfzehn",
        16: "sixteen seize sechzehn",
        17: "seventeen siebzehn",
        18: "eighteen achtzehn",
        19: "nineteen neunzehn",
        20: "twenty vingt zwanzig veinte venti",
        30: "thirty trente dreißig treinta trenta",
        40: "forty quarante vierzig cuarenta quaranta",
        50: "fifty cinquante fünfzig cincuenta cinquanta",
        60: "sixty soixante sechzig sesenta sessanta",
        70: "seventy siebzig setenta settanta",
        80: "eighty achtzig ochenta ottanta",
        90: "ninety neunzig noventa novanta",
        100: "hundred hundert cien cento",
    }.items()
    for word in words.split()
}
_NUMBER_WORD = re.compile(rf"\b(?:{'|'.join(_NUMBER_WORDS)})\b", re.IGNORECASE)


def figures(text: str) -> frozenset[Figure]:
    """(value, whether it is a percentage) of every figure; "12 million" is 12000000."""
    return frozenset(figure for figure, _ in figures_with_ends(text))


def figures_with_ends(text: str) -> Iterator[tuple[Figure, int]]:
    """Every figure, and where it ends with its scale and sign."""
    for match in _FIGURE.finditer(text):
        plain = _GROUPED.sub("", match[0]).replace(",", ".")
        yield _scaled(float(plain), text, match.end())
    for match in _NUMBER_WORD.finditer(text):
        yield _scaled(float(_NUMBER_WORDS[match[0].lower()]), text, match.end())


def _scaled(value: float, text: str, end: int) -> tuple[Figure, int]:
    for scale, factor in _SCALES:
        if match := scale.match(text, end):
            value, end = value * factor, match.end()
            break
    share = _PERCENT.match(text, end)
    return (round(value, 6), share is not None), share.end() if share else end
