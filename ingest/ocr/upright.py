"""Sets a scanned page upright: quarter turns by what the engine can read, a lean by its lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from ingest.ocr.engine import OcrEngine, OcrLine

if TYPE_CHECKING:
    from PIL.Image import Image

_SURE = 0.75  # text the right way up has 0.85 and more, upside down 0.2 to 0.7
_QUARTER_TURNS = (90, 270, 180)  # degrees, the likelier ones first
_LEANING = 0.75  # degrees: engines read less of a lean without loss
_MOST_LEANING = 6.0
_SMALL = 800  # pixels of the longer side: enough to see lines
_CLEARER = 1.25  # lines stand out this much more after turning, or the page does not lean


def read_upright(image: Image, engine: OcrEngine, languages: Sequence[str]) -> list[OcrLine]:
    """The lines of a page which may lie on its side, stand on its head, or lean.

    Boxes are in pixels of the page as it was turned. A page that is read with confidence the way
    it lies costs one reading, and so does one without text; the others cost up to four.
    """
    best = engine.recognise(straightened(image), languages)
    if not best or is_upright(best):
        return best
    for degrees in _QUARTER_TURNS:
        turned = straightened(image.rotate(degrees, expand=True))
        lines = engine.recognise(turned, languages)
        if _readable(lines) > _readable(best):
            best = lines
        if is_upright(best):
            break
    return best


def is_upright(lines: Sequence[OcrLine]) -> bool:
    """Whether lines were read with confidence, and run from left to right."""
    letters = sum(len(line.text) for line in lines)
    return _readable(lines) >= _SURE * letters > 0


def _readable(lines: Sequence[OcrLine]) -> float:
    """Characters in lines that lie, each counted by its confidence."""
    lying = (line for line in lines if line.right - line.left > line.bottom - line.top)
    return sum(line.confidence * len(line.text) for line in lying)


def straightened(image: Image) -> Image:
    """The image turned by the angle at which its rows of ink stand out most, if it leans."""
    grey = image.convert("L")
    small = grey.copy()
    small.thumbnail((_SMALL, _SMALL))
    level = _clearness(small, 0.0)
    angles = np.arange(-_MOST_LEANING, _MOST_LEANING + 0.1, 0.5)
    clearest = max((_clearness(small, float(angle)), float(angle)) for angle in angles)
    angle = clearest[1]
    if abs(angle) < _LEANING or clearest[0] <= _CLEARER * level:
        return image
    from PIL.Image import Resampling

    return grey.rotate(angle, Resampling.BICUBIC, expand=True, fillcolor=255)


def _clearness(image: Image, degrees: float) -> float:
    """How unevenly ink is spread over the rows: text and the space between its lines."""
    ink = 255.0 - np.asarray(image.rotate(degrees, fillcolor=255), dtype=np.float32)
    return float(np.square(np.diff(ink.sum(axis=1))).sum())
