"""DOCX: the body walked in order, with the numbers, notes and text boxes where they belong."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from ingest.builder import DocumentBuilder, normalise
from ingest.document import BlockKind
from ingest.readers.bullet import without_bullet
from ingest.readers.numbering import Numbering
from ingest.readers.office import OfficePackage
from ingest.readers.paragraph import PASSED_OVER, Paragraph
from ingest.readers.reading import Reading
from ingest.readers.styles import Styles, W, child_value, integer, is_on, value
from ingest.readers.table import Cell, Part, Table, parts_of

_DEEPEST = 12  # tables in tables; beyond, their text is read as one paragraph
_HEAD_CELL = 80  # characters: a longer cell in the first row is text, not a head
_SHOWN_HEADING = 14  # words: a longer bold paragraph is emphasis, not a heading


def read_docx(path: str, data: bytes) -> Reading:
    """Read a Word document; it has no pages until it is printed.

    Raises ProtectedDocument or DamagedDocument.
    """
    package = OfficePackage(path, data, "Word document", "word/document.xml", f"{W}document")
    builder = DocumentBuilder()
    _Body(package, builder).write(package.root)
    stated = package.properties()
    return Reading(builder, stated.title, stated.language, stated.date)


class _Body:
    """Writes the blocks of a document's body into a builder."""

    def __init__(self, package: OfficePackage, builder: DocumentBuilder) -> None:
        self._builder = builder
        self._styles = Styles(package.related("styles"))
        self._numbering = Numbering(package.related("numbering"))
        self._notes = {
            (kind, value(note, "id")): note
            for kind in ("footnote", "endnote")
            for note in _children(package.related(f"{kind}s"), kind)
            if value(note, "type") in ("", "normal")  # the others draw lines
        }
        self._heading = 0  # level of the last heading that a style made
        self._cells = 0  # table cells that are open
        self._held: list[Element] = []  # notes to cells, which come after the table

    def write(self, document: Element) -> None:
        for body in _children(document, "body"):
            self._write_blocks(body, 0)

    def _write_blocks(self, container: Element, depth: int) -> None:
        for element in _blocks(container):
            if element.tag == f"{W}tbl":
                self._write_table(element, depth)
            else:
                self._write_paragraph(Paragraph(element), depth)

    def _write_paragraph(self, paragraph: Paragraph, depth: int) -> None:
        style = self._styles.of(paragraph.properties)
        if not style.is_contents:
            # Word numbers a paragraph without text, too.
            number, list_depth = self._number(paragraph)
            if text := normalise(paragraph.text):
                self._write_text(paragraph, text, number, list_depth)
        self._write_apart(paragraph, depth)

    def _write_text(self, paragraph: Paragraph, text: str, number: str, depth: int | None) -> None:
        style = self._styles.of(paragraph.properties)
        numbered = f"{number} {text}" if number and not text.startswith(f"{number} ") else text
        level = paragraph.outline + 1 if paragraph.outline is not None else style.heading
        if 0 < level <= 9:
            self._heading = min(level, 6)
            self._builder.add(BlockKind.HEADING, numbered, self._heading)
        elif self._shows_heading(paragraph, text) and (depth is None or number):
            self._builder.add(BlockKind.HEADING, numbered, min(self._heading + 1, 6))
        elif depth is not None:
            self._builder.add(BlockKind.LIST_ITEM, without_bullet(numbered) or numbered, depth)
        elif (item := without_bullet(text)) is not None:
            self._builder.add(BlockKind.LIST_ITEM, item)
        else:
            self._builder.add(BlockKind.PARAGRAPH, text)

    def _number(self, paragraph: Paragraph) -> tuple[str, int | None]:
        """What Word draws before a paragraph, and its depth in a list (None: in no list)."""
        style = self._styles.of(paragraph.properties)
        number_id = paragraph.number_id or style.number_id or ""
        if self._numbering.has(number_id):
            level = paragraph.number_level
            level = level if level is not None else style.number_level or 0
            return self._numbering.next(number_id, level), level
        return "", None if paragraph.number_id == "0" else style.list_level

    def _shows_heading(self, paragraph: Paragraph, text: str) -> bool:
        """Whether a paragraph without a heading style is set like a heading: short and all bold."""
        if not 0 < len(text.split()) <= _SHOWN_HEADING or text.endswith((".", ",", ";", ":")):
            return False
        return any(map(str.isalpha, text)) and self._is_bold(paragraph)

    def _write_apart(self, paragraph: Paragraph, depth: int) -> None:
        """Text boxes and notes, after the paragraph to which they belong."""
        for box in paragraph.boxes:
            if depth < _DEEPEST:
                self._write_blocks(box, depth + 1)
        for reference in paragraph.notes:
            # Each note once, and none that refers to itself.
            note = self._notes.pop(reference, None)
            if note is not None:
                self._held.append(note)
        if not self._cells:
            self._write_notes()

    def _write_notes(self) -> None:
        for note in self._held:
            words = (Paragraph(item).text for item in _blocks(note))
            self._builder.add(BlockKind.PARAGRAPH, " ".join(words))
        self._held.clear()

    def _write_table(self, table: Element, depth: int) -> None:
        rows = [row for row in _blocks(table, "tr") if row.find(f"{W}trPr/{W}del") is None]
        cells = [list(_blocks(row, "tc")) for row in rows]
        if depth >= _DEEPEST:
            words = (text.text or "" for text in table.iter(f"{W}t"))
            self._builder.add(BlockKind.PARAGRAPH, " ".join(words))
            return
        if max(map(len, cells), default=0) < 2:
            # A frame around text, not a table.
            for row in cells:
                for cell in row:
                    self._write_blocks(cell, depth + 1)
            return
        content = [[self._cell_parts(cell, depth) for cell in row] for row in cells]
        merged = list(map(_merged, rows, cells, content))
        Table(merged, self._heads(rows, cells, merged)).write(self._builder)
        if not self._cells:
            self._write_notes()

    def _cell_parts(self, cell: Element, depth: int) -> tuple[Part, ...]:
        """The blocks of a cell, which leave the place in the document's headings as it was."""
        outer, heading = self._builder, self._heading
        self._builder = DocumentBuilder()
        self._cells += 1
        self._write_blocks(cell, depth + 1)
        self._cells -= 1
        parts = parts_of(self._builder)
        self._builder, self._heading = outer, heading
        return parts

    def _heads(
        self, rows: list[Element], cells: list[list[Element]], merged: list[list[Cell]]
    ) -> int:
        """How many rows at the top are head rows: marked so, or short and all bold."""
        heads = 0
        while heads < len(rows) and is_on(rows[heads].find(f"{W}trPr/{W}tblHeader")):
            heads += 1
        if heads or len(rows) < 2:
            return heads
        if not all(0 < len(cell.text) <= _HEAD_CELL for cell in merged[0][1:]):
            return 0
        first = [Paragraph(item) for cell in cells[0] for item in _blocks(cell)]
        bold = [self._is_bold(item) for item in first if item.text.strip()]
        return int(bool(bold) and all(bold) and len(cells[0]) > 1)

    def _is_bold(self, paragraph: Paragraph) -> bool:
        return paragraph.is_bold(self._styles.of(paragraph.properties).bold)


def _children(parent: Element | None, tag: str) -> list[Element]:
    return parent.findall(f"{W}{tag}") if parent is not None else []


def _blocks(container: Element, *tags: str) -> Iterator[Element]:
    """The nearest descendants of the given kinds (paragraphs and tables), through any wrappers."""
    wanted = {f"{W}{tag}" for tag in tags or ("p", "tbl")}
    stack = list(reversed(container))
    while stack:
        element = stack.pop()
        if element.tag in wanted:
            yield element
        elif element.tag not in PASSED_OVER:
            stack.extend(reversed(element))


def _merged(row: Element, cells: list[Element], content: list[tuple[Part, ...]]) -> list[Cell]:
    """The cells of a row; what continues a cell from above is empty, in a column of its own."""
    before = integer(child_value(row, "trPr/gridBefore")) or 0
    result = [Cell(columns=before)] if before else []
    for cell, parts in zip(cells, content, strict=True):
        merge = child_value(cell, "tcPr/vMerge")
        continued = merge is not None and merge != "restart"
        span = integer(child_value(cell, "tcPr/gridSpan")) or 1
        result.append(Cell(() if continued else parts, span))
    return result
