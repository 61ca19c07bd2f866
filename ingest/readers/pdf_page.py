"""PdfPage: the words and the drawn rules of one page, as pdfium finds them."""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ingest.printed.word import Box, Word
from ingest.readers.pdf_drawings import drawn_on
from ingest.readers.pdf_frame import PdfFrame

_BOLD = re.compile(r"bold|black|heavy|semibold|demi", re.IGNORECASE)
_BOLD_WEIGHT = 600  # CSS scale, as pdfium reports it
# U+FFFE is pdfium's sign for a hyphen at the end of a line; it swallows the break. So may U+0002.
_LINE_END_HYPHEN = "\ufffe\x02"
_WIDE = re.compile("[\U00010000-\U0010ffff]")
_SECOND_PLACE = "\u2060"
_WORD = re.compile(rf"[^\s{_LINE_END_HYPHEN}]+[{_LINE_END_HYPHEN}]?")
_NOTE_MARK = re.compile(r"(?<=[^\W\d_]|[.,;:!?”’\"')\]])\d{1,3}$")
_RAISED = 0.85  # a note's mark is smaller than the type that it follows, by this at least
_ASCENT, _DESCENT = 0.75, 0.25  # of the type's size, above and below the baseline


@dataclass(frozen=True, slots=True)
class PdfPage:
    """What stands on a page, upright: the origin is its upper left corner, unit is the point."""

    words: tuple[Word, ...]
    rules: tuple[Box, ...]  # lines, thin rectangles and the edges of boxes
    width: float
    height: float
    image_share: float  # of the page that images cover, 0 to 1


def read_page(page: pdfium.PdfPage) -> PdfPage:
    """The words of a page in the order in which they were set, and its rules.

    Raises pdfium.PdfiumError where the page is damaged.
    """
    textpage = page.get_textpage()
    try:
        text = page_text(textpage)
        turn = _turn(textpage, text)
        frame = PdfFrame.of(page, turn)
        words = tuple(_words(textpage, text, frame))
    finally:
        textpage.close()
    rules, images = drawn_on(page, frame)
    area = max(frame.width * frame.height, 1.0)
    covered = sum(_within(box, frame) for box in images)
    return PdfPage(words, rules, frame.width, frame.height, min(covered / area, 1.0))


def page_text(textpage: pdfium.PdfTextPage) -> str:
    """The characters of a page, one for each of pdfium's positions.

    Beyond U+FFFF a character takes two: it stands in the first, nothing that shows in the second.
    """
    count = textpage.count_chars()
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (count + 1))()
    pdfium_c.FPDFText_GetText(textpage, 0, count, buffer)
    text = bytes(buffer)[: 2 * count].decode("utf-16-le", "replace")
    return _WIDE.sub(rf"\g<0>{_SECOND_PLACE}", text)


