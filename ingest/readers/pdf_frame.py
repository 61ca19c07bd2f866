"""PdfFrame: turns the coordinates of a PDF, which grow upwards, into those of the upright page."""

from __future__ import annotations

from dataclasses import dataclass

import pypdfium2 as pdfium

from ingest.printed.word import Box


@dataclass(frozen=True, slots=True)
class PdfFrame:
    """The crop box of a page, in points, and how the text on it is turned."""

    left: float
    bottom: float
    right: float
    top: float
    turn: int  # quarter turns that the text is turned by, counter-clockwise

    @classmethod
    def of(cls, page: pdfium.PdfPage, turn: int) -> PdfFrame:
        left, bottom, right, top = page.get_cropbox()
        return cls(left, bottom, right, top, turn)

    @property
    def width(self) -> float:
        return (self.top - self.bottom) if self.turn % 2 else (self.right - self.left)

    @property
    def height(self) -> float:
        return (self.right - self.left) if self.turn % 2 else (self.top - self.bottom)

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        match self.turn:
            case 1:
                return Box(
                    bottom - self.bottom, left - self.left, top - self.bottom, right - self.left
                )
            case 2:
                return Box(
                    self.right - right, bottom - self.bottom, self.right - left, top - self.bottom
                )
            case 3:
                return Box(self.top - top, self.right - right, self.top - bottom, self.right - left)
        return Box(left - self.left, self.top - top, right - self.left, self.top - bottom)
