"""EPUB: the chapters of an e-book in the order of its spine, each read as a web page."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from selectolax.lexbor import LexborNode

from ingest.builder import DocumentBuilder, normalise
from ingest.errors import ProtectedDocument
from ingest.readers.encoding import decode
from ingest.readers.html import iso_date, iso_language
from ingest.readers.markup import Markup
from ingest.readers.package import Package
from ingest.readers.reading import Reading
from ingest.readers.tree import attribute
from ingest.readers.unclosed import html_tree

_CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}"
_OPF = "{http://www.idpf.org/2007/opf}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_ENCRYPTED = "{http://www.w3.org/2001/04/xmlenc#}CipherReference"
_TYPES = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml")
_MOST_CHAPTERS = 5000
# XHTML closes any element in its first tag; to HTML such a script or title never ends.
_CLOSED = re.compile(
    rb"<(?!(?:area|base|br|col|hr|img|input|link|meta|source|wbr)\b)([a-zA-Z][\w:-]*+)([^<>]*+)(?<=/)>"
)
_ENCODING = re.compile(rb"""<\?xml[^>]{0,200}encoding\s*=\s*["']([\w.:-]{1,40})""")
_AROUND = ("toc", "landmarks", "page-list")  # lists of links to the text
_REFERENCE = ("noteref", "doc-noteref", "pagebreak", "doc-pagebreak", "backlink", "doc-backlink")


def read_epub(path: str, data: bytes) -> Reading:
    """Read an e-book; its pages are those of the reader's screen, so it has none.

    Raises ProtectedDocument or DamagedDocument.
    """
    package = Package(path, data, "e-book")
    name, book = _book(package)
    builder = DocumentBuilder()
    locked = _locked(package)
    for chapter in _spine(book, posixpath.dirname(name))[:_MOST_CHAPTERS]:
        if chapter in locked:
            raise ProtectedDocument(
                path, "is locked to its buyer's reading program", "Index a copy without that lock."
            )
        content = package.data(chapter)
        if content is not None:
            _write_chapter(content, builder)
    metadata = book.find(f"{_OPF}metadata")
    return Reading(
        builder,
        _stated(metadata, "title") or None,
        iso_language(_stated(metadata, "language")),
        iso_date(_stated(metadata, "date")),
    )


def _book(package: Package) -> tuple[str, Element]:
    """The part that lists the chapters, and its name."""
    container = package.part("META-INF/container.xml")
    for file in container.iter(f"{_CONTAINER}rootfile") if container is not None else ():
        name = posixpath.normpath(file.get("full-path", ""))
        book = package.part(name)
        if book is not None and book.tag == f"{_OPF}package":
            return name, book
    raise package.is_another()


def _spine(book: Element, folder: str) -> list[str]:
    """The names of the chapters' parts in reading order."""
    items = {item.get("id", ""): item for item in book.iter(f"{_OPF}item")}
    chapters = []
    for reference in book.iter(f"{_OPF}itemref"):
        item = items.get(reference.get("idref", ""))
        if item is None or item.get("media-type") not in _TYPES:
            continue
        if "nav" in item.get("properties", "").split():
            continue
        name = posixpath.normpath(posixpath.join("/", folder, unquote(item.get("href", ""))))
        chapters.append(name.lstrip("/"))
    return list(dict.fromkeys(chapters))


def _locked(package: Package) -> set[str]:
    """The parts that are encrypted; fonts often are, in books whose text is not."""
    encryption = package.part("META-INF/encryption.xml")
    if encryption is None:
        return set()
    references = (item.get("URI", "") for item in encryption.iter(_ENCRYPTED))
    return {posixpath.normpath(unquote(name)) for name in references}


def _write_chapter(content: bytes, builder: DocumentBuilder) -> None:
    declared = _ENCODING.match(content)
    text = decode(_CLOSED.sub(rb"<\1\2></\1>", content), declared[1].decode() if declared else None)
    body = html_tree(text).body
    if body is not None:
        Markup(builder, _is_around).write(body)


def _is_around(node: LexborNode) -> bool:
    """Contents, references to notes and the marks of printed pages are not the text."""
    if not node.attributes:
        return False
    kinds = {*attribute(node, "epub:type").split(), *attribute(node, "role").split()}
    if node.tag == "nav":
        return not kinds or not kinds.isdisjoint(_AROUND)
    return not kinds.isdisjoint(_REFERENCE) or "hidden" in node.attributes


def _stated(metadata: Element | None, name: str) -> str:
    return normalise((metadata.findtext(f"{_DC}{name}") if metadata is not None else "") or "")
