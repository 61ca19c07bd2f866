"""One reader for each format family: bytes -> Document of pages and blocks."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from ingest.document import Document, Stated
from ingest.errors import EmptyDocument
from ingest.folder import format_of, unsupported
from ingest.metadata import guess_language, name, shortened
from ingest.ocr import OcrEngine
from ingest.readers.delimited import read_csv
from ingest.readers.docx import read_docx
from ingest.readers.epub import read_epub
from ingest.readers.html import read_html
from ingest.readers.markdown import read_markdown
from ingest.readers.odt import read_odt
from ingest.readers.pdf import read_pdf
from ingest.readers.plain import read_plain
from ingest.readers.pptx import read_pptx
from ingest.readers.reading import OnPage, Reading, unheard
from ingest.readers.rst import read_rst
from ingest.readers.rtf import read_rtf
from ingest.readers.xlsx import read_xlsx

_READERS: dict[str, Callable[[str, bytes], Reading]] = {
    "csv": read_csv,
    "docx": read_docx,
    "epub": read_epub,
    "html": read_html,
    "markdown": read_markdown,
    "odt": read_odt,
    "pptx": read_pptx,
    "rst": read_rst,
    "rtf": read_rtf,
    "text": read_plain,
    "xlsx": read_xlsx,
}


def read(
    path: str, data: bytes, ocr: OcrEngine | None = None, on_page: OnPage = unheard
) -> Document:
    """Read one file; ``path`` is its path relative to the indexed folder.

    Pages without honest text are read by ``ocr``; without it they stay unreadable. ``on_page``
    gets the number of each page before it is read, and of how many, where that is known.
    Raises a kind of UnreadableDocument that says what is wrong with the file and what to do.
    """
    format = format_of(path)
    if format is None:
        raise unsupported(path)
    if not data.strip():
        raise EmptyDocument(path, "the file is empty", "Put the document back, or remove the file.")
    reading = (
        read_pdf(path, data, ocr, on_page) if format == "pdf" else _READERS[format](path, data)
    )
    text, blocks = reading.builder.text, reading.builder.blocks
    if not any(char.isalnum() for char in text):
        raise EmptyDocument(
            path, "no text in it", "Open it to see what it holds; remove it if nothing."
        )
    stated = Stated(shortened(reading.title) if reading.title else None, reading.date)
    title, date = name(path, stated, text, blocks)
    return reading.builder.build(
        path=path,
        content_hash=hashlib.sha256(data).hexdigest(),
        format=format,
        title=title,
        language=reading.language or guess_language(text),
        date=date,
        stated=stated,
    )
