"""The source panel: a citation in its page, or in its section, with the quote marked.

Pure functions from a Document and a Citation to HTML. All text is escaped: what a document holds
is shown, never run.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from assistant.answer import Citation
from ingest.document import Block, BlockKind, Document, PageStatus
from ui.render import quotation, reference

SECTION_LIMIT = 6_000  # characters shown of a document without pages
PAGE_LIMIT = 20_000  # characters shown of one page; a printed page holds 2,000 to 5,000

_ITEM_MARK = re.compile(r"\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]\s|[•◦▪–—*-]\s", re.IGNORECASE)
_OCR = Markup('<p class="remark">This page was read by character recognition.</p>')


@dataclass(frozen=True, slots=True)
class Place:
    """Where a citation stands among those of its answer."""

    answer_number: int
    position: int  # from 0
    numbers: tuple[int, ...]  # of all the answer's citations, in order


def source_html(citation: Citation, place: Place, document: Document | None) -> str:
    """The whole panel. ``document`` is None where the index no longer holds it."""
    if document is None:
        text = _missing_html(citation, "This document is no longer in the index.")
    elif document.text[citation.start : citation.end] != citation.quote:
        text = _missing_html(citation, "This document has changed since the answer was given.")
    else:
        text = document_html(document, citation.start, citation.end)
    return str(
        Markup(
            '<aside class="source" data-ref="{}" aria-label="Source {}">{}'
            '<div class="text" tabindex="0">{}</div>{}</aside>'
        ).format(
            reference(place.answer_number, citation.number),
            citation.number,
            _head_html(citation, document),
            text,
            _foot_html(citation, place),
        )
    )


def document_html(document: Document, start: int, end: int) -> Markup:
    """The pages that hold ``[start, end)``, or the section around it, with the span marked."""
    if not document.paged:
        first, last = section_span(document, start, end)
        return _span_html(document, first, last, start, end)
    parts: list[Markup] = []
    for page in document.pages:
        if page.end <= start or page.start >= end:
            continue
        if parts:
            parts.append(Markup('<div class="divider">Page {}</div>').format(page.number))
        if page.status is PageStatus.OCR:
            parts.append(_OCR)
        first, last = page.start, page.end
        if last - first > PAGE_LIMIT:
            first, last = _window(document, start, end, first, last, PAGE_LIMIT)
        parts.append(_span_html(document, first, last, start, end))
    return Markup("").join(parts)


def section_span(document: Document, start: int, end: int) -> tuple[int, int]:
    """The section around ``[start, end)``, cut to about ``SECTION_LIMIT`` characters."""
    blocks = document.blocks
    index = document.block_index_at(start)
    first = index
    while first > 0 and blocks[first].kind is not BlockKind.HEADING:
        first -= 1
    last = index + 1
    while last < len(blocks) and (
        blocks[last].start < end
        or blocks[last].kind is not BlockKind.HEADING
        or blocks[last].level > max(blocks[first].level, 1)
    ):
        last += 1
    low = blocks[first].start if blocks else 0
    high = blocks[last - 1].end if blocks else len(document.text)
    if high - low > SECTION_LIMIT:
        return _window(document, start, end, low, high, SECTION_LIMIT)
    return min(low, start), max(high, end)


def _window(
    document: Document, start: int, end: int, low: int, high: int, limit: int
) -> tuple[int, int]:
    """At most ``limit`` characters of ``[low, high)`` around the span, which is always whole."""
    start, end = max(start, low), min(end, high)
    room = max(limit - (end - start), 0)
    first = max(low, start - room // 3)  # what leads up to a quote matters less than what follows
    last = min(high, end + room - (start - first))
    # Begin and end at a block where one is near; a giant block is cut in its middle.
    for block in _blocks_in(document, first, start):
        if first <= block.start <= start:
            first = block.start
            break
    for block in reversed(_blocks_in(document, end, last)):
        if end <= block.end <= last:
            last = block.end
            break
    return first, last


def _blocks_in(document: Document, first: int, last: int) -> Sequence[Block]:
    begin = max(bisect_right(document.blocks, first, key=lambda block: block.start) - 1, 0)
    stop = bisect_right(document.blocks, last, key=lambda block: block.start)
    return document.blocks[begin:stop]


def _span_html(document: Document, first: int, last: int, start: int, end: int) -> Markup:
    """The blocks in ``[first, last)``, clipped to it, with ``[start, end)`` marked."""
    pieces: list[Markup] = []
    for block in _blocks_in(document, first, last):
        begin, stop = max(block.start, first), min(block.end, last)
        if begin >= stop:
            continue
        before = Markup('<span class="cut">…</span> ') if begin > block.start else Markup("")
        after = Markup(' <span class="cut">…</span>') if stop < block.end else Markup("")
        content = before + _marked(document.text, begin, stop, start, end) + after
        pieces.append(_block_html(block, content, document.text[block.start : block.end]))
    return Markup("").join(pieces)


def _marked(text: str, first: int, last: int, start: int, end: int) -> Markup:
    low, high = max(first, start), min(last, end)
    if low >= high:
        return escape(text[first:last])
    return Markup("{}<mark>{}</mark>{}").format(text[first:low], text[low:high], text[high:last])


def _block_html(block: Block, content: Markup, text: str) -> Markup:
    if block.kind is BlockKind.HEADING:
        tag = "h3" if block.level <= 1 else "h4" if block.level == 2 else "h5"
        return Markup("<{0}>{1}</{0}>").format(Markup(tag), content)
    if block.kind is BlockKind.LIST_ITEM:
        # An item that brings its own mark ("1.", "(a)", "•") gets no bullet besides.
        own = " marked" if _ITEM_MARK.match(text) else ""
        return Markup('<p class="item level-{}{}">{}</p>').format(min(block.level, 3), own, content)
    kind = "row" if block.kind is BlockKind.TABLE_ROW else "paragraph"
    return Markup('<p class="{}">{}</p>').format(kind, content)


def _missing_html(citation: Citation, why: str) -> Markup:
    return Markup(
        '<p class="remark">{} These are the words that were cited; ask again for today’s.</p>'
        '<p class="paragraph"><mark>{}</mark></p>'
    ).format(why, citation.quote)


def _head_html(citation: Citation, document: Document | None) -> Markup:
    place = citation.place
    if document is not None and document.paged and citation.page is not None:
        place = f"{place} of {len(document.pages)}"
    # The outermost heading is often the title, which stands above it already.
    headings = citation.section[citation.section[:1] == (citation.title,) :]
    trail = Markup(' <span class="step">›</span> ').join(headings)
    return Markup(
        '<header><span class="number" aria-hidden="true">{}</span><div class="heading">'
        '<h2 tabindex="-1">{}</h2><p class="file">{}</p>{}</div>'
        '<button type="button" class="close" aria-label="Close the source" title="Close (Esc)">'
        "×</button></header>"
    ).format(
        citation.number,
        citation.title,
        place,
        Markup('<p class="trail">{}</p>').format(trail) if headings else "",
    )


def _foot_html(citation: Citation, place: Place) -> Markup:
    def step(label: str, sign: str, position: int) -> Markup:
        if not 0 <= position < len(place.numbers):
            return Markup('<span class="turn" aria-hidden="true">{}</span>').format(sign)
        return Markup('<a class="turn" href="{}" aria-label="{}" title="{}">{}</a>').format(
            reference(place.answer_number, place.numbers[position]), label, label, sign
        )

    return Markup(
        '<footer>{}<span class="count">{} of {}</span>{}'
        '<button type="button" class="copy" data-copy="{}">Copy quote</button></footer>'
    ).format(
        step("Previous citation", "‹", place.position - 1),
        place.position + 1,
        len(place.numbers),
        step("Next citation", "›", place.position + 1),
        quotation(citation),
    )
