"""Contents: the table of contents of a document, which names its headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.lines import Line, LinedPage
from ingest.markers import SECTION_NUMBER

LEADERS = re.compile(r"(?:\.\s?){4,}|(?:…\s?){2,}|_{4,}")

_TITLE = re.compile(
    r"^\W*(?:(?:table of )?contents?(?: page)?|table des mati[eè]res|sommaire"
    r"|inhalt(?:sverzeichnis)?|[ií]ndice(?: general)?|tabla de contenidos?|sommario"
    r"|inhoud(?:sopgave)?|index)\W*$",
    re.IGNORECASE,
)
_ENTRY = re.compile(
    r"^(?P<title>.*?[^\W\d_].*?)(?P<leaders>\s*(?:[.…_]\s?){3,}|\s+)(?P<page>\d{1,3}|[ivxl]{1,6})$"
)
# What every entry ends with; to look for that first takes a hundredth of the time.
_PAGE = re.compile(r"[\s.…_](?:\d{1,3}|[ivxl]{1,6})$")
_PAGE_LENGTH = 7
_FEWEST = 4  # entries with page numbers, for a page to be one of contents
_SHARE = 0.4  # of the lines of a page of contents end in page numbers
_LONGEST_TITLE = 24  # words
_LONGEST_LINE = 300  # characters
_PAGES = 4  # of contents, at most, one after the other
_SEARCHED = 20  # pages from the beginning among which contents are looked for
_SHORT_LINE = 12  # words: an entry without a page number


@dataclass(frozen=True, slots=True)
class Contents:
    """``titles``: squashed title -> level from 1; ``lines``: ids of the lines that name them."""

    titles: dict[str, int]
    lines: frozenset[int]


def squash(text: str) -> str:
    """Letters and digits alone, in lower case: two ways of printing one heading are then equal."""
    return "".join(char for char in text.lower() if char.isalnum())


def find_contents(pages: Sequence[LinedPage]) -> Contents:
    """The entries of all pages of contents; empty where there are none."""
    entries: list[_Entry] = []
    following = 0
    for page in pages[:_SEARCHED]:
        found = _entries(page.lines, begun=0 < following < _PAGES)
        following = following + 1 if found else 0
        entries += found
    ranks = sorted({entry.rank for entry in entries})
    titles: dict[str, int] = {}
    for entry in entries:
        level = entry.depth or ranks.index(entry.rank) + 1
        for title in (entry.title, SECTION_NUMBER.sub("", entry.title)):
            key = squash(title)
            if len(key) > 3 and not key.isdigit():
                titles.setdefault(key, min(level, 6))
    return Contents(titles, frozenset(number for entry in entries for number in entry.lines))


@dataclass(frozen=True, slots=True)
class _Entry:
    title: str
    rank: tuple[float, float]  # larger type first, then less indent
    depth: int  # by its number: "2.1" has 2; 0 without one
    lines: tuple[int, ...]


def _entries(lines: Sequence[Line], *, begun: bool) -> list[_Entry]:
    """The entries of one page; ``begun``: the page before was one of contents."""
    titled = next((i for i, line in enumerate(lines) if _TITLE.match(line.text)), None)
    numbered = [match for line in lines if (match := _entry_match(line))]
    pages = [int(match["page"]) for match in numbered if match["page"].isdigit()]
    leaders = sum(len(match["leaders"].strip()) > 2 for match in numbered)
    rising = sum(before <= after for before, after in pairwise(pages))
    is_list = (
        len(numbered) >= _FEWEST
        and rising >= 0.8 * (len(pages) - 1)
        and len(numbered) >= _SHARE * len(lines)
    )
    if is_list and (titled is not None or begun or leaders > 0.5 * len(numbered)):
        return list(_with_pages(lines))
    if titled is not None and not numbered and _is_bare_list(lines[titled + 1 :]):
        return [_entry([line], line.text) for line in lines[titled + 1 :]]
    return []


def _is_bare_list(lines: Sequence[Line]) -> bool:
    """Whether a page below the word "Contents" holds nothing but short lines."""
    short = all(
        len(line.text.split()) <= _SHORT_LINE and not line.text.endswith((".", ";"))
        for line in lines
    )
    return len(lines) >= 3 and short


def _with_pages(lines: Sequence[Line]) -> Iterator[_Entry]:
    """An entry may take several lines, of which the last has the page's number."""
    waiting: list[Line] = []
    for line in lines:
        if _TITLE.match(line.text):
            waiting = []
            continue
        waiting.append(line)
        match = _entry_match(line)
        if not match:
            if len(waiting) > 3:
                waiting.pop(0)
            continue
        title = " ".join([*(each.text for each in waiting[:-1]), match["title"]])
        if len(title.split()) <= _LONGEST_TITLE:
            yield _entry(waiting, title.rstrip(" .…_"))
        waiting = []


def _entry_match(line: Line) -> re.Match[str] | None:
    text = line.text.strip()
    if len(text) > _LONGEST_LINE or not _PAGE.search(text[-_PAGE_LENGTH:]):
        return None
    return _ENTRY.match(text)


def _entry(lines: Sequence[Line], title: str) -> _Entry:
    number = SECTION_NUMBER.match(title)
    depth = number["number"].count(".") + 1 if number else 0
    rank = (-round(lines[0].size), round(lines[0].indent / 6) if not depth else 0)
    return _Entry(title, rank, 0 if lines[0].size else depth, tuple(id(line) for line in lines))
