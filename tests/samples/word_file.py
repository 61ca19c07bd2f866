"""A source as a Word document: headings, lists, tables, footnotes."""

from __future__ import annotations

import time
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.text.paragraph import Paragraph

from source import Source

_FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


def word_file(source: Source) -> bytes:
    """The source as a Word document."""
    document = docx.Document()
    for field in ("created", "modified"):
        setattr(document.core_properties, field, source.date)
    document.core_properties.title = source.title
    document.core_properties.author = source.author
    document.core_properties.language = source.language
    document.sections[0].header.paragraphs[0].text = source.running
    notes = [p.text.partition(": ")[2] for p in source.pieces if p.text.startswith("[^")]
    _add_footnotes(document, notes)
    for piece in source.pieces:
        if piece.kind == "table":
            table = document.add_table(rows=0, cols=len(piece.rows[0]), style="Table Grid")
            for row in piece.rows:
                for cell, text in zip(table.add_row().cells, row, strict=True):
                    cell.text = text
            table.rows[0]._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
        elif piece.kind in {"ul", "ol"}:
            for row in piece.rows:
                style = "List Bullet" if piece.kind == "ul" else "List Number"
                document.add_paragraph(row[0], style=style)
        elif piece.kind.startswith("h"):
            document.add_heading(piece.text, level=int(piece.kind[1]))
        elif not piece.text.startswith("[^"):
            _add_noted(document.add_paragraph(), piece.text)
    return _same_every_time(document, source)


def _add_noted(paragraph: Paragraph, text: str) -> None:
    """Add text in which ``[^1]`` stands for a reference to footnote 1."""
    first, *rest = text.split("[^")
    paragraph.add_run(first)
    for part in rest:
        number, _, words = part.partition("]")
        reference = f'<w:footnoteReference {nsdecls("w")} w:id="{int(number) + 1}"/>'
        paragraph.add_run()._r.append(parse_xml(reference))
        paragraph.add_run(words)


def _add_footnotes(document: Document, notes: list[str]) -> None:
    # python-docx cannot write footnotes: the part is made by hand. Ids 0 and 1 are Word's own.
    body = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:r><w:t>{escape(note)}</w:t></w:r></w:p></w:footnote>'
        for number, note in enumerate(notes, start=2)
    )
    xml = f'<?xml version="1.0" encoding="UTF-8"?><w:footnotes {nsdecls("w")}>{body}</w:footnotes>'
    name = PackURI("/word/footnotes.xml")
    part = Part(name, _FOOTNOTES, xml.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _same_every_time(document: Document, source: Source) -> bytes:
    """The document's bytes with the clock of the zip archive set to the document's date."""
    clocked, target = BytesIO(), BytesIO()
    document.save(clocked)
    with ZipFile(clocked) as old, ZipFile(target, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            info = ZipInfo(name, time.gmtime(source.seconds)[:6])
            info.compress_type = ZIP_DEFLATED
            new.writestr(info, old.read(name))
    return target.getvalue()
