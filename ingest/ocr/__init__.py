"""Reads images of pages where a document has no honest text."""

from ingest.ocr.engine import OcrEngine, OcrLine

__all__ = ["OcrEngine", "OcrLine"]
