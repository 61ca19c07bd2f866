"""Columns: the pieces of a page in the order in which they are read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, Protocol, TypeVar

from ingest.printed.flow import Flow, flow_of
from ingest.printed.word import Box

# Of the body's type size.
_GUTTER = 0.9  # the least space between two columns
_TOUCHING = 0.3  # how far two lines below each other may overlap
_HEADING = 1.15  # type larger than this times the body's is a heading's
_APART = 0.8  # free space over the whole width, above a heading that parts a page
_DEEPEST = 4  # columns within columns that are looked for

_Gap = tuple[float, float]  # from, to; in points from the left
_NOWHERE, _EVERYWHERE = float("-inf"), float("inf")


class Piece(Protocol):
    """What has a place on the page: a segment, or a table."""

    @property
    def box(self) -> Box: ...

    @property
    def size(self) -> float: ...

    @property
    def bold(self) -> bool: ...

    @property
    def text(self) -> str: ...


P = TypeVar("P", bound=Piece)


@dataclass(frozen=True, slots=True)
class Column(Generic[P]):
    """Rows of pieces, from the top; the pieces of a row stand beside each other."""

    rows: tuple[tuple[P, ...], ...]
    edges: tuple[float, ...] = ()  # of a table without rules: where its columns begin

    @property
    def box(self) -> Box:
        return Box.around(piece.box for row in self.rows for piece in row)


def columns(pieces: Sequence[P], body: float, rules: Sequence[Box] = ()) -> list[Column[P]]:
    """The columns of a page, or of a part of it, in reading order.

    ``body`` is the size of the running text. Bands over the full width are read one after the
    other; where the white space of a band goes through from its top to its bottom, what stands
    left of it is read first, unless the band reads across (see ``flow``). A horizontal rule of
    ``rules`` that goes across such white space ends the band.
    """
    return list(_arranged(pieces, body, rules, 0))


def _arranged(
    pieces: Sequence[P], body: float, rules: Sequence[Box], depth: int
) -> Iterator[Column[P]]:
    for band in _bands(pieces, body, rules):
        parts = band.parts()
        if len(parts) < 2 or depth >= _DEEPEST:
            yield Column(rows_of([*band.pieces, *band.afloat]))
            continue
        flow = flow_of([rows_of(part) for part in parts])
        if flow is Flow.DOWN:
            for part in parts:
                yield from _arranged(part, body, rules, depth + 1)
            if band.afloat:
                yield from _arranged(band.afloat, body, rules, depth + 1)
        else:
            edges = tuple(min(piece.box.left for piece in part) for part in parts)
            yield Column(rows_of([*band.pieces, *band.afloat]), edges if flow is Flow.TABLE else ())


def rows_of(pieces: Sequence[P]) -> tuple[tuple[P, ...], ...]:
    """Pieces on one line together, from left to right; the lines from the top."""
    rows: list[list[P]] = []
    for piece in sorted(pieces, key=lambda piece: (piece.box.middle, piece.box.left)):
        if rows and any(piece.box.beside(other.box) for other in rows[-1]):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return tuple(tuple(sorted(row, key=lambda piece: piece.box.left)) for row in rows)


class _Band(Generic[P]):
    """Strips below each other, and the gaps that are free in all of them."""

    def __init__(self, strips: Sequence[list[P]], body: float) -> None:
        self.strips: list[list[P]] = []
        self._body = body
        self._free: list[_Gap] = [(_NOWHERE, _EVERYWHERE)]
        self.afloat: list[P] = []  # what stands in the midst of the columns: a quotation, a picture
        for strip in strips:
            self.add(strip)

    @property
    def pieces(self) -> list[P]:
        return [piece for strip in self.strips for piece in strip]

    @property
    def gutters(self) -> list[_Gap]:
        return _inner(self._free)

    def add(self, strip: list[P]) -> None:
        inside, afloat = self._sorted(strip)
        self._free = self._with(inside)
        self.strips.append(inside)
        self.afloat += afloat

    def takes(self, strip: list[P]) -> bool:
        """Whether a strip continues the band."""
        strip, _ = self._sorted(strip)
        together = _inner(self._with(strip))
        if self.gutters:
            return bool(together) and not self._is_parted_by(strip)
        if not _inner(_free([strip], self._body)):
            return True
        # Lines without a gutter, and then one with: the first ones may be the top of a column.
        return bool(together) and all(
            self._stands_in_column(piece, strip, together) for piece in self.pieces
        )

    def is_ruled_off(self, strip: list[P], rules: Sequence[Box]) -> bool:
        """Whether a rule across the gutters stands between the band and a strip below it."""
        bottom = max(piece.box.bottom for piece in self.pieces)
        top = min(piece.box.top for piece in strip)
        slack = 0.2 * self._body
        return any(
            bottom - slack <= rule.middle <= top + slack
            and any(rule.left < left and right < rule.right for left, right in self.gutters)
            for rule in rules
        )

    def give_up_heading(self) -> list[list[P]]:
        """The headings at the end, which belong to what follows; they are taken out."""
        taken: list[list[P]] = []
        while self.gutters and len(self.strips) > 1 and self._is_heading(self.strips[-1]):
            taken.insert(0, self.strips.pop())
        return taken

    def parts(self) -> list[list[P]]:
        """The pieces between the gutters, from the left."""
        edges = [_NOWHERE, *((left + right) / 2 for left, right in self.gutters), _EVERYWHERE]
        parts = (
            [piece for piece in self.pieces if left < piece.box.left <= right]
            for left, right in pairwise(edges)
        )
        return [part for part in parts if part]

    def _with(self, strip: list[P]) -> list[_Gap]:
        return _common(self._free, _free([strip], self._body), _GUTTER * self._body)

    def _sorted(self, strip: list[P]) -> tuple[list[P], list[P]]:
        """The pieces that stand in the columns, and those that these flow around."""
        middles = [(left + right) / 2 for left, right in self.gutters]
        afloat = [
            piece
            for piece in strip
            if any(piece.box.left < middle < piece.box.right for middle in middles)
            and any(other.box.right < piece.box.left for other in strip)
            and any(other.box.left > piece.box.right for other in strip)
        ]
        return [piece for piece in strip if piece not in afloat], afloat

    def _is_heading(self, strip: list[P]) -> bool:
        """Whether a strip is one line alone, set larger or heavier than the running text."""
        if len(strip) != 1:
            return False
        larger = strip[0].size > _HEADING * self._body
        return larger or (len(strip[0].text) > 3 and (strip[0].bold or strip[0].text.isupper()))

    def _is_parted_by(self, strip: list[P]) -> bool:
        """Whether a heading stands alone below all columns, with space above it."""
        bottom = max(piece.box.bottom for piece in self.pieces)
        return self._is_heading(strip) and strip[0].box.top - bottom > _APART * self._body

    @staticmethod
    def _stands_in_column(piece: P, strip: list[P], gutters: list[_Gap]) -> bool:
        edges = [_NOWHERE, *((left + right) / 2 for left, right in gutters), _EVERYWHERE]
        for left, right in pairwise(edges):
            if left < piece.box.left <= right:
                held = [other.box for other in strip if left < other.box.left <= right]
                if not held:
                    return False
                column = Box.around(held)
                return abs(piece.box.left - column.left) < 3 and piece.box.right < column.right + 3
        return False


def _bands(pieces: Sequence[P], body: float, rules: Sequence[Box]) -> list[_Band[P]]:
    bands: list[_Band[P]] = []
    for strip in _strips(pieces, body):
        if bands and bands[-1].takes(strip) and not bands[-1].is_ruled_off(strip, rules):
            bands[-1].add(strip)
        else:
            heading = bands[-1].give_up_heading() if bands else []
            bands.append(_Band([*heading, strip], body))
    return bands


def _strips(pieces: Sequence[P], body: float) -> Iterator[list[P]]:
    """Pieces parted by white space that goes through from left to right."""
    strip: list[P] = []
    bottom = _NOWHERE
    for piece in sorted(pieces, key=lambda piece: piece.box.top):
        if strip and piece.box.top > bottom - _TOUCHING * min(body, piece.box.height):
            yield strip
            strip, bottom = [], _NOWHERE
        strip.append(piece)
        bottom = max(bottom, piece.box.bottom)
    if strip:
        yield strip


def _free(strips: Sequence[list[P]], body: float) -> list[_Gap]:
    """The gaps between, before and behind the pieces that are as wide as a gutter."""
    taken = sorted((piece.box.left, piece.box.right) for strip in strips for piece in strip)
    free: list[_Gap] = []
    reached = _NOWHERE
    for left, right in taken:
        if left - reached >= _GUTTER * body:
            free.append((reached, left))
        reached = max(reached, right)
    return [*free, (reached, _EVERYWHERE)]


def _common(one: list[_Gap], other: list[_Gap], least: float) -> list[_Gap]:
    shared = ((max(left, start), min(right, end)) for left, right in one for start, end in other)
    return [(left, right) for left, right in shared if right - left >= least]


def _inner(gaps: list[_Gap]) -> list[_Gap]:
    return [(left, right) for left, right in gaps if left > _NOWHERE and right < _EVERYWHERE]
