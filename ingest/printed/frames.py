"""Frame: the lines between the rows and the columns of what may be a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.printed.rules import Rule
from ingest.printed.word import Box, Segment

SLACK = 4.0  # points: how exactly the rules of one table line up
_FEWEST_RULES = 3  # horizontal ones, for a table without vertical ones
_MOST_COLUMNS = 16


@dataclass(frozen=True, slots=True)
class Frame:
    """In points; ``rows`` from the top, ``columns`` from the left, one more than there are."""

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

    def column_of(self, segment: Segment, top: float, bottom: float) -> int:
        """The column of a segment; of the columns that a merged cell covers, the first."""
        left = segment.box.left + SLACK
        index = max((i for i, edge in enumerate(self.columns[:-1]) if edge <= left), default=0)
        middle = (top + bottom) / 2
        while (
            index
            and self.down
            and not any(
                abs(rule.place - self.columns[index]) <= SLACK and rule.crosses(middle, 0)
                for rule in self.down
            )
        ):
            index -= 1
        return index


def frames(
    across: Sequence[Rule], down: Sequence[Rule], segments: Sequence[Segment]
) -> Iterator[Frame]:
    """What may be tables: rules that cross each other, and rules of one length alone."""
    yield from _grids(across, down)
    yield from _ladders(across, segments)


def _grids(across: Sequence[Rule], down: Sequence[Rule]) -> Iterator[Frame]:
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
            yield Frame(tuple(levels), tuple(columns), tuple(group))


def _meet(row: Rule, column: Rule) -> bool:
    return row.crosses(column.place) and column.crosses(row.place)


def _ladders(across: Sequence[Rule], segments: Sequence[Segment]) -> Iterator[Frame]:
    """Frames of horizontal rules alone, all of one length, with white space between columns."""
    left = list(across)
    while left:
        first = left[0]
        rungs = [
            rule for rule in left
            if abs(rule.start - first.start) <= SLACK and abs(rule.end - first.end) <= SLACK
        ]  # fmt: skip
        left = [rule for rule in left if rule not in rungs]
        levels = _distinct(rule.place for rule in rungs)
        if len(levels) < _FEWEST_RULES:
            continue
        box = Box(first.start, levels[0], first.end, levels[-1])
        inside = [segment for segment in segments if box.holds(segment.box, SLACK)]
        joints = [joint for rule in rungs for joint in rule.joints]
        edges = _joined(joints, inside) if joints else _gutters(inside, levels)
        if edges and len(edges) < _MOST_COLUMNS:
            yield Frame(tuple(levels), (first.start, *edges, first.end))


def _joined(joints: Sequence[float], inside: Sequence[Segment]) -> list[float]:
    """Where the pieces of rules meet, as far as text begins there."""
    starts = [segment.box.left for segment in inside]
    edges = _distinct(joints)
    return [
        edge for edge, after in pairwise([*edges, float("inf")])
        if any(edge - SLACK <= start < after - SLACK for start in starts)
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
    before = any(segment.box.left < start - SLACK for segment in row)
    return (
        here
        and before
        and not any(
            segment.box.left < start - SLACK and segment.box.right > start - SLACK
            for segment in row
        )
    )


def _distinct(values: Iterable[float], slack: float = SLACK) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > slack:
            found.append(value)
    return found
