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
from ui.language import _, number, spoken
from ui.render import in_language, place_words, quotation, reference
from ui.told import told

SECTION_LIMIT = 6_000  # characters shown of a document without pages
PAGE_LIMIT = 20_000  # characters shown of one page; a printed page holds 2,000 to 5,000

_ITEM_MARK = re.compile(r"\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]\s|[•◦▪–—*-]\s", re.IGNORECASE)
_PAGE_TOOLS = Markup(
    '<div class="tools" role="group" aria-label="{as_page}" data-document="{document}" '
    'data-version="{version}" data-page="{page}" data-pages="{pages}" data-start="{start}" '
    'data-end="{end}"><span class="switch">'
    '<button type="button" class="as-page" aria-pressed="true">{as_page}</button>'
    '<button type="button" class="as-text" aria-pressed="false">{as_text}</button></span>'
    '<span class="leafing">'
    '<button type="button" class="back" aria-label="{back}" title="{back}">‹</button>'
    '<span class="leaf-number" aria-live="polite"></span>'
    '<button type="button" class="forth" aria-label="{forth}" title="{forth}">›</button></span>'
    '<span class="zooming">'
    '<button type="button" class="smaller" aria-label="{smaller}" title="{smaller}">−</button>'
    '<button type="button" class="fit" aria-label="{to_width}" title="{to_width}">{fit}</button>'
    '<button type="button" class="larger" aria-label="{larger}" title="{larger}">+</button></span>'
    "{original}</div>"
    '<div class="sheet" tabindex="0" role="region" aria-label="{picture}"></div>'
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a citation stands among those of its answer."""

    answer_number: int
    position: int  # from 0
    numbers: tuple[int, ...]  # of all the answer's citations, in order


def source_html(
    citation: Citation, place: Place, document: Document | None, damaged: str = ""
) -> str:
    """The whole panel. ``document`` is None where the index no longer holds it, or where what it
    holds is ``damaged``."""
    if document is None:
        gone = damaged or _("This document is no longer in the index.")
        text = _missing_html(citation, gone)
    elif document.text[citation.start : citation.end] != citation.quote:
        changed = _("This document has changed since the answer was given.")
        text = _missing_html(citation, changed)
    else:
        text = document_html(document, citation.start, citation.end)
    return str(
        Markup(
            '<aside class="source" data-ref="{}" aria-label="{}">{}{}'
            '<div class="text" tabindex="0" role="region" aria-label="{}"{}>{}</div>{}</aside>'
        ).format(
            reference(place.answer_number, citation.number),
            _("Source {number}", number=citation.number),
            _head_html(citation, document),
            tools_html(citation, document),
            _("Text"),
            in_language(document.language if document is not None else None),
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
            said = _("Page {number}", number=page.number)
            parts.append(Markup('<div class="divider">{}</div>').format(said))
        parts.append(page_html(document, page.number, start, end))
    return Markup("").join(parts)


def page_html(document: Document, number: int, start: int = 0, end: int = 0) -> Markup:
    """The text of one page, with what it holds of ``[start, end)`` marked."""
    page = document.pages[number - 1]
    if page.start == page.end:
        said = _("There is no text on this page.")
        if page.reason:
            said = _("There is no text on this page ({reason}).", reason=told(page.reason))
        return _remark_html(said)
    first, last = page.start, page.end
    if last - first > PAGE_LIMIT:
        low = min(max(start, first), last)
        first, last = _window(document, low, min(max(end, low), last), first, last, PAGE_LIMIT)
    ocr = Markup("")
    if page.status is PageStatus.OCR:
        ocr = _remark_html(_("This page was read by character recognition."))
    return ocr + _span_html(document, first, last, start, end)


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
        _("Open file") if document.format == "pdf" else _("Download file"),
    )
    if document.format != "pdf" or citation.page is None:
        return Markup('<div class="tools">{}</div>').format(original)
    return _PAGE_TOOLS.format(
        document=document.path,
        version=citation.content_hash,
        page=citation.page,
        pages=len(document.pages),
        start=citation.start,
        end=citation.end,
        original=original,
        as_page=_("Page"),
        as_text=_("Text"),
        back=_("Previous page"),
        forth=_("Next page"),
        smaller=_("Smaller"),
        to_width=_("Fit to width"),
        fit=_("Fit"),
        larger=_("Larger"),
        picture=_("Picture of the page"),
    )


def _missing_html(citation: Citation, why: str) -> Markup:
    said = _("These are the words that were cited; ask again for today’s.")
    return _remark_html(f"{why} {said}") + Markup(
        '<p class="paragraph"><mark>{}</mark></p>'
    ).format(citation.quote)


def _remark_html(said: str) -> Markup:
    """Words of ours between a document's own."""
    return Markup('<p class="remark" lang="{}">{}</p>').format(spoken(), said)


def _head_html(citation: Citation, document: Document | None) -> Markup:
    place = place_words(citation)
    if document is not None and document.paged and citation.page is not None:
        place = _("{place} of {pages}", place=place, pages=number(len(document.pages)))
    # The outermost heading is often the title, which stands above it already.
    headings = citation.section[citation.section[:1] == (citation.title,) :]
    written = in_language(document.language if document is not None else None)
    trail = Markup(' <span class="step">›</span> ').join(headings)
    return Markup(
        '<header><span class="number" aria-hidden="true">{}</span><div class="heading">'
        '<h2 tabindex="-1"{}>{}</h2><p class="file">{}</p>{}</div>'
        '<button type="button" class="close" aria-label="{}" title="{}">×</button></header>'
    ).format(
        citation.number,
        written,
        citation.title,
        place,
        Markup('<p class="trail"{}>{}</p>').format(written, trail) if headings else "",
        _("Close the source"),
        _("Close (Esc)"),
    )


def _foot_html(citation: Citation, place: Place) -> Markup:
    def step(label: str, sign: str, position: int) -> Markup:
        if not 0 <= position < len(place.numbers):
            return Markup('<span class="turn" aria-hidden="true">{}</span>').format(sign)
        return Markup('<a class="turn" href="{}" aria-label="{}" title="{}">{}</a>').format(
            reference(place.answer_number, place.numbers[position]), label, label, sign
        )

    return Markup(
        '<footer>{}<span class="count">{}</span>{}'
        '<button type="button" class="copy" data-copy="{}">{}</button></footer>'
    ).format(
        step(_("Previous citation"), "‹", place.position - 1),
        _("{done} of {all}", done=number(place.position + 1), all=number(len(place.numbers))),
        step(_("Next citation"), "›", place.position + 1),
        quotation(citation),
        _("Copy quote"),
    )
