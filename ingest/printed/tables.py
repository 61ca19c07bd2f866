"""RuledTable: rows and columns of a table, told by the rules that are drawn in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.printed.columns import rows_of
from ingest.printed.frames import SLACK, Frame, frames
from ingest.printed.rules import horizontal, vertical
from ingest.printed.word import Box, Segment

_FILLED = 0.5  # share of the cells that hold something
_SHORT = 3  # words; a value of that length stands on a line of its own ...
_MOSTLY = 0.8  # ... if so many of those between two rules do
_HEAD_ABOVE = 2.5  # lines: how far above the first rule a head row may stand


@dataclass(frozen=True, slots=True)
class Row:
    """The segments of each cell; of a merged cell the first column has all."""

    cells: tuple[tuple[Segment, ...], ...]
    spans: bool = False  # text over all columns, such as the title of a part

    @property
    def filled(self) -> int:
        return sum(map(bool, self.cells))


@dataclass(frozen=True, slots=True)
class RuledTable:
    """Rows from the top, and where the columns begin."""

    rows: tuple[Row, ...]
    edges: tuple[float, ...]
    box: Box
    has_head: bool = False  # whether its first row was found above the first rule

    @property
    def size(self) -> float:
        return max((s.size for row in self.rows for cell in row.cells for s in cell), default=0.0)

    @property
    def bold(self) -> bool:
        return False

    @property
    def text(self) -> str:
        return " ".join(s.text for row in self.rows for cell in row.cells for s in cell)


def ruled_tables(segments: Sequence[Segment], boxes: Sequence[Box]) -> list[RuledTable]:
    """The tables of a page that have rules around their cells, or between their rows."""
    across, down = horizontal(boxes), vertical(boxes)
    tables: list[RuledTable] = []
    found = list(frames(across, down, segments))
    for frame in found:
        if not any(frame.overlaps(table.box) for table in tables):
            # What stands in another frame is no head of this one.
            others = [other.box for other in found if not frame.overlaps(other.box)]
            free = [s for s in segments if not any(box.holds(s.box) for box in others)]
            tables += _Filling(frame, free).tables()
    return tables


class _Filling:
    """A frame with the segments that stand in it."""

    def __init__(self, frame: Frame, segments: Sequence[Segment]) -> None:
        self._frame = frame
        self._segments = segments

    def tables(self) -> Iterator[RuledTable]:
        """The tables in the frame; none where it is a box, or has lines of text between rules.

        Several may stand under each other: a row of heads below text over all columns begins
        the next one, and the text stays outside.
        """
        inside = [s for s in self._segments if self._frame.box.holds(s.box, SLACK)]
        head = self._head()
        rows = [head] if head else []
        has_head = head is not None
        for top, bottom in pairwise(self._frame.rows):
            band = [s for s in inside if top < s.box.middle <= bottom]
            lines = [self._row(line, top, bottom) for line in rows_of(band)]
            if (
                len(lines) > 1
                and lines[-1].filled > 1
                and any(row.spans for row in lines[:-1])
                and not any(row.filled > 1 for row in lines[:-1])
            ):
                yield from self._table(rows, has_head)
                rows, has_head = [lines[-1]], True
            elif self._reads_by_line(band, top, bottom):
                rows += _wrapped(lines)
            elif band:
                first_only = all(row.filled == 1 and row.cells[0] for row in lines)
                spans = first_only and any(row.spans for row in lines)
                rows.append(replace(self._row(band, top, bottom), spans=spans))
        yield from self._table(rows, has_head)

    def _table(self, rows: Sequence[Row], has_head: bool) -> Iterator[RuledTable]:
        several = [row for row in rows if row.filled > 1]
        filled = sum(row.filled for row in several)
        if len(rows) < 2 or len(several) < max(0.4 * len(rows), 1):
            return
        if filled < _FILLED * sum(len(row.cells) for row in several) or self._is_contents(several):
            return
        if 2 * sum(map(_stands_beside, several)) < len(several):
            return  # terms with what they mean below them, indented
        around = Box.around(s.box for row in rows for cell in row.cells for s in cell)
        yield RuledTable(tuple(rows), self._frame.columns[:-1], around, has_head)

    @staticmethod
    def _is_contents(rows: Sequence[Row]) -> bool:
        """Whether the last column holds page numbers: the rows are lines of contents."""
        last = [" ".join(s.text for s in row.cells[-1]) for row in rows]
        numbers = [int(text) for text in last if text.isdecimal()]
        return len(rows[0].cells) == 2 and len(numbers) == len(rows) and numbers == sorted(numbers)

    def _row(self, inside: Sequence[Segment], top: float, bottom: float) -> Row:
        cells: list[list[Segment]] = [[] for _ in self._frame.columns[1:]]
        for segment in inside:
            cells[self._frame.column_of(segment, top, bottom)].append(segment)
        inner = self._frame.columns[1:-1]
        crossing = any(
            s.box.left < edge - SLACK and s.box.right > edge + SLACK
            for s in inside
            for edge in inner
        )
        row = Row(tuple(tuple(cell) for cell in cells))
        return replace(row, spans=row.filled == 1 and bool(cells[0]) and crossing)

    def _reads_by_line(self, band: Sequence[Segment], top: float, bottom: float) -> bool:
        """Whether each printed line between two rules is a row of its own, as with figures."""
        values = [rows_of(cell) for cell in self._row(band, top, bottom).cells[1:] if cell]
        lines = [" ".join(s.text for s in line) for value in values for line in value]
        short = sum(len(line.split()) <= _SHORT for line in lines)
        return max(map(len, values), default=0) > 1 and short >= _MOSTLY * len(lines)

    def _head(self) -> Row | None:
        """A row right above the first rule whose cells begin where the columns do."""
        box = self._frame.box
        above = [
            s for s in self._segments
            if 0 < box.top - s.box.middle < _HEAD_ABOVE * s.box.height
            and box.left - SLACK <= s.box.left <= box.right
        ]  # fmt: skip
        for line in reversed(rows_of(above)):
            row = self._row(line, box.top, box.top)
            starts = all(
                any(abs(s.box.left - edge) <= 3 * SLACK for s in cell)
                for cell, edge in zip(row.cells[1:], self._frame.columns[1:], strict=False) if cell
            )  # fmt: skip
            return row if row.filled > 1 and starts else None
        return None


def _stands_beside(row: Row) -> bool:
    """Whether something in one cell of a row stands on one line with something in another."""
    cells = [cell for cell in row.cells if cell]
    return any(
        one.box.beside(other.box)
        for cell, after in pairwise(cells)
        for one in cell
        for other in after
    )


def _wrapped(lines: Sequence[Row]) -> list[Row]:
    """Rows, of which one that has nothing but the rest of a cell goes to the row before."""
    rows: list[Row] = []
    for line in lines:
        first = line.cells[0][0].text if line.cells[0] else ""
        if rows and (first[:1].islower() or not first) and not line.spans:
            joined = zip(rows[-1].cells, line.cells, strict=True)
            rows[-1] = Row(tuple(above + below for above, below in joined))
        else:
            rows.append(line)
    return rows
