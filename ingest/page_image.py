"""The picture of a PDF's page for OCR, and how much of the page is picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2.raw as pdfium_c

from ingest.page_judgement import PageLayer

if TYPE_CHECKING:
    import pypdfium2 as pdfium
    from PIL.Image import Image

_DPI = 200  # text of 6 points is then read whole; more costs time and finds no more words
_MOST_PIXELS = 12_000_000  # 12 MB of grey: three pages of A4; a poster is rendered more coarsely
_MANY_WORDS = 60  # so many are a page's text, whatever lies behind them
_POINTS = 72  # to the inch


def render(page: pdfium.PdfPage) -> tuple[Image, float]:
    """The page in grey as a reader sees it, and its scale in pixels per point."""
    width, height = page.get_size()
    scale = min(_DPI / _POINTS, (_MOST_PIXELS / max(width * height, 1.0)) ** 0.5)
    bitmap = page.render(scale=scale, grayscale=True)
    try:
        # A copy: the bitmap's memory goes with it.
        return bitmap.to_pil().copy(), scale
    finally:
        bitmap.close()


def layer(page: pdfium.PdfPage, text: str) -> PageLayer:
    """What the page is made of; ``text`` is its text layer as it stands."""
    if len(text.split()) >= _MANY_WORDS:
        return PageLayer(text)  # looking at all objects would take longer than reading the page
    # Not the page's size: objects keep their places when a page is shown turned.
    page_left, page_bottom, page_right, page_top = page.get_cropbox()
    area = max((page_right - page_left) * (page_top - page_bottom), 1.0)
    covered, outlines = 0.0, 0
    for item in page.get_objects(max_depth=3):
        if item.type == pdfium_c.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = item.get_bounds()
            across = min(right, page_right) - max(left, page_left)
            upward = min(top, page_top) - max(bottom, page_bottom)
            covered += max(across, 0.0) * max(upward, 0.0)
        outlines += item.type == pdfium_c.FPDF_PAGEOBJ_PATH
    return PageLayer(text, min(covered / area, 1.0), outlines)
