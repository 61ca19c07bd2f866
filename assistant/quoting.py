"""Quoting: spans of documents as the text of an answer, each with its citation's marker."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.citations import CitationList
from assistant.lists import Enumeration
from assistant.statements import Statement, leans_back
from ingest import Document
from ingest.passages import word_count
from ingest.sentences import sentence_spans

Span = tuple[Document, int, int]

MOST_LIST_WORDS = 160  # beyond that, items are given by their first sentence
LONGEST_QUOTE = 3_000  # characters of one quote; what goes on for longer is cut, with a sign
CUT = " […]"
_NUMBERED = re.compile(r"\d{1,2}[.)] ")
# The mark of a note that lost its height: "a shortage in 2017.16", "as planned.3".
_NOTE_MARK = re.compile(r"(?:(?<=[^\W\d_]{3}\.)|(?<=\D(?:19|20)\d\d\.))\d{1,3}$")
# Signs that could make a link, a tag or a code span, and swallow a marker of ours.
_LIVE = re.compile(r"[\\\[\]<`]")


def inert(text: str) -> str:
    """Words of a document as Markdown in which nothing of their own comes alive."""
    return _LIVE.sub(r"\\\g<0>", text)


def sentences_text(spans: Sequence[Span], citations: CitationList) -> str:
    """The spans as sentences, each with its marker."""
    return " ".join(_sentence(span, citations) for span in spans)


def list_text(enumeration: Enumeration, citations: CitationList) -> str:
    """The introducing line and all items, each with its own citation."""
    document = enumeration.document
    items = enumeration.items
    if sum(map(word_count, enumeration.item_texts)) > MOST_LIST_WORDS:
        items = tuple(map(enumeration.first_sentence, items))
    lead = _bounded((document, *enumeration.lead))
    lines = [f"{_words(lead).rstrip(' .:')}: [{citations.cite(*lead)}]", ""]
    for start, end in items:
        span = _bounded((document, start, end))
        item = _words(span).rstrip(" ;,") + _cut(span, end)
        mark = "" if _NUMBERED.match(item) else "- "
        lines.append(f"{mark}{item} [{citations.cite(*span)}]")
    return "\n".join(lines)


def joined(statements: Sequence[Statement]) -> list[Span]:
    """Spans to quote, from statements best first.

    The passage of the best statement comes first; within a passage they stand in reading order,
    and neighbours become one span.
    """
    order = list(dict.fromkeys(statement.passage for statement in statements))
    spans: list[Span] = []
    for statement in sorted(statements, key=lambda item: (order.index(item.passage), item.start)):
        begin = _with_antecedent(statement)
        if spans:
            document, start, end = spans[-1]
            near = document is statement.document and start <= begin <= end + 2
            if near and not document.text[end:begin].strip():
                spans[-1] = (document, start, max(end, statement.end))
                continue
        spans.append((statement.document, begin, statement.end))
    return spans


def _with_antecedent(statement: Statement) -> int:
    """Where to begin the quote: a sentence before, if the statement leans on that.

    "Therefore it was closed" says little alone, and "It has fourteen staff" may mislead.
    """
    document = statement.document
    if not leans_back(statement.text):
        return statement.start
    block = document.blocks[document.block_index_at(statement.start)]
    spans = sentence_spans(document.text[block.start : block.end], document.language)
    before = [block.start + start for start, end in spans if block.start + end <= statement.start]
    return before[-1] if before else statement.start


def _sentence(span: Span, citations: CitationList) -> str:
    quoted = _bounded(span)
    text = _NOTE_MARK.sub("", _words(quoted))
    if cut := _cut(quoted, span[2]):
        text += cut
    elif text[-1:] not in ".!?…":
        text = text.rstrip(" ;,:") + "."
    return f"{text} [{citations.cite(*quoted)}]"


def _bounded(span: Span) -> Span:
    """What of a span is quoted: the beginning of one that goes on without end."""
    document, start, end = span
    return document, start, min(end, start + LONGEST_QUOTE)


def _cut(quoted: Span, end: int) -> str:
    """The sign that a quote is not all of a span that ends at ``end``."""
    return inert(CUT) if quoted[2] < end else ""


def _words(span: Span) -> str:
    """The words of a span on one line."""
    document, start, end = span
    return inert(" ".join(document.text[start:end].split()))
