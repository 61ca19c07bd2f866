"""Where the sentences of a text begin and end."""

from __future__ import annotations

import re
from functools import lru_cache

from sentencex import get_sentence_boundaries

Span = tuple[int, int]

_ENUMERATOR = re.compile(r"\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,5})[.)]")

_ENDED = re.compile(r"[.!?…。！？؟][\W\d⁰¹²³⁴⁵⁶⁷⁸⁹]*$")
_PARAGRAPH = 2_000  # characters; where the sentences of longer texts are is not remembered
_LONGEST_JOINED = 600  # characters; with more, a list without full stops is taken apart


def sentence_spans(text: str, language: str | None = None) -> list[Span]:
    """Spans ``(start, end)`` of the sentences of ``text``, without the white space around them."""
    if len(text) > _PARAGRAPH:
        return _spans(text, language)
    return list(_spans_of_paragraph(text, language))


@lru_cache(maxsize=4096)  # a paragraph is cut again with the next question that it may answer
def _spans_of_paragraph(text: str, language: str | None) -> tuple[Span, ...]:
    return tuple(_spans(text, language))


def _spans(text: str, language: str | None) -> list[Span]:
    spans: list[Span] = []
    for boundary in get_sentence_boundaries(language or "en", text):
        start, end = boundary["start_index"], boundary["end_index"]
        piece = text[start:end]
        start += len(piece) - len(piece.lstrip())
        end -= len(piece) - len(piece.rstrip())
        if start >= end:  # white space alone
            continue
        if spans and (_ENUMERATOR.fullmatch(text, *spans[-1]) or _goes_on(text, spans[-1])):
            # "1." is the number of what follows, and "three goals:" announces it.
            start = spans.pop()[0]
        spans.append((start, end))
    return spans


def _goes_on(text: str, span: Span) -> bool:
    """Whether what seems a sentence ends without the sign of one: "(1) roads, (2) harbours"."""
    start, end = span
    return end - start < _LONGEST_JOINED and not _ENDED.search(text, start, end)
