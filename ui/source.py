"""The source panel: a citation in its page, or in its section, with the quote marked.

Pure functions from a Document and a Citation to HTML. All text is escaped: what a document holds
is shown, never run.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from markupsafe import Markup, escape

from assistant.answer import Citation
from ingest.document import Block, BlockKind, Document, PageStatus
from ui.render import quotation, reference

SECTION_LIMIT = 6_000  # characters shown of a document without pages
PAGE_LIMIT = 20_000  # characters shown of one page; a printed page holds 2,000 to 5,000

_ITEM_MARK = re.compile(r"\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]\s|[•◦▪–—*-]\s", re.IGNORECASE)
_OCR = Markup('<p class="remark">This page was read by character recognition.</p>')
_PAGE_TOOLS = Markup(
    '<div class="tools" role="group" aria-label="Page" data-document="{}" data-version="{}" '
    'data-page="{}" data-pages="{}" data-start="{}" data-end="{}">'
    '<span class="switch"><button type="button" class="as-page" aria-pressed="true">Page</button>'
    '<button type="button" class="as-text" aria-pressed="false">Text</button></span>'
    '<span class="leafing">'
    '<button type="button" class="back" aria-label="Previous page" title="Previous page">‹</button>'
    '<span class="leaf-number" aria-live="polite"></span>'
    '<button type="button" class="forth" aria-label="Next page" title="Next page">›</button></span>'
    '<span class="zooming">'
    '<button type="button" class="smaller" aria-label="Smaller" title="Smaller">−</button>'
    '<button type="button" class="fit" aria-label="Fit to width" title="Fit to width">Fit</button>'
    '<button type="button" class="larger" aria-label="Larger" title="Larger">+</button></span>'
    "{}</div>"
    '<div class="sheet" tabindex="0" role="region" aria-label="Picture of the page"></div>'
)


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
            '<aside class="source" data-ref="{}" aria-label="Source {}">{}{}'
            '<div class="text" tabindex="0" role="region" aria-label="Text">{}</div>{}</aside>'
        ).format(
            reference(place.answer_number, citation.number),
            citation.number,
            _head_html(citation, document),
            tools_html(citation, document),
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
        parts.append(page_html(document, page.number, start, end))
    return Markup("").join(parts)


def page_html(document: Document, number: int, start: int = 0, end: int = 0) -> Markup:
    """The text of one page, with what it holds of ``[start, end)`` marked."""
    page = document.pages[number - 1]
    if page.start == page.end:
        return Markup('<p class="remark">There is no text on this page{}.</p>').format(
            f" ({page.reason})" if page.reason else ""
        )
    first, last = page.start, page.end
    if last - first > PAGE_LIMIT:
        low = min(max(start, first), last)
        first, last = _window(document, low, min(max(end, low), last), first, last, PAGE_LIMIT)
    told = _OCR if page.status is PageStatus.OCR else Markup("")
    return told + _span_html(document, first, last, start, end)


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
        pieces.append(block_html(block, content, document.text[block.start : block.end]))
    return Markup("").join(pieces)


def _marked(text: str, first: int, last: int, start: int, end: int) -> Markup:
    low, high = max(first, start), min(last, end)
    if low >= high:
        return escape(text[first:last])
    return Markup("{}<mark>{}</mark>{}").format(text[first:low], text[low:high], text[high:last])


def block_html(block: Block, content: Markup, text: str) -> Markup:
    if block.kind is BlockKind.HEADING:
        tag = "h3" if block.level <= 1 else "h4" if block.level == 2 else "h5"
        return Markup("<{0}>{1}</{0}>").format(Markup(tag), content)
    if block.kind is BlockKind.LIST_ITEM:
        # An item that brings its own mark ("1.", "(a)", "•") gets no bullet besides.
        own = " marked" if _ITEM_MARK.match(text) else ""
        return Markup('<p class="item level-{}{}">{}</p>').format(min(block.level, 3), own, content)
    kind = "row" if block.kind is BlockKind.TABLE_ROW else "paragraph"
    return Markup('<p class="{}">{}</p>').format(kind, content)


def tools_html(citation: Citation, document: Document | None) -> Markup:
    """Between pages, between picture and text, closer, and the file itself.

    What stands in the data attributes is what the panel's script asks the server for.
    """
    if document is None or document.content_hash != citation.content_hash:
        return Markup("")
    original = Markup(
        '<a class="original" href="source/file?{}{}" target="_blank" rel="noopener">{}</a>'
    ).format(
        urlencode({"document": document.path}),
        f"#page={citation.page}" if document.format == "pdf" and citation.page else "",
        "Open file" if document.format == "pdf" else "Download file",
    )
    if document.format != "pdf" or citation.page is None:
        return Markup('<div class="tools">{}</div>').format(original)
    return _PAGE_TOOLS.format(
        document.path,
        citation.content_hash,
        citation.page,
        len(document.pages),
        citation.start,
        citation.end,
        original,
    )


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
