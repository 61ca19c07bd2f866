"""RunningLines: what recurs at the edges of pages, told from what is said once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

_PAGE_NUMBER = re.compile(
    r"^\W*(?:(?:page|seite|p\.|pagina|página)\s*)?"
    r"(?P<label>\d{1,4}|(?-i:[ivxlIVXL]{1,7}))"  # without regard to case, Turkish i's match too
    r"(?:\s*(?:/|\||of|sur|von|de|di|van)\s*\d{1,4})?\W*$",
    re.IGNORECASE,
)
_REPEATED_ON = 3  # pages on which a line must recur to be a running one
_ONE_IN = 12  # ... and of how many pages, in a long document
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}

_Step = tuple[bool, int]  # whether the number is a Roman one, and how far it is from the position


class RunningLines:
    """Told by the lines at the edges of all pages of a document.

    A line is a running header or footer if, digits apart, it stands at the edge of several
    pages. A lone number there is the page's number if others run along with it.
    """

    def __init__(self, edges: Sequence[Sequence[str]]) -> None:
        """``edges``: for each page, the lines at its top and bottom."""
        seen = Counter(key for lines in edges for key in {_key(line) for line in lines})
        need = max(_REPEATED_ON, len(edges) // _ONE_IN)
        self._running = {key for key, count in seen.items() if count >= need and key}
        steps = Counter(
            step
            for position, lines in enumerate(edges)
            for step in {_step(line, position) for line in lines} - {None}
        )
        self._steps = {step for step, count in steps.items() if count > 1}

    def holds(self, line: str, position: int) -> bool:
        """Whether a line at the edge of the page at ``position`` is a running one."""
        return _key(line) in self._running or self.label(line, position) is not None

    def label(self, line: str, position: int) -> str | None:
        """The page's number, where the line is that."""
        match = _PAGE_NUMBER.match(line)
        return match["label"] if match and _step(line, position) in self._steps else None


def _step(line: str, position: int) -> _Step | None:
    """How far a printed page number is ahead of the page's position; None for other lines."""
    match = _PAGE_NUMBER.match(line)
    if not match:
        return None
    label = match["label"].lower()
    if label.isdigit():
        return False, int(label) - position
    values = [_ROMAN[char] for char in label]
    following = [*values[1:], 0]
    return True, sum(
        -v if v < after else v for v, after in zip(values, following, strict=True)
    ) - position


def _key(line: str) -> str:
    """What a running line has in common from page to page: everything but the numbers."""
    text = re.sub(r"\d+|\b[ivxl]+\b", "#", line.lower())
    return "".join(char for char in text if char.isalpha() or char == "#").strip("#")
