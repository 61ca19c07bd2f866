"""Where the sentences of a text begin and end."""

from __future__ import annotations

from sentencex import get_sentence_boundaries

Span = tuple[int, int]


def sentence_spans(text: str, language: str | None = None) -> list[Span]:
    """Spans ``(start, end)`` of the sentences of ``text``, without the white space around them."""
    spans = []
    for boundary in get_sentence_boundaries(language or "en", text):
        start, end = boundary["start_index"], boundary["end_index"]
        piece = text[start:end]
        start += len(piece) - len(piece.lstrip())
        end -= len(piece) - len(piece.rstrip())
        if start < end:
            spans.append((start, end))
    return spans