def _turn(textpage: pdfium.PdfTextPage, text: str) -> int:
    """The quarter turns by which most of the text is turned, whoever turned it back for reading."""
    starts = [match.start() for match in _WORD.finditer(text)]
    turns: Counter[int] = Counter()
    for start in starts[:: max(len(starts) // 60, 1)]:
        turns[_turn_of(textpage, start)] += 1
    return turns.most_common(1)[0][0] if turns else 0


def _turn_of(textpage: pdfium.PdfTextPage, index: int) -> int:
    """The quarter turns, counter-clockwise, of a character; pdfium counts clockwise."""
    angle: float = pdfium_c.FPDFText_GetCharAngle(textpage, index)
    return -round(angle / (math.pi / 2)) % 4


def _words(textpage: pdfium.PdfTextPage, text: str, frame: PdfFrame) -> Iterator[Word]:
    fonts = _Fonts(textpage)
    seen: set[tuple[str, int, int]] = set()
    page = Box(0, 0, frame.width, frame.height)
    for match in _WORD.finditer(text):
        first, last = match.start(), match.end() - 1
        piece = match.group()
        if piece[-1] in _LINE_END_HYPHEN:
            piece, last = piece[:-1] + "\u00ad", max(last - 1, first)
        for part, start, end in _parts(fonts, piece, first, last):
            word = _word(textpage, fonts, part, start, end, frame)
            if not page.holds(word.box, slack=2.0):
                continue  # printer's marks, and what somebody put beside the page
            place = (word.text, round(word.box.left), round(word.box.top))
            if place in seen:
                continue  # printed twice, to look bold or to cast a shadow
            seen.add(place)
            yield word


def _parts(fonts: _Fonts, piece: str, first: int, last: int) -> Iterator[tuple[str, int, int]]:
    """A word with its first and last position; the raised number of a note is one of its own."""
    mark = _NOTE_MARK.search(piece)
    if mark is None or fonts.of(last).size > _RAISED * fonts.of(first).size:
        yield piece, first, last
        return
    start = first + mark.start()
    yield piece[: mark.start()], first, start - 1
    yield mark.group(), start, last


def _word(
    textpage: pdfium.PdfTextPage, fonts: _Fonts, text: str, first: int, last: int, frame: PdfFrame
) -> Word:
    rectangle = pdfium_c.FS_RECTF()
    pdfium_c.FPDFText_GetLooseCharBox(textpage, first, rectangle)
    left, bottom, right, top = rectangle.left, rectangle.bottom, rectangle.right, rectangle.top
    if last > first:
        pdfium_c.FPDFText_GetLooseCharBox(textpage, last, rectangle)
        left, right = min(left, rectangle.left), max(right, rectangle.right)
        bottom, top = min(bottom, rectangle.bottom), max(top, rectangle.top)
    box = frame.box(left, bottom, right, top)
    font = fonts.of(first)
    turn = (font.turn - frame.turn) % 4
    height = box.turned(turn).height
    size = round(font.size if 0.4 * height < font.size < 2 * height else 0.8 * height, 1)
    if not turn:
        box = _on_baseline(textpage, first, box, size, frame)
    return Word(text.replace(_SECOND_PLACE, ""), box, size, font.bold, turn)


def _on_baseline(
    textpage: pdfium.PdfTextPage, index: int, box: Box, size: float, frame: PdfFrame
) -> Box:
    """The box at the height of the type: what fonts say of theirs overlaps the next line's."""
    x, y = ctypes.c_double(), ctypes.c_double()
    if not pdfium_c.FPDFText_GetCharOrigin(textpage, index, ctypes.byref(x), ctypes.byref(y)):
        return box
    baseline = frame.box(x.value, y.value, x.value, y.value).top
    if not box.top <= baseline <= box.bottom + 0.1 * size:
        return box
    return Box(box.left, baseline - _ASCENT * size, box.right, baseline + _DESCENT * size)


@dataclass(frozen=True, slots=True)
class _Font:
    size: float  # in points; what the file claims, which the box of a character bounds
    bold: bool
    turn: int  # quarter turns, counter-clockwise, against the file's page


class _Fonts:
    """The type of the character at a position; it is the same for all of one text object."""

    def __init__(self, textpage: pdfium.PdfTextPage) -> None:
        self._textpage = textpage
        self._known: dict[int, _Font] = {}

    def of(self, index: int) -> _Font:
        pointer = pdfium_c.FPDFText_GetTextObject(self._textpage, index)
        key = ctypes.addressof(pointer.contents) if pointer else -index
        if key not in self._known:
            self._known[key] = _Font(
                self._size(pointer), self._is_bold(index), _turn_of(self._textpage, index)
            )
        return self._known[key]

    @staticmethod
    def _size(pointer: object) -> float:
        size = ctypes.c_float()
        matrix = pdfium_c.FS_MATRIX()
        known = (
            bool(pointer)
            and pdfium_c.FPDFTextObj_GetFontSize(pointer, size)
            and pdfium_c.FPDFPageObj_GetMatrix(pointer, matrix)
        )
        # The stated size is 1 in many files; what is printed is that times the object's scale.
        return size.value * math.hypot(matrix.c, matrix.d) if known else 0.0

    def _is_bold(self, index: int) -> bool:
        weight = pdfium_c.FPDFText_GetFontWeight(self._textpage, index)
        name = ctypes.create_string_buffer(128)
        pdfium_c.FPDFText_GetFontInfo(self._textpage, index, name, 128, ctypes.c_int())
        stated = name.value.decode("utf-8", "replace")
        return weight >= _BOLD_WEIGHT or bool(_BOLD.search(stated))


def _within(box: Box, frame: PdfFrame) -> float:
    """The area of ``box`` that lies on the page."""
    wide = min(box.right, frame.width) - max(box.left, 0.0)
    high = min(box.bottom, frame.height) - max(box.top, 0.0)
    return max(wide, 0.0) * max(high, 0.0)
