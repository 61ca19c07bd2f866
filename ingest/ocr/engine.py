"""OcrEngine: an image of a page becomes lines of text with their place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from PIL.Image import Image


@dataclass(frozen=True, slots=True)
class OcrLine:
    """One line that was recognised; the box is in pixels from the image's upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    confidence: float  # 0 to 1


class OcrEngine(Protocol):
    """Reads images of pages; nothing is loaded before the first one."""

    @property
    def name(self) -> str:
        """Engine and version, as remembered beside what it read: "tesseract 5.3.0"."""
        ...

    def recognise(self, image: Image, languages: Sequence[str] = ()) -> list[OcrLine]:
        """The lines of an upright page as the engine finds them; ``reading_order`` sorts them.

        ``languages``: ISO 639-1 codes that the document is probably in, most probable first; an
        engine takes those that it has and falls back on what it has. Raises OcrFailed.
        """
        ...
