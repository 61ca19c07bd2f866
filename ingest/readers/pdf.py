"""PDF by pypdfium2: words and rules with their place, read as a person reads a page."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pypdfium2 as pdfium

from ingest.builder import DocumentBuilder
from ingest.contents import squash
from ingest.errors import DamagedDocument, EmptyDocument, ProtectedDocument, ScannedDocument
from ingest.layout import Layout
from ingest.lines import LinedPage
from ingest.metadata import pdf_date
from ingest.ocr import OcrEngine
from ingest.printed.page import Habits, PrintedPage, lines_of
from ingest.printed.segments import segments
from ingest.readers.pdf_page import read_page
from ingest.readers.reading import Reading
from ingest.running_lines import RunningLines

_PDFIUM = threading.Lock()  # pdfium is not thread-safe
_WORDS_TO_JUDGE = 40  # with fewer words on a page nobody can tell whether they are words
_SCAN = "an image without text"
_GARBAGE = "a text layer that is not made of words (a damaged font)"
_REMEDY = "Read it by OCR and index the copy, or find another edition of the file."


def read_pdf(path: str, data: bytes, ocr: OcrEngine | None = None) -> Reading:  # noqa: ARG001
    """Read a PDF page by page; a bad page is marked and never loses the document.

    Raises ProtectedDocument, DamagedDocument, and where no page has text ScannedDocument or
    EmptyDocument.
    """
    with _PDFIUM:
        pdf = _open(path, data)
        try:
            sheets = [_Sheet.read(pdf, number) for number in range(len(pdf))]
            metadata = pdf.get_metadata_dict(skip_empty=True)
            outline = dict(_outline(pdf))
        finally:
            pdf.close()
    pages = _lined(sheets)
    if not any(page.content for page in pages):
        reasons = sorted({page.reason for page in pages if page.reason})
        count = "its only page" if len(pages) == 1 else f"its {len(pages)} pages"
        why = f"no text on {count}: {' / '.join(reasons) or 'blank'}"
        kind = ScannedDocument if any(page.scanned for page in pages) else EmptyDocument
        raise kind(path, why, _REMEDY)
    builder = DocumentBuilder()
    Layout(pages, outline).write(builder, paged=True)
    return Reading(
        builder, title=metadata.get("Title"), date=pdf_date(metadata.get("CreationDate"))
    )


class _Sheet:
    """One page as it was read, before what runs along all pages is known."""

    def __init__(
        self, printed: PrintedPage | None, label: str | None = None, reason: str = ""
    ) -> None:
        self.printed = printed
        self.label = label
        self.reason = reason

    @classmethod
    def read(cls, pdf: pdfium.PdfDocument, number: int) -> _Sheet:
        try:
            page = pdf[number]
            try:
                read = read_page(page)
            finally:
                page.close()
        except pdfium.PdfiumError as error:
            return cls(None, reason=f"this page is damaged ({error})")
        label = pdf.get_page_label(number) or None
        if not read.words and read.image_share > 0:
            return cls(None, label, _SCAN)
        if _is_garbage([word.text for word in read.words]):
            return cls(None, label, _GARBAGE)
        return cls(PrintedPage(tuple(segments(read.words)), read.rules, read.height), label)

    @property
    def scanned(self) -> bool:
        return self.reason in (_SCAN, _GARBAGE)


def _lined(sheets: Sequence[_Sheet]) -> list[LinedPage]:
    """The pages as lines, without what runs along the edges of all of them."""
    blank = PrintedPage((), (), 0.0)
    printed = [sheet.printed or blank for sheet in sheets]
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
    for sheet, page, label in zip(sheets, cleared, labels, strict=True):
        content, notes = lines_of(page, habits)
        lined = LinedPage(content, notes, sheet.label or label, sheet.reason)
        pages.append(replace(lined, scanned=sheet.scanned))
    return pages


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


def _is_garbage(words: Sequence[str]) -> bool:
    """Whether a text layer holds no words: lone characters, or hardly a letter."""
    if len(words) < _WORDS_TO_JUDGE:
        return False
    lone = sum(len(word) == 1 for word in words) / len(words)
    characters = "".join(words)
    letters = sum(char.isalpha() for char in characters) / len(characters)
    return lone > 0.6 or letters < 0.35
