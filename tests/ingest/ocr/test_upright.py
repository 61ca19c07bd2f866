"""Pages that lie on their side, stand on their head, or lean."""

import pytest

from ingest.ocr.engine import OcrLine
from ingest.ocr.upright import is_upright, read_upright, straightened

TEXT = [f"The keeper of lamp {n} writes down every ship that passes." for n in range(14)]


class Compass:
    """An engine that reads well only where the page's dark bar stands at the top."""

    name = "compass 1"

    def __init__(self):
        self.readings = 0

    def recognise(self, image, _languages=()):
        self.readings += 1
        above = sum(image.crop((0, 0, image.width, 40)).histogram()[:128])
        sure = 0.95 if above > 0.9 * image.width * 40 else 0.3
        return [OcrLine("whatever stands here", 0, 0, 200, 20, sure)]


@pytest.fixture
def page(printed):
    image = printed(TEXT, column=400)
    image.paste(0, (0, 0, image.width, 40))
    return image


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_the_turn_that_is_read_best_is_taken(page, degrees):
    (line,) = read_upright(page.rotate(degrees, expand=True), Compass(), ())
    assert line.confidence == 0.95


def test_a_page_that_is_read_well_is_read_once(page):
    engine = Compass()
    read_upright(page, engine, ())
    assert engine.readings == 1


def test_a_page_without_text_is_read_once(printed):
    class Blind(Compass):
        def recognise(self, _image, _languages=()):
            self.readings += 1
            return []

    engine = Blind()
    assert read_upright(printed([""]), engine, ()) == []
    assert engine.readings == 1


@pytest.mark.parametrize("lean", [-5, -3, 2, 4])
def test_a_leaning_page_is_straightened(printed, lean):
    level = printed(TEXT, column=400)
    leaning = level.rotate(lean, expand=True, fillcolor=255)
    turned = straightened(leaning)
    assert blank_rows(turned) > 0.8 * blank_rows(level) > blank_rows(leaning)


def blank_rows(image):
    """How many rows of pixels within the text are free of ink: the spaces between lines."""
    box = image.point(lambda grey: 255 * (grey < 128)).getbbox()
    within = image.crop(box)
    rows = [within.crop((0, y, within.width, y + 1)).getextrema()[0] for y in range(within.height)]
    return sum(darkest > 128 for darkest in rows)


def test_a_level_page_and_an_empty_one_are_left_alone(printed):
    level = printed(TEXT, column=400)
    assert straightened(level) is level
    empty = printed([""])
    assert straightened(empty) is empty


def test_lines_that_run_upwards_are_not_upright():
    lying = OcrLine("a line that lies", 0, 0, 200, 20, 0.95)
    standing = OcrLine("a line that stands", 0, 0, 20, 200, 0.95)
    assert is_upright([lying])
    assert not is_upright([standing])
    assert not is_upright([])
