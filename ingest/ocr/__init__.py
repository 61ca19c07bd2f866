"""Reads images of pages where a document has no honest text."""

from ingest.ocr.engine import OcrEngine, OcrLine
from ingest.ocr.engines import REMEDY, find_engine, open_engine
from ingest.ocr.page_reading import read_page_image, unread_reason

__all__ = [
    "REMEDY",
    "OcrEngine",
    "OcrLine",
    "find_engine",
    "open_engine",
    "read_page_image",
    "unread_reason",
]
