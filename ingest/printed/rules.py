"""Rules: drawn lines put together from the pieces that files draw them in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.printed.word import Box

_NEAR = 2.0  # points: pieces this near to each other are one line
_SHORTEST = 12.0  # points; shorter ones underline, strike out, or belong to a drawing


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line: at one ``place`` across, from ``start`` to ``end`` along."""

    place: float
    start: float
    end: float
    joints: tuple[float, ...] = ()  # where its pieces meet, as the cells of a table do

    @property
    def length(self) -> float:
        return self.end - self.start

    def crosses(self, place: float, slack: float = _NEAR) -> bool:
        """Whether the line reaches over ``place``, a position along it."""
        return self.start - slack <= place <= self.end + slack


def horizontal(boxes: Iterable[Box]) -> list[Rule]:
    """The horizontal rules, from the top."""
    flat = [(box.middle, box.left, box.right) for box in boxes if box.width > box.height]
    return _put_together(flat)


def vertical(boxes: Iterable[Box]) -> list[Rule]:
    """The vertical rules, from the left."""
    upright = [
        ((box.left + box.right) / 2, box.top, box.bottom) for box in boxes if box.height > box.width
    ]
    return _put_together(upright)


def _put_together(pieces: Sequence[tuple[float, float, float]]) -> list[Rule]:
    rules: list[Rule] = []
    for line in _on_one_line(sorted(pieces)):
        place = sum(piece[0] for piece in line) / len(line)
        start, end = float("inf"), float("-inf")
        joints: list[float] = []
        for _, left, right in sorted(line, key=lambda piece: piece[1:]):
            if left > end + _NEAR:
                if end > start:
                    rules.append(Rule(place, start, end, tuple(joints)))
                start, end, joints = left, right, []
            else:
                if abs(left - end) <= _NEAR:
                    joints.append((left + end) / 2)
                end = max(end, right)
        rules.append(Rule(place, start, end, tuple(joints)))
    return [rule for rule in rules if rule.length >= _SHORTEST]


def _on_one_line(
    pieces: Sequence[tuple[float, float, float]],
) -> Iterable[list[tuple[float, float, float]]]:
    line: list[tuple[float, float, float]] = []
    for piece in pieces:
        if line and piece[0] - line[-1][0] > _NEAR:
            yield line
            line = []
        line.append(piece)
    if line:
        yield line
