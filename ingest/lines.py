"""Line: what a page-oriented file gives us, before anybody knows what is a paragraph."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

_PAGE_NUMBER = re.compile(
    r"^\W*(?:(?:page|seite|p\.|pagina|página)\s*)?"
    r"(?P<label>\d{1,4}|(?-i:[ivxlIVXL]{1,7}))"  # without regard to case, Turkish i's match too
    r"(?:\s*(?:/|\||of|sur|von|de|di|van)\s*\d{1,4})?\W*$",
    re.IGNORECASE,
)
_EDGE_LINES = 4  # how many lines at the top and at the bottom of a page may be running ones
_REPEATED_ON = 3  # pages on which a line must recur to be a running one


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line."""

    text: str
    indent: float = 0.0  # left edge: characters in plain text, points in a PDF
    right: float = 0.0  # right edge, in the same unit
    gap: float = 0.0  # free space above it beyond the usual line spacing, in lines
    size: float = 0.0  # size of type in points; 0 where the format has none
    bold: bool = False
    column_break: bool = False  # the line starts a new column or a new block elsewhere on the page


@dataclass(frozen=True, slots=True)
class LinedPage:
    """The lines of one physical page without its running header and footer."""

    lines: tuple[Line, ...]
    label: str | None = None  # the page number as printed
    reason: str = ""  # why the page could not be read; empty where it could


def without_running_lines(pages: list[LinedPage]) -> list[LinedPage]:
    """Take running headers, footers and page numbers out; keep the numbers as page labels.

    A line at the edge of a page is a running one if, digits apart, it stands at the edge of
    several pages. A lone number there is the page's number if others run along with it.
    """
    if len(pages) < 2:
        return pages
    seen = Counter(key for page in pages for key in {_key(line) for line in _edges(page.lines)})
    need = max(_REPEATED_ON, len(pages) // 12)
    running = {key for key, count in seen.items() if count >= need and key}
    steps = Counter(
        step
        for number, page in enumerate(pages)
        for step in {_step(line, number) for line in _edges(page.lines)} - {None}
    )
    return [
        _strip(page, running, {step for step, count in steps.items() if count > 1}, number)
        for number, page in enumerate(pages)
    ]


def _strip(page: LinedPage, running: set[str], steps: set[_Step | None], number: int) -> LinedPage:
    lines = list(page.lines)
    label = page.label
    edge = {id(line) for line in _edges(page.lines)}
    kept: list[Line] = []
    carried = 0.0
    for line in lines:
        printed = _PAGE_NUMBER.match(line.text) if _step(line, number) in steps else None
        if id(line) in edge and (printed or _key(line) in running):
            label = label or (printed["label"] if printed else None)
            carried = max(carried, line.gap)
            continue
        kept.append(replace(line, gap=max(line.gap, carried)) if carried and not kept else line)
    return replace(page, lines=tuple(kept), label=label)


_Step = tuple[bool, int]  # whether the number is a Roman one, and how far it is from the position


def _step(line: Line, position: int) -> _Step | None:
    """How far a printed page number is ahead of the page's position; None for other lines."""
    match = _PAGE_NUMBER.match(line.text)
    if not match:
        return None
    label = match["label"].lower()
    if label.isdigit():
        return False, int(label) - position
    values = [{"i": 1, "v": 5, "x": 10, "l": 50}[char] for char in label]
    following = [*values[1:], 0]
    return True, sum(
        -v if v < after else v for v, after in zip(values, following, strict=True)
    ) - position


def _edges(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    depth = min(_EDGE_LINES, max(len(lines) // 3, 1))
    return lines if len(lines) <= 2 * depth else lines[:depth] + lines[-depth:]


def _key(line: Line) -> str:
    """What a running line has in common from page to page: everything but the numbers."""
    text = re.sub(r"\d+|\b[ivxl]+\b", "#", line.text.lower())
    return "".join(char for char in text if char.isalpha() or char == "#").strip("#")
