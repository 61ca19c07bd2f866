"""PrintedPage: pieces with their place become lines, tables and notes in reading order."""

from __future__ import annotations

import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.lines import Grid, GridRow, Line
from ingest.printed.columns import Column, columns, rows_of
from ingest.printed.tables import Row, RuledTable, ruled_tables
from ingest.printed.word import Box, Segment
from ingest.running_lines import EdgeLine

_NOTE = re.compile(r"^(?:[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}|\d{1,3}[.):]?|[*†‡§]{1,3})\s*\S")
_NOTE_SIZE = 0.92  # of the body's type: notes are set smaller
_NOTE_PLACE = 0.5  # of the page's height: above it there are no footnotes
_LEADING = 1.2  # of the type's size, where no other lines tell
_EDGE = 0.14  # of the page's height: how far from its top and bottom running lines may stand
_EDGE_ROWS = 3
_PLACE = 4.0  # points: running lines stand that exactly at one height


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """The segments and rules of one page; unit is the point, from the upper left corner."""

    segments: tuple[Segment, ...]
    rules: tuple[Box, ...]
    height: float

    def edges(self, body: float) -> list[tuple[Segment, EdgeLine]]:
        """The segments that may be running headers, footers or page numbers.

        ``body`` is the size of the running text, in points.
        """
        rows = rows_of([segment for segment in self.segments if not segment.turn])
        depth = min(_EDGE_ROWS, max(len(rows) // 3, 1))
        outer = rows if len(rows) <= 2 * depth else (*rows[:depth], *rows[-depth:])
        turned = [(segment,) for segment in self.segments if segment.turn]
        return [
            (segment, self._edge(segment, body)) for row in (*outer, *turned) for segment in row
        ]

    def _edge(self, segment: Segment, body: float) -> EdgeLine:
        box = segment.box
        margin = _EDGE * self.height
        aside = box.bottom < margin or box.top > self.height - margin
        # Turned lines recur at one distance from the left; below the page, it is told from heights.
        place = round((box.right + self.height if segment.turn else box.bottom) / _PLACE)
        return EdgeLine(segment.text, place, aside and segment.size < 0.95 * body)

    def without(self, taken: Iterable[Segment]) -> PrintedPage:
        out = {id(segment) for segment in taken}
        return replace(self, segments=tuple(s for s in self.segments if id(s) not in out))


@dataclass(frozen=True, slots=True)
class Habits:
    """How a document is set: the size of its running text, and its usual leading."""

    body: float  # size of the type, in points
    leading: dict[float, float]  # size of the type, rounded -> from line to line, in points

    @classmethod
    def of(cls, pages: Sequence[PrintedPage]) -> Habits:
        letters: Counter[float] = Counter()
        steps: defaultdict[float, list[float]] = defaultdict(list)
        for page in pages:
            for segment in page.segments:
                letters[round(segment.size, 1)] += len(segment.text)
            for above, below in pairwise(page.segments):
                step = below.box.bottom - above.box.bottom
                same = abs(above.size - below.size) < 0.1 and step < 2.5 * below.size
                if same and step > 0.8 * below.size and abs(above.box.left - below.box.left) < 30:
                    steps[round(below.size)].append(step)
        body = letters.most_common(1)[0][0] if letters else 10.0
        leading = {size: statistics.median(each) for size, each in steps.items() if len(each) > 2}
        return cls(body, leading)

    def leading_of(self, size: float) -> float:
        return self.leading.get(round(size), _LEADING * size)


def lines_of(page: PrintedPage, habits: Habits) -> tuple[tuple[Line | Grid, ...], tuple[Line, ...]]:
    """What stands on a page in reading order, and its footnotes with what is turned beside it."""
    tables = ruled_tables(page.segments, page.rules)
    inside = {id(s) for table in tables for row in table.rows for cell in row.cells for s in cell}
    outside = [s for s in page.segments if id(s) not in inside]
    pieces: list[Segment | RuledTable] = [*(s for s in outside if not s.turn), *tables]
    wide = [rule for rule in page.rules if rule.width > 8 * habits.body and rule.height < 3]
    content: list[Line | Grid] = []
    notes: list[Line] = []
    reader = _Reader(habits)
    for column in columns(pieces, habits.body, wide):
        column, below = _without_notes(column, page, habits)
        notes += reader.lines(below)
        if column.rows:
            content += reader.read(column)
    # What is turned against the page stands beside the text, on its edge or in a drawing.
    notes += (line for segment in outside if segment.turn for line in reader.turned(segment))
    return tuple(content), tuple(notes)


_Pieces = Sequence[Sequence[Segment | RuledTable]]


def _without_notes(
    column: Column[Segment | RuledTable], page: PrintedPage, habits: Habits
) -> tuple[Column[Segment | RuledTable], _Pieces]:
    """A column without the footnotes at its end, and these."""
    start = len(column.rows)
    while start and all(
        isinstance(piece, Segment) and piece.size < _NOTE_SIZE * habits.body
        for piece in column.rows[start - 1]
    ):
        start -= 1
    while start < len(column.rows) and not _NOTE.match(column.rows[start][0].text):
        start += 1
    if start == len(column.rows):
        return column, ()
    notes = column.rows[start:]
    if notes[0][0].box.top < _NOTE_PLACE * page.height:
        return column, ()
    return replace(column, rows=column.rows[:start]), notes


class _Reader:
    """Turns the columns of one page into lines; keeps what stood above the next line."""

    def __init__(self, habits: Habits) -> None:
        self._habits = habits
        self._above: Box | None = None

    def read(self, column: Column[Segment | RuledTable]) -> Iterator[Line | Grid]:
        holds_table = any(isinstance(piece, RuledTable) for row in column.rows for piece in row)
        if column.edges and not holds_table:
            yield self._aligned(column)
            return
        run: list[Sequence[Segment | RuledTable]] = []
        for row in column.rows:
            tables = [piece for piece in row if isinstance(piece, RuledTable)]
            if not tables:
                run.append(row)
                continue
            yield from self.lines(run)
            run = []
            rest = [piece for piece in row if isinstance(piece, Segment)]
            if rest:
                yield from self.lines([rest])
            for table in tables:
                yield self._grid(table)
        yield from self.lines(run)

    def lines(self, rows: _Pieces) -> Iterator[Line]:
        """The lines of rows that stand below each other in one column."""
        pieces = [[piece for piece in row if isinstance(piece, Segment)] for row in rows]
        boxes = [Box.around(piece.box for piece in row) for row in pieces if row]
        if not boxes:
            return
        column = Box.around(boxes)
        above_size = 0.0
        for row, box in zip((row for row in pieces if row), boxes, strict=True):
            largest = max(row, key=lambda piece: len(piece.text))
            gap, elsewhere = self._gap(box, largest.size, above_size)
            yield Line(
                " ".join(piece.text for piece in row),
                box.left - column.left,
                box.right - column.left,
                gap,
                largest.size,
                largest.bold,
                elsewhere,
                column.width,
            )
            self._above, above_size = box, largest.size

    def turned(self, segment: Segment) -> Iterator[Line]:
        """The line of a segment that one reads with the page turned."""
        self._above = None
        return self.lines([[replace(segment, box=segment.box.turned(segment.turn))]])

    def _gap(self, box: Box, size: float, above_size: float) -> tuple[float, bool]:
        """Free space above a line, in lines, and whether it stands elsewhere on the page."""
        above = self._above
        if above is None or box.top < above.top or box.left > above.right or box.right < above.left:
            return 1.0, True
        usual = self._habits.leading_of(size)
        if above_size and abs(above_size - size) > 0.1 * size:
            usual = max(usual, self._habits.leading_of(above_size) * 0.9)
        gap = (box.bottom - above.bottom - usual) / self._habits.leading_of(self._habits.body)
        return max(gap, 0.0), False

    def _aligned(self, column: Column[Segment | RuledTable]) -> Grid:
        """A table without rules: each piece goes to the last column that begins before it."""
        rows: list[list[list[Segment]]] = []
        for row in column.rows:
            cells: list[list[Segment]] = [[] for _ in column.edges]
            for piece in row:
                index = sum(edge <= piece.box.left + 2 for edge in column.edges) - 1
                if isinstance(piece, Segment):
                    cells[max(index, 0)].append(piece)
            first = cells[0][0].text if cells[0] else ""
            if rows and (not first or first[:1].islower()):
                rows[-1] = [above + cell for above, cell in zip(rows[-1], cells, strict=True)]
            else:
                rows.append(cells)
        table = RuledTable(
            tuple(Row(tuple(tuple(cell) for cell in row)) for row in rows), column.edges, column.box
        )
        return self._grid(table)

    def _grid(self, table: RuledTable) -> Grid:
        rows = tuple(
            GridRow(tuple(tuple(self._cell(cell)) for cell in row.cells), row.spans)
            for row in table.rows
        )
        self._above = table.box
        return Grid(rows, int(table.has_head or _heads(table)), table.edges)

    def _cell(self, segments: Sequence[Segment]) -> Iterator[Line]:
        self._above = None
        yield from self.lines(rows_of(segments))


def _heads(table: RuledTable) -> bool:
    """Whether the first row names the columns: all its cells are short, and set otherwise."""
    first, rest = table.rows[0], table.rows[1:]
    cells = [segment for cell in first.cells for segment in cell]
    if first.spans or first.filled < 2 or first.filled < len(first.cells) - 1:
        return False
    if any(len(" ".join(s.text for s in cell).split()) > 10 for cell in first.cells):
        return False
    below = [segment for row in rest for cell in row.cells for segment in cell]
    if all(s.bold for s in cells) and not all(s.bold for s in below):
        return True
    words = all(any(char.isalpha() for char in s.text) for s in cells)
    return (
        words
        and len(rest) > 1
        and len({len(row.cells) for row in rest}) == 1
        and any(char.isdigit() for s in below for char in s.text)
        and not any(char.isdigit() for s in cells for char in s.text)
    )
