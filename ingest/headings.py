"""Headings: which lines of a document are headings, and how high they stand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from ingest.builder import LONGEST_HEADING
from ingest.contents import squash
from ingest.lines import Line
from ingest.markers import SECTION_NUMBER, WORDED_NUMBER, is_numbered, marker_of

_NO_HEADING = re.compile(r"(?:\.\s?){4,}|(?:…\s?){2,}|_{4,}|https?:|www\.|@")

_RUN_IN = re.compile(r"[:.](?=\s)")

_LONGEST = 16  # words; a longer line is a sentence
_LONGEST_TITLE = 160  # characters, on one line
_LONGEST_RUN = 24  # words of large type in a row; more is an introduction or a quotation
_LARGER = 1.12  # type this much larger than the body's is a heading's
_KNOWN_LINES = 4  # that a heading named in the outline or the contents may take
_FULL = 0.85  # share of the measure that a full line takes


class Headings:
    """Tells headings by the document's outline and contents, and by the way it is set."""

    def __init__(self, lines: Sequence[Line], known: Mapping[str, int]) -> None:
        """``known``: squashed titles from the outline and the contents, with their level."""
        self.body = _usual([round(line.size, 1) for line in lines for _ in line.text[::20]])
        self._known = known
        self._width = _wide([line.right - line.indent for line in lines])
        bigger = Counter(round(line.size) for line in lines if self.is_larger(line))
        self._sizes = sorted(bigger, reverse=True)

    def known_at(self, lines: Sequence[Line], index: int) -> tuple[int, int]:
        """How many lines from ``index`` on make a heading that is known, and its level; else 0."""
        text = ""
        best = (0, 0)
        if not self._known:
            return best
        for count, line in enumerate(lines[index : index + _KNOWN_LINES], start=1):
            if (count > 1 and line.gap > 2) or len(line.text) > _LONGEST_TITLE:
                break
            text += squash(line.text)
            if level := self._known.get(text):
                best = (count, level)
        return best

    def run_in(self, lines: Sequence[Line], index: int) -> tuple[int, str, str, int]:
        """A known heading that its paragraph follows on the same line, after a colon or a stop.

        How many lines it takes, its text, the rest of the last of them, and its level; or 0.
        """
        before = ""
        known = lines[index : index + _KNOWN_LINES] if self._known else ()
        for count, line in enumerate(known, start=1):
            for match in _RUN_IN.finditer(line.text, 0, _LONGEST_TITLE):
                title = f"{before} {line.text[: match.end()]}".strip()
                if level := self._known.get(squash(title)):
                    return count, title, line.text[match.end() :].strip(), level
            if len(line.text) > _LONGEST_TITLE:
                break
            before = f"{before} {line.text}".strip()
        return 0, "", "", 0

    def level(self, lines: Sequence[Line], index: int, last: Line | None, in_list: bool) -> int:
        """1 to 6 where the line at ``index`` is a heading, 0 for anything else.

        ``last`` is the line before it if that is a heading; ``in_list``: it has the number that
        follows the one of the list item before.
        """
        line = lines[index]
        after = lines[index + 1] if index + 1 < len(lines) else None
        text = line.text.strip()
        if len(text) > LONGEST_HEADING:
            return 0
        words = text.split()
        if not words or len(words) > _LONGEST or _NO_HEADING.search(text) or not _is_worded(text):
            return 0
        number = SECTION_NUMBER.match(text)
        marker = marker_of(text)
        if text[0].islower() or (marker is not None and marker.bullet):
            return 0
        if text.endswith((".", ";")) and not number:
            return 0
        if self.is_larger(line):
            return self._size_level(line) if self._run(lines, index) <= _LONGEST_RUN else 0
        if text.endswith((",", ":")) and not number:
            return 0
        if in_list or (after is not None and after.gap <= 0.4 and after.text[:1].islower()):
            return 0
        apart = line.gap > 0.4 or last is not None or line.column_break or index == 0
        return self._level_by_words(line, after, apart)

    def _level_by_words(self, line: Line, after: Line | None, apart: bool) -> int:
        """The level of a line in the body's size: by its number, its capitals, its weight."""
        text = line.text.strip()
        words = text.split()
        letters = [char for char in text if char.isalpha()]
        capitals = sum(char.isupper() for char in letters) / len(letters) > 0.85
        number = SECTION_NUMBER.match(text)
        depth = number["number"].count(".") + 1 if number else 0
        base = min(len(self._sizes), 3)
        if depth > 1 and apart and not text.endswith((".", ";", ",")):
            return min(base + depth, 6)
        if capitals and apart and (depth or len(letters) > 5):
            return min(base + max(depth, 1), 6)
        if WORDED_NUMBER.match(text) and apart and len(words) <= 12:
            return min(base + 2, 6)
        if line.bold and apart and not self.is_full(line) and not text.endswith("."):
            return min(base + max(depth, 2), 6)
        alone = apart and (after is None or after.gap > 0.4 or len(after.text) > 1.5 * len(text))
        if depth == 1 and alone and (after is None or not is_numbered(after.text)):
            return min(base + 1, 6) if not text.endswith(".") else 0
        titled = (
            len(words) <= 9
            and not self.is_full(line, 0.7)
            and not any(char in text for char in ",;@")
        )
        if alone and titled and line.size == 0 and line.gap > 0.4 and after is not None:
            return min(base + 4, 6)
        return 0

    def is_full(self, line: Line, share: float = _FULL) -> bool:
        """Whether a line goes over ``share`` of the width that lines have here."""
        return line.right - line.indent >= share * (line.measure or self._width)

    def is_larger(self, line: Line) -> bool:
        """Whether a line of words is set in larger type than the running text."""
        return self.body > 0 and line.size > self.body * _LARGER and _is_worded(line.text)

    def _size_level(self, line: Line) -> int:
        return min(sum(size > round(line.size) for size in self._sizes) + 1, 6)

    @staticmethod
    def _run(lines: Sequence[Line], index: int) -> int:
        """How many words are set like this line, in the lines around it without a gap."""
        first = lines[index]
        start, end = index, index + 1
        while start > 0 and set_alike(lines[start - 1], first) and lines[start].gap <= 0.6:
            start -= 1
        while end < len(lines) and set_alike(lines[end], first) and lines[end].gap <= 0.6:
            end += 1
        return sum(len(line.text.split()) for line in lines[start:end])


def set_alike(one: Line, other: Line) -> bool:
    """Whether two lines are in type of one size and weight."""
    return abs(one.size - other.size) < 0.6 and one.bold == other.bold


def _is_worded(text: str) -> bool:
    """Whether a line says something in words: a sum in large type heads nothing."""
    rest = SECTION_NUMBER.sub("", text.strip())
    signs = [char for char in rest if not char.isspace()]
    letters = sum(char.isalpha() for char in signs)
    return letters >= 3 and letters > 0.6 * len(signs)


def _usual(values: Sequence[float]) -> float:
    return Counter(values).most_common(1)[0][0] if values else 0.0


def _wide(widths: Sequence[float]) -> float:
    """The width of a full line: the 80th percentile."""
    ordered = sorted(width for width in widths if width > 0)
    return ordered[int(0.8 * (len(ordered) - 1))] if ordered else 1.0
