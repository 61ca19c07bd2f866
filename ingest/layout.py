"""Layout: the pages of a document become its blocks, in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ingest.builder import DocumentBuilder
from ingest.contents import find_contents
from ingest.document import BlockKind, PageStatus
from ingest.drafts import Draft, Drafting, with_markers_joined
from ingest.headings import Headings
from ingest.lines import Grid, GridRow, Line, LinedPage
from ingest.readers.table import Cell, Part, Table
from ingest.word_breaks import WordBreaks

_NOTE = re.compile(r"^(?:[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}|\d{1,3}[.):]?(?=\s)|[*†‡§]{1,3})\s*")
_COLUMN_SLACK = 6.0  # points by which the columns of a table may differ on the next page


class Layout:
    """Turns the lines of a whole document into blocks; the document's own habits decide."""

    def __init__(
        self, pages: Sequence[LinedPage], outline: Mapping[str, int] | None = None
    ) -> None:
        """``outline``: titles known from the file itself, squashed, with their level."""
        self._pages = [
            replace(page, content=tuple(with_markers_joined(page.content))) for page in pages
        ]
        lines = [line for page in self._pages for line in page.lines]
        contents = find_contents(self._pages)
        headings = Headings(lines, {**contents.titles, **(outline or {})})
        self._drafting = Drafting(headings, contents.lines)
        self._words = WordBreaks(line.text for line in lines)
        self._table: Grid | None = None  # the last thing on the page before, if that is a table

    def write(self, builder: DocumentBuilder, paged: bool) -> None:
        """Add all pages and blocks to ``builder``."""
        drafts = [list(self._page_drafts(page)) for page in self._pages]
        for number, (page, own) in enumerate(zip(self._pages, drafts, strict=True)):
            before = _last(drafts[number - 1]) if number else None
            if paged:
                self._start_page(builder, page)
            following = drafts[number + 1] if number + 1 < len(drafts) else []
            # A footnote stands before the sentence that runs on over it, not within.
            runs_on = self._drafting.runs_on(_last(own), _first(following))
            table = None
            for index, item in enumerate(own):
                if runs_on and index == len(own) - 1:
                    self._write_notes(builder, page)
                if isinstance(item, Grid):
                    table = self._write_table(builder, item, follows=index == 0)
                else:
                    table = None
                    continues = index == 0 and self._drafting.runs_on(before, item)
                    self._write_block(builder, item, before if continues else None)
            if not runs_on:
                self._write_notes(builder, page)
            self._table = table

    @staticmethod
    def _start_page(builder: DocumentBuilder, page: LinedPage) -> None:
        status = PageStatus.TEXT if page.confidence is None else PageStatus.OCR
        builder.start_page(
            page.label,
            PageStatus.UNREADABLE if page.reason else status,
            page.reason,
            scanned=page.scanned,
            confidence=page.confidence,
        )

    def _write_block(self, builder: DocumentBuilder, draft: Draft, before: Draft | None) -> None:
        text = self._words.join(line.text for line in draft.lines)
        if draft.kind is BlockKind.HEADING and not any(c.isalpha() for c in text):
            return
        if before is None:
            builder.add(draft.kind, text, draft.level)
            return
        last = before.lines[-1].text
        builder.run_on(text, *self._words.seam(last, text))

    def _write_notes(self, builder: DocumentBuilder, page: LinedPage) -> None:
        notes: list[list[Line]] = []
        for line in page.notes:
            elsewhere = line.column_break and not line.text[:1].islower()
            if notes and not elsewhere and not _NOTE.match(line.text):
                notes[-1].append(line)
            else:
                notes.append([line])
        for note in notes:
            builder.add(BlockKind.NOTE, self._words.join(line.text for line in note))

    def _write_table(self, builder: DocumentBuilder, grid: Grid, *, follows: bool) -> Grid:
        """A table; one that goes on from the page before takes over the heads of its columns.

        Returned with these, should it go on once more.
        """
        rows, heads = list(grid.rows), grid.heads
        before = self._table if follows else None
        if before is not None and before.heads and _same_columns(before, grid):
            head = before.rows[: before.heads]
            repeated = [_texts(row) for row in rows[: len(head)]] == [_texts(row) for row in head]
            rows, heads = ([] if repeated else list(head)) + rows, len(head)
        cells = [
            [Cell(self._parts(row.cells[0]), len(row.cells))]
            if row.spans
            else [Cell(self._parts(cell)) for cell in row.cells]
            for row in rows
        ]
        Table(cells, heads).write(builder)
        return replace(grid, rows=tuple(rows), heads=heads)

    def _parts(self, lines: Sequence[Line]) -> tuple[Part, ...]:
        return tuple(
            Part(
                BlockKind.PARAGRAPH if draft.kind is BlockKind.HEADING else draft.kind,
                self._words.join(line.text for line in draft.lines),
                0 if draft.kind is BlockKind.HEADING else draft.level,
            )
            for draft in self._drafting.drafts(_lines_of(with_markers_joined(lines)))
        )

    def _page_drafts(self, page: LinedPage) -> Iterator[Draft | Grid]:
        run: list[Line] = []
        for item in page.content:
            if isinstance(item, Grid):
                yield from self._drafting.drafts(run)
                yield item
                run = []
            else:
                run.append(item)
        yield from self._drafting.drafts(run)


def _first(items: Sequence[Draft | Grid]) -> Draft | None:
    return items[0] if items and isinstance(items[0], Draft) else None


def _last(items: Sequence[Draft | Grid]) -> Draft | None:
    return items[-1] if items and isinstance(items[-1], Draft) else None


def _texts(row: GridRow) -> list[str]:
    return [" ".join(line.text for line in cell) for cell in row.cells]


def _lines_of(content: Sequence[Line | Grid]) -> list[Line]:
    return [item for item in content if isinstance(item, Line)]


def _same_columns(one: Grid, other: Grid) -> bool:
    return len(one.edges) == len(other.edges) and all(
        abs((a - one.edges[0]) - (b - other.edges[0])) <= _COLUMN_SLACK
        for a, b in zip(one.edges, other.edges, strict=True)
    )
