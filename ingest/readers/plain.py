"""Plain text: form feeds or "Page 12" lines part the pages, blank lines the paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from ingest.builder import DocumentBuilder
from ingest.layout import Layout
from ingest.lines import Grid, Line, LinedPage, without_running_lines
from ingest.readers.encoding import text_of
from ingest.readers.reading import Reading
from ingest.readers.text_table import find_tables

_PAGE_LINE = re.compile(
    r"^[-=_* \t\[]{0,100}(?:page|seite|p[áa]gina|pagina)[ \t]{1,9}(\d{1,5})"
    r"(?:[ \t]{0,9}(?:/|of|sur|von|de)[ \t]{0,9}\d{1,5})?[-=_* \t\]]{0,100}$",
    re.IGNORECASE | re.MULTILINE,
)

_RUNS_ON = 0.2  # share of lines that begin within a sentence, for their spacing to be the usual one


def read_plain(path: str, data: bytes) -> Reading:
    """Read text in any encoding.

    Raises DamagedDocument where the bytes are no text, or those of a web page.
    """
    text = text_of(path, data).replace("\r\n", "\n").replace("\r", "\n")
    spacing = _usual_blank_lines(text)
    pages = [LinedPage(_content(sheet, spacing)) for sheet in _sheets(text)]
    builder = DocumentBuilder()
    Layout(without_running_lines(pages)).write(builder, paged=len(pages) > 1)
    return Reading(builder)


def _sheets(text: str) -> list[str]:
    """The text of each page; one for a text without pages."""
    if "\f" in text:
        sheets = text.split("\f")
        # A form feed often ends the last page, too.
        return sheets if sheets[-1].strip() else sheets[:-1]
    marks = list(_PAGE_LINE.finditer(text))
    numbers = [int(mark[1]) for mark in marks]
    first = numbers[0] if numbers else 0
    if len(marks) < 3 or first > 2 or numbers != list(range(first, first + len(marks))):
        return [text]
    cuts = [0, *(mark.start() for mark in marks), len(text)]
    sheets = [_PAGE_LINE.sub("\n", text[a:b]) for a, b in pairwise(cuts)]
    before, after = sheets[0], sheets[-1]
    if first == 2 or (before.strip() and not after.strip()):
        return sheets if after.strip() else sheets[:-1]  # the first page has no line above it
    return [before + sheets[1], *sheets[2:]]


def _usual_blank_lines(text: str) -> int:
    """How many blank lines part two lines of one paragraph (more than 0 in some conversions).

    Sentences tell: where they regularly run on over the blank lines, these part nothing.
    """
    filled = [
        (index, line.strip())
        for index, line in enumerate(text.split("\n"))
        if line.strip("\f \t\u00a0")
    ]
    steps = [
        (after - before - 1, line[:1].islower() and not above.endswith((".", ":", ";", "!", "?")))
        for (before, above), (after, line) in pairwise(filled)
    ]
    if not steps:
        return 0
    usual = Counter(blank for blank, _ in steps).most_common(1)[0][0]
    runs_on = [goes_on for blank, goes_on in steps if blank == usual]
    return usual if sum(runs_on) > _RUNS_ON * len(runs_on) else 0


def _content(sheet: str, spacing: int) -> tuple[Line | Grid, ...]:
    """The lines and tables of a page."""
    expanded = [raw.expandtabs(4).replace("\u00a0", " ").rstrip() for raw in sheet.split("\n")]
    found = {table.start: table for table in find_tables(expanded)}
    content: list[Line | Grid] = []
    blank = spacing + 1
    at = 0
    while at < len(expanded):
        if (table := found.get(at)) is not None:
            content.append(table.grid)
            at, blank = table.end, spacing + 5
            continue
        text = expanded[at].strip()
        if text.strip("\u00ad\u200b "):
            indent = len(expanded[at]) - len(expanded[at].lstrip())
            text = re.sub(r"(?<=\S) +", " ", text)
            content.append(Line(text, indent, indent + len(text), max(blank - spacing, 0)))
            blank = 0
        else:  # nothing that shows
            blank += 1
        at += 1
    return tuple(content)
