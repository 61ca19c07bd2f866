"""Reads images of pages where a document has no honest text."""

from ingest.ocr.engine import OcrEngine, OcrLine

__all__ = ["OcrEngine", "OcrLine", "find_engine", "open_engine"]


def find_engine() -> OcrEngine | None:
    """The engine that this machine has; None where it has none."""
    return None


def open_engine(name: str) -> OcrEngine:
    """The engine that ``find_engine`` named so, in another process.

    Raises LookupError where this machine has it no more.
    """
    raise LookupError(f"the OCR engine {name} is not installed")
