"""What a file really is: told by how it begins, and in packed files by the parts that they hold."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePosixPath

from ingest.errors import DamagedDocument
from ingest.folder import SUFFIXES, format_of

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # how old Office files begin, and protected new ones
_ZIP = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file; ``suffix`` is the ending that it should have, empty for what is no text."""

    what: str
    suffix: str = ""

    def under_the_name_of(self, path: str) -> DamagedDocument:
        """The error for a file of this kind that is named as another."""
        if self.suffix in SUFFIXES:
            remedy = f"Give it the ending {self.suffix}."
        elif self.suffix:
            remedy = "Open it, save it in the format of its name or as PDF, or remove it."
        else:
            remedy = "Give it the ending of what it is, or remove it."
        named = PurePosixPath(path).suffix.lower()
        return DamagedDocument(path, f"is {self.what} under the name {named}", remedy)


_BEGINNINGS = (
    (b"%PDF-", Kind("a PDF", ".pdf")),
    (b"{\\rtf", Kind("a rich text file", ".rtf")),
    (b"\x89PNG", Kind("an image")),
    (b"\xff\xd8\xff", Kind("an image")),
    (b"GIF8", Kind("an image")),
)
_HTML = Kind("a web page", ".html")
_WEB_PAGE = re.compile(rb"\s*(?:<\?xml[^>]{0,200}>\s*)?<(?:!doctype html|html)\b", re.IGNORECASE)
_BEGINNING = 1000  # bytes
# By a part that only this kind holds.
_PACKED = (
    ("word/", Kind("a Word document", ".docx")),
    ("xl/", Kind("an Excel workbook", ".xlsx")),
    ("ppt/", Kind("a PowerPoint presentation", ".pptx")),
    ("META-INF/container.xml", Kind("an e-book", ".epub")),
)
_OPEN_DOCUMENTS = {
    "text": Kind("an OpenDocument text", ".odt"),
    "spreadsheet": Kind("an OpenDocument spreadsheet", ".ods"),
    "presentation": Kind("an OpenDocument presentation", ".odp"),
}
# By the stream that holds the content.
_OLD = (
    ("WordDocument", Kind("an old Word file (.doc)", ".doc")),
    ("Workbook", Kind("an old Excel file (.xls)", ".xls")),
    ("PowerPoint Document", Kind("an old PowerPoint file (.ppt)", ".ppt")),
)


def check_name(path: str, data: bytes) -> None:
    """Raises DamagedDocument where ``data`` is evidently of another format than its name says."""
    kind, format = kind_of(data), format_of(path)
    is_html_as_markdown = format == "markdown" and kind == _HTML  # which Markdown may be
    if kind and SUFFIXES.get(kind.suffix, "") != format and not is_html_as_markdown:
        raise kind.under_the_name_of(path)


def kind_of(data: bytes) -> Kind | None:
    """What ``data`` is; None for text, and for what is not known here."""
    for beginning, kind in _BEGINNINGS:
        if data.startswith(beginning):
            return kind
    if data.startswith(OLE):
        return _old_kind(data)
    if data.startswith(_ZIP):
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                return _packed_kind(archive)
        except (
            zipfile.BadZipFile, zlib.error, EOFError, KeyError, RuntimeError, ValueError
        ):  # fmt: skip
            return Kind("a broken packed file")
    if _WEB_PAGE.match(data[:_BEGINNING].lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\0", b"")):
        return _HTML
    return None


def _packed_kind(archive: zipfile.ZipFile) -> Kind:
    names = archive.namelist()
    for mark, kind in _PACKED:
        if any(name.startswith(mark) for name in names):
            return kind
    if "content.xml" in names:
        with archive.open("mimetype") as file:
            stated = file.read(_BEGINNING).decode("ascii", "replace").strip()
        return _OPEN_DOCUMENTS.get(stated.rpartition(".")[2], Kind("an OpenDocument file", ".odf"))
    return Kind("a packed file")


def _old_kind(data: bytes) -> Kind:
    for stream, kind in _OLD:
        if stream.encode("utf-16-le") in data:
            return kind
    return Kind("an old Office file", ".doc")
