"""RunningLines: what recurs at the edges of pages, told from what is said once."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_PAGE_NUMBER = re.compile(
    r"^\W*(?:(?:page|seite|p\.|pagina|página)\s*)?"
    r"(?P<label>\d{1,4}|(?-i:[ivxlIVXL]{1,7}))"  # without regard to case, Turkish i's match too
    r"(?:\s*(?:/|\||of|sur|von|de|di|van)\s*\d{1,4})?\W*$",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d{1,4}|\b[ivxl]+\b")
_ENDED = re.compile(r"[.;!?]$")
_REPEATED_ON = 3  # pages on which a line must recur to be a running one
_ONE_IN = 12  # ... and of how many pages, in a long document
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}
_USUAL = 0.3  # share of the pages that make a place one for running lines
_LONGEST = 200  # characters of a running line
_SHORT = 14  # words of a running line
_SLACK = 1  # how much the place of a running line varies


@dataclass(frozen=True, slots=True)
class EdgeLine:
    """A line near the top or the bottom of a page."""

    text: str
    place: int  # where it stands, such that a running line stands at the same on every page
    aside: bool = False  # set smaller than the running text


class RunningLines:
    """Told by the lines at the edges of all pages of a document.

    A line is a running header or footer if it stands at the same place on several pages that
    follow each other, left and right pages apart, with the same words; a number in it may count
    the pages. A lone number is the page's number if others run along with it.
    """

    def __init__(self, edges: Sequence[Sequence[EdgeLine]]) -> None:
        """``edges``: for each page, the lines at its top and bottom."""
        seen: defaultdict[tuple[str, int], set[int]] = defaultdict(set)
        for position, lines in enumerate(edges):
            for line in lines:
                for key in _keys(line.text, position):
                    for place in range(line.place - _SLACK, line.place + _SLACK + 1):
                        seen[key, place].add(position)
        self._seen = {key: sorted(positions) for key, positions in seen.items()}
        self._need = max(_REPEATED_ON, len(edges) // _ONE_IN)
        self._pages = len(edges)
        places = Counter(
            place
            for position, lines in enumerate(edges)
            for place in {line.place for line in lines if line.aside and self._runs(line, position)}
        )
        filled = sum(1 for lines in edges if lines)
        self._usual = {place for place, count in places.items() if count > _USUAL * filled}

    def holds(self, line: EdgeLine, position: int) -> bool:
        """Whether a line at the edge of the page at ``position`` is a running one.

        So is one that says something else for once, small, at the place where others run.
        """
        return self._runs(line, position) or (
            line.aside and line.place in self._usual and len(line.text.split()) <= _SHORT
        )

    def _runs(self, line: EdgeLine, position: int) -> bool:
        if self.label(line, position) is not None:
            return True
        # What ends like a sentence is one, unless nearly every page has it.
        need = self._pages // 2 + 1 if _ENDED.search(line.text) else self._need
        return any(self._recurs(key, line.place, need) for key in _keys(line.text, position))

    def label(self, line: EdgeLine, position: int) -> str | None:
        """The page's number, where the line is that."""
        match = _PAGE_NUMBER.match(line.text)
        if match is None:
            return None
        key = _page_key(match["label"], position)
        return match["label"] if self._recurs(key, line.place, 2) else None

    def _recurs(self, key: str, place: int, need: int) -> bool:
        """Whether a line stands on ``need`` pages of which none is far from the next."""
        positions = self._seen.get((key, place), [])
        return any(
            last - first <= 2 * need
            for first, last in zip(positions, positions[need - 1 :], strict=False)
        )


def _keys(text: str, position: int) -> Iterator[str]:
    """What a running line has in common from page to page: its words, or all but the page."""
    if len(text) > _LONGEST:
        return
    if match := _PAGE_NUMBER.match(text):
        yield _page_key(match["label"], position)
        return
    lowered = text.lower()
    yield _letters(lowered)
    for match in _NUMBER.finditer(lowered):
        rest = lowered[: match.start()] + "#" + lowered[match.end() :]
        yield f"{_letters(rest)}@{_value(match.group()) - position}"


def _page_key(label: str, position: int) -> str:
    """What page numbers have in common: how far they are ahead of the page's position."""
    kind = "1" if label.isdigit() else "i"
    return f"{kind}@{_value(label.lower()) - position}"


def _letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum() or char == "#")


def _value(number: str) -> int:
    if number.isdigit():
        return int(number)
    values = [_ROMAN[char] for char in number]
    following = [*values[1:], 0]
    return sum(-v if v < after else v for v, after in zip(values, following, strict=True))
