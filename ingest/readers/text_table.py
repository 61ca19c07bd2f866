"""Tables printed in plain text: columns told by what stays blank down several lines.

What could be prose, a list or a table of contents is left alone: a table read as lines is still
found, prose read as a table is spoilt.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.lines import Grid, GridRow, Line
from ingest.readers.bullet import without_bullet

_FEWEST_ROWS = 3
_GUTTER = 2  # blanks between columns
_WIDE_GUTTER = 3  # the same where there are only two
_MOST_WORDS = 5.0  # in a cell, on average; more is text in columns
_RUNS_ON = 0.15  # share of cells that go on in the one below, up to which they do so by chance
_NUMERIC = 0.6  # share of numbers that makes a column one of numbers
_WIDEST = 400  # characters; a longer line is no printed one
_FILLED = 0.5  # share of the rows that a column has values in
_MOST_HEADS = 3  # lines of a head
_TORN = re.compile(r"\S {3,}\S")
_TORN_ROWS = 0.1
_MOST_COLUMNS = 30
_MOST_TRIES = 6
_LOOK = 40  # rows above that a row is held against
_RULE = re.compile(r"[-=_+|:\s]{3,}$")
_PIPED = re.compile(r"\s*\|.*\|\s*$")
_NUMBER = re.compile(r"[-+(]?[$€£¥]?\s?\d[\d\s.,/:-]*[%)]?|[-–—]|n/?a", re.IGNORECASE)
_MARKER = re.compile(r"\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})(?:\.\d{1,3})*[.)]?|\W{1,2}")
_BULLETS = 0.25  # share of cells that begin with a bullet, up to which they are values
_SENTENCE_END = (".", "!", "?", ":", ";")


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table and the lines that it takes up: from ``start`` to before ``end``."""

    start: int
    end: int
    grid: Grid


def find_tables(lines: Sequence[str]) -> list[TextTable]:
    """The tables in the lines of one page, from the top; tabs are expanded already."""
    found: list[TextTable] = []
    start = tries = 0
    while start < len(lines):
        table = _piped_at(lines, start)
        end = start + 1
        if table is None and _is_gapped(lines[start]):
            table, run_end = _aligned_at(lines, start)
            # An odd first line may hide a table below it, but not each line of a long text.
            tries = tries + 1 if run_end > end else 0
            if tries > _MOST_TRIES:
                end, tries = run_end, 0
        if table is not None:
            found.append(table)
            end, tries = table.end, 0
        start = end
    return found


def _piped_at(lines: Sequence[str], start: int) -> TextTable | None:
    """A table drawn with bars: | Action | Deadline |"""
    end = start
    rows: list[list[str]] = []
    rules: list[int] = []  # how many rows stand above each
    while end < len(lines) and (_PIPED.match(lines[end]) or (rows and _is_rule(lines[end]))):
        if _is_rule(lines[end]):
            rules.append(len(rows))
        else:
            rows.append([cell.strip() for cell in lines[end].strip().strip("|").split("|")])
        end += 1
    widths = {len(row) for row in rows}
    if len(rows) < 2 or len(widths) > 1 or widths == {1}:
        return None
    return TextTable(start, end, _table(rows, ruled=1 in rules))


def _aligned_at(lines: Sequence[str], start: int) -> tuple[TextTable | None, int]:
    """A table whose columns stay clear of each other, if it is one, and where the lines end."""
    taken = [start]
    gutters = _gutters(lines[start])
    ruled, end, blank = False, start + 1, 0
    spaced = False  # whether blank lines part the rows, not only the head from them
    for at in range(start + 1, len(lines)):
        line = lines[at]
        if not line.strip():
            blank += 1
            if blank > 1 or (len(taken) > 2 and not spaced):
                break
            continue
        if _is_rule(line):
            ruled = ruled or len(taken) == 1
        elif _is_gapped(line):
            common = _common(gutters, _gutters(line))
            if common != gutters and not _keeps(common, gutters, lines, [*taken[-_LOOK:], at]):
                break
            gutters = common
            taken.append(at)
            spaced = blank > 0 if len(taken) == 3 else spaced
        else:
            break
        end, blank = at + 1, 0
    rows = [lines[each] for each in taken]
    if len(rows) < _FEWEST_ROWS:
        return None, end
    parted = _parting(gutters, rows)
    pieces = [_cut(row, parted) for row in rows]
    if not parted:
        return None, end
    if sum(any(map(_TORN.search, row)) for row in pieces) > _TORN_ROWS * len(rows):
        return None, end  # some row hides a gap between columns
    cells = [[" ".join(cell.split()) for cell in row] for row in pieces]
    if not _is_table(cells, min(b - a for a, b in parted), ruled=ruled):
        return None, end
    cut_off = start > 0 and _is_gapped(lines[start - 1])
    return TextTable(start, end, _table(cells, ruled=ruled, cut_off=cut_off)), end


def _is_gapped(line: str) -> bool:
    gaps = len(re.findall(r"\S {2,}(?=\S)", line)) if len(line) <= _WIDEST else 0
    return 0 < gaps < _MOST_COLUMNS


def _is_rule(line: str) -> bool:
    return bool(_RULE.match(line)) and any(sign in line for sign in "-=_")


_Span = tuple[int, int]


