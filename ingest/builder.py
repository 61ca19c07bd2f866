"""DocumentBuilder: pages and blocks come in, in reading order; a Document comes out."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from ingest.document import Block, BlockKind, Document, Page, PageStatus, Stated

# Ligatures are letters to a reader and noise to a search.
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)
# Soft hyphens, zero-width characters and byte order marks show nothing and split words.
_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")
_SPACES = re.compile(r"\s+")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")  # the category Cc of Unicode
# Whatever a file holds, nobody has to work on more than this at a time. A printed page has 2,000
# to 5,000 characters.
LONGEST_BLOCK = 20_000
LONGEST_HEADING = 500  # characters; what is longer heads nothing
_LONGEST_LABEL = 40  # characters of a page's label


def normalise(text: str) -> str:
    """One line of clean text: NFC, ligatures resolved, runs of white space as one space."""
    text = unicodedata.normalize("NFC", text).translate(_LIGATURES)
    text = _INVISIBLE.sub("", text)
    text = _CONTROL.sub(" ", text)
    return _SPACES.sub(" ", text).strip()


class DocumentBuilder:
    """Collects blocks page by page and keeps their spans in the text that it joins.

    A reader calls ``start_page`` before the blocks of each page (never, for a format without
    pages), ``add`` for each block in reading order, and ``build`` once.
    """

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._pages: list[Page] = []  # as they begin: where they end is known at last

    @property
    def blocks(self) -> tuple[Block, ...]:
        return tuple(self._blocks)

    @property
    def text(self) -> str:
        return "".join(self._parts)

    def start_page(
        self,
        label: str | None = None,
        status: PageStatus = PageStatus.TEXT,
        reason: str = "",
        *,
        scanned: bool = False,
        confidence: float | None = None,
    ) -> None:
        """Begin the next physical page; the arguments are those of ``Page``."""
        number, start = len(self._pages) + 1, self._length
        self._pages.append(
            Page(
                number,
                start,
                start,
                "",
                label and label[:_LONGEST_LABEL],
                status,
                reason,
                scanned,
                confidence,
            )
        )

    def add(self, kind: BlockKind, text: str, level: int = 0) -> None:
        """Append a block; empty ones are dropped, and very long ones parted."""
        text = normalise(text)
        if not text:
            return
        if kind is BlockKind.HEADING and len(text) > LONGEST_HEADING:
            kind, level = BlockKind.PARAGRAPH, 0
        if self._blocks:
            rows = {BlockKind.LIST_ITEM, BlockKind.TABLE_ROW, BlockKind.CONTENTS}
            together = kind in rows and self._blocks[-1].kind in rows | {BlockKind.PARAGRAPH}
            self._append("\n" if together else "\n\n")
        self._append_blocks(kind, text, level)

    def run_on(self, text: str, joiner: str = " ", drop: int = 0) -> None:
        """Add to the last block what stands of it on the next page: it then spans both.

        ``joiner`` goes between, in place of the last ``drop`` characters: the hyphen of a word
        that was parted.
        """
        text = normalise(text)
        if not text or not self._blocks:
            return
        if drop:
            self._parts[-1] = self._parts[-1][:-drop]
            self._length -= drop
            self._pages = [
                replace(page, start=min(page.start, self._length)) for page in self._pages
            ]
        last = replace(self._blocks[-1], end=self._length)
        self._append(joiner)
        heading = last.kind is BlockKind.HEADING
        most = LONGEST_HEADING if heading else LONGEST_BLOCK
        if self._length - last.start + len(text) > most:
            self._blocks[-1] = last
            kind = BlockKind.PARAGRAPH if heading else last.kind
            self._append_blocks(kind, text, 0 if heading else last.level)
        else:
            self._append(text)
            self._blocks[-1] = replace(last, end=self._length)

    def build(
        self,
        *,
        path: str,
        content_hash: str,
        format: str,
        title: str,
        language: str | None = None,
        date: str | None = None,
        stated: Stated | None = None,
    ) -> Document:
        text = self.text
        paged = bool(self._pages)
        begun = self._pages or [Page(1, 0, 0, "")]
        ends = [page.start for page in begun[1:]] + [len(text)]
        pages = tuple(
            _ended(page, text[page.start : end], end) for page, end in zip(begun, ends, strict=True)
        )
        return Document(
            path=path,
            content_hash=content_hash,
            format=format,
            title=title,
            text=text,
            pages=pages,
            blocks=self.blocks,
            paged=paged,
            language=language,
            date=date,
            stated=stated,
        )

    def _append_blocks(self, kind: BlockKind, text: str, level: int) -> None:
        """The text as it is, in blocks that are none too long: cut after a sentence, else at a
        space, else anywhere."""
        start = self._length
        self._append(text)
        at = 0
        while len(text) - at > LONGEST_BLOCK:
            middle, most = at + LONGEST_BLOCK // 2, at + LONGEST_BLOCK
            cut = text.rfind(". ", middle, most) + 1 or text.rfind(" ", middle, most)
            cut = cut if cut > 0 else most
            self._blocks.append(Block(kind, start + at, start + cut, level))
            at = cut + (text[cut] == " ")
        self._blocks.append(Block(kind, start + at, start + len(text), level))

    def _append(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)


def _ended(page: Page, text: str, end: int) -> Page:
    blank = page.status is PageStatus.TEXT and not text.strip()
    return replace(page, end=end, text=text, status=PageStatus.BLANK if blank else page.status)
