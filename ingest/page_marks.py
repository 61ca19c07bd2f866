"""Where words of a document's normalised text stand on the page of its PDF.

Reading joins hyphens, puts columns in order and takes ligatures apart, so the page's characters
are compared by their letters and digits alone, and a quote may lie on the page in several pieces.
"""

from __future__ import annotations

import ctypes
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ingest.readers.pdf_page import page_text

Mark = tuple[float, float, float, float]  # left, top, right, bottom: shares of the page, 0 to 1

_LEAST = 0.7  # of a quote's letters must be found, or nothing is marked
_SHORTEST = 12  # letters of a piece: shorter ones stand everywhere
_DEVICE = 1_000_000  # device units across the page, in which pdfium gives whole numbers
_PAD = 0.1  # of a line's height, before and after it
_WIDEST_GAP = 0.1  # of the page, between two characters of a line
_WIDEST_GAP_DOWN = 0.012  # where a line runs down the page
_CLOSING = ".,;:!?)]}”’\"'»%"


def marks(page: pdfium.PdfPage, quote: str, position: float = 0.0) -> list[Mark]:
    """A box for each line of ``quote`` on the page as it is shown; empty where it is not found.

    ``position``, 0 to 1, is where in the page's text the quote begins, to choose among several.
    """
    textpage = page.get_textpage()
    try:
        text = page_text(textpage)
        found = spans(text, quote, position)
        return list(_lines(page, textpage, text, found))
    finally:
        textpage.close()


def spans(text: str, quote: str, position: float = 0.0) -> list[tuple[int, int]]:
    """The pieces ``[start, end)`` of ``text`` that make up ``quote``; none if most is missing."""
    letters, places = _letters(text)
    wanted, _ = _letters(quote)
    if not wanted or not letters:
        return []
    pieces = _pieces(letters, wanted, position * len(letters))
    if sum(end - start for start, end in pieces) < _LEAST * len(wanted):
        return []
    closed = not quote.rstrip()[-1:].isalnum()
    found = []
    for start, end in pieces:
        first, last = places[start], places[end - 1] + 1
        while closed and last < len(text) and text[last] in _CLOSING:
            last += 1
        found.append((first, last))
    return found


def _pieces(letters: str, wanted: str, near: float) -> list[tuple[int, int]]:
    """The quote whole where it stands so, or its longest pieces one after the other."""
    whole = _nearest(letters, wanted, near)
    if whole is not None:
        return [(whole, whole + len(wanted))]
    found: list[tuple[int, int]] = []
    at = 0
    while len(wanted) - at >= _SHORTEST:
        if wanted[at : at + _SHORTEST] not in letters:
            at += 1
            continue
        length = _longest(letters, wanted[at:])
        start = _nearest(letters, wanted[at : at + length], found[-1][1] if found else near)
        assert start is not None
        found.append((start, start + length))
        at += length
    return found


def _longest(letters: str, wanted: str) -> int:
    """How many letters from the beginning of ``wanted`` stand together in ``letters``."""
    return bisect_left(range(1, len(wanted) + 1), True, key=lambda n: wanted[:n] not in letters)


def _nearest(letters: str, piece: str, near: float) -> int | None:
    best, at = None, letters.find(piece)
    while at >= 0:
        if best is None or abs(at - near) < abs(best - near):
            best = at
        at = letters.find(piece, at + 1)
    return best


def _letters(text: str) -> tuple[str, list[int]]:
    """The letters and digits of ``text`` in one form, and the place of each in it."""
    letters: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        for part in unicodedata.normalize("NFKD", char).casefold():
            if part.isalnum():
                letters.append(part)
                places.append(place)
    return "".join(letters), places


def _lines(
    page: pdfium.PdfPage,
    textpage: pdfium.PdfTextPage,
    text: str,
    found: Sequence[tuple[int, int]],
) -> Iterator[Mark]:
    for start, end in found:
        line: Mark | None = None
        latest: Mark | None = None
        for index in range(start, end):
            box = None if text[index].isspace() else _box(page, textpage, index)
            if box is None:
                continue
            if line is not None and latest is not None and _follows(latest, box):
                line = _union(line, box)
            else:
                if line is not None:
                    yield _padded(line)
                line = box
            latest = box
        if line is not None:
            yield _padded(line)


def _box(page: pdfium.PdfPage, textpage: pdfium.PdfTextPage, index: int) -> Mark | None:
    """Of one character, on the page as it is shown: turned and cropped."""
    rectangle = pdfium_c.FS_RECTF()
    if not pdfium_c.FPDFText_GetLooseCharBox(textpage, index, rectangle):
        return None
    left, top = _shown(page, rectangle.left, rectangle.top)
    right, bottom = _shown(page, rectangle.right, rectangle.bottom)
    box = (min(left, right), min(top, bottom), max(left, right), max(top, bottom))
    if box[2] - box[0] <= 0 or box[3] - box[1] <= 0:
        return None
    return box


def _shown(page: pdfium.PdfPage, x: float, y: float) -> tuple[float, float]:
    across, down = ctypes.c_int(), ctypes.c_int()
    pdfium_c.FPDF_PageToDevice(page, 0, 0, _DEVICE, _DEVICE, 0, x, y, across, down)
    return across.value / _DEVICE, down.value / _DEVICE


def _follows(latest: Mark, box: Mark) -> bool:
    """Whether two characters stand in one line, whichever way the page turns it."""
    level = _shared(latest[1], latest[3], box[1], box[3])
    upright = _shared(latest[0], latest[2], box[0], box[2])
    across = max(box[0] - latest[2], latest[0] - box[2])
    down = max(box[1] - latest[3], latest[1] - box[3])
    return (level and across < _WIDEST_GAP) or (upright and down < _WIDEST_GAP_DOWN)


def _shared(low: float, high: float, other_low: float, other_high: float) -> bool:
    """Whether two spans have more than half of the shorter one in common."""
    common = min(high, other_high) - max(low, other_low)
    return common > 0.5 * min(high - low, other_high - other_low)


def _union(one: Mark, other: Mark) -> Mark:
    return (
        min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])
    )  # fmt: skip


def _padded(line: Mark) -> Mark:
    """A little wider than its letters, as a marker pen would draw it."""
    pad = _PAD * (line[3] - line[1])
    return (max(line[0] - pad, 0.0), max(line[1], 0.0), min(line[2] + pad, 1.0), min(line[3], 1.0))
