"""Frames: which rules may be those of a table, and into which column a segment falls."""

from ingest.printed.frames import Frame, frames
from ingest.printed.rules import Rule
from pieces import column, segment

LEVELS = (100.0, 120.0, 140.0)
PORTS = [
    *column(5, 105, ["Norvale", "Sund"], leading=20),
    *column(155, 105, ["9", "4"], leading=20),
]


def flat(*levels, start=0.0, end=300.0, joints=()):
    return [Rule(level, start, end, joints) for level in levels]


def upright(*edges):
    return [Rule(edge, LEVELS[0], LEVELS[-1]) for edge in edges]


def test_rules_that_cross_make_a_frame():
    frame = next(frames(flat(*LEVELS), upright(0, 150, 300), PORTS))
    assert (frame.rows, frame.columns) == (LEVELS, (0, 150, 300))


def test_rules_that_do_not_meet_are_frames_of_their_own():
    beside = [*upright(0, 150, 300), *upright(400, 500, 600)]
    levels = [*flat(*LEVELS), *flat(*LEVELS, start=400, end=600)]
    found = [frame.columns for frame in frames(levels, beside, PORTS) if frame.down]
    assert found == [(0, 150, 300), (400, 500, 600)]


def test_a_box_is_none():
    assert list(frames(flat(100, 140), upright(0, 300), PORTS)) == []


def test_rules_of_one_length_make_one_with_columns_where_most_rows_begin():
    (frame,) = frames(flat(*LEVELS), [], PORTS)
    assert (frame.columns, frame.down) == ((0, 155, 300), ())


def test_where_pieces_of_rules_meet_columns_begin():
    (frame,) = frames(flat(*LEVELS, joints=(150.0, 290.0)), [], PORTS)
    assert frame.columns == (0, 150, 300)  # nothing begins behind 290


def test_two_rules_or_rules_of_many_lengths_make_none():
    assert list(frames(flat(100, 120), [], PORTS)) == []
    steps = [Rule(level, 0, 100 * n) for n, level in enumerate(LEVELS, start=1)]
    assert list(frames(steps, [], PORTS)) == []


def test_a_segment_falls_into_the_last_column_that_begins_before_it():
    frame = Frame(LEVELS, (0, 150, 300), (Rule(150, 100, 140),))
    assert frame.column_of(segment(5, 105, "Norvale"), 100, 120) == 0
    assert frame.column_of(segment(148, 105, "9"), 100, 120) == 1


def test_where_the_rule_between_them_is_missing_columns_are_merged():
    frame = Frame(LEVELS, (0, 150, 300), (Rule(150, 120, 140),))
    assert frame.column_of(segment(160, 105, "9"), 100, 120) == 0
    assert frame.column_of(segment(160, 125, "9"), 120, 140) == 1
