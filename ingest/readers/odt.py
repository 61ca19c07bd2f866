"""ODT: an OpenDocument text walked in order: numbers, notes and boxes in, deletions out."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from ingest.builder import DocumentBuilder, normalise
from ingest.document import BlockKind
from ingest.errors import ProtectedDocument
from ingest.readers.bullet import without_bullet, without_symbols
from ingest.readers.html import iso_date, iso_language
from ingest.readers.odt_styles import OFFICE, TABLE, TEXT, OpenStyles, count_of
from ingest.readers.office import stated_title
from ingest.readers.package import PASSWORD, Package
from ingest.readers.reading import Reading
from ingest.readers.table import Cell, Part, Table, parts_of

_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_MANIFEST = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}"
_DC = "{http://purl.org/dc/elements/1.1/}"
# Deleted text, comments, and what is made from the rest of the document.
_PASSED_OVER = frozenset(
    {f"{TEXT}{tag}" for tag in ("tracked-changes", "table-of-content", "alphabetical-index")}
    | {f"{TEXT}{tag}" for tag in ("illustration-index", "table-index", "hidden-text", "ruby-text")}
    | {f"{OFFICE}annotation", f"{OFFICE}forms"}
)
_DEEPEST = 60  # lists, tables and boxes in each other; the reader calls itself for each
_WIDEST = 200  # columns; a repeated empty cell reaches to the end of the sheet
_SHOWN_HEADING = 14  # words: a longer bold paragraph is emphasis, not a heading
_HEAD_CELL = 80  # characters: a longer cell in the first row is text, not a head


def read_odt(path: str, data: bytes) -> Reading:
    """Read an OpenDocument text; it has no pages until it is printed.

    Raises ProtectedDocument or DamagedDocument.
    """
    package = Package(path, data, "OpenDocument text")
    manifest = package.part("META-INF/manifest.xml")
    if manifest is not None and manifest.find(f".//{_MANIFEST}encryption-data") is not None:
        raise ProtectedDocument(path, *PASSWORD)
    content = package.part("content.xml")
    text = content.find(f"{OFFICE}body/{OFFICE}text") if content is not None else None
    if content is None or text is None:
        raise package.is_another()
    builder = DocumentBuilder()
    _Body(OpenStyles([package.part("styles.xml"), content]), builder).write(text, 0)
    meta = package.part("meta.xml")
    return Reading(
        builder,
        stated_title(_stated(meta, f"{_DC}title")),
        iso_language(_stated(meta, f"{_DC}language")),
        iso_date(_stated(meta, f"{_DC}date") or _stated(meta, f"{_META}creation-date")),
    )


def _stated(meta: Element | None, name: str) -> str:
    found = meta.find(f".//{name}") if meta is not None else None
    return normalise((found.text if found is not None else "") or "")


class _Body:
    """Writes the blocks of a document's body into a builder."""

    def __init__(self, styles: OpenStyles, builder: DocumentBuilder) -> None:
        self._styles = styles
        self._builder = builder
        self._heading = 0  # level of the last heading that says so itself
        self._cells = 0  # table cells that are open
        self._held: list[Element] = []  # notes to cells, which come after the table

    def write(self, container: Element, depth: int) -> None:
        for element in container:
            tag = element.tag
            if tag == f"{TEXT}h":
                self._write_heading(element, depth)
            elif tag == f"{TEXT}p":
                self._write_paragraph(element, depth)
            elif tag == f"{TEXT}list":
                self._write_list(element, depth, 0, "")
            elif tag == f"{TABLE}table":
                self._write_table(element, depth)
            elif tag not in _PASSED_OVER and depth < _DEEPEST:
                self.write(element, depth + 1)

    def _write_heading(self, element: Element, depth: int) -> None:
        self._heading = min(count_of(element.get(f"{TEXT}outline-level"), 9), 6)
        text, apart = _text(element)
        self._builder.add(BlockKind.HEADING, text, self._heading)
        self._write_apart(apart, depth)

    def _write_paragraph(
        self, element: Element, depth: int, mark: str = "", level: int = -1
    ) -> None:
        """A paragraph, or with a level of 0 or more an item of a list with its number."""
        text, apart = _text(element)
        style = element.get(f"{TEXT}style-name", "")
        typed = without_bullet(text)
        if level >= 0:
            self._builder.add(BlockKind.LIST_ITEM, mark + (typed or text) if text else "", level)
        elif typed is not None:
            self._builder.add(BlockKind.LIST_ITEM, typed)
        elif self._styles.is_title(style):
            self._builder.add(BlockKind.HEADING, text, 1)
        elif self._shows_heading(element, text):
            self._builder.add(BlockKind.HEADING, text, min(self._heading + 1, 6))
        else:
            self._builder.add(BlockKind.PARAGRAPH, text)
        self._write_apart(apart, depth)

    def _shows_heading(self, element: Element, text: str) -> bool:
        """Whether a paragraph is set like a heading: short, all bold, and no sentence."""
        if not 0 < len(text.split()) <= _SHOWN_HEADING or text.endswith((".", ",", ";", ":")):
            return False
        return any(map(str.isalpha, text)) and self._styles.is_all_bold(element)

    def _write_list(self, element: Element, depth: int, level: int, inherited: str) -> None:
        style = element.get(f"{TEXT}style-name", "") or inherited
        goes_on = element.get(f"{TEXT}continue-numbering") == "true"
        if not goes_on and level == 0 and element.get(f"{TEXT}continue-list") is None:
            self._styles.restart(style)
        for item in element:
            start = item.get(f"{TEXT}start-value")
            mark = ""
            if item.tag == f"{TEXT}list-item":
                mark = self._styles.next_mark(style, level, start)
            for child in item:
                if child.tag == f"{TEXT}list":
                    if depth < _DEEPEST:
                        self._write_list(child, depth + 1, level + 1, style)
                elif child.tag == f"{TEXT}h":
                    self._write_heading(child, depth)  # numbered chapters are lists of headings
                elif child.tag == f"{TEXT}p":
                    self._write_paragraph(child, depth, mark, min(level, 8))
                    mark = ""

    def _write_apart(self, apart: list[Element], depth: int) -> None:
        """Notes and text boxes, after the paragraph to which they belong."""
        for element in apart:
            if element.tag == f"{TEXT}note":
                self._held.append(element)
            elif depth < _DEEPEST:
                self.write(element, depth + 1)
        if not self._cells:
            self._write_notes()

    def _write_notes(self) -> None:
        held, self._held = self._held, []
        for note in held:
            for body in note.findall(f"{TEXT}note-body"):
                words = (_text(item)[0] for item in body.iter(f"{TEXT}p"))
                self._builder.add(BlockKind.PARAGRAPH, " ".join(words))

    def _write_table(self, element: Element, depth: int) -> None:
        if depth >= _DEEPEST:
            return
        marked = sum(len(each.findall(f"{TABLE}table-row")) for each in _heads_of(element))
        rows = _rows_of(element)
        cells = [list(self._row(row, depth)) for row in rows]
        if max(map(len, cells), default=0) < 2:
            for row in cells:
                for cell in row:
                    for part in cell.parts:
                        self._builder.add(part.kind, part.text, part.level)
        else:
            heads = marked or int(len(rows) > 1 and self._is_head(rows[0], cells[0]))
            Table(cells, min(heads, len(rows) - 1)).write(self._builder)
        if not self._cells:
            self._write_notes()

    def _row(self, row: Element, depth: int) -> list[Cell]:
        cells: list[Cell] = []
        for element in row:
            repeated = count_of(element.get(f"{TABLE}number-columns-repeated"), _WIDEST)
            if element.tag == f"{TABLE}table-cell":
                columns = count_of(element.get(f"{TABLE}number-columns-spanned"), _WIDEST)
                below = count_of(element.get(f"{TABLE}number-rows-spanned"), 10_000)
                cell = Cell(self._cell_parts(element, depth), columns, below)
                cells += [cell] * min(repeated, _WIDEST - len(cells))
            if len(cells) >= _WIDEST:
                break
        return cells

    def _cell_parts(self, cell: Element, depth: int) -> tuple[Part, ...]:
        outer, heading = self._builder, self._heading
        self._builder = DocumentBuilder()
        self._cells += 1
        self.write(cell, depth + 1)
        self._cells -= 1
        parts = parts_of(self._builder)
        self._builder, self._heading = outer, heading
        return parts

    def _is_head(self, row: Element, cells: list[Cell]) -> bool:
        if len(cells) < 2 or not all(0 < len(cell.text) <= _HEAD_CELL for cell in cells[1:]):
            return False
        paragraphs = [item for item in row.iter(f"{TEXT}p") if _text(item)[0]]
        return all(
            self._styles.is_head(item.get(f"{TEXT}style-name", ""))
            or self._styles.is_all_bold(item)
            for item in paragraphs
        )


