"""From the picture of a page to its lines, by each engine that is installed."""

import pytest

from ingest.ocr import read_page_image, unread_reason
from ingest.ocr.engine import OcrLine
from ingest.ocr.rapidocr import RapidOcr
from ingest.ocr.tesseract import Tesseract

SCALE = 200 / 72
LEFT = [
    "The harbour office keeps a book of",
    "every ship that enters the bay, with",
    "its draught, its master and its load.",
    "The book is open to everybody on the",
    "first working day of each month.",
]
RIGHT = [
    "Pilots are paid by the tide and not",
    "by the hour. A pilot who waits for a",
    "ship that does not come is paid half",
    "of the fee, and the owner of the ship",
    "answers for the other half of it.",
]


@pytest.fixture(params=[Tesseract(), RapidOcr()], ids=lambda engine: type(engine).__name__)
def engine(request):
    if not request.param.installed:
        pytest.skip("this engine is not installed")
    return request.param


class Said:
    """An engine that has read what the test gives it."""

    name = "said 1"

    def __init__(self, *lines):
        self.lines = [
            OcrLine(text, 10, 30 * n, 300, 30 * n + 20, sure)
            for n, (text, sure) in enumerate(lines)
        ]

    def recognise(self, _image, _languages=()):
        return self.lines


def test_two_columns_are_read_one_after_the_other(engine, printed):
    lines, confidence = read_page_image(printed(LEFT, RIGHT), SCALE, engine, ["en"])
    assert [line.text for line in lines] == LEFT + RIGHT
    assert confidence > 0.8
    assert [line.column_break for line in lines].count(True) == 2
    assert lines[5].column_break
    assert max(line.indent for line in lines) == pytest.approx(0, abs=3)


@pytest.mark.slow
@pytest.mark.parametrize("degrees", [90, 180, 270, 3])
def test_a_page_is_read_however_it_lies(engine, printed, degrees):
    image = printed(LEFT, RIGHT).rotate(degrees, expand=True, fillcolor=255)
    lines, _ = read_page_image(image, SCALE, engine)
    assert [line.text for line in lines] == LEFT + RIGHT


def test_an_empty_page_has_no_lines_and_the_reason_says_so(engine, printed):
    lines, confidence = read_page_image(printed([""]), SCALE, engine)
    assert (lines, confidence) == ((), 0.0)
    assert "no text" in unread_reason(confidence)


def test_noise_is_no_text_and_the_reason_says_so(printed):
    noise = Said(("~ I1l |", 0.3), ("oy vdVS", 0.4), ("-- .", 0.9))
    lines, confidence = read_page_image(printed([""]), SCALE, noise)
    assert lines == ()
    assert confidence == pytest.approx((7 * 0.3 + 7 * 0.4) / 14)
    assert "0.35" in unread_reason(confidence)


def test_sure_words_of_no_language_are_no_text(printed):
    shifted = str.maketrans("abcdefghijklmnopqrstuvwxyz", "zxvtrpnljhfdbywusqomkigeca")
    sure = [(line.translate(shifted), 0.9) for line in (LEFT + RIGHT) * 2]
    assert read_page_image(printed([""]), SCALE, Said(*sure))[0] == ()


def test_a_stain_among_sure_lines_is_left_out(printed):
    lines, _ = read_page_image(printed([""]), SCALE, Said(("The lamp is lit", 0.95), ("k7", 0.2)))
    assert [line.text for line in lines] == ["The lamp is lit"]
