"""Segments: words that stand on one line with nothing but word spaces between them."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from itertools import pairwise

from ingest.printed.word import Box, Segment, Word

# Of the type's size. Justified lines stretch their spaces to about one; columns and cells stand
# further apart.
_WIDEST_SPACE = 1.35
_OVERLAP = 0.5  # how far a word may begin before the one before it ends (kerning, italics)
_RAISED = 0.85  # a note's mark is smaller than the type that it follows, by this at least
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_INITIAL = 1.8  # an initial is larger than its text by this at least
_CLOSING = ",.;:)]”’"
_PIECES = 3  # single letters, at least, for a line to be letter-spaced
_NARROWEST_SPACE = 0.17  # of the type's size, between words
_STEP = 0.12  # of the type's size: spaces of one kind differ by less


def segments(words: Sequence[Word]) -> list[Segment]:
    """The segments of a page, in the order in which they were set."""
    lines: list[list[Word]] = []
    for word in words:
        last = lines[-1][-1] if lines else None
        if last is not None and (joined := _joined(last, word)):
            lines[-1][-1] = joined
        elif last is not None and _goes_on(last, word):
            lines[-1].append(word)
        else:
            lines.append([word])
    return _with_initials([Segment.of(_respaced(line)) for line in lines])


def _goes_on(before: Word, word: Word) -> bool:
    if before.turn != word.turn:
        return False
    size = max(before.size, word.size)
    one, other = before.box.turned(word.turn), word.box.turned(word.turn)
    gap = other.left - one.right
    if before.size > _INITIAL * word.size and one.middle > other.bottom:
        return False  # an initial and the first of the lines beside it
    return one.beside(other) and -_OVERLAP * size <= gap <= _WIDEST_SPACE * size


def _joined(before: Word, word: Word) -> Word | None:
    """One word of two: a note's mark, and the sign that follows it, belong to the word before."""
    if before.turn or word.turn:
        return None
    if _is_mark(before, word):
        # The box stays that of the word: the next one stands on the same line.
        box = Box(before.box.left, before.box.top, word.box.right, before.box.bottom)
        return Word(before.text + word.text.translate(_SUPERSCRIPTS), box, before.size, before.bold)
    near = word.box.left - before.box.right < 0.3 * before.size
    if near and word.text[0] in _CLOSING and _goes_on(before, word):
        box = Box.around((before.box, word.box))
        return Word(before.text + word.text, box, before.size, before.bold)
    return None


def _is_mark(before: Word, word: Word) -> bool:
    """Whether a word is the raised number of a note, set right behind the word before it."""
    return (
        word.text.isascii()
        and word.text.isdigit()
        and len(word.text) <= 3
        and word.size < _RAISED * before.size
        and word.box.bottom < before.box.bottom - 0.1 * before.size
        and word.box.bottom > before.box.top
        and abs(word.box.left - before.box.right) < 0.35 * before.size
        and not before.text[-1].isdigit()
    )


def _respaced(words: list[Word]) -> list[Word]:
    """Words of a letter-spaced line ("N AT I O N A L") made whole.

    Their pieces stand closer together than the words do: the greatest step between two gaps that
    follow each other in size is where letters end and words begin.
    """
    if not _is_letter_spaced(words):
        return words
    gaps = _gaps(words)
    limit = _limit(gaps, statistics.median(word.size for word in words))
    whole = [words[0]]
    for word, gap in zip(words[1:], gaps, strict=True):
        if gap < limit:
            last = whole[-1]
            box = Box.around((last.box, word.box))
            whole[-1] = Word(last.text + word.text, box, last.size, last.bold)
        else:
            whole.append(word)
    return whole


def _is_letter_spaced(words: Sequence[Word]) -> bool:
    """Whether a line is set in letters with space between them, wholly or in places."""
    if len(words) < 2 or words[0].turn:
        return False
    pieces = [word for word in words if len(word.text) <= 2 and word.text.strip(".:").isalpha()]
    capitals = "".join(word.text for word in words).isupper()
    many = len(pieces) >= _PIECES and len(pieces) > (0.5 if capitals else 0.7) * len(words)
    letters = sum(len(word.text.strip(".:")) == 1 for word in pieces)
    gaps = sorted(_gaps(words))
    size = statistics.median(word.size for word in words)
    # Short words alone ("it is up to us") are words, unless no space is as narrow as theirs.
    if many and (2 * letters > len(pieces) or statistics.median(gaps) < _NARROWEST_SPACE * size):
        return True
    # Capitals whose spaces come in two sizes: the small ones are no spaces.
    return capitals and gaps[0] < 0.25 * size and gaps[-1] > max(0.5 * size, 2.2 * gaps[0])


def _gaps(words: Sequence[Word]) -> list[float]:
    return [after.box.left - before.box.right for before, after in pairwise(words)]


def _limit(gaps: Sequence[float], size: float) -> float:
    """The gap from which on words are parted."""
    ordered = sorted(gaps)
    # By how many times, not by how much: of three kinds, the widest stands behind a number.
    steps = [
        (after / max(before, 0.05 * size), (after + before) / 2)
        for before, after in pairwise(ordered)
        if after - before >= _STEP * size
    ]
    if not steps:
        # All alike: letters of one word, or words of one line.
        return float("inf") if ordered[-1] < _STEP * 4 * size else 0.0
    return max(steps)[1]


def _with_initials(found: Sequence[Segment]) -> list[Segment]:
    """Initials that go over several lines, put before the first of these."""
    initials = [
        segment for segment in found
        if not segment.turn
        and len(segment.text.strip("“‘\"'")) == 1
        and segment.text[-1].isupper()
    ]  # fmt: skip
    result = list(found)
    for initial in initials:
        beside = [
            (segment.box.top, index)
            for index, segment in enumerate(result)
            if segment is not initial
            and not segment.turn
            and initial.size > _INITIAL * segment.size
            and segment.text[0].isalpha()
            and -_OVERLAP * segment.size
            < segment.box.left - initial.box.right
            < _WIDEST_SPACE * segment.size
            and initial.box.top - segment.size < segment.box.middle < initial.box.bottom
        ]
        if beside:
            _, index = min(beside)
            first = result[index]
            box = Box(initial.box.left, first.box.top, first.box.right, first.box.bottom)
            result[index] = Segment(initial.text + first.text, box, first.size, first.bold)
            result.remove(initial)
    return result
