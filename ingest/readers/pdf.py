"""PDF by pypdfium2: words and rules with their place, read as a person reads a page."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import pypdfium2 as pdfium

from ingest.builder import DocumentBuilder
from ingest.contents import squash
from ingest.errors import (
    DamagedDocument,
    EmptyDocument,
    ProtectedDocument,
    ScannedDocument,
    UnreadableDocument,
)
from ingest.layout import Layout
from ingest.lines import LinedPage
from ingest.metadata import guess_language, pdf_date
from ingest.ocr import REMEDY, OcrEngine
from ingest.page_image import layer
from ingest.page_judgement import PageKind, PageLayer, judge_pages
from ingest.printed.page import Habits, PrintedPage, lines_of
from ingest.printed.segments import segments
from ingest.readers.pdf_page import read_page
from ingest.readers.pdf_scan import read_scans, with_scans
from ingest.readers.reading import OnPage, Reading, unheard
from ingest.running_lines import RunningLines

_PDFIUM = threading.Lock()  # pdfium is not thread-safe
_SCANNED = {
    PageKind.IMAGE: "an image without text, which only OCR can read",
    PageKind.GARBAGE: "a text layer that is not made of words (a damaged font), which only OCR "
    "can read",
}


def read_pdf(
    path: str, data: bytes, ocr: OcrEngine | None = None, on_page: OnPage = unheard
) -> Reading:
    """Read a PDF page by page; a bad page is marked and never loses the document.

    Pages without honest text are read by ``ocr``; then ``on_page`` is told of these alone. Raises
    ProtectedDocument, DamagedDocument, and where no page has text ScannedDocument or
    EmptyDocument.
    """
    with _PDFIUM:
        pdf = _open(path, data)
    try:
        with _PDFIUM:
            sheets = list(_sheets(pdf, on_page if ocr is None else unheard))
            metadata = pdf.get_metadata_dict(skip_empty=True)
            outline = dict(_outline(pdf))
        kinds = judge_pages([sheet.layer for sheet in sheets])
        pages, body = _lined(sheets, kinds)
        scanned = [number for number, page in enumerate(pages) if page.scanned]
        if ocr is not None and scanned:
            words = " ".join(line.text for page in pages for line in page.lines)
            scans = read_scans(pdf, scanned, ocr, guess_language(words), _PDFIUM, on_page)
            pages = with_scans(pages, scans, body)
    finally:
        with _PDFIUM:
            pdf.close()
    if not any(page.content for page in pages):
        raise _without_text(path, pages)
    builder = DocumentBuilder()
    Layout(pages, outline).write(builder, paged=True)
    return Reading(
        builder, title=metadata.get("Title"), date=pdf_date(metadata.get("CreationDate"))
    )


def _without_text(path: str, pages: Sequence[LinedPage]) -> UnreadableDocument:
    reasons = sorted({page.reason for page in pages if page.reason})
    count = "its only page" if len(pages) == 1 else f"its {len(pages)} pages"
    why = f"no text on {count}: {' / '.join(reasons) or 'blank'}"
    if any(page.scanned for page in pages):
        return ScannedDocument(path, why, REMEDY)
    return EmptyDocument(path, why, "Open it to see what it holds, or find another edition.")


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One page as it was read, before what runs along all pages is known."""

    printed: PrintedPage
    layer: PageLayer
    label: str | None = None
    reason: str = ""  # why it could not be read

    @classmethod
    def read(cls, pdf: pdfium.PdfDocument, number: int) -> _Sheet:
        try:
            page = pdf[number]
            try:
                read = read_page(page)
                made_of = layer(page, " ".join(word.text for word in read.words))
            finally:
                page.close()
        except pdfium.PdfiumError as error:
            blank = PrintedPage((), (), 0.0)
            return cls(blank, PageLayer(""), reason=f"this page is damaged ({error})")
        printed = PrintedPage(tuple(segments(read.words)), read.rules, read.height)
        return cls(printed, made_of, pdf.get_page_label(number) or None)


def _sheets(pdf: pdfium.PdfDocument, on_page: OnPage) -> Iterator[_Sheet]:
    for number in range(len(pdf)):
        on_page(number + 1, len(pdf))
        yield _Sheet.read(pdf, number)


def _lined(sheets: Sequence[_Sheet], kinds: Sequence[PageKind]) -> tuple[list[LinedPage], float]:
    """The pages as lines, without what runs along the edges of all of them; and the size of
    their running text, 0 where there is none."""
    printed = [
        replace(sheet.printed, segments=()) if kind in _SCANNED else sheet.printed
        for sheet, kind in zip(sheets, kinds, strict=True)
    ]
    body = Habits.of(printed).body
    edges = [page.edges(body) if len(printed) > 1 else [] for page in printed]
    running = RunningLines([[edge for _, edge in each] for each in edges])
    cleared: list[PrintedPage] = []
    labels: list[str | None] = []
    for position, (page, own) in enumerate(zip(printed, edges, strict=True)):
        taken = [(segment, edge) for segment, edge in own if running.holds(edge, position)]
        found = (running.label(edge, position) for _, edge in taken)
        labels.append(next((label for label in found if label), None))
        cleared.append(page.without(segment for segment, _ in taken))
    habits = Habits.of(cleared)
    pages = []
    for sheet, kind, page, label in zip(sheets, kinds, cleared, labels, strict=True):
        content, notes = lines_of(page, habits)
        reason = sheet.reason or _SCANNED.get(kind, "")
        scanned = kind in _SCANNED
        pages.append(LinedPage(content, notes, sheet.label or label, reason, scanned))
    return pages, habits.body if any(page.segments for page in cleared) else 0.0


def _open(path: str, data: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise ProtectedDocument(
                path, "needs a password", "Save a copy without a password and index that."
            ) from error
        raise DamagedDocument(
            path,
            "is not a PDF, or a broken one",
            "Open it in a PDF viewer, save it again, or remove it.",
        ) from error


def _outline(pdf: pdfium.PdfDocument) -> Iterator[tuple[str, int]]:
    for bookmark in pdf.get_toc(max_depth=6):
        title = squash(bookmark.get_title())
        if len(title) > 3:
            yield title, min(bookmark.level + 1, 6)
