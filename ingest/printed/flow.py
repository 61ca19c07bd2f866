"""Flow: whether parts beside each other are columns of text, or read across as rows do."""

from __future__ import annotations

import re
import statistics
from collections.abc import Sequence
from enum import Enum
from itertools import pairwise
from typing import Protocol

from ingest.printed.word import Box

_MARKER = re.compile(r"^(?:\W|[(\[]?(?:\d{1,3}(?:\.\d{1,3})*|[a-zA-Z]|[ivxIVX]{1,5})[.):\]]?)$")
_BULLETED = re.compile(r"^[•●▪■◆►‣◦∙·○➢➤\uf020-\uf0ff–-]\s*\w")
_PAGE = re.compile(r"^(?:\.{2,}\s*)?(?:p\.\s*)?(?:\d{1,4}|[ivxl]{1,6})$", re.IGNORECASE)
_FIGURE = re.compile(r"^[\s(–-]*[€$£]?\d[\d\s.,%–/-]*[\w%)]{0,4}$")
_ENDED = re.compile(r"[.!?:;]['\"”’»)\]]*[⁰¹²³⁴⁵⁶⁷⁸⁹]*$")

_MOST = 0.8  # share of the lines that makes a part one of markers, figures or page numbers
_ALIGNED = 0.6  # share of a part's lines that stand beside a line of each other part
_RUNNING = 0.3  # share of lines in the midst of a sentence that makes a part running text
_ITEMS = 0.2  # share of the lines that begin list items: lists stand in columns of text
_SHORT = 5  # words; cells hold few


class _Placed(Protocol):
    @property
    def box(self) -> Box: ...

    @property
    def text(self) -> str: ...


_Rows = Sequence[Sequence[_Placed]]


class Flow(Enum):
    """How parts that stand beside each other are read."""

    DOWN = "down"  # one after the other: columns of text
    LINES = "lines"  # line by line: numbers or bullets with their text, contents with their pages
    TABLE = "table"  # row by row: cells


def flow_of(parts: Sequence[_Rows]) -> Flow:
    """How parts beside each other are read; each is given as its rows of pieces.

    They read across where one part holds the numbers or bullets of what stands beside it, page
    numbers, or figures; and where none is running text, most are short and they stand line by
    line.
    """
    texts = [[" ".join(piece.text for piece in row) for row in rows] for rows in parts]
    if any(_share(_MARKER, lines) >= _MOST for lines in texts[:-1]):
        return Flow.LINES if _aligned(parts) >= _ALIGNED else Flow.DOWN
    if _share(_PAGE, texts[-1]) >= _MOST and len(parts) == 2 and len(texts[-1]) > 1:
        return Flow.LINES if _aligned(parts) >= _ALIGNED else Flow.DOWN
    if any(_share(_FIGURE, lines) >= _MOST for lines in texts[1:]):
        return Flow.TABLE if _aligned(parts) >= _ALIGNED else Flow.DOWN
    if not any(_stand_beside(one, other) for one, other in pairwise(parts)):
        return Flow.LINES  # one below the other: terms, and what they mean, indented
    if any(_share(_BULLETED, lines) >= _ITEMS for lines in texts):
        return Flow.DOWN
    fewest = min(len(lines) for lines in texts)
    if fewest < 2:
        # A lone line beside others: a label, unless the others run on without it.
        return Flow.LINES if max(len(lines) for lines in texts) <= 2 else Flow.DOWN
    running = max(_running(lines) for lines in texts)
    lengths = [statistics.median(len(line.split()) for line in lines) for lines in texts]
    short = sum(length <= _SHORT for length in lengths)
    is_table = running < _RUNNING and short >= len(parts) - 1 and _aligned(parts) >= _ALIGNED
    return Flow.TABLE if is_table else Flow.DOWN


def _share(pattern: re.Pattern[str], lines: Sequence[str]) -> float:
    return sum(bool(pattern.match(line.strip())) for line in lines) / len(lines)


def _running(lines: Sequence[str]) -> float:
    """The share of lines that go on in the next one: in the midst of a sentence."""
    if len(lines) < 2:
        return 0.0
    pairs = list(pairwise(lines))
    return sum(after[:1].islower() and not _ENDED.search(before) for before, after in pairs) / len(
        pairs
    )


def _stand_beside(one: _Rows, other: _Rows) -> bool:
    return any(
        piece.box.beside(neighbour.box)
        for row in one
        for piece in row
        for line in other
        for neighbour in line
    )


def _aligned(parts: Sequence[_Rows]) -> float:
    """Of the lines of the shortest part, the share that stands beside lines of all others."""
    fewest = min(parts, key=len)
    others = [rows for rows in parts if rows is not fewest]
    boxes = [Box.around(piece.box for piece in row) for row in fewest]
    hit = [
        all(any(box.beside(piece.box) for row in rows for piece in row) for rows in others)
        for box in boxes
    ]
    return sum(hit) / len(hit)
