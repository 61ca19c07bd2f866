"""RuledTable: rows and columns of a table, told by the rules that are drawn in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.printed.columns import rows_of
from ingest.printed.rules import Rule, horizontal, vertical
from ingest.printed.word import Box, Segment

_SLACK = 4.0  # points: how exactly the rules of one table line up
_FEWEST_RULES = 3  # horizontal ones, for a table without vertical ones
_FILLED = 0.5  # share of the cells that hold something
_MOST_COLUMNS = 16
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
    for frame in (*_grids(across, down), *_ladders(across, segments)):
        if not any(frame.overlaps(table.box) for table in tables):
            tables += frame.tables(segments)
    return tables


@dataclass(frozen=True, slots=True)
class _Frame:
    """The lines between the rows and the columns of what may be a table."""

    rows: tuple[float, ...]  # from the top
    columns: tuple[float, ...]  # from the left
    down: tuple[Rule, ...] = ()  # the vertical rules; without any, cells are not merged

    @property
    def box(self) -> Box:
        return Box(self.columns[0], self.rows[0], self.columns[-1], self.rows[-1])

    def overlaps(self, other: Box) -> bool:
        box = self.box
        return (
            box.left < other.right and other.left < box.right
            and box.top < other.bottom and other.top < box.bottom
        )  # fmt: skip

    def tables(self, segments: Sequence[Segment]) -> Iterator[RuledTable]:
        """The tables in the frame; none where it is a box, or has lines of text between rules.

        Several may stand under each other: a row of heads below text over all columns begins
        the next one, and the text stays outside.
        """
        inside = [segment for segment in segments if self.box.holds(segment.box, _SLACK)]
        head = self._head(segments)
        rows = [head] if head else []
        has_head = head is not None
        for top, bottom in pairwise(self.rows):
            band = [s for s in inside if top < s.box.middle <= bottom]
            lines = [self._row(line, top, bottom) for line in rows_of(band)]
            if len(lines) > 1 and lines[-1].filled > 1 and any(
                row.spans for row in lines[:-1]
            ) and not any(row.filled > 1 for row in lines[:-1]):
                yield from self._table(rows, has_head)
                rows, has_head = [lines[-1]], True
            elif self._reads_by_line(band, top, bottom):
                rows += _wrapped(lines)
            elif band:
                spans = any(row.spans for row in lines) and all(row.filled == 1 for row in lines)
                rows.append(replace(self._row(band, top, bottom), spans=spans))
        yield from self._table(rows, has_head)

    def _table(self, rows: Sequence[Row], has_head: bool) -> Iterator[RuledTable]:
        several = [row for row in rows if row.filled > 1]
        filled = sum(row.filled for row in several)
        if len(rows) < 2 or len(several) < max(0.4 * len(rows), 1):
            return
        if filled < _FILLED * sum(len(row.cells) for row in several) or self._is_contents(several):
            return
        around = Box.around(s.box for row in rows for cell in row.cells for s in cell)
        yield RuledTable(tuple(rows), self.columns[:-1], around, has_head)

    @staticmethod
    def _is_contents(rows: Sequence[Row]) -> bool:
        """Whether the last column holds page numbers: the rows are lines of contents."""
        last = [" ".join(s.text for s in row.cells[-1]) for row in rows]
        numbers = [int(text) for text in last if text.isdecimal()]
        return (
            len(rows[0].cells) == 2
            and len(numbers) == len(rows)
            and numbers == sorted(numbers)
        )

    def _row(self, inside: Sequence[Segment], top: float, bottom: float) -> Row:
        cells: list[list[Segment]] = [[] for _ in self.columns[1:]]
        for segment in inside:
            cells[self._column(segment, top, bottom)].append(segment)
        inner = self.columns[1:-1]
        crossing = any(
            s.box.left < edge - _SLACK and s.box.right > edge + _SLACK for s in inside for edge in inner
        )
        row = Row(tuple(tuple(cell) for cell in cells))
        return replace(row, spans=row.filled == 1 and bool(cells[0]) and crossing)

    def _reads_by_line(self, band: Sequence[Segment], top: float, bottom: float) -> bool:
        """Whether each printed line between two rules is a row of its own, as with figures."""
        values = [rows_of(cell) for cell in self._row(band, top, bottom).cells[1:] if cell]
        lines = [" ".join(s.text for s in line) for value in values for line in value]
        short = sum(len(line.split()) <= _SHORT for line in lines)
        return max(map(len, values), default=0) > 1 and short >= _MOSTLY * len(lines)

    def _column(self, segment: Segment, top: float, bottom: float) -> int:
        """The column of a segment; of the columns that a merged cell covers, the first."""
        left = segment.box.left + _SLACK
        index = max(
            (i for i, edge in enumerate(self.columns[:-1]) if edge <= left), default=0
        )
        middle = (top + bottom) / 2
        while index and self.down and not any(
            abs(rule.place - self.columns[index]) <= _SLACK and rule.crosses(middle, 0)
            for rule in self.down
        ):
            index -= 1
        return index

    def _head(self, segments: Sequence[Segment]) -> Row | None:
        """A row right above the first rule whose cells begin where the columns do."""
        box = self.box
        above = [
            s for s in segments
            if 0 < box.top - s.box.middle < _HEAD_ABOVE * s.box.height
            and box.left - _SLACK <= s.box.left <= box.right
        ]  # fmt: skip
        for line in reversed(rows_of(above)):
            row = self._row(line, box.top, box.top)
            starts = all(
                any(abs(s.box.left - edge) <= 3 * _SLACK for s in cell)
                for cell, edge in zip(row.cells[1:], self.columns[1:], strict=False) if cell
            )  # fmt: skip
            return row if row.filled > 1 and starts else None
        return None


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


def _grids(across: Sequence[Rule], down: Sequence[Rule]) -> Iterator[_Frame]:
    """Frames of horizontal and vertical rules that cross each other."""
    left = list(down)
    while left:
        group = [left.pop(0)]
        rows: list[Rule] = []
        grown = True
        while grown:
            new_rows = [
                rule for rule in across if rule not in rows and any(_meet(rule, v) for v in group)
            ]
            rows += new_rows
            new = [rule for rule in left if any(_meet(row, rule) for row in new_rows)]
            left = [rule for rule in left if rule not in new]
            group += new
            grown = bool(new_rows or new)
        columns = _distinct(rule.place for rule in group)
        levels = _distinct(rule.place for rule in rows)
        if 3 <= len(columns) <= _MOST_COLUMNS + 1 and len(levels) >= 3:
            yield _Frame(tuple(levels), tuple(columns), tuple(group))


def _meet(row: Rule, column: Rule) -> bool:
    return row.crosses(column.place) and column.crosses(row.place)


def _ladders(across: Sequence[Rule], segments: Sequence[Segment]) -> Iterator[_Frame]:
    """Frames of horizontal rules alone, all of one length, with white space between columns."""
    left = list(across)
    while left:
        first = left[0]
        rungs = [
            rule for rule in left
            if abs(rule.start - first.start) <= _SLACK and abs(rule.end - first.end) <= _SLACK
        ]  # fmt: skip
        left = [rule for rule in left if rule not in rungs]
        levels = _distinct(rule.place for rule in rungs)
        if len(levels) < _FEWEST_RULES:
            continue
        box = Box(first.start, levels[0], first.end, levels[-1])
        inside = [segment for segment in segments if box.holds(segment.box, _SLACK)]
        joints = [joint for rule in rungs for joint in rule.joints]
        edges = _joined(joints, inside) if joints else _gutters(inside, levels)
        if edges and len(edges) < _MOST_COLUMNS:
            yield _Frame(tuple(levels), (first.start, *edges, first.end))


def _joined(joints: Sequence[float], inside: Sequence[Segment]) -> list[float]:
    """Where the pieces of rules meet, as far as text begins there."""
    starts = [segment.box.left for segment in inside]
    edges = _distinct(joints)
    return [
        edge for edge, after in pairwise([*edges, float("inf")])
        if any(edge - _SLACK <= start < after - _SLACK for start in starts)
    ]  # fmt: skip


def _gutters(inside: Sequence[Segment], levels: Sequence[float]) -> list[float]:
    """The left edges of columns that most rows between two rules have in common."""
    rows = [
        [segment for segment in inside if top < segment.box.middle <= bottom]
        for top, bottom in pairwise(levels)
    ]
    rows = [row for row in rows if row]
    starts = _distinct((s.box.left for row in rows for s in row), slack=2.0)
    return [
        start for start in starts[1:]
        if sum(_begins(start, row) for row in rows) >= max(0.6 * len(rows), 2)
    ]  # fmt: skip


def _begins(start: float, row: Sequence[Segment]) -> bool:
    """Whether a cell begins at ``start``, with white space before it all along the row."""
    here = any(abs(segment.box.left - start) <= 2.0 for segment in row)
    before = any(segment.box.left < start - _SLACK for segment in row)
    return here and before and not any(
        segment.box.left < start - _SLACK and segment.box.right > start - _SLACK for segment in row
    )


def _distinct(values: Iterator[float] | Sequence[float], slack: float = _SLACK) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > slack:
            found.append(value)
    return found
