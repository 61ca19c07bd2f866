"""Lines as an engine saw them, put in the order in which a person reads the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from statistics import median

from ingest.lines import Line
from ingest.ocr.engine import OcrLine

_FEWEST_LINES = 3  # of a column
_GUTTER = 0.6  # least width of the free strip between columns, in line heights
_COLUMN_CHARACTERS = 22  # a usual line of a column has more; cells of a table have fewer
_FULL = 0.6  # of its column's width: a line of running text
_FULL_LINES = 0.5  # of a column of running text
_SAME_ROW = 0.5  # of the height: the distance between middles of pieces of one row
_SAME_SIZE = (0.7, 1.25)  # boxes of one type differ by this, with and without tall letters
_INDENTED = 3.0  # line heights: a first line may begin so far behind the end of a short last one
_USUAL_SPACING = 1.15  # of the usual step from line to line: more is free space


def printed_lines(seen: Sequence[OcrLine], scale: float) -> tuple[Line, ...]:
    """The lines of an upright page in reading order, in points.

    ``scale``: pixels per point of the image. Edges count from the column of a line. ``size`` is
    the height of a line's box, which engines draw more or less closely: it can be compared within
    what one engine read.
    """
    rows = in_reading_order(seen)
    if not rows:
        return ()
    usual = median(_height(row) for row in rows for _ in row.text[::20])
    steps = [
        step
        for before, row in pairwise(rows)
        if not _is_elsewhere(before, row) and (step := row.bottom - before.bottom) < 2.5 * usual
    ]
    spacing = median(steps) if steps else 1.4 * usual
    least, most = _SAME_SIZE
    lines: list[Line] = []
    for before, row in zip([None, *rows], rows, strict=False):
        size = _height(row)
        if least < size / usual < most:
            size = usual
        jump = before is None or _is_elsewhere(before, row)
        gap = 1.0
        if before is not None and not jump:
            # Larger type is set farther apart.
            expected = _USUAL_SPACING * spacing * max(size / usual, 1.0)
            gap = max(row.bottom - before.bottom - expected, 0.0) / spacing
        lines.append(
            Line(
                row.text,
                row.left / scale,
                row.right / scale,
                gap,
                round(2 * size / scale) / 2,
                column_break=jump,
            )
        )
    return tuple(_from_their_column(lines))


def _from_their_column(lines: Sequence[Line]) -> Iterator[Line]:
    """The same with their edges counted from the column in which they stand."""
    starts = [index for index, line in enumerate(lines) if line.column_break]
    for start, end in pairwise([*starts, len(lines)]):
        column = lines[start:end]
        left = min(line.indent for line in column)
        # Few lines do not show how wide their column is.
        measure = max(line.right for line in column) - left if len(column) > 2 else 0.0
        for line in column:
            yield replace(line, indent=line.indent - left, right=line.right - left, measure=measure)


def in_reading_order(seen: Sequence[OcrLine]) -> list[OcrLine]:
    """Column after column where there are columns of running text; else row after row.

    What spans the columns parts the page: all columns above it come before all below it. The
    pieces of one row (cells of a table, words set apart) are joined into one line.
    """
    gutter = _gutter(seen)
    if gutter is None:
        return _rows(seen)
    ordered: list[OcrLine] = []
    by_height = sorted(seen, key=_middle)
    for spans, group in groupby(by_height, lambda line: line.left < gutter < line.right):
        band = list(group)
        if spans:
            ordered += _rows(band)
        else:
            ordered += in_reading_order([line for line in band if line.right <= gutter])
            ordered += in_reading_order([line for line in band if line.left >= gutter])
    return ordered


def _gutter(seen: Sequence[OcrLine]) -> float | None:
    """The middle of the strip that best parts columns of running text, in pixels."""
    if len(seen) < 2 * _FEWEST_LINES:
        return None
    wide = _GUTTER * median(_height(line) for line in seen)
    best, best_worth = None, 0
    for edge in sorted({line.left for line in seen}):
        right = [line for line in seen if line.left >= edge]
        left = [line for line in seen if line.right <= edge - wide]
        spanning = len(seen) - len(left) - len(right)
        worth = min(len(left), len(right)) - spanning // 2
        if worth > best_worth and _is_column(left) and _is_column(right):
            best, best_worth = edge - wide / 2, worth
    return best


def _is_column(lines: Sequence[OcrLine]) -> bool:
    """Whether lines that stand beside others are running text, or columns of it."""
    if len(lines) < _FEWEST_LINES or median(len(line.text) for line in lines) < _COLUMN_CHARACTERS:
        return False
    widths = sorted(line.right - line.left for line in lines)
    usual = widths[int(0.8 * (len(widths) - 1))]
    return sum(width >= _FULL * usual for width in widths) >= _FULL_LINES * len(lines)


def _rows(seen: Sequence[OcrLine]) -> list[OcrLine]:
    """From top to bottom, pieces of one row joined from left to right."""
    rows: list[list[OcrLine]] = []
    for line in sorted(seen, key=_middle):
        last = rows[-1][-1] if rows else None
        near = last and _middle(line) - _middle(last) < _SAME_ROW * min(
            _height(line), _height(last)
        )
        # Two pieces over one another are two rows, however close they are.
        if near and all(piece.right <= line.left or line.right <= piece.left for piece in rows[-1]):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [_joined(sorted(row, key=lambda piece: piece.left)) for row in rows]


def _joined(row: Sequence[OcrLine]) -> OcrLine:
    letters = sum(len(piece.text) for piece in row)
    return replace(
        row[0],
        text=" ".join(piece.text for piece in row),
        top=median(piece.top for piece in row),
        right=max(piece.right for piece in row),
        bottom=median(piece.bottom for piece in row),
        confidence=sum(piece.confidence * len(piece.text) for piece in row) / max(letters, 1),
    )


def _is_elsewhere(before: OcrLine, row: OcrLine) -> bool:
    """Whether a line does not stand under the one before it."""
    apart = max(row.left - before.right, before.left - row.right)
    return row.top < before.top or apart > _INDENTED * _height(row)


def _height(line: OcrLine) -> float:
    return max(line.bottom - line.top, 1.0)


def _middle(line: OcrLine) -> float:
    return (line.top + line.bottom) / 2
