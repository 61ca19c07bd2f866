"""OfficePackage: the parts of a Word, PowerPoint or Excel file, and their relations."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from ingest.builder import normalise
from ingest.readers.html import iso_date, iso_language
from ingest.readers.package import Package

# The strict flavour of the standard differs in its namespaces alone.
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(\w+)")
_TRANSITIONAL = rb"http://schemas.openxmlformats.org/\1/2006/\2"
_DC = "{http://purl.org/dc/elements/1.1/}"
_TERMS = "{http://purl.org/dc/terms/}"
_JUNK_TITLE = re.compile(
    r"\.(?:docx?|dotx?|rtf|odt|pdf|pptx?|potx?|xlsx?|odp|ods)\b"
    r"|^(?:microsoft )?(?:word|excel|powerpoint)\b|^powerpoint[- ]pr"
    r"|^(?:document|dokument|untitled|presentation|book|workbook|slide)\s*\d*$|^(?:title|\[.*\])$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Relation:
    """One part that another refers to."""

    id: str
    kind: str  # the last step of its type: "styles", "notesSlide"
    target: str  # name of the part in the package


@dataclass(frozen=True, slots=True)
class Properties:
    """What a file says of itself; None where it does not say."""

    title: str | None = None
    language: str | None = None  # ISO 639-1
    date: str | None = None  # ISO 8601


class OfficePackage(Package):
    """A package in which the main part is found by its relation to the whole."""

    def __init__(self, path: str, data: bytes, kind: str, main: str, root: str) -> None:
        """``main`` is the usual name of the main part, ``root`` the tag that it must have.

        Raises DamagedDocument or ProtectedDocument.
        """
        super().__init__(path, data, kind)
        found = [item.target for item in self.relations("") if item.kind == "officeDocument"]
        self.main = found[0] if found else main
        element = self.part(self.main)
        if element is None or element.tag != root:
            raise self.is_another()
        self.root: Element = element

    def mended(self, data: bytes) -> bytes:
        return _STRICT.sub(_TRANSITIONAL, data) if b"purl.oclc.org/ooxml" in data else data

    def relations(self, part: str) -> list[Relation]:
        """What ``part`` refers to inside the package ("" for the package itself)."""
        folder, name = posixpath.split(part)
        root = self.part(posixpath.join(folder, "_rels", f"{name}.rels"))
        return [
            Relation(
                item.get("Id", ""), item.get("Type", "").rpartition("/")[2], _target(folder, item)
            )
            for item in (root if root is not None else ())
            if item.get("TargetMode") != "External"
        ]

    def related(self, kind: str) -> Element | None:
        """The part that the main part refers to as ``kind``: "styles", "numbering", "footnotes"."""
        for relation in self.relations(self.main):
            if relation.kind == kind:
                return self.part(relation.target)
        return self.part(posixpath.join(posixpath.dirname(self.main), f"{kind}.xml"))

    def check_office_xml(self) -> None:
        """``check_xml`` for all parts that are XML by name, by their stated type or by relation."""
        types = self.part("[Content_Types].xml")
        stated = [
            item.get("PartName", "")
            for item in (types if types is not None else ())
            if item.get("ContentType", "").endswith("xml")
        ]
        related = [item.target for item in self.relations(self.main) if item.kind != "vbaProject"]
        self.check_xml([*stated, *related])

    def properties(self) -> Properties:
        """Title, language and date from the core properties."""
        core = self.part("docProps/core.xml")
        title = _property(core, f"{_DC}title")
        changed = _property(core, f"{_TERMS}modified") or _property(core, f"{_TERMS}created")
        return Properties(
            stated_title(title), iso_language(_property(core, f"{_DC}language")), iso_date(changed)
        )


def stated_title(title: str) -> str | None:
    """A title that a person gave; None for what programs put there."""
    return title if title and not _JUNK_TITLE.search(title) else None


def _target(folder: str, relation: Element) -> str:
    target = relation.get("Target", "")
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def _property(core: Element | None, name: str) -> str:
    return normalise((core.findtext(name) if core is not None else "") or "")
