"""What the tests of OCR share: pages printed by the tests themselves, as pictures."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import TYPE_CHECKING

import pypdfium2 as pdfium
import pytest
from reportlab.pdfgen.canvas import Canvas

if TYPE_CHECKING:
    from PIL.Image import Image

SCALE = 200 / 72  # pixels per point


@pytest.fixture(scope="session")
def printed() -> Callable[..., Image]:
    """A picture of lines of text; with ``columns``, of several such columns side by side."""

    def draw(*columns: list[str], size: float = 11, column: float = 240) -> Image:
        height = 60 + max(len(lines) for lines in columns) * size * 1.3
        buffer = io.BytesIO()
        canvas = Canvas(buffer, pagesize=(40 + column * len(columns), height), invariant=True)
        for number, lines in enumerate(columns):
            canvas.setFont("Helvetica", size)
            for row, line in enumerate(lines):
                canvas.drawString(30 + column * number, height - 40 - row * size * 1.3, line)
        canvas.save()
        with pdfium.PdfDocument(buffer.getvalue()) as pdf:
            return pdf[0].render(scale=SCALE, grayscale=True).to_pil().copy()

    return draw
