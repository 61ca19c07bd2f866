"""Package: a zipped document (Word, Excel, OpenDocument, e-book, ...), opened with suspicion."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Never
from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from xml.parsers import expat

from ingest.errors import DamagedDocument, ProtectedDocument
from ingest.readers.signature import OLE, check_name

PASSWORD = ("needs a password", "Save a copy without a password and index that.")

# The text of a thousand pages is about 30 MB of XML; a bomb unpacks to gigabytes.
_LARGEST_PART = 150 << 20  # bytes
_LARGEST_TOTAL = 400 << 20  # bytes of all parts that are read
# XML packs to a tenth, a sheet of equal rows to a hundredth; a bomb to a thousandth.
_HIGHEST_RATIO = 300
_RATIO_COUNTS_FROM = 8 << 20  # bytes; below, no ratio does harm
_MOST_ENTRIES = 50_000
_LONGEST_PROLOG = 64 << 10  # bytes before the first element


class Package:
    """The parts of one file, parsed when asked for."""

    def __init__(self, path: str, data: bytes, kind: str) -> None:
        """``kind`` is what the file's name promises: "Word document".

        Raises DamagedDocument where ``data`` is no sound package, or ProtectedDocument.
        """
        self.path = path
        self._kind = kind
        self._suffix = PurePosixPath(path).suffix.lower()
        self._save = f"Open it in an office program, save it as {self._suffix}, or remove it."
        self._data = data
        if data.startswith(OLE) and "EncryptedPackage".encode("utf-16-le") in data:
            raise ProtectedDocument(path, *PASSWORD)
        if not data.startswith(b"PK"):
            check_name(path, data)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError) as error:
            what = "a broken" if data.startswith(b"PK") else "no"
            raise self.damaged(f"is {what} {kind}") from error
        infos = self._zip.infolist()
        if len(infos) > _MOST_ENTRIES:
            raise self.damaged(f"holds {len(infos):,} parts, too many to be a document")
        for info in infos:
            # Nothing is ever written to disk; who names a part so has something else in mind.
            if info.filename.startswith("/") or ".." in info.filename.split("/"):
                raise self.damaged("holds a part whose name leads out of the file")
        self._names = {info.filename.lower(): info for info in infos}
        self._unpacked = 0  # bytes so far

    @property
    def names(self) -> list[str]:
        return self._zip.namelist()

    def data(self, name: str, most: int | None = None) -> bytes | None:
        """The bytes of a part, or at ``most`` so many of them; None where there is no such part.

        Names are looked up without regard to case.

        Raises ProtectedDocument, or DamagedDocument where it is broken or of absurd size.
        """
        info = self._names.get(name.lower().lstrip("/"))
        if info is None:
            return None
        if info.flag_bits & 1:
            raise ProtectedDocument(self.path, *PASSWORD)
        self._unpacked += info.file_size
        ratio = info.file_size / max(info.compress_size, 1)
        if (
            info.file_size > _LARGEST_PART
            or self._unpacked > _LARGEST_TOTAL
            or (info.file_size > _RATIO_COUNTS_FROM and ratio > _HIGHEST_RATIO)
        ):
            raise self.damaged(
                f"unpacks to {info.file_size >> 20} MB ({info.filename}), too much to be a text"
            )
        try:
            with self._zip.open(info) as file:
                # Never more than was declared: what follows is caught by the checksum.
                return file.read(info.file_size + 1 if most is None else most)
        except (
            zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError,
            ValueError,
        ) as error:  # fmt: skip
            raise self.damaged(f"is a broken {self._kind}") from error

    def part(self, name: str) -> Element | None:
        """The root of an XML part; None where there is none of that name.

        Raises as ``data`` does, and DamagedDocument where the part is no sound XML or declares a
        document type: the standards forbid that, and entities are how XML is made to explode or
        to fetch.
        """
        data = self.data(name)
        if data is None:
            return None
        try:
            parser = ElementTree.XMLParser(target=_NoDoctype())
            parser.feed(self.mended(data))
            root: Element = parser.close()
        except (ElementTree.ParseError, ValueError, LookupError) as error:
            raise self._unsound(name) from error
        return root

    def check_xml(self, others: Iterable[str]) -> None:
        """Hold all XML parts to the rules of ``data`` and ``part``, for a library that reads them.

        These are the parts that are named so, and ``others``. Only their beginnings are parsed: a
        document type can stand nowhere else.
        """
        named = (name for name in self.names if name.lower().endswith((".xml", ".rels", ".vml")))
        for name in {*named, *others}:
            data = self.data(name, _LONGEST_PROLOG)
            try:
                if data is not None:
                    _check_prolog(data)
            except (expat.ExpatError, ValueError, LookupError) as error:
                raise self._unsound(name) from error

    def mended(self, data: bytes) -> bytes:
        """The XML of a part as it is parsed; a family of formats may have dialects."""
        return data

    def is_another(self) -> DamagedDocument:
        """The error for a package without the part that its kind must have."""
        check_name(self.path, self._data)
        return self.damaged(f"is no {self._kind}: it holds no text part")

    def damaged(self, reason: str) -> DamagedDocument:
        return DamagedDocument(self.path, reason, self._save)

    def _unsound(self, name: str) -> DamagedDocument:
        return self.damaged(f"is a broken {self._kind} ({name} is not sound XML)")


class _NoDoctype(ElementTree.TreeBuilder):
    """Stops at a document type declaration, before any entity in it is read."""

    def doctype(self, name: str, _public: str | None, _system: str | None) -> Never:
        raise ValueError(f"a document type ({name}) is not allowed here")


class _Begun(Exception):
    """The first element: what may stand only before it has been seen."""


def _check_prolog(data: bytes) -> None:
    """Raises ValueError at a document type or without an element, ExpatError at what is no XML."""

    def begin(_name: str, _attributes: object) -> Never:
        raise _Begun

    parser = expat.ParserCreate()
    parser.StartElementHandler = begin
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        parser.Parse(data)
    except _Begun:
        return
    raise ValueError("no element in it")


def _refuse_doctype(name: str, *_: object) -> Never:
    raise ValueError(f"a document type ({name}) is not allowed here")
