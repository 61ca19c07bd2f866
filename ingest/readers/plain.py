"""Plain text: form feeds or "Page 12" lines part the pages, blank lines the paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from ingest.builder import DocumentBuilder
from ingest.errors import DamagedDocument
from ingest.layout import Layout
from ingest.lines import Line, LinedPage, without_running_lines
from ingest.readers.encoding import text_of
from ingest.readers.reading import Reading

_PAGE_LINE = re.compile(
    # Bounded, so that a thousand blank lines are not tried from each of them.
    r"^[-=_*\s]{2,200}\[?page\s+(\d{1,5})\]?[-=_*\s]{2,200}$",
    re.IGNORECASE | re.MULTILINE,
)

_HTML = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype html|html)\b", re.IGNORECASE)

_RUNS_ON = 0.2  # share of lines that begin within a sentence, for their spacing to be the usual one


def read_plain(path: str, data: bytes) -> Reading:
    """Read text in UTF-8, UTF-16 or cp1252.

    Raises DamagedDocument where the bytes are no text, or those of a web page.
    """
    text = text_of(path, data).replace("\r\n", "\n").replace("\r", "\n")
    if _HTML.match(text):
        raise DamagedDocument(
            path, "is a web page under the name of a text", "Give it the ending .html."
        )
    sheets = _sheets(text)
    spacing = _usual_blank_lines(text)
    pages = [LinedPage(_lines(sheet, spacing)) for sheet in sheets]
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
    if len(marks) < 3 or numbers != list(range(1, len(marks) + 1)):
        return [text]
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    return [text[mark.end() : end] for mark, end in zip(marks, ends, strict=True)]


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


def _lines(sheet: str, spacing: int) -> tuple[Line, ...]:
    lines = []
    blank = spacing + 1
    for raw in sheet.split("\n"):
        expanded = raw.expandtabs(4).rstrip()
        text = expanded.strip()
        if not text.strip("\u00ad\u200b "):  # nothing that shows
            blank += 1
            continue
        indent = len(expanded) - len(expanded.lstrip())
        text = re.sub(r"(?<=\S)[ \u00a0]+", " ", text)
        lines.append(Line(text, indent, indent + len(text), max(blank - spacing, 0)))
        blank = 0
    return tuple(lines)
