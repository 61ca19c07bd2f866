"""PdfScan: the pages of a PDF that have no honest text, read by OCR."""

from __future__ import annotations

import statistics
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import pypdfium2 as pdfium

from ingest.errors import OcrFailed
from ingest.lines import Grid, Line, LinedPage, without_running_lines
from ingest.metadata import guess_language
from ingest.ocr import OcrEngine, read_page_image, unread_reason
from ingest.page_image import render
from ingest.readers.reading import OnPage


def read_scans(
    pdf: pdfium.PdfDocument,
    numbers: Sequence[int],
    engine: OcrEngine,
    language: str | None,
    lock: threading.Lock,
    on_page: OnPage,
) -> dict[int, LinedPage]:
    """The pages at these positions, as ``engine`` reads them; ``lock`` is held for pdfium alone.

    ``language`` is that of the pages with text, ISO 639-1; where there are none, the first pages
    that could be read tell it for the others.
    """
    read: dict[int, LinedPage] = {}
    for position, number in enumerate(numbers, start=1):
        on_page(position, len(numbers))
        page = _read(pdf, number, engine, [language] if language else [], lock)
        read[number] = page
        if language is None:
            language = guess_language(" ".join(line.text for line in page.lines))
    return read


def with_scans(
    pages: Sequence[LinedPage], scans: Mapping[int, LinedPage], body: float
) -> list[LinedPage]:
    """All pages of a document; ``body`` is the size of the type where there is text, else 0.

    OCR tells sizes by the height of what it sees: beside honest text they are brought to its
    scale, lest all of a scan's lines pass for headings.
    """
    alone = [scans.get(number, LinedPage(())) for number in range(len(pages))]
    cleared = without_running_lines(alone)
    sizes = [line.size for page in cleared for line in page.lines if line.size]
    scale = body / statistics.median(sizes) if body and sizes else 1.0
    return [
        replace(scan, label=page.label or scan.label, content=tuple(_scaled(scan.content, scale)))
        if number in scans
        else page
        for number, (page, scan) in enumerate(zip(pages, cleared, strict=True))
    ]


def _read(
    pdf: pdfium.PdfDocument,
    number: int,
    engine: OcrEngine,
    languages: Sequence[str],
    lock: threading.Lock,
) -> LinedPage:
    with lock:
        page = pdf[number]
        try:
            image, scale = render(page)
        finally:
            page.close()
    try:
        lines, confidence = read_page_image(image, scale, engine, languages)
    except OcrFailed as error:
        return LinedPage((), reason=str(error), scanned=True)
    if not lines:
        return LinedPage((), reason=unread_reason(confidence), scanned=True)
    return LinedPage(lines, scanned=True, confidence=round(confidence, 3))


def _scaled(content: Iterable[Line | Grid], scale: float) -> Iterable[Line | Grid]:
    for item in content:
        yield replace(item, size=round(item.size * scale, 1)) if isinstance(item, Line) else item
