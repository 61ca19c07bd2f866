"""Headings that a document itself announces, by outline or contents, and those found."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium

import poppler
from ingest import BlockKind
from ingest.folder import format_of
from outcome import Outcome
from quotes import squash

_TITLES = {
    "contents", "tableofcontents", "listofcontents", "sommaire", "tabledesmatières", "inhalt",
    "inhaltsverzeichnis", "índice", "índicedecontenidos", "indice", "sumário", "inhoud",
    "inhoudsopgave", "spistreści", "содержание", "оглавление",
}  # fmt: skip
_PAGE = re.compile(r"(?:\d{1,4}|[ivxl]{1,7})$", re.IGNORECASE)
_NEXT_COLUMN = re.compile(r"(?<=\s\d)\s{3,}|(?<=\s\d\d)\s{3,}")
_LEADERS = " \b\t\u00a0.…_·"
_NUMBER = re.compile(r"^\W*(?:(?:\d{1,2}|[ivxl]{1,5}|[a-z])(?:[.\-]\d{1,2})*[.):]?)\s+", re.I)
_ENOUGH_ENTRIES = 3
_GOES_ON = 0.4  # share of entries among the lines, for the page after to be one of contents too
_ALIKE = 0.85  # of difflib's ratio: "Foreword by the Minister" announces "Foreword of the Minister"
_SHORTEST_ALIKE = 8  # letters; shorter titles must be equal


@dataclass(frozen=True, slots=True)
class Announced:
    source: str  # "outline", "contents", or "" where the document announces nothing
    titles: tuple[str, ...]
    pages: frozenset[int] = frozenset()  # the contents pages themselves


def announced(outcome: Outcome) -> Announced:
    """The outline where there is one of three entries or more, else the contents pages.

    Nothing for a document that was not read.
    """
    if outcome.document is None:
        return Announced("", ())
    listing = contents(_laid_out_pages(outcome))
    titles = outline(outcome.location)
    if len(titles) >= _ENOUGH_ENTRIES:
        return Announced("outline", titles, listing.pages)
    return listing


def found(titles: tuple[str, ...], headings: list[str]) -> list[str]:
    """The titles that are among the headings, in the order given.

    Letters and digits alone are compared, with and without the section's number; a heading that
    was read as two or three blocks, and one that differs by a word, count as found.
    """
    plain = [squash(heading) for heading in headings]
    held = set(plain) | {squash(_NUMBER.sub("", heading)) for heading in headings}
    held |= {"".join(plain[i : i + size]) for i in range(len(plain)) for size in (2, 3)}
    return [title for title in titles if _is_among(title, held)]


def _is_among(title: str, held: set[str]) -> bool:
    keys = {squash(title), squash(_NUMBER.sub("", title))} - {""}
    if keys & held:
        return True
    return any(
        len(key) >= _SHORTEST_ALIKE and difflib.get_close_matches(key, held, 1, _ALIKE)
        for key in keys
    )


def headings_of(outcome: Outcome, without: frozenset[int]) -> list[str]:
    """The heading blocks in reading order, but for those on the pages ``without``."""
    document = outcome.document
    if document is None:
        return []
    return [
        document.text[block.start : block.end]
        for block in document.blocks
        if block.kind is BlockKind.HEADING
        and not (document.paged and document.page_at(block.start).number in without)
    ]


def outline(location: Path) -> tuple[str, ...]:
    """The titles of a PDF's bookmarks; empty for other formats."""
    if format_of(location.name) != "pdf":
        return ()
    pdf = pdfium.PdfDocument(location)
    try:
        titles = [" ".join(mark.get_title().split()) for mark in pdf.get_toc(max_depth=8)]
    finally:
        pdf.close()
    return tuple(dict.fromkeys(title for title in titles if len(squash(title)) > 2))


def contents(pages: list[list[str]]) -> Announced:
    """The entries of contents pages: lines that end in a page's number, below such a title."""
    titles: list[str] = []
    numbers: set[int] = set()
    for number, page in enumerate(pages, start=1):
        title = next((at for at, line in enumerate(page) if squash(line) in _TITLES), None)
        lines = page[title + 1 :] if title is not None else page
        entries = _entries(lines)
        filled = sum(bool(line.strip()) for line in lines)
        begins = title is not None and not numbers and len(entries) >= _ENOUGH_ENTRIES
        goes_on = number - 1 in numbers and len(entries) >= max(_GOES_ON * filled, _ENOUGH_ENTRIES)
        if begins or goes_on:
            titles += entries
            numbers.add(number)
    return Announced("contents" if titles else "", tuple(dict.fromkeys(titles)), frozenset(numbers))


def _entries(lines: list[str]) -> list[str]:
    """Titles of lines of contents, one after another where they stand in columns.

    A title is set over two lines where the second, which has the number, hangs below the first.
    """
    entries: list[str] = []
    waiting, indent = "", 0
    for line in lines:
        line = line.expandtabs(4)
        here = len(line) - len(line.lstrip())
        parts = _NEXT_COLUMN.split(line.strip())
        titles = [title for title in map(entry, parts) if title]
        if waiting and titles and len(parts) == 1 and here > indent:
            titles = [f"{waiting} {titles[0]}"]
        entries += [" ".join(title.split()) for title in titles]
        waiting, indent = ("" if titles else line.strip()), here
    return entries


def entry(line: str) -> str:
    """The title of a line of contents: before leaders or a wide space, and a page's number.

    Empty for other lines.
    """
    match = _PAGE.search(line)
    if not match:
        return ""
    before = re.sub(r"\bpage\s*$", "", line[: match.start()], flags=re.IGNORECASE)
    title = before.rstrip(_LEADERS)
    leaders = before[len(title) :]
    marks = sum(leaders.count(mark) * (3 if mark == "…" else 1) for mark in ".…_·")
    wide = "\t" in leaders or len(leaders) - marks >= 2
    return title.strip() if (marks >= 3 or wide) and any(map(str.isalpha, title)) else ""


def _laid_out_pages(outcome: Outcome) -> list[list[str]]:
    """Lines as they lie on the paper: titles and page numbers on one line."""
    if format_of(outcome.name) == "pdf" and poppler.available():
        pages = poppler.poppler_pages(outcome.location, as_laid_out=True)
        return [page.split("\n") for page in pages]
    return outcome.raw_pages()
