"""RTF: the paragraphs of a rich text as headings, lists, tables and notes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby

from ingest.builder import DocumentBuilder, normalise
from ingest.document import BlockKind
from ingest.errors import DamagedDocument
from ingest.readers.bullet import without_bullet, without_symbols
from ingest.readers.html import iso_date
from ingest.readers.office import stated_title
from ingest.readers.reading import Reading
from ingest.readers.rich_paragraph import RichParagraph, RichRow
from ingest.readers.rich_text import RichText
from ingest.readers.signature import check_name
from ingest.readers.table import Cell, Part, Table

_NUMBER = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-zA-Z]|[ivxIVX]{1,6})(?:[.)]|(?<=\d))$")
_SHOWN_HEADING = 14  # words: a longer bold paragraph is emphasis, not a heading
_HEAD_CELL = 80  # characters: a longer cell in the first row is text, not a head
_SAME_EDGE = 60  # twips (1/20 point) by which rows of one table are out of line


def read_rtf(path: str, data: bytes) -> Reading:
    """Read rich text; it has no pages until it is printed.

    Raises DamagedDocument where ``data`` is something else.
    """
    data = data.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not data.startswith(b"{\\rtf"):
        check_name(path, data)
        raise DamagedDocument(
            path, "is no rich text (.rtf)", "Give it the ending of what it is, or remove it."
        )
    text = RichText(data)
    builder = DocumentBuilder()
    _Body(builder).write(text.items)
    date = text.stated.get("revtim") or text.stated.get("creatim") or ""
    return Reading(
        builder, stated_title(normalise(text.stated.get("title", ""))), None, iso_date(date)
    )


class _Body:
    """Writes paragraphs and rows into a builder."""

    def __init__(self, builder: DocumentBuilder) -> None:
        self._builder = builder
        self._heading = 0  # level of the last heading that says so itself

    def write(self, items: Iterable[RichParagraph | RichRow]) -> None:
        for is_table, group in groupby(items, lambda item: isinstance(item, RichRow)):
            if is_table:
                self._write_table([item for item in group if isinstance(item, RichRow)])
            else:
                for item in group:
                    if isinstance(item, RichParagraph):
                        self._write_paragraph(item)

    def _write_paragraph(self, paragraph: RichParagraph) -> None:
        text = _shown(paragraph)
        if paragraph.style.lower().startswith("toc "):
            return
        if paragraph.outline < 9:
            self._heading = min(paragraph.outline + 1, 6)
            self._builder.add(BlockKind.HEADING, text, self._heading)
        elif paragraph.style.lower() == "title":
            self._builder.add(BlockKind.HEADING, text, 1)
        elif _shows_heading(paragraph):
            self._builder.add(BlockKind.HEADING, text, min(self._heading + 1, 6))
        else:
            part = _part(paragraph)
            self._builder.add(part.kind, part.text, part.level)
        self._write_apart(paragraph)

    def _write_apart(self, paragraph: RichParagraph) -> None:
        for box in paragraph.boxes:
            self._write_paragraph(box)
        for note in paragraph.notes:
            self._builder.add(BlockKind.PARAGRAPH, note)

    def _write_table(self, rows: list[RichRow]) -> None:
        if max((len(row.cells) for row in rows), default=0) < 2:
            for row in rows:  # a frame around text, not a table
                for paragraph in (each for cell in row.cells for each in cell):
                    self._write_paragraph(paragraph)
            return
        edges = _columns(rows)
        cells = [_cells(row, edges) for row in rows]
        heads = next((at for at, row in enumerate(rows) if not row.head), len(rows) - 1)
        if not heads and len(rows) > 1:
            heads = int(_is_head(rows[0]))
        Table(cells, heads).write(self._builder)
        for row in rows:
            for paragraph in (each for cell in row.cells for each in cell):
                self._write_apart(paragraph)


def _shown(paragraph: RichParagraph) -> str:
    """The text with its number, without a bullet."""
    text = normalise(without_symbols(paragraph.text))
    mark = paragraph.mark or ""
    return f"{mark} {text}" if text and _NUMBER.match(mark) else text


def _part(paragraph: RichParagraph) -> Part:
    text = _shown(paragraph)
    typed = without_bullet(text)
    if paragraph.mark is not None or typed is not None:
        return Part(BlockKind.LIST_ITEM, typed or text, paragraph.level)
    return Part(BlockKind.PARAGRAPH, text)


def _shows_heading(paragraph: RichParagraph) -> bool:
    """Whether a paragraph is set like a heading: short, all bold, and no sentence."""
    text = normalise(paragraph.text)
    is_bullet = paragraph.mark is not None and not _NUMBER.match(paragraph.mark)
    if is_bullet or not 0 < len(text.split()) <= _SHOWN_HEADING:
        return False
    return (
        paragraph.bold and any(map(str.isalpha, text)) and not text.endswith((".", ",", ";", ":"))
    )


def _columns(rows: list[RichRow]) -> list[int]:
    """Where the columns of a table end, in twips; edges that are hardly apart are one."""
    columns: list[int] = []
    for edge in sorted({edge for row in rows for edge in row.edges}):
        if not columns or edge - columns[-1] > _SAME_EDGE:
            columns.append(edge)
    return columns


def _cells(row: RichRow, columns: list[int]) -> list[Cell]:
    cells = []
    reached = 0
    for number, paragraphs in enumerate(row.cells):
        end = reached + 1
        if number < len(row.edges):
            end = sum(column <= row.edges[number] for column in columns)
        cells.append(Cell(tuple(map(_part, paragraphs)), max(end - reached, 1)))
        reached = max(end, reached + 1)
    return cells


def _is_head(row: RichRow) -> bool:
    lengths = [sum(len(each.text) for each in cell) for cell in row.cells]
    if not all(0 < length <= _HEAD_CELL for length in lengths[1:]):
        return False
    return all(each.bold for cell in row.cells for each in cell)
