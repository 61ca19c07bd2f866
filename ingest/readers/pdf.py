"""PDF by pypdfium2: lines with their place and type size, then the shared layout."""

from __future__ import annotations

import ctypes
import re
import threading
import unicodedata
from typing import TYPE_CHECKING

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ingest.builder import DocumentBuilder
from ingest.errors import DamagedDocument, EmptyDocument, ProtectedDocument, ScannedDocument
from ingest.layout import Layout, squash
from ingest.lines import Line, LinedPage
from ingest.metadata import pdf_date
from ingest.ocr import OcrEngine
from ingest.readers.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

_PDFIUM = threading.Lock()  # pdfium is not thread-safe
_BOLD = re.compile(r"bold|black|heavy|semibold|demi", re.IGNORECASE)
_BOLD_WEIGHT = 600  # CSS scale, as pdfium reports it
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
            pages = [_read_page(pdf, number) for number in range(len(pdf))]
            metadata = pdf.get_metadata_dict(skip_empty=True)
            headings = dict(_outline(pdf))
        finally:
            pdf.close()
    if not any(page.lines for page in pages):
        reasons = sorted({page.reason for page in pages if page.reason})
        count = "its only page" if len(pages) == 1 else f"its {len(pages)} pages"
        why = f"no text on {count}: {' / '.join(reasons) or 'blank'}"
        kind = ScannedDocument if {_SCAN, _GARBAGE} & set(reasons) else EmptyDocument
        raise kind(path, why, _REMEDY)
    builder = DocumentBuilder()
    Layout(pages, headings).write(builder, paged=True)
    return Reading(
        builder, title=metadata.get("Title"), date=pdf_date(metadata.get("CreationDate"))
    )


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


def _read_page(pdf: pdfium.PdfDocument, number: int) -> LinedPage:
    try:
        page = pdf[number]
        try:
            lines = tuple(_lines(page))
            has_image = not lines and any(
                item.type == pdfium_c.FPDF_PAGEOBJ_IMAGE for item in page.get_objects(max_depth=3)
            )
        finally:
            page.close()
    except pdfium.PdfiumError as error:
        return LinedPage((), reason=f"this page is damaged ({error})")
    if has_image:
        return LinedPage((), reason=_SCAN)
    if _is_garbage(" ".join(line.text for line in lines)):
        return LinedPage((), reason=_GARBAGE)
    return LinedPage(lines, label=pdf.get_page_label(number) or None)


def _lines(page: pdfium.PdfPage) -> Iterator[Line]:
    """The lines of a page in the order in which they were set."""
    textpage = page.get_textpage()
    try:
        text = textpage.get_text_range(errors="replace") if textpage.count_chars() else ""
        # Beyond U+FFFF a character counts twice in pdfium's positions.
        start = 0
        previous: tuple[float, float, float] | None = None  # left, bottom, height
        for raw in re.split(r"(\r\n|\n|\r)", text):
            length = sum(2 if ord(char) > 0xFFFF else 1 for char in raw)
            stripped = raw.strip()
            if stripped:
                first = start + len(raw) - len(raw.lstrip())
                last = start + length - 1 - (len(raw) - len(raw.rstrip()))
                left, bottom, _, top = textpage.get_charbox(first, loose=True)
                _, lowest, right, _ = textpage.get_charbox(last, loose=True)
                height = max(top - bottom, 0.1)
                gap, jump = _gap(previous, left, bottom, height)
                # U+FFFE is pdfium's sign for a hyphen at the end of a line; it swallows the break.
                line = raw.replace("\ufffe", "\u00ad").replace("\x02", "\u00ad")
                size, bold = _type(textpage, first, height)
                if any(unicodedata.category(char)[0] not in "CZ" for char in line):
                    yield Line(line.strip(), left, max(right, left), gap, size, bold, jump)
                    previous = (left, lowest, height)
            start += length
    finally:
        textpage.close()


def _gap(
    previous: tuple[float, float, float] | None, left: float, bottom: float, height: float
) -> tuple[float, bool]:
    """Free space above a line, in lines, and whether it starts elsewhere on the page."""
    if previous is None:
        return 1.0, True
    step = previous[1] - bottom
    if step < -0.5 * height or step > 12 * height:
        return 1.0, True
    # Lines are usually set 1.0 to 1.35 of their height apart.
    return max(
        step / max(height, previous[2]) - 1.35, 0.0
    ), step < 0.5 * height and left > previous[0] + height


def _type(textpage: pdfium.PdfTextPage, index: int, height: float) -> tuple[float, bool]:
    """Size in points (the height of the character's box: the stated size is 1 in many files)."""
    weight = pdfium_c.FPDFText_GetFontWeight(textpage, index)
    name = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    pdfium_c.FPDFText_GetFontInfo(textpage, index, name, 128, ctypes.byref(flags))
    bold = weight >= _BOLD_WEIGHT or bool(_BOLD.search(name.value.decode("utf-8", "replace")))
    return round(height, 1), bold


def _outline(pdf: pdfium.PdfDocument) -> Iterator[tuple[str, int]]:
    for bookmark in pdf.get_toc(max_depth=6):
        title = squash(bookmark.get_title())
        if len(title) > 3:
            yield title, min(bookmark.level + 1, 6)


def _is_garbage(text: str) -> bool:
    """Whether a text layer holds no words: lone characters, or hardly a letter."""
    words = text.split()
    if len(words) < _WORDS_TO_JUDGE:
        return False
    lone = sum(len(word) == 1 for word in words) / len(words)
    characters = "".join(words)
    letters = sum(char.isalpha() for char in characters) / len(characters)
    return lone > 0.6 or letters < 0.35
