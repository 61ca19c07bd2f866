"""Scope: which documents a search is limited to, by path, folder, language, year or format."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from index.errors import UnknownDocument
from index.store import DocumentInfo
from ingest.folder import format_of

_WILD = re.compile(r"[*?\[]")
_YEARS = re.compile(r"(\d{4})(?:-(\d{4}))?", re.ASCII)
_LISTED = 8  # values that a message names
_ALIKE = 0.6  # similarity, 0 to 1, from which a path may have been meant


@dataclass(frozen=True, slots=True)
class ScopeRow:
    """What the catalog knows of a document, as far as a scope asks for it."""

    path: str
    format: str
    language: str | None  # ISO 639-1
    date: str | None  # ISO 8601


@dataclass(frozen=True, slots=True)
class Scope:
    """Limits; a document must meet all of those that are given, and one value of each.

    A year is that of the document's date; where no date is known, no year fits.
    """

    documents: Sequence[str] = ()  # paths, or patterns: "kenya/*", "*.pdf"; * stands for / too
    folders: Sequence[str] = ()  # "kenya" holds "kenya/plan.pdf" and all below
    languages: Sequence[str] = ()  # ISO 639-1, "en"
    years: Sequence[int] = ()
    formats: Sequence[str] = ()  # "pdf", "markdown"; a file name's ending, "md" or ".md", does too

    def __bool__(self) -> bool:
        return any((self.documents, self.folders, self.languages, self.years, self.formats))

    def paths(self, rows: Sequence[ScopeRow]) -> list[str]:
        """The documents within, sorted.

        Raises UnknownDocument for a value that none of the ``rows`` has (years may be a span:
        one of them must be had), and where no document meets all limits together: an answer from
        no documents would pass for one from all.
        """
        within = list(rows)
        for name, wanted, has in self._limits():
            missing = [value for value in wanted if not any(has(row, value) for row in rows)]
            if missing and (name != "year" or missing == wanted):
                raise UnknownDocument(_unmet(name, missing[0], rows))
            if wanted:
                within = [row for row in within if any(has(row, value) for value in wanted)]
        if not within and rows:
            raise UnknownDocument(
                "no document meets all of these limits together. Leave one of them out."
            )
        return sorted(row.path for row in within)

    def _limits(self) -> list[tuple[str, list[str], Callable[[ScopeRow, str], bool]]]:
        return [
            ("document", list(self.documents), lambda row, value: matches(row.path, value)),
            (
                "folder",
                [_plain(folder) for folder in self.folders],
                lambda row, folder: not folder or row.path.startswith(f"{folder}/"),
            ),
            (
                "language",
                [language.lower() for language in self.languages],
                lambda row, language: row.language == language,
            ),
            (
                "year",
                [str(year) for year in self.years],
                lambda row, year: (row.date or "").partition("-")[0] == year,
            ),
            (
                "format",
                [_format(name) for name in self.formats],
                lambda row, name: row.format == name,
            ),
        ]


def unknown_document(path: str, infos: Iterable[DocumentInfo]) -> UnknownDocument:
    """The error for a path that cannot be searched, with the nearest that can."""
    known = {info.path: info for info in infos}
    if path in known:
        return UnknownDocument(
            f"{path}: this document could not be read, so it cannot be searched "
            f"({known[path].reason})"
        )
    near = difflib.get_close_matches(path, known, n=1, cutoff=_ALIKE)
    advice = f"Did you mean {near[0]}?" if near else "`strategy status` lists the documents."
    return UnknownDocument(f"{path}: no such document in the index. {advice}")


def span_of_years(typed: str) -> range:
    """The years of "2024" or "2020-2024". Raises ValueError for what is neither."""
    found = _YEARS.fullmatch(typed)
    if found is None or (found[2] or found[1]) < found[1]:
        raise ValueError(f"{typed!r} is no year (2024) and no span of years (2020-2024).")
    return range(int(found[1]), int(found[2] or found[1]) + 1)


def is_pattern(path: str) -> bool:
    """Whether it may stand for several documents."""
    return bool(_WILD.search(path))


def matches(path: str, pattern: str) -> bool:
    """Whether a path is this one, or one of those that the pattern means."""
    # A file's own name may hold what means something in a pattern.
    return path == pattern or (is_pattern(pattern) and fnmatchcase(path, pattern))


def _plain(folder: str) -> str:
    """Without what may stand around the same name: "./kenya/" is "kenya"."""
    return "/".join(part for part in folder.split("/") if part not in ("", "."))


def _format(name: str) -> str:
    name = name.lower().removeprefix(".")
    return format_of(f"name.{name}") or name


def _unmet(name: str, value: str, rows: Sequence[ScopeRow]) -> str:
    had: dict[str, list[str | None]] = {
        "document": [row.path for row in rows],
        "folder": [row.path.rpartition("/")[0] for row in rows],
        "language": [row.language for row in rows],
        "year": [(row.date or "").partition("-")[0] for row in rows],
        "format": [row.format for row in rows],
    }
    known = sorted({value for value in had[name] if value})
    if name == "document":
        near = difflib.get_close_matches(value, known, n=1, cutoff=_ALIKE)
        advice = f"Did you mean {near[0]}?" if near else "`strategy status` lists the documents."
        return f"{value}: no such document in the index. {advice}"
    if not known and name == "folder":
        return (
            f"folder {value}: the documents of this index stand in no folder below the indexed"
            " one. Leave this limit out."
        )
    if not known:
        return f"{name} {value}: no document of the index has any {name}. Leave this limit out."
    more = f" and {len(known) - _LISTED} more" if len(known) > _LISTED else ""
    listed = ", ".join(known[:_LISTED])
    return f"{name} {value}: no document of the index has it. There is {listed}{more}."
