"""Line: what a page-oriented file gives us, before anybody knows what is a paragraph."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ingest.running_lines import EdgeLine, RunningLines

_BOTTOM = 100  # places at the bottom are told from those at the top
_EDGE_LINES = 4  # how many lines at the top and at the bottom of a page may be running ones


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line."""

    text: str
    indent: float = 0.0  # left edge: characters in plain text, points from its column in a PDF
    right: float = 0.0  # right edge, in the same unit
    gap: float = 0.0  # free space above it beyond the usual line spacing, in lines
    size: float = 0.0  # size of type in points; 0 where the format has none
    bold: bool = False
    column_break: bool = False  # the line starts a new column or a new block elsewhere on the page
    measure: float = 0.0  # width of the column in which it is set; 0 where that is not known


@dataclass(frozen=True, slots=True)
class GridRow:
    """The lines of each cell."""

    cells: tuple[tuple[Line, ...], ...]
    spans: bool = False  # text over all columns, which stands in the first cell


@dataclass(frozen=True, slots=True)
class Grid:
    """A printed table, of which the first ``heads`` rows are head rows."""

    rows: tuple[GridRow, ...]
    heads: int = 0
    edges: tuple[float, ...] = ()  # where its columns begin, in points


@dataclass(frozen=True, slots=True)
class LinedPage:
    """The lines and tables of one physical page, in reading order."""

    content: tuple[Line | Grid, ...]
    notes: tuple[Line, ...] = ()  # what stands apart from the text: footnotes, turned words
    label: str | None = None  # the page number as printed
    reason: str = ""  # why the page could not be read; empty where it could
    scanned: bool = False  # has no honest text of its own
    confidence: float | None = None  # of OCR, 0 to 1; None where it read nothing

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(item for item in self.content if isinstance(item, Line))


def without_running_lines(pages: list[LinedPage]) -> list[LinedPage]:
    """Take running headers, footers and page numbers out; keep the numbers as page labels."""
    if len(pages) < 2:
        return pages
    running = RunningLines([list(_edges(page.lines).values()) for page in pages])
    return [_strip(page, running, position) for position, page in enumerate(pages)]


def _strip(page: LinedPage, running: RunningLines, position: int) -> LinedPage:
    label = page.label
    edges = _edges(page.lines)
    kept: list[Line | Grid] = []
    carried = 0.0
    for item in page.content:
        if isinstance(item, Line):
            edge = edges.get(id(item))
            if edge is not None and running.holds(edge, position):
                label = label or running.label(edge, position)
                carried = max(carried, item.gap)
                continue
            if carried and not kept:
                item = replace(item, gap=max(item.gap, carried))
        kept.append(item)
    return replace(page, content=tuple(kept), label=label)


def _edges(lines: tuple[Line, ...]) -> dict[int, EdgeLine]:
    """The outermost lines of a page, by their id; their place is counted from the near end."""
    depth = min(_EDGE_LINES, max(len(lines) // 3, 1))
    top = {id(line): EdgeLine(line.text, place) for place, line in enumerate(lines[:depth])}
    bottom = {
        id(line): EdgeLine(line.text, -_BOTTOM - place)
        for place, line in enumerate(lines[: -depth - 1 : -1])
    }
    return top | {key: edge for key, edge in bottom.items() if key not in top}
