"""An image of a page -> its printed lines, or the reason why there are none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ingest.lines import Line
from ingest.ocr.engine import OcrEngine
from ingest.ocr.reading_order import printed_lines
from ingest.ocr.upright import read_upright
from ingest.page_judgement import is_garbage

if TYPE_CHECKING:
    from PIL.Image import Image

_DOUBTFUL = 0.4  # a line below is a stain, a drawing or a signature
_NOISE = 0.6  # a page below is not text: photographs and text on its head give 0.2 to 0.7


def read_page_image(
    image: Image, scale: float, engine: OcrEngine, languages: Sequence[str] = ()
) -> tuple[tuple[Line, ...], float]:
    """The lines of a page's image in reading order, and the engine's mean confidence, 0 to 1.

    ``scale``: pixels per point of the image. ``languages``: ISO 639-1, likeliest first. Where the
    engine saw nothing, or nothing but noise, there are no lines; ``unread_reason`` says which.
    Raises OcrFailed.
    """
    seen = [
        line
        for line in read_upright(image, engine, languages)
        if any(char.isalnum() for char in line.text)
    ]
    letters = sum(len(line.text) for line in seen)
    if not letters:
        return (), 0.0
    confidence = sum(line.confidence * len(line.text) for line in seen) / letters
    lines = printed_lines([line for line in seen if line.confidence >= _DOUBTFUL], scale)
    if confidence < _NOISE or is_garbage("\n".join(line.text for line in lines)):
        return (), confidence
    return lines, confidence


def unread_reason(confidence: float) -> str:
    """Why ``read_page_image`` gave no lines, for people."""
    if not confidence:
        return "an image in which OCR found no text"
    return (
        f"an image that OCR cannot read (confidence {confidence:.2f}: a poor scan, handwriting, "
        "or a language whose OCR data is not installed)"
    )
