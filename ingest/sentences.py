"""Where the sentences of a text begin and end."""

from __future__ import annotations

import re

from sentencex import get_sentence_boundaries

Span = tuple[int, int]

_ENUMERATOR = re.compile(r"\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,5})[.)]")


def sentence_spans(text: str, language: str | None = None) -> list[Span]:
    """Spans ``(start, end)`` of the sentences of ``text``, without the white space around them."""
    spans: list[Span] = []
    for boundary in get_sentence_boundaries(language or "en", text):
        start, end = boundary["start_index"], boundary["end_index"]
        piece = text[start:end]
        start += len(piece) - len(piece.lstrip())
        end -= len(piece) - len(piece.rstrip())
        if start >= end:  # white space alone
            continue
        if spans and _ENUMERATOR.fullmatch(text, *spans[-1]):
            # "1." is the number of what follows, not a sentence.
            start = spans.pop()[0]
        spans.append((start, end))
    return spans
