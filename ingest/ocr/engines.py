"""Which engine reads the images of pages here, and what to install where there is none."""

from __future__ import annotations

import shutil

from ingest.ocr.engine import OcrEngine
from ingest.ocr.rapidocr import RapidOcr
from ingest.ocr.tesseract import Tesseract

REMEDY = (
    "Install an OCR engine and index again: pip install 'strategy-assistant[ocr]', or on Debian "
    "apt-get install tesseract-ocr with the document's language, such as tesseract-ocr-fra."
)


def find_engine() -> OcrEngine | None:
    """Tesseract where it is installed, since it is four times as fast, else RapidOcr."""
    for engine in (Tesseract(), RapidOcr()):
        if engine.installed:
            return engine
    return None


def open_engine(name: str) -> OcrEngine:
    """The engine that calls itself ``name``, with or without its version.

    Raises ValueError for a name that is not known.
    """
    match name.partition(" ")[0]:
        case "tesseract":
            return Tesseract()
        case "rapidocr":
            return RapidOcr()
    raise ValueError(f'No OCR engine is called "{name}": say "tesseract" or "rapidocr".')


def program_of(name: str) -> str | None:
    """The path of the program that the engine of this name starts; None: it starts none."""
    return shutil.which(Tesseract().command) if name.startswith("tesseract") else None
