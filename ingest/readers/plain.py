"""Plain text: form feeds or "Page 12" lines part the pages, blank lines the paragraphs."""

from __future__ import annotations

import re
from collections import Counter, deque
from itertools import pairwise

from ingest.builder import DocumentBuilder
from ingest.document import BlockKind
from ingest.layout import Layout
from ingest.lines import Line, LinedPage
from ingest.readers.encoding import text_of
from ingest.readers.reading import Reading
from ingest.readers.table import Table
from ingest.readers.text_table import find_tables

_PAGE_LINE = re.compile(
    r"^[-=_* \t\[]{0,100}(?:page|seite|p[áa]gina|pagina)[ \t]{1,9}(\d{1,5})"
    r"(?:[ \t]{0,9}(?:/|of|sur|von|de)[ \t]{0,9}\d{1,5})?[-=_* \t\]]{0,100}$",
    re.IGNORECASE | re.MULTILINE,
)
# Stands for a table among the lines, as Unicode means it to: OBJECT REPLACEMENT CHARACTER. With a
# full stop and free lines around it, the layout takes it for a paragraph of its own.
_OBJECT = "\ufffc"
_TABLE_LINE = Line(f"{_OBJECT}.", 0, 2, 5.0)

_RUNS_ON = 0.2  # share of lines that begin within a sentence, for their spacing to be the usual one


def read_plain(path: str, data: bytes) -> Reading:
    """Read text in any encoding.

    Raises DamagedDocument where the bytes are no text, or those of a web page.
    """
    text = text_of(path, data).replace("\r\n", "\n").replace("\r", "\n").replace(_OBJECT, "")
    spacing = _usual_blank_lines(text)
    tables: deque[Table] = deque()
    pages = [LinedPage(_lines(sheet, spacing, tables)) for sheet in _sheets(text)]
    builder = _PlainBuilder(tables)
    Layout(pages).write(builder, paged=len(pages) > 1)
    return Reading(builder)


class _PlainBuilder(DocumentBuilder):
    """Writes each table where the line that stands for it comes in."""

    def __init__(self, tables: deque[Table]) -> None:
        super().__init__()
        self._tables = tables

    def add(self, kind: BlockKind, text: str, level: int = 0, continues: bool = False) -> None:
        if text == _TABLE_LINE.text and self._tables:
            self._tables.popleft().write(self)
        else:
            super().add(kind, text, level, continues)


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


def _lines(sheet: str, spacing: int, tables: deque[Table]) -> tuple[Line, ...]:
    """The lines of a page; its tables are put into ``tables``, each with a line in its place."""
    expanded = [raw.expandtabs(4).replace("\u00a0", " ").rstrip() for raw in sheet.split("\n")]
    found = {table.start: table for table in find_tables(expanded)}
    lines: list[Line] = []
    blank = spacing + 1
    at = 0
    while at < len(expanded):
        if (table := found.get(at)) is not None:
            tables.append(table.table)
            lines.append(_TABLE_LINE)
            at, blank = table.end, spacing + 5
            continue
        text = expanded[at].strip()
        if text:
            indent = len(expanded[at]) - len(expanded[at].lstrip())
            text = re.sub(r"(?<=\S) +", " ", text)
            lines.append(Line(text, indent, indent + len(text), max(blank - spacing, 0)))
        blank = 0 if text else blank + 1
        at += 1
    return tuple(lines)
