"""Word: text with its place on the page; Box: the place itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in points; ``top`` is less than ``bottom``, as one reads."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """The height at which it stands, halfway between top and bottom."""
        return (self.top + self.bottom) / 2

    def holds(self, other: Box, slack: float = 0.0) -> bool:
        """Whether the middle of ``other`` lies within, or at most ``slack`` points outside."""
        across = (other.left + other.right) / 2
        return (
            self.left - slack <= across <= self.right + slack
            and self.top - slack <= other.middle <= self.bottom + slack
        )

    def beside(self, other: Box) -> bool:
        """Whether the two share most of their height: they stand on one line."""
        shared = min(self.bottom, other.bottom) - max(self.top, other.top)
        return shared > 0.5 * min(self.height, other.height)

    def turned(self, turn: int) -> Box:
        """Where it stands as one turns the page, to read what is turned by ``turn`` quarters.

        These count counter-clockwise, as in ``Word``.
        """
        match turn % 4:
            case 1:
                return Box(-self.bottom, self.left, -self.top, self.right)
            case 2:
                return Box(-self.right, -self.bottom, -self.left, -self.top)
            case 3:
                return Box(self.top, -self.right, self.bottom, -self.left)
        return self

    @classmethod
    def around(cls, boxes: Iterable[Box]) -> Box:
        """The smallest box around all of them; there must be one at least."""
        every = list(boxes)
        return cls(
            min(box.left for box in every),
            min(box.top for box in every),
            max(box.right for box in every),
            max(box.bottom for box in every),
        )


@dataclass(frozen=True, slots=True)
class Word:
    """Characters without white space between them."""

    text: str
    box: Box
    size: float  # of the type, in points
    bold: bool = False
    turn: int = 0  # quarter turns, counter-clockwise, against the page: 1 reads upwards


@dataclass(frozen=True, slots=True)
class Segment:
    """Words on one line with nothing but word spaces between them: a cell, or a column's line."""

    text: str
    box: Box
    size: float  # of most of its letters, in points
    bold: bool  # most of its letters are
    turn: int = 0  # of its words

    @classmethod
    def of(cls, words: Sequence[Word]) -> Self:
        """There must be one word at least."""
        letters = sum(len(word.text) for word in words)
        return cls(
            " ".join(word.text for word in words),
            Box.around(word.box for word in words),
            max(words, key=lambda word: len(word.text)).size,
            2 * sum(len(word.text) for word in words if word.bold) > letters,
            words[0].turn,
        )
