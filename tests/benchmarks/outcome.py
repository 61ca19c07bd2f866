"""Outcome: what our reader made of one file, beside the file's own lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import pypdfium2 as pdfium

from ingest import Document, IngestError, Page, PageStatus, Passage, SourceFile, read, scan, split
from ingest.folder import format_of
from ingest.ocr import OcrEngine


@dataclass(frozen=True, slots=True)
class Outcome:
    """One file: as it was read, or the reason why it was not."""

    path: str  # relative to the folder
    location: Path
    document: Document | None
    passages: tuple[Passage, ...] = ()
    problem: str = ""

    @property
    def name(self) -> str:
        return PurePosixPath(self.path).name

    @property
    def pages(self) -> tuple[Page, ...]:
        return self.document.pages if self.document else ()

    def raw_pages(self) -> list[list[str]]:
        """The lines of each page as the file holds them; none without pages, or if not read."""
        return raw_pages(self.location) if self.document else []

    def told_pages(self) -> tuple[Page, ...]:
        """The pages that had to be read from the text layer: neither scans nor damaged ones."""
        return tuple(
            page
            for page in self.pages
            if not page.scanned and page.status in {PageStatus.TEXT, PageStatus.BLANK}
        )

    def passage_text(self, page: Page) -> str:
        """What of a page stands in passages, each character once although passages overlap."""
        spans = sorted(
            (max(passage.start, page.start), min(passage.end, page.end))
            for passage in self.passages
            if passage.start < page.end and passage.end > page.start
        )
        assert self.document is not None
        parts, done = [], page.start
        for start, end in spans:
            parts.append(self.document.text[max(start, done) : max(end, done)])
            done = max(end, done)
        return "\n".join(parts)


def outcomes(folder: Path, only: str = "", ocr: OcrEngine | None = None) -> list[Outcome]:
    """Read every supported file of the folder whose name contains ``only``."""
    return [
        _outcome(source, ocr)
        for source in scan(folder)
        if source.supported and only.lower() in source.path.lower()
    ]


def _outcome(source: SourceFile, ocr: OcrEngine | None) -> Outcome:
    try:
        document = read(source.path, source.location.read_bytes(), ocr)
    except IngestError as error:
        return Outcome(source.path, source.location, None, problem=str(error))
    return Outcome(source.path, source.location, document, split(document))


def raw_pages(location: Path) -> list[list[str]]:
    """The lines of each page before any reading: PDFs by pdfium, texts parted by form feeds."""
    format = format_of(location.name)
    if format == "text":
        text = location.read_bytes().decode("utf-8", "replace")
        return [sheet.split("\n") for sheet in text.split("\f")] if "\f" in text else []
    if format != "pdf":
        return []
    pages = []
    pdf = pdfium.PdfDocument(location)
    try:
        for number in range(len(pdf)):
            textpage = pdf[number].get_textpage()
            # U+FFFE stands for a hyphen at a line's end and swallows the break.
            text = textpage.get_text_range(errors="replace") if textpage.count_chars() else ""
            pages.append(re.split(r"\r\n|\r|\n", text.replace("\ufffe", "\u00ad\n")))
            textpage.close()
    finally:
        pdf.close()
    return pages
