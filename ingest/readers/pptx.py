"""PPTX: a slide is a page, its title a heading, what the speaker says follows as notes."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from ingest.builder import DocumentBuilder
from ingest.document import BlockKind
from ingest.readers.office import OfficePackage
from ingest.readers.reading import Reading
from ingest.readers.slide import (
    A,
    P,
    Paragraphs,
    Shape,
    ShapeParagraph,
    diagram_texts,
    shapes_of,
    table_of,
)

_R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
_DIAGRAM_DATA = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}dm"
_NOTES = "Notes: "
_MOST_SLIDES = 5000
_TITLE_WORDS = 14  # a longer text at the top of a slide without a title is no title
_SENTENCE_END = (".", ";", ",", "!", ":")


def read_pptx(path: str, data: bytes) -> Reading:
    """Read a PowerPoint presentation.

    Raises ProtectedDocument or DamagedDocument.
    """
    package = OfficePackage(
        path, data, "PowerPoint presentation", "ppt/presentation.xml", f"{P}presentation"
    )
    builder = DocumentBuilder()
    slides = {relation.id: relation.target for relation in package.relations(package.main)}
    listed = list(package.root.iter(f"{P}sldId"))[:_MOST_SLIDES]
    for entry in listed:
        builder.start_page()
        name = slides.get(entry.get(_R_ID, ""), "")
        slide = package.part(name)
        if slide is not None:
            _Slide(package, name, slide, builder).write()
    stated = package.properties()
    return Reading(builder, stated.title, stated.language, stated.date)


class _Slide:
    """Writes one slide into a builder: its title first, whatever the order it was drawn in."""

    def __init__(
        self, package: OfficePackage, name: str, root: Element, builder: DocumentBuilder
    ) -> None:
        self._package = package
        self._builder = builder
        self._relations = package.relations(name)
        self._root = root
        layout = self._related("slideLayout")
        self._layout = {
            shape.index: shape for shape in (shapes_of(layout) if layout is not None else ())
        }

    def write(self) -> None:
        shapes = list(shapes_of(self._root))
        title = next((shape for shape in shapes if shape.is_title), None) or _topmost(shapes)
        if title is not None:
            text = " ".join(item.text for item in Paragraphs(title.text_body))
            level = 1 if title.placeholder == "ctrTitle" else 2
            self._builder.add(BlockKind.HEADING, text, level)
        for shape in shapes:
            if shape is not title and not shape.is_furniture:
                self._write_shape(shape)
        notes = self._related("notesSlide")
        for shape in shapes_of(notes) if notes is not None else ():
            if shape.placeholder == "body":
                for paragraph in Paragraphs(shape.text_body):
                    self._builder.add(BlockKind.PARAGRAPH, _NOTES + paragraph.text)

    def _write_shape(self, shape: Shape) -> None:
        if shape.element.tag == f"{P}graphicFrame":
            for table in shape.element.iter(f"{A}tbl"):
                table_of(table).write(self._builder)
            for reference in shape.element.iter(_DIAGRAM):
                self._write_diagram(reference.get(_DIAGRAM_DATA, ""))
            return
        inherited = self._layout.get(shape.index) if shape.placeholder else None
        paragraphs = Paragraphs(
            shape.text_body,
            (inherited.text_body,) if inherited is not None else (),
            bulleted=shape.is_content,
        )
        for paragraph in paragraphs:
            self._write_paragraph(paragraph)

    def _write_paragraph(self, paragraph: ShapeParagraph) -> None:
        if paragraph.is_item:
            self._builder.add(BlockKind.LIST_ITEM, paragraph.text, paragraph.level)
        else:
            self._builder.add(BlockKind.PARAGRAPH, paragraph.text)

    def _write_diagram(self, relation_id: str) -> None:
        """The texts of a SmartArt drawing, in the order in which they were typed."""
        for relation in self._relations:
            if relation.id == relation_id:
                root = self._package.part(relation.target)
                for text in diagram_texts(root) if root is not None else ():
                    self._builder.add(BlockKind.LIST_ITEM, text)

    def _related(self, kind: str) -> Element | None:
        found = (relation.target for relation in self._relations if relation.kind == kind)
        return self._package.part(next(found, ""))


def _topmost(shapes: list[Shape]) -> Shape | None:
    """The highest text of a slide without a title, if it is short enough to be meant as one."""
    placed = [shape for shape in shapes if shape.top is not None and not shape.is_furniture]
    highest = min(placed, key=lambda shape: shape.top or 0, default=None)
    if highest is None:
        return None
    texts = [item.text for item in Paragraphs(highest.text_body)]
    is_title = len(texts) == 1 and len(texts[0].split()) <= _TITLE_WORDS
    return highest if is_title and not texts[0].endswith(_SENTENCE_END) else None
