"""A source as a PDF: outline, running header, Roman and Arabic page numbers, tables."""

from __future__ import annotations

import os
from io import BytesIO
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    ListFlowable,
    ListItem,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Table,
)

from source import Piece, Source

_WIDTH = A4[0] - 56 * mm
_BODY = ParagraphStyle(
    "body", fontName="Helvetica", fontSize=11.5, leading=17, spaceAfter=9, embeddedHyphenation=1
)
_HEADINGS = {
    level: ParagraphStyle(
        f"h{level}", _BODY, fontName="Helvetica-Bold", fontSize=size, leading=size * 1.3,
        spaceBefore=size * 0.6, spaceAfter=size * 0.4, keepWithNext=1,
    )
    for level, size in ((1, 18), (2, 13.5), (3, 11.5))
}  # fmt: skip
_CELL = ParagraphStyle("cell", _BODY, fontSize=10, leading=13, spaceAfter=0)
_HEAD_CELL = ParagraphStyle("head", _CELL, fontName="Helvetica-Bold")


class StrategyPdf(BaseDocTemplate):
    """A PDF with an outline, a running header, and page numbers: i, ii, then 1, 2, 3."""

    def __init__(self, target: BytesIO, source: Source) -> None:
        super().__init__(
            target,
            pagesize=A4,
            title=source.title,
            author=source.author,
            lang=source.language,
            invariant=1,
        )
        self._running = source.running
        self._front_pages = 0
        frame = Frame(28 * mm, 26 * mm, _WIDTH, A4[1] - 56 * mm, 0, 0, 0, 0)
        self.addPageTemplates(
            [
                PageTemplate("front", frame, onPage=self._head, onPageEnd=self._front_foot),
                PageTemplate("body", frame, onPage=self._head, onPageEnd=self._body_foot),
            ]
        )

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802 (reportlab's name)
        """Enter each heading in the outline."""
        if not isinstance(flowable, Paragraph) or not flowable.style.name.startswith("h"):
            return
        level = int(flowable.style.name[1:]) - 1
        text = flowable.getPlainText()
        self.canv.bookmarkPage(text)
        self.canv.addOutlineEntry(text, text, level)

    def _head(self, canvas: Canvas, _: BaseDocTemplate) -> None:
        canvas.setFont("Helvetica", 8.5)
        canvas.setFillColor(colors.grey)
        canvas.drawString(28 * mm, A4[1] - 16 * mm, self._running)

    def _front_foot(self, canvas: Canvas, _: BaseDocTemplate) -> None:
        self._front_pages = self.page
        self._foot(canvas, "ROMAN_LOWER", self.page, ("", "i", "ii", "iii", "iv")[self.page])

    def _body_foot(self, canvas: Canvas, _: BaseDocTemplate) -> None:
        number = self.page - self._front_pages
        self._foot(canvas, "ARABIC", number, str(number))

    def _foot(self, canvas: Canvas, style: str, number: int, label: str) -> None:
        canvas.addPageLabel(self.page - 1, style, number)
        canvas.setFont("Helvetica", 8.5)
        canvas.setFillColor(colors.grey)
        canvas.drawCentredString(A4[0] / 2, 14 * mm, label)


def pdf_file(source: Source) -> bytes:
    """The source as a PDF."""
    target = BytesIO()
    # reportlab has no other way to be told what day it is.
    os.environ["SOURCE_DATE_EPOCH"] = str(source.seconds)
    try:
        flow = [part for piece in source.pieces for part in _flow(piece)]
        StrategyPdf(target, source).build(flow)
    finally:
        del os.environ["SOURCE_DATE_EPOCH"]
    return target.getvalue()


def _flow(piece: Piece) -> list[Flowable]:
    if piece.kind in {"page", "body"}:
        return [NextPageTemplate("body"), PageBreak()] if piece.kind == "body" else [PageBreak()]
    if piece.kind in {"ul", "ol"}:
        items = [ListItem(Paragraph(escape(row[0]), _BODY)) for row in piece.rows]
        kind, start = ("bullet", "•") if piece.kind == "ul" else ("1", 1)
        marks = {"bulletType": kind, "start": start, "bulletFormat": _numbered}
        return [ListFlowable(items, leftIndent=18, **marks)]
    if piece.kind == "table":
        rows = [
            [Paragraph(escape(cell), _CELL if number else _HEAD_CELL) for cell in row]
            for number, row in enumerate(piece.rows)
        ]
        lines = [("GRID", (0, 0), (-1, -1), 0.5, colors.grey), ("VALIGN", (0, 0), (-1, -1), "TOP")]
        widths = [_WIDTH * 0.46, _WIDTH * 0.32, _WIDTH * 0.22]
        return [Table(rows, widths, style=lines, repeatRows=1, spaceAfter=10)]
    style = _HEADINGS[int(piece.kind[1])] if piece.kind.startswith("h") else _BODY
    return [Paragraph(escape(piece.text), style)]


def _numbered(value: object) -> str:
    return f"{value}." if str(value).isdigit() else str(value)
