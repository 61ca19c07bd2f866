"""Package: the zipped XML parts of a Word document, opened with suspicion."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from typing import Never
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from ingest.errors import DamagedDocument, ProtectedDocument

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# The strict flavour of the standard differs in its namespaces alone.
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = W.strip("{}").encode()
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# The text of a thousand pages is about 30 MB of XML; a bomb unpacks to gigabytes.
_LARGEST_PART = 150 * 1024 * 1024
_OTHERS = {
    "xl/": "an Excel workbook",
    "ppt/": "a PowerPoint presentation",
    "content.xml": "an OpenDocument file",
    "META-INF/container.xml": "an e-book",
}
_PASSWORD = ("needs a password", "Save a copy without a password and index that.")
_SAVE = "Open it in a word processor, save it as .docx, or remove it."


class Package:
    """The parts of one file, parsed when asked for."""

    def __init__(self, path: str, data: bytes) -> None:
        """Raises DamagedDocument or ProtectedDocument where ``data`` is no readable .docx."""
        self._path = path
        if data.startswith(_OLE):
            if _ENCRYPTED in data:
                raise ProtectedDocument(path, *_PASSWORD)
            raise DamagedDocument(path, "is an old Word file (.doc) under the name .docx", _SAVE)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            what = "a broken" if data.startswith(b"PK") else "no"
            raise DamagedDocument(path, f"is {what} Word document", _SAVE) from error
        self._names = {name.lower(): name for name in self._zip.namelist()}
        self.main = self._main_name()

    def part(self, name: str) -> Element | None:
        """The root of a part; None where there is none of that name.

        Raises DamagedDocument where it is broken, of absurd size, or declares a document type:
        the standard forbids that, and entities are how XML is made to explode or to fetch.
        """
        known = self._names.get(name.lower().lstrip("/"))
        if known is None:
            return None
        try:
            info = self._zip.getinfo(known)
            if info.flag_bits & 1:
                raise ProtectedDocument(self._path, *_PASSWORD)
            if info.file_size > _LARGEST_PART:
                raise self._damaged(f"unpacks to {info.file_size >> 20} MB, too much to be a text")
            data = self._zip.read(known).replace(_STRICT, _TRANSITIONAL)
            parser = ElementTree.XMLParser(target=_NoDoctype())
            parser.feed(data)
            root: Element = parser.close()
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError) as error:
            raise self._damaged("is a broken Word document") from error
        except (ElementTree.ParseError, ValueError, LookupError) as error:
            raise self._damaged(f"is a broken Word document ({known} is not sound XML)") from error
        return root

    def related(self, kind: str) -> Element | None:
        """The part that the main part refers to as ``kind``: "styles", "numbering", "footnotes"."""
        folder, name = posixpath.split(self.main)
        target = self._target(f"{folder}/_rels/{name}.rels", kind)
        return self.part(posixpath.normpath(posixpath.join(folder, target or f"{kind}.xml")))

    def _main_name(self) -> str:
        name = (self._target("_rels/.rels", "officeDocument") or "word/document.xml").lstrip("/")
        root = self.part(name)
        if root is not None and root.tag == f"{W}document":
            return name
        for mark, what in _OTHERS.items():
            if any(known.startswith(mark) for known in self._zip.namelist()):
                raise self._damaged(f"is {what} under the name .docx")
        raise self._damaged("is not a Word document: it holds no text part")

    def _target(self, relations: str, kind: str) -> str | None:
        root = self.part(relations)
        for relation in root if root is not None else ():
            outside = relation.get("TargetMode") == "External"
            if relation.get("Type", "").endswith(f"/{kind}") and not outside:
                return relation.get("Target")
        return None

    def _damaged(self, reason: str) -> DamagedDocument:
        return DamagedDocument(self._path, reason, _SAVE)


class _NoDoctype(ElementTree.TreeBuilder):
    """Stops at a document type declaration, before any entity in it is read."""

    def doctype(self, name: str, _public: str | None, _system: str | None) -> Never:
        raise ValueError(f"a document type ({name}) is not allowed here")
