"""Drafts: what goes on over a page, and markers that stand on lines of their own."""

import pytest

from ingest.document import BlockKind
from ingest.drafts import Draft, Drafting, with_markers_joined
from ingest.headings import Headings
from ingest.lines import Grid, Line

FULL = "The keepers of the seven towers, who are paid by the month and by"


def line(text, size=10.0, wide=None):
    width = 5.0 * len(text) if wide is None else wide
    return Line(text, 0.0, width, size=size, measure=5.0 * len(FULL))


def runs_on(before, after, kind=BlockKind.PARAGRAPH, following=BlockKind.PARAGRAPH):
    drafting = Drafting(Headings([before, after], {}), frozenset())
    return drafting.runs_on(Draft(kind, [before]), Draft(following, [after]))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (FULL, "the board."),
        (FULL, "Norvale's board."),
        ("the board", "and guild."),
        ("oil,", "Tar"),
    ],
    ids=["full line", "full line before a name", "small letter", "comma"],
)
def test_a_sentence_that_has_not_ended_runs_on(before, after):
    assert runs_on(line(before), line(after))


@pytest.mark.parametrize(
    ("before", "after"),
    [("They keep lamps.", "the board"), ("They keep lamps:", "oil"), ("The lamps", "The oil"),
     ("They keep lamps.”³", "the board")],
    ids=["ended", "colon", "short line", "ended before a note's mark"],
)  # fmt: skip
def test_one_that_has_does_not(before, after):
    assert not runs_on(line(before), line(after))


def test_only_text_in_the_same_type_runs_on():
    assert not runs_on(line(FULL), line("the board.", size=8))
    assert not runs_on(line(FULL), line("the board."), kind=BlockKind.HEADING)
    assert not runs_on(line(FULL), line("the board."), following=BlockKind.LIST_ITEM)
    assert runs_on(line(FULL), line("the board."), kind=BlockKind.LIST_ITEM)


def joined(*texts):
    return [item.text for item in with_markers_joined([Line(text) for text in texts])]


def test_a_marker_alone_goes_with_the_line_after_it():
    assert joined("•", "lamps", "2.", "oil") == ["• lamps", "2. oil"]


def test_of_two_markers_the_second_goes_with_the_line_and_only_a_bullet_is_lost():
    assert joined("•", "•", "lamps") == ["• lamps"]
    assert joined("7", "8", "lamps") == ["7", "8 lamps"]


def test_a_figure_before_a_table_or_at_the_end_stays():
    assert joined("lamps", "7") == ["lamps", "7"]
    grid = Grid(())
    assert with_markers_joined([Line("7"), grid]) == [Line("7"), grid]
    assert with_markers_joined([Line("•"), grid]) == [grid]
