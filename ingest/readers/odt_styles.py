"""OpenStyles: what the styles of an OpenDocument text say about titles, bold type and numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from ingest.readers.numbering import drawn_number
from ingest.readers.styles import integer

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_TITLE = "Title"
_TABLE_HEADING = "Table_20_Heading"
_LEVELS = 10
_FORMATS = {
    "1": "decimal",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
}


@dataclass(frozen=True, slots=True)
class _ListLevel:
    format: str  # "1", "a", "i", ...; empty draws no number
    prefix: str
    suffix: str
    shown: int  # how many levels stand in the number: 2 for "1.3"
    start: int


class OpenStyles:
    """The styles of a document by name, and the numbers that its lists have come to."""

    def __init__(self, roots: Iterable[Element | None]) -> None:
        self._parents: dict[str, str] = {}
        self._bold: dict[str, bool] = {}
        self._lists: dict[str, dict[int, _ListLevel]] = {}
        for root in roots:
            for style in root.iter() if root is not None else ():
                name = style.get(f"{_STYLE}name", "")
                if style.tag == f"{_STYLE}style":
                    self._parents[name] = style.get(f"{_STYLE}parent-style-name", "")
                    weight = _weight(style)
                    if weight:
                        self._bold[name] = weight in ("bold", "600", "700", "800", "900")
                elif style.tag == f"{TEXT}list-style":
                    self._lists[name] = _levels(style)
        self._counts: dict[str, list[int]] = defaultdict(lambda: [0] * _LEVELS)

    def is_title(self, style: str) -> bool:
        return _TITLE in self._line(style)

    def is_head(self, style: str) -> bool:
        """Whether a style is the one for the head cells of tables."""
        return _TABLE_HEADING in self._line(style)

    def is_all_bold(self, paragraph: Element) -> bool:
        """Whether all text of a paragraph is bold, by the paragraph's style or by its spans."""
        by_style = self._is_bold(paragraph.get(f"{TEXT}style-name", ""))
        if (paragraph.text or "").strip() and not by_style:
            return False
        for child in paragraph:
            if (child.tail or "").strip() and not by_style:
                return False
            bold = self._is_bold(child.get(f"{TEXT}style-name", ""), by_style)
            if "".join(child.itertext()).strip() and not bold:
                return False
        return True

    def restart(self, list_style: str) -> None:
        """A new list begins."""
        self._counts.pop(list_style, None)

    def next_mark(self, list_style: str, level: int, start: str | None) -> str:
        """What is drawn before the next item: "2. ", "b) ", "1.3 "; "" for a bullet."""
        levels = self._lists.get(list_style, {})
        own = levels.get(level)
        if own is None or level >= _LEVELS:
            return ""
        counts = self._counts[list_style]
        counts[level] = counts[level] + 1 if counts[level] else own.start
        if (stated := integer(start)) is not None:
            counts[level] = stated
        counts[level + 1 :] = [0] * (_LEVELS - level - 1)
        if not own.format:
            return ""
        shown = range(max(level + 1 - own.shown, 0), level + 1)
        numbers = [
            drawn_number(counts[each] or 1, _FORMATS.get(levels[each].format, "decimal"))
            for each in shown
            if each in levels and levels[each].format
        ]
        return f"{own.prefix}{'.'.join(numbers)}{own.suffix} "

    def _is_bold(self, style: str, otherwise: bool = False) -> bool:
        for name in self._line(style):
            if name in self._bold:
                return self._bold[name]
        return otherwise

    def _line(self, style: str) -> list[str]:
        """A style and what it is based on."""
        line: list[str] = []
        while style and style not in line:
            line.append(style)
            style = self._parents.get(style, "")
        return line


def count_of(text: str | None, most: int) -> int:
    """A number of repetitions from 1 to ``most``; 1 where there is none."""
    if not text or not text.isascii() or not text.isdigit():
        return 1
    return most if len(text) > 6 else min(max(int(text), 1), most)


def _weight(style: Element) -> str:
    properties = style.find(f"{_STYLE}text-properties")
    return properties.get(f"{_FO}font-weight", "") if properties is not None else ""


def _levels(style: Element) -> dict[int, _ListLevel]:
    levels = {}
    for element in style:
        level = count_of(element.get(f"{TEXT}level"), _LEVELS) - 1
        numbered = element.tag == f"{TEXT}list-level-style-number"
        levels[level] = _ListLevel(
            element.get(f"{_STYLE}num-format", "") if numbered else "",
            element.get(f"{_STYLE}num-prefix", ""),
            element.get(f"{_STYLE}num-suffix", ""),
            count_of(element.get(f"{TEXT}display-levels"), _LEVELS),
            count_of(element.get(f"{TEXT}start-value"), 99999),
        )
    return levels
