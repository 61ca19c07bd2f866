"""The shared vocabulary: Document, Page, Block, Passage.

A document keeps its whole normalised text. Pages, blocks, passages and citations are
half-open character spans ``[start, end)`` of that text, so ``document.text[start:end] == quote``
can be checked at any time.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache

from ingest.folder import words_of_file_name

_NO_LEVEL = 7  # headings have levels from 1 to 6


class BlockKind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"
    NOTE = "note"  # a footnote, or words that are turned against the page
    CONTENTS = "contents"  # a line of a table of contents


class PageStatus(StrEnum):
    TEXT = "text"
    OCR = "ocr"
    BLANK = "blank"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Page:
    """One physical page. A format without pages is one page with number 1 (see Document.paged)."""

    number: int  # physical, from 1
    start: int
    end: int
    text: str  # document.text[start:end]
    label: str | None = None  # as printed on the page, "iv"; None where none was found
    status: PageStatus = PageStatus.TEXT
    reason: str = ""  # why the page is unreadable, for people
    scanned: bool = False  # without honest text of its own: an image, or a damaged text layer
    confidence: float | None = None  # mean of the OCR engine, 0 to 1; None where it read nothing


@dataclass(frozen=True, slots=True)
class PageCounts:
    """How many pages of a document are in which state; all 0 where the format has no pages."""

    text: int = 0
    ocr: int = 0
    unreadable: int = 0
    blank: int = 0


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, list item, table row, note, or line of contents."""

    kind: BlockKind
    start: int
    end: int
    level: int = 0  # heading: 1 is the highest; list item: 0 is the outermost; otherwise 0


@dataclass(frozen=True, slots=True)
class Stated:
    """What a file says of itself, before it is judged; None where it does not say."""

    title: str | None = None
    date: str | None = None  # ISO 8601


@dataclass(frozen=True)  # without slots: what is worked out once is kept
class Document:
    """One file as it was read: identity is its path, version is its content hash."""

    path: str  # relative to the indexed folder, with forward slashes
    content_hash: str  # SHA-256 of the file's bytes, hexadecimal
    format: str  # as ingest.folder names them: "pdf", "docx", "markdown", "text", ...
    title: str
    text: str  # the whole normalised text
    pages: tuple[Page, ...]
    blocks: tuple[Block, ...]
    paged: bool  # whether page numbers mean anything to a reader of the file
    language: str | None = None  # ISO 639-1
    date: str | None = None  # ISO 8601, as precise as is known: "2020", "2020-12", "2020-12-16"
    stated: Stated | None = None  # None: not known any more

    @property
    def id(self) -> str:
        return document_id(self.path)

    @property
    def known_as(self) -> str:
        return known_as(self.title, self.path)

    @property
    def page_counts(self) -> PageCounts:
        states = Counter(page.status for page in self.pages if self.paged)
        return PageCounts(**{status: states[status] for status in PageStatus})

    @property
    def awaits_ocr(self) -> bool:
        """Whether there are pages that only OCR can read, and that it has not read."""
        return any(page.scanned and page.status is PageStatus.UNREADABLE for page in self.pages)

    def page_at(self, offset: int) -> Page:
        """The page on which the character at ``offset`` stands."""
        index = bisect_right(self.pages, offset, key=lambda page: page.start) - 1
        # A blank page starts where its predecessor ends: step back to the page that holds the text.
        while index > 0 and self.pages[index].start == self.pages[index].end:
            index -= 1
        return self.pages[max(index, 0)]

    def page_number_at(self, offset: int) -> int | None:
        """The page number to cite for ``offset``; None where the format has no pages."""
        return self.page_at(offset).number if self.paged else None

    def block_index_at(self, offset: int) -> int:
        """The index of the last block that starts at or before ``offset`` (0 if there is none)."""
        return max(bisect_right(self.blocks, offset, key=lambda block: block.start) - 1, 0)

    def section_at(self, offset: int) -> tuple[str, ...]:
        """The trail of headings above ``offset``, outermost first."""
        trail: list[str] = []
        at = bisect_right(self._headings, offset, key=lambda heading: heading[0].start) - 1
        while at >= 0:
            block, at = self._headings[at]
            trail.append(" ".join(self.text[block.start : block.end].split()))
        return tuple(reversed(trail))

    @cached_property
    def _headings(self) -> list[tuple[Block, int]]:
        """Each heading, with the index of the one that it stands under; -1 for none."""
        found: list[tuple[Block, int]] = []
        open_: list[int] = []  # those that the next one may stand under, outermost first
        for block in self.blocks:
            if block.kind is BlockKind.HEADING and block.level < _NO_LEVEL:
                while open_ and (block.level <= 1 or found[open_[-1]][0].level >= block.level):
                    open_.pop()
                found.append((block, open_[-1] if open_ else -1))
                open_.append(len(found) - 1)
        return found


@dataclass(frozen=True, slots=True)
class Passage:
    """A span of one document: what is searched, shown and cited."""

    document: str  # path of the document
    content_hash: str  # version of the document
    title: str  # title of the document
    ordinal: int  # position in the document, from 0
    start: int
    end: int
    text: str  # document.text[start:end]
    section: tuple[str, ...] = ()  # trail of headings, outermost first
    page: int | None = None  # first page; None where the format has no pages
    last_page: int | None = None
    lead: str = ""  # the sentence that introduces a list which began in an earlier passage

    @property
    def known_as(self) -> str:
        return known_as(self.title, self.document)

    @property
    def context(self) -> str:
        """What is embedded and searched besides the text: title, section and lead-in."""
        return "\n".join(filter(None, (self.known_as, " > ".join(self.section), self.lead)))


def document_id(path: str) -> str:
    """A stable identifier for the document at a relative path."""
    return hashlib.sha256(path.encode()).hexdigest()[:16]


@lru_cache(maxsize=4096)  # asked for with every sentence that is read
def known_as(title: str, path: str) -> str:
    """A document's title and the words of its file's name that the title lacks.

    A document called "Cyber Security Strategy" is told apart by a file name that says whose.
    """
    held = title.lower()
    return " ".join(
        [title, *(word for word in words_of_file_name(path) if word.lower() not in held)]
    )
