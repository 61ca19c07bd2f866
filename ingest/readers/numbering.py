"""Numbering: the numbers that Word draws before paragraphs and does not store with them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from ingest.readers.styles import W, child_value, integer, value

_LEVELS = 9
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered."""

    format: str = "decimal"  # "bullet" and "none" draw no number
    text: str = ""  # "%1.%2": the numbers of levels 1 and 2
    start: int = 1
    legal: bool = False  # numbers of other levels in Arabic digits


class Numbering:
    """Counts the lists of a document, paragraph by paragraph in reading order."""

    def __init__(self, root: Element | None) -> None:
        abstracts: dict[str, Element] = {}
        by_style: dict[str, Element] = {}
        self._levels: dict[str, dict[int, Level]] = {}
        self._list_of: dict[str, str] = {}  # number id -> abstract id: these count together
        self._restarts: dict[str, dict[int, int]] = {}
        for element in root if root is not None else ():
            if element.tag == f"{W}abstractNum":
                abstracts[value(element, "abstractNumId")] = element
                if link := child_value(element, "styleLink"):
                    by_style[link] = element
            elif element.tag == f"{W}num":
                number_id = value(element, "numId")
                abstract_id = child_value(element, "abstractNumId") or ""
                abstract = abstracts.get(abstract_id)
                linked = by_style.get(child_value(abstract, "numStyleLink") or "")
                self._list_of[number_id] = abstract_id
                self._levels[number_id] = _levels(linked if linked is not None else abstract)
                self._restarts[number_id] = self._override(number_id, element)
        self._counts: dict[str, list[int | None]] = defaultdict(lambda: [None] * _LEVELS)
        self._begun: set[str] = set()

    def has(self, number_id: str) -> bool:
        """Whether paragraphs with this id are numbered or have bullets ("0" takes them away)."""
        return number_id in self._levels and number_id != "0"

    def next(self, number_id: str, depth: int) -> str:
        """What stands before the next paragraph of a list: "2.", "b)", "1.3"; "" for a bullet."""
        depth = min(depth, _LEVELS - 1)
        counts = self._counts[self._list_of[number_id]]
        if number_id not in self._begun:
            self._begun.add(number_id)
            for level, start in self._restarts[number_id].items():
                counts[level:] = [None] * (_LEVELS - level)
                counts[level] = start - 1
        levels = self._levels[number_id]
        own = levels.get(depth, Level("bullet"))
        for level in range(depth):
            if counts[level] is None:
                counts[level] = levels.get(level, own).start
        current = counts[depth]
        counts[depth] = own.start if current is None else current + 1
        counts[depth + 1 :] = [None] * (_LEVELS - depth - 1)
        if own.format in ("bullet", "none"):
            return ""
        text = own.text
        for level in range(depth + 1):
            used = levels.get(level, own)
            format = "decimal" if own.legal else used.format
            text = text.replace(f"%{level + 1}", drawn_number(counts[level] or 0, format))
        return text.strip()

    def _override(self, number_id: str, element: Element) -> dict[int, int]:
        """Levels that this list numbers in its own way; returns where it starts anew."""
        restarts = {}
        for override in element.iter(f"{W}lvlOverride"):
            level = integer(value(override, "ilvl"))
            if level is None or level >= _LEVELS:
                continue
            for own in override.iter(f"{W}lvl"):
                self._levels[number_id] = {**self._levels[number_id], level: _level(own)}
            start = integer(child_value(override, "startOverride"))
            if start is not None:
                restarts[level] = start
        return restarts


def _levels(abstract: Element | None) -> dict[int, Level]:
    levels = {}
    for element in abstract.iter(f"{W}lvl") if abstract is not None else ():
        level = integer(value(element, "ilvl"))
        if level is not None and level < _LEVELS:
            levels[level] = _level(element)
    return levels


def _level(element: Element) -> Level:
    start = integer(child_value(element, "start"))
    return Level(
        child_value(element, "numFmt") or "decimal",
        child_value(element, "lvlText") or "",
        1 if start is None else start,
        element.find(f"{W}isLgl") is not None,
    )


def drawn_number(number: int, format: str) -> str:
    """A number as its format writes it; formats of other scripts come as Arabic digits."""
    if format in ("lowerRoman", "upperRoman") and 0 < number < 4000:
        roman = ""
        for amount, sign in _ROMAN:
            roman += sign * (number // amount)
            number %= amount
        return roman if format == "lowerRoman" else roman.upper()
    if format in ("lowerLetter", "upperLetter") and number > 0:
        # After z come aa, bb, cc.
        letter = chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 10)
        return letter if format == "lowerLetter" else letter.upper()
    if format in ("bullet", "none"):
        return ""
    return f"{number:02d}" if format == "decimalZero" else str(number)
