"""Sheet: the rows of a spreadsheet -> table rows with their heads, and the lines between them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from ingest.builder import DocumentBuilder
from ingest.document import BlockKind
from ingest.readers.table import Cell, Part, Table

# Rows of a sheet that are read. A plan has hundreds; what has more is data, which no question in
# words asks for, and which would take hours to index.
MOST_ROWS = 10_000
MOST_COLUMNS = 256
_NOTE = f"[This sheet is longer; only its first {MOST_ROWS:,} rows were read.]"
_HEAD_LENGTH = 80  # characters: a longer cell is a value
_SHARED = 0.6  # share of a table's columns that its head row covers at least
_LOOK = 50  # rows below a head row that are looked at
_HEADING_WORDS = 14
_SENTENCE_END = (".", ";", ",", "!", "?")
_NUMBER = re.compile(
    r"[-+(]?[$€£¥]?\s?\d[\d\s.,'’/:-]*\s?[%$€£¥)]?|\d{4}-\d\d(?:-\d\d)?(?:[T ].*)?|n/?a|[-–—]"
)


@dataclass(frozen=True, slots=True)
class Value:
    """What a cell shows."""

    text: str = ""
    bold: bool = False

    @property
    def is_word(self) -> bool:
        """Whether it is neither empty nor a number, a date or a sign for nothing."""
        return bool(self.text) and not _NUMBER.fullmatch(self.text)


Row = Sequence[Value]


class Sheet:
    """The rows of one sheet, of which those after ``MOST_ROWS`` are left out."""

    def __init__(self, rows: Iterable[Row], *, headed: bool = False) -> None:
        """``headed``: the first row is a head row unless it cannot be one, as in a CSV file."""
        filled = enumerate(list(row[:MOST_COLUMNS]) for row in rows)
        kept = ((number, row) for number, row in filled if any(value.text for value in row))
        known = list(islice(kept, MOST_ROWS + 1))
        self._more = len(known) > MOST_ROWS
        self._numbers = [number for number, _ in known[:MOST_ROWS]]  # to see where rows are empty
        self._rows = [row for _, row in known[:MOST_ROWS]]
        self._headed = headed
        self._is_list = all(len(_filled(row)) < 2 for row in self._rows)

    def __bool__(self) -> bool:
        return bool(self._rows)

    def write(self, builder: DocumentBuilder, level: int = 1) -> None:
        """Append the rows; headings among them get ``level``."""
        head: Row = ()
        body: list[Row] = []
        begins = True  # whether a table may begin here: after an empty row or a line
        for index, row in enumerate(self._rows):
            begins = begins or self._numbers[index] > self._numbers[index - 1] + 1
            is_line = self._is_line(index, begins=begins)
            is_head = not is_line and begins and self._is_head(index, head)
            if is_line or is_head:
                _write_table(builder, head, body)
                body = []
            if is_line:
                _write_line(builder, row, level)
            elif is_head:
                head = row
            else:
                if begins and not set(_filled(row)) <= set(_filled(head)):
                    _write_table(builder, head, body)
                    head, body = (), []
                body.append(row)
            begins = is_line
        _write_table(builder, head, body)
        if self._more:
            builder.add(BlockKind.PARAGRAPH, _NOTE)

    def _is_line(self, index: int, *, begins: bool) -> bool:
        """Whether a row is one cell of words beside tables: their title, a note, a group's name."""
        row = self._rows[index]
        columns = _filled(row)
        if self._is_list or len(columns) != 1 or not row[columns[0]].is_word:
            return False
        value = row[columns[0]]
        return begins or value.bold or _is_sentence(value.text)

    def _is_head(self, index: int, head: Row) -> bool:
        """Whether a row names the columns of the rows below it."""
        row, below = self._rows[index], self._below(index)
        columns = _filled(row)
        values = [row[column] for column in columns]
        texts = [value.text.lower() for value in values]
        if len(columns) < 2 or not below or not all(value.is_word for value in values):
            return False
        if len(set(texts)) < len(texts) or max(map(len, texts)) > _HEAD_LENGTH:
            return False
        used = {column for other in below for column in _filled(other)}
        if len(used.intersection(columns)) < max(_SHARED * len(used), 2):
            return False
        values_below = [(column, other[column]) for other in below for column in _filled(other)]
        if any(value.text == _text(row, column) for column, value in values_below):
            return False
        if all(value.bold for value in values):
            return not all(value.bold for value in below[0] if value.text)
        over_numbers = any(
            column in columns and not value.is_word for column, value in values_below
        )
        if head and set(columns) <= set(_filled(head)):
            # The next row of the table above, or the head of a narrower one.
            return over_numbers and used == set(columns) != set(_filled(head))
        # Words over words: names of columns, unless they may be a label and its value.
        return over_numbers or self._headed or len(columns) > 2

    def _below(self, index: int) -> list[Row]:
        """The rows of the table that begins at ``index``, up to the next empty row."""
        rows: list[Row] = []
        for after in range(index + 1, min(index + _LOOK, len(self._rows))):
            if self._numbers[after] > self._numbers[after - 1] + 1 and rows:
                break
            if len(_filled(self._rows[after])) > 1:
                rows.append(self._rows[after])
        return rows


def _write_line(builder: DocumentBuilder, row: Row, level: int) -> None:
    value = row[_filled(row)[0]]
    is_heading = value.bold and len(value.text.split()) <= _HEADING_WORDS
    if is_heading and not _is_sentence(value.text):
        builder.add(BlockKind.HEADING, value.text, level)
    else:
        builder.add(BlockKind.PARAGRAPH, value.text)


def _write_table(builder: DocumentBuilder, head: Row, body: Sequence[Row]) -> None:
    if not body:
        return
    rows = [head, *body] if head else body
    used = sorted({column for row in rows for column in _filled(row)})
    cells = [[_cell(_text(row, column)) for column in used] for row in rows]
    Table(cells, int(bool(head))).write(builder)


def _cell(text: str) -> Cell:
    return Cell((Part(BlockKind.PARAGRAPH, text),) if text else ())


def _filled(row: Row) -> list[int]:
    return [column for column, value in enumerate(row) if value.text]


def _text(row: Row, column: int) -> str:
    return row[column].text if column < len(row) else ""


def _is_sentence(text: str) -> bool:
    return text.endswith(_SENTENCE_END) or len(text) > _HEAD_LENGTH
