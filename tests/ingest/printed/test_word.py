"""Boxes: what stands beside, within and around what, and how turned ones are turned back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.printed.word import Box, Segment
from pieces import word

NUMBERS = st.floats(-1000, 1000)
BOXES = st.builds(
    lambda left, top, wide, high: Box(left, top, left + wide, top + high),
    NUMBERS,
    NUMBERS,
    st.floats(0, 500),
    st.floats(0, 500),
)


def test_words_of_one_line_stand_beside_each_other_and_those_of_two_do_not():
    line = Box(0, 100, 50, 110)
    assert line.beside(Box(60, 102, 90, 112))
    assert not line.beside(Box(60, 108, 90, 118))
    assert line.beside(Box(60, 80, 90, 130))  # an initial


def test_a_box_holds_what_has_its_middle_in_it():
    frame = Box(0, 0, 100, 100)
    assert frame.holds(Box(80, 80, 110, 110))
    assert not frame.holds(Box(95, 80, 125, 110))
    assert frame.holds(Box(95, 80, 125, 110), slack=10)


@given(st.lists(BOXES, min_size=1))
def test_the_box_around_boxes_reaches_as_far_as_the_outermost(boxes):
    around = Box.around(boxes)
    assert around.left in {box.left for box in boxes}
    assert around.bottom in {box.bottom for box in boxes}
    assert all(
        around.left <= box.left
        and box.right <= around.right
        and around.top <= box.top
        and box.bottom <= around.bottom
        for box in boxes
    )


@given(BOXES)
def test_four_quarter_turns_change_nothing(box):
    assert box.turned(1).turned(1).turned(1).turned(1) == box
    assert box.turned(1).turned(3) == box
    assert box.turned(2) == box.turned(1).turned(1)


@pytest.mark.parametrize(
    ("turn", "after"),
    [(1, Box(30, 50, 40, 90)), (3, Box(30, 110, 40, 150))],
    ids=["reads upwards", "reads downwards"],
)
def test_words_that_follow_each_other_do_so_when_the_page_is_turned(turn, after):
    # The first stands at 100 to 105 from the top; the next one above it, or below.
    first, following = Box(30, 95, 40, 105).turned(turn), after.turned(turn)
    assert first.beside(following)
    assert first.right < following.left


def test_a_segment_is_as_large_and_as_bold_as_most_of_its_letters():
    segment = Segment.of([word(0, 0, "A", 20), word(30, 0, "harbour", 10, bold=True)])
    assert (segment.text, segment.size, segment.bold) == ("A harbour", 10, True)