def _heads_of(table: Element) -> list[Element]:
    return table.findall(f"{TABLE}table-header-rows")


def _rows_of(table: Element) -> list[Element]:
    """The rows of a table, through the groups that may hold them, but not those of tables in it."""
    rows: list[Element] = []
    stack = list(reversed(table))
    while stack:
        element = stack.pop()
        if element.tag == f"{TABLE}table-row":
            rows.append(element)
        elif element.tag in (
            f"{TABLE}table-header-rows", f"{TABLE}table-rows", f"{TABLE}table-row-group",
        ):  # fmt: skip
            stack.extend(reversed(element))
    return rows


def _text(element: Element) -> tuple[str, list[Element]]:
    """The text of a paragraph, and the notes and text boxes in it."""
    parts: list[str] = []
    apart: list[Element] = []
    stack: list[Element | str] = [element]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            parts.append(item)
            continue
        if item.tag in (f"{TEXT}note", f"{_DRAW}text-box"):
            apart.append(item)
            continue
        if item.tag in _PASSED_OVER:
            continue
        if item.tag in (f"{TEXT}s", f"{TEXT}tab", f"{TEXT}line-break"):
            parts.append(" ")
            continue
        for child in reversed(item):
            if child.tail:
                stack.append(child.tail)
            stack.append(child)
        if item.text:
            parts.append(item.text)
    return normalise(without_symbols("".join(parts))), apart
