"""Drawing: a PDF drawn line by line, so that a test knows where everything stands on its pages."""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import accumulate

from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from ingest import Document

WIDTH, HEIGHT = A4
LEFT = 72.0
MEASURE = WIDTH - 2 * LEFT
SIZE = 10.0
_LEADING = 1.4  # of the type's size
_UNICODE = "Vera"  # comes with reportlab; unlike the built-in fonts it knows what it maps to what


class Drawing:
    """Unit is the point; ``top`` is counted from the upper edge of the page, to the baseline."""

    def __init__(self, encrypt: StandardEncryption | None = None) -> None:
        self._buffer = io.BytesIO()
        # Uncompressed, so that a test can damage what it means to damage.
        self.canvas = Canvas(
            self._buffer, pagesize=A4, pageCompression=0, invariant=True, encrypt=encrypt
        )

    def line(
        self,
        left: float,
        top: float,
        text: str,
        size: float = SIZE,
        *,
        bold: bool = False,
        spacing: float = 0.0,
    ) -> None:
        """One line; ``spacing`` is put between its letters."""
        font = "Helvetica-Bold" if bold else "Helvetica"
        if not text.isascii():
            font = _unicode_font()
        writer = self.canvas.beginText(left, HEIGHT - top)
        writer.setFont(font, size)
        writer.setCharSpace(spacing)
        writer.textOut(text)
        self.canvas.drawText(writer)

    def lines(
        self,
        left: float,
        top: float,
        texts: Sequence[str],
        size: float = SIZE,
        *,
        bold: bool = False,
    ) -> float:
        """Lines below each other; returns where the next one would stand."""
        for text in texts:
            self.line(left, top, text, size, bold=bold)
            top += _LEADING * size
        return top

    def column(self, left: float, top: float, width: float, text: str, size: float = SIZE) -> float:
        """Running text in lines of at most ``width``; returns where the next one would stand."""
        return self.lines(left, top, simpleSplit(text, "Helvetica", size, width), size)

    def rule(self, left: float, top: float, right: float, bottom: float | None = None) -> None:
        """A drawn line, horizontal unless ``bottom`` says otherwise."""
        end = top if bottom is None else bottom
        self.canvas.line(left, HEIGHT - top, right, HEIGHT - end)

    def box(self, left: float, top: float, right: float, bottom: float) -> None:
        self.canvas.rect(left, HEIGHT - bottom, right - left, bottom - top)

    def table(
        self,
        left: float,
        top: float,
        widths: Sequence[float],
        rows: Sequence[Sequence[str | None]],
        *,
        across: bool = True,
        down: bool = True,
        bold_head: bool = False,
    ) -> float:
        """A table with rules around its cells, between its rows, or none; returns its bottom.

        A cell may hold several lines. None as a cell is merged with the one before it.
        """
        edges = list(accumulate(widths, initial=left))
        tops = [top]
        for number, row in enumerate(rows):
            cells = [(cell or "").split("\n") for cell in row]
            for edge, lines in zip(edges, cells, strict=False):
                self.lines(edge + 5, tops[-1] + 13, lines, bold=bold_head and not number)
            tops.append(tops[-1] + _LEADING * SIZE * max(map(len, cells)) + 6)
            for column, edge in enumerate(edges):
                if down and not (0 < column < len(row) and row[column] is None):
                    self.rule(edge, tops[-2], edge, tops[-1])
        for level in tops if across else ():
            self.rule(left, level, edges[-1])
        return tops[-1]

    def next_page(self) -> None:
        self.canvas.showPage()

    def bytes(self) -> bytes:
        """The file; the page that was begun is its last."""
        self.canvas.showPage()
        self.canvas.save()
        return self._buffer.getvalue()


def blocks(document: Document) -> list[tuple[str, str]]:
    """The kind and the text of each block."""
    return [(block.kind.value, document.text[block.start : block.end]) for block in document.blocks]


def texts(document: Document, kind: str) -> list[str]:
    return [text for found, text in blocks(document) if found == kind]


def _unicode_font() -> str:
    if _UNICODE not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(_UNICODE, "Vera.ttf"))
    return _UNICODE