def _gutters(line: str) -> list[_Span]:
    """Where a line is blank: before its text, between its words, after its end."""
    line = line.rstrip()
    spans = [match.span() for match in re.finditer(r" +", line)]
    return [*spans, (len(line), _WIDEST)]


def _common(one: Sequence[_Span], other: Sequence[_Span]) -> list[_Span]:
    """Where both are blank, at least as wide as a gutter."""
    shared = []
    mine = theirs = 0
    while mine < len(one) and theirs < len(other):
        low = max(one[mine][0], other[theirs][0])
        high = min(one[mine][1], other[theirs][1])
        if high - low >= _GUTTER:
            shared.append((low, high))
        if one[mine][1] < other[theirs][1]:
            mine += 1
        else:
            theirs += 1
    return shared


def _parting(gutters: Sequence[_Span], rows: Sequence[str]) -> list[_Span]:
    """The gutters that have text on both sides in most rows."""
    return [
        (low, high)
        for low, high in gutters
        if high - low >= _GUTTER
        and sum(bool(row[:low].strip() and row[high:].strip()) for row in rows) > len(rows) / 2
    ]


def _keeps(
    common: Sequence[_Span], gutters: Sequence[_Span], lines: Sequence[str], rows: Sequence[int]
) -> bool:
    """Whether the last of ``rows`` leaves as many columns as there were before it."""
    texts = [lines[row] for row in rows]
    parted = len(_parting(common, texts))
    return parted > 0 and (len(rows) == 2 or parted >= len(_parting(gutters, texts[:-1])))


def _cut(row: str, gutters: Sequence[_Span]) -> list[str]:
    ends = [0, *(low for low, _ in gutters), len(row)]
    return [row[low:high].strip() for low, high in pairwise(ends)]


def _is_table(rows: Sequence[Sequence[str]], gutter: int, *, ruled: bool) -> bool:
    columns = list(zip(*rows, strict=True))
    if len(columns) == 2 and gutter < _WIDE_GUTTER and not ruled:
        return False
    filled = [cell for row in rows for cell in row if cell]
    if sum(len(cell.split()) for cell in filled) > _MOST_WORDS * len(filled):
        return False
    if min(sum(map(bool, column)) for column in columns) < _FILLED * len(rows):
        return False
    if sum(any(char.isalnum() for char in cell) for cell in filled) < 0.8 * len(filled):
        return False  # dotted lines and the like
    if sum(without_bullet(cell) is not None for cell in filled) > _BULLETS * len(filled):
        return False  # lists side by side
    body = list(zip(*rows[_words_above(rows) :], strict=True))  # heads do run on
    steps = [(a, b) for column in body for a, b in pairwise(column) if a and b]
    runs_on = sum(b[0].islower() and not a.endswith(_SENTENCE_END) for a, b in steps)
    if runs_on > _RUNS_ON * len(steps):
        return False
    if all(_MARKER.fullmatch(cell) for cell in columns[0] if cell):
        columns = columns[1:]
    if len(columns) < 2 or _is_contents(columns):
        return False
    return len(columns) > 2 or ruled or any(map(_is_numeric, columns[1:]))


def _is_contents(columns: Sequence[Sequence[str]]) -> bool:
    """Whether the last column is one of page numbers, after titles."""
    numbers = [cell for cell in columns[-1] if cell]
    if not all(re.fullmatch(r"\d{1,3}|[ivxl]+", cell) for cell in numbers):
        return False
    pages = [int(cell) for cell in numbers if cell.isdigit()]
    return pages == sorted(pages)


def _table(rows: Sequence[Sequence[str]], *, ruled: bool, cut_off: bool = False) -> Grid:
    """``cut_off``: lines above that belong to the table did not fit into its columns."""
    columns = list(zip(*rows, strict=True))
    heads = _words_above(rows)
    over_numbers = any(_is_numeric(column[heads:]) for column in columns)
    capitals = "".join(rows[0]).isupper() and not any("".join(row).isupper() for row in rows[1:])
    if ruled or _is_years(rows[0]) or (capitals and not cut_off):
        heads = 1
    elif cut_off or not over_numbers:
        heads = 0
    cells = [GridRow(tuple((Line(text),) if text else () for text in row)) for row in rows]
    return Grid(tuple(cells), min(heads, len(rows) - 1))


def _words_above(rows: Sequence[Sequence[str]]) -> int:
    """How many rows stand above the first one with a number; 0 where they cannot be a head."""
    numbered = (at for at, row in enumerate(rows) if any(map(_NUMBER.fullmatch, filter(None, row))))
    heads = next(numbered, 0)
    return heads if heads <= _MOST_HEADS else 0


def _is_years(row: Sequence[str]) -> bool:
    """Whether a row names years: nothing or words, and then one after the other."""
    years = [cell for cell in row[1:] if re.fullmatch(r"(?:19|20)\d\d", cell)]
    return not _NUMBER.fullmatch(row[0]) and len(years) == len(row) - 1 == len(set(years))


def _is_numeric(column: Sequence[str]) -> bool:
    filled = [cell for cell in column if cell]
    numbers = sum(bool(_NUMBER.fullmatch(cell)) for cell in filled)
    return bool(filled) and numbers >= _NUMERIC * len(filled)
