"""Enumeration: a list as a reader sees it: the line that introduces it, and all its items."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.counts import count_in
from assistant.statements import Statement
from ingest import Block, BlockKind, Document
from ingest.contents import LEADERS
from ingest.sentences import sentence_spans

_LABEL = re.compile(r"[A-ZÀ-Ý][^.:;!?]{2,60}(?::| [–—-]) \S")
_BETWEEN_LABELS = 2  # paragraphs: the rest of an item, a footnote
LONGEST_LIST = 40  # items; what is longer is an annex, not an answer


@dataclass(frozen=True, slots=True)
class Enumeration:
    """Spans of a document: the introducing sentence or heading, and the items in order."""

    document: Document
    lead: tuple[int, int]
    items: tuple[tuple[int, int], ...]

    @property
    def lead_text(self) -> str:
        return self.document.text[slice(*self.lead)]

    @property
    def item_texts(self) -> tuple[str, ...]:
        return tuple(self.document.text[slice(*item)] for item in self.items)

    def holds(self, statement: Statement) -> bool:
        """Whether the statement is the introducing line, an item or a part of one."""
        return statement.document is self.document and any(
            start <= statement.start < end for start, end in (self.lead, *self.items)
        )

    def first_sentence(self, item: tuple[int, int]) -> tuple[int, int]:
        """The span of an item's first sentence."""
        start, end = item
        spans = sentence_spans(self.document.text[start:end], self.document.language)
        return (start + spans[0][0], start + spans[0][1]) if spans else item


def enumerations(document: Document, start: int, end: int) -> list[Enumeration]:
    """The lists of which a part stands in ``[start, end)``, whole, also beyond that span."""
    found: list[Enumeration] = []
    seen: set[int] = set()
    index = document.block_index_at(start)
    while index < len(document.blocks) and document.blocks[index].start < end:
        lead = _lead_index(document, index)
        if lead is not None and lead not in seen:
            seen.add(lead)
            enumeration = _enumeration(document, lead)
            if enumeration is not None:
                found.append(enumeration)
        index += 1
    return found


def _lead_index(document: Document, index: int) -> int | None:
    """The block that introduces the list in which block ``index`` stands, if it does."""
    blocks = document.blocks
    if blocks[index].kind is BlockKind.LIST_ITEM:
        while index > 0 and blocks[index].kind is BlockKind.LIST_ITEM:
            index -= 1
        return index if blocks[index].kind is not BlockKind.LIST_ITEM else None
    introduces = blocks[index].kind is BlockKind.PARAGRAPH and _text(
        document, blocks[index]
    ).endswith(":")
    follows = index + 1 < len(blocks) and blocks[index + 1].kind is BlockKind.LIST_ITEM
    return (
        index
        if (introduces or follows) and not LEADERS.search(_text(document, blocks[index]))
        else None
    )


def _enumeration(document: Document, lead: int) -> Enumeration | None:
    blocks = document.blocks
    after = blocks[lead + 1 : lead + 1 + 4 * LONGEST_LIST]
    if not after:
        return None
    if after[0].kind is BlockKind.LIST_ITEM:
        items = _items(after)
    elif after[0].kind is BlockKind.HEADING:
        # What says "four goals:" is followed by other headings after those of the goals.
        items = _headings(after)[: count_in(_text(document, blocks[lead]))]
    else:
        items = _labelled(document, after)
    if not 2 <= len(items) <= LONGEST_LIST:
        return None
    block = blocks[lead]
    text = _text(document, block)
    spans = sentence_spans(text, document.language) if block.kind is BlockKind.PARAGRAPH else []
    first, last = spans[-1] if spans else (0, len(text))
    return Enumeration(document, (block.start + first, block.start + last), tuple(items))


def _items(after: tuple[Block, ...]) -> list[tuple[int, int]]:
    """The outermost items of the list that begins ``after``, each with what is nested in it."""
    outermost = min(after[0].level, 3)
    items: list[tuple[int, int]] = []
    for block in after:
        if block.kind is not BlockKind.LIST_ITEM:
            break
        if block.level <= outermost or not items:
            items.append((block.start, block.end))
        else:
            items[-1] = (items[-1][0], block.end)
    return items


def _headings(after: tuple[Block, ...]) -> list[tuple[int, int]]:
    """Sibling headings: "Our goals are:" may be followed by a section for each goal."""
    level = after[0].level
    items = []
    for block in after:
        if block.kind is BlockKind.HEADING:
            if block.level < level:
                break
            if block.level == level:
                items.append((block.start, block.end))
    return items


def _labelled(document: Document, after: tuple[Block, ...]) -> list[tuple[int, int]]:
    """Paragraphs that each begin with a label: "Openness: ...", "Subsidiarity – ..."."""
    items = []
    between = 0
    for block in after:
        if block.kind is not BlockKind.PARAGRAPH or between > _BETWEEN_LABELS:
            break
        if _LABEL.match(_text(document, block)):
            items.append((block.start, block.end))
            between = 0
        elif not items:
            break
        else:
            between += 1
    return items


def _text(document: Document, block: Block) -> str:
    return document.text[block.start : block.end].rstrip()
