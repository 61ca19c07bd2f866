"""The shapes of a slide: paragraphs with the bullets that they inherit, tables, diagrams."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from ingest.builder import normalise
from ingest.document import BlockKind
from ingest.readers.bullet import without_bullet, without_symbols
from ingest.readers.numbering import drawn_number
from ingest.readers.styles import integer
from ingest.readers.table import Cell, Part, Table

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_TITLES = ("title", "ctrTitle")
_FURNITURE = ("dt", "ftr", "sldNum", "hdr")  # date, footer, number of the slide
_LEVELS = 9
_TRUE = ("1", "true")
_PATTERNS = {"Period": "{}.", "ParenR": "{})", "ParenBoth": "({})", "Plain": "{}"}
_FORMATS = {
    "arabic": "decimal",
    "alphaLc": "lowerLetter",
    "alphaUc": "upperLetter",
    "romanLc": "lowerRoman",
    "romanUc": "upperRoman",
}
_SCHEME = re.compile(r"(arabic|alphaLc|alphaUc|romanLc|romanUc)(Period|ParenR|ParenBoth|Plain)")


class Shape:
    """One shape of a slide or of its layout."""

    def __init__(self, element: Element) -> None:
        self.element = element
        found = element.find(f"{P}nvSpPr/{P}nvPr/{P}ph")
        self.text_body = element.find(f"{P}txBody")
        # The place in the layout that it fills: "title", "body", ...; empty for a free text box.
        self.placeholder = found.get("type", "obj") if found is not None else ""
        self.index = found.get("idx", "0") if found is not None else ""
        offset = element.find(f"{P}spPr/{A}xfrm/{A}off")
        has_text = self.text_body is not None
        self.top = integer_of(offset.get("y")) if offset is not None and has_text else None

    @property
    def is_title(self) -> bool:
        return self.placeholder in _TITLES and any(Paragraphs(self.text_body))

    @property
    def is_furniture(self) -> bool:
        """Whether it stands on every slide: date, footer, number."""
        return self.placeholder in _FURNITURE

    @property
    def is_content(self) -> bool:
        """Whether its paragraphs have bullets unless they say otherwise."""
        return self.placeholder in ("obj", "body")


def shapes_of(root: Element) -> Iterator[Shape]:
    """The shapes of a slide in the order in which a screen reader reads them, groups opened."""
    stack = list(reversed(root))
    while stack:
        element = stack.pop()
        if element.tag in (f"{P}sp", f"{P}graphicFrame"):
            yield Shape(element)
        elif element.tag != _FALLBACK:
            stack.extend(reversed(element))


class ShapeParagraph:
    """One paragraph of a shape; its text has the number that PowerPoint draws before it."""

    __slots__ = ("is_item", "level", "text")

    def __init__(self, text: str, level: int, *, is_item: bool) -> None:
        self.text = text
        self.level = level
        self.is_item = is_item


class Paragraphs:
    """The paragraphs with text of one text body."""

    def __init__(
        self,
        body: Element | None,
        inherited: Sequence[Element | None] = (),
        *,
        bulleted: bool = False,
    ) -> None:
        """``inherited``: the layout's text bodies, whose bullets count where ``body`` is silent."""
        self._paragraphs = body.findall(f"{A}p") if body is not None else []
        bodies = [each for each in (body, *inherited) if each is not None]
        self._lists = [style for each in bodies for style in each.findall(f"{A}lstStyle")]
        self._bulleted = bulleted

    def __iter__(self) -> Iterator[ShapeParagraph]:
        counts = [0] * _LEVELS
        shown = [(_text(paragraph), paragraph.find(f"{A}pPr")) for paragraph in self._paragraphs]
        alone = sum(bool(text) for text, _ in shown) == 1
        for text, properties in shown:
            if not text:
                continue
            stated = integer(properties.get("lvl")) if properties is not None else None
            level = min(stated or 0, _LEVELS - 1)
            bullet = self._bullet(properties, level)
            counts[level + 1 :] = [0] * (_LEVELS - level - 1)
            typed = without_bullet(text)
            if bullet is not None and bullet.tag == f"{A}buAutoNum":
                start = integer(bullet.get("startAt")) or 1
                counts[level] = counts[level] + 1 if counts[level] else start
                text = f"{_number(counts[level], bullet.get('type', ''))} {text}"
            else:
                counts[level] = 0
            drawn = bullet is not None and bullet.tag != f"{A}buNone"
            # One paragraph in the place for content is a statement, whatever the layout draws.
            by_layout = bullet is None and self._bulleted and not (alone and level == 0)
            is_item = drawn or by_layout or typed is not None
            yield ShapeParagraph(typed or text, level, is_item=is_item)

    def _bullet(self, properties: Element | None, level: int) -> Element | None:
        """What says how the bullet of a paragraph looks; None where nothing does."""
        sources = [properties] if properties is not None else []
        for style in self._lists:
            sources += style.findall(f"{A}lvl{level + 1}pPr")
        for source in sources:
            for child in source:
                if child.tag in (f"{A}buNone", f"{A}buChar", f"{A}buAutoNum", f"{A}buBlip"):
                    return child
        return None


def table_of(element: Element) -> Table:
    """A table of a slide; merged cells stand once."""
    properties = element.find(f"{A}tblPr")
    headed = properties is not None and properties.get("firstRow") in _TRUE
    rows = [list(_cells(row)) for row in element.findall(f"{A}tr")]
    return Table(rows, int(headed and len(rows) > 1))


def diagram_texts(root: Element) -> Iterator[str]:
    """The texts in the data part of a SmartArt drawing."""
    for point in root.iter(f"{_DIAGRAM}pt"):
        if point.get("type", "node") in ("node", "asst"):
            text = " ".join(filter(None, map(_text, point.iter(f"{A}p"))))
            if text:
                yield text


def integer_of(text: str | None) -> int | None:
    """A whole number of any size and sign; None where there is none."""
    return int(text) if text and re.fullmatch(r"-?\d{1,15}", text) else None


def _cells(row: Element) -> Iterator[Cell]:
    for cell in row.findall(f"{A}tc"):
        if cell.get("hMerge") in _TRUE:
            continue  # under the cell to its left, which knows how far it reaches
        columns = integer(cell.get("gridSpan")) or 1
        covered = cell.get("vMerge") in _TRUE  # under the cell above
        paragraphs = Paragraphs(None if covered else cell.find(f"{A}txBody"))
        yield Cell(tuple(map(_part, paragraphs)), columns)


def _part(paragraph: ShapeParagraph) -> Part:
    kind = BlockKind.LIST_ITEM if paragraph.is_item else BlockKind.PARAGRAPH
    return Part(kind, paragraph.text, paragraph.level)


def _text(paragraph: Element) -> str:
    parts: list[str] = []
    for element in paragraph:
        if element.tag == f"{A}br":
            parts.append(" ")
        elif element.tag == f"{A}fld" and element.get("type", "") == "slidenum":
            continue
        else:
            parts += [text.text or "" for text in element.iter() if text.tag.endswith("}t")]
    return normalise(without_symbols("".join(parts)))


def _number(number: int, scheme: str) -> str:
    match = _SCHEME.fullmatch(scheme)
    if match is None:
        return f"{number}."
    return _PATTERNS[match[2]].format(drawn_number(number, _FORMATS[match[1]]))
