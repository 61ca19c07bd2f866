"""Flow: what stands beside each other is read down, line by line, or row by row."""

import pytest

from ingest.printed.columns import rows_of
from ingest.printed.flow import Flow, flow_of
from pieces import column

TEXT = [
    "The harbour board keeps forty lamps along",
    "the coast, and a keeper beside each lamp",
    "who writes down every ship that passes by",
    "while it burns. The books are copied fair.",
]


def flow(*parts, offset=0.0):
    """How parts of lines are read that stand beside each other."""
    return flow_of(
        [
            rows_of(column(250.0 * number, 100 + offset * number, lines))
            for number, lines in enumerate(parts)
        ]
    )


def test_running_text_is_read_down():
    assert flow(TEXT, TEXT[::-1]) is Flow.DOWN


@pytest.mark.parametrize(
    "marks",
    [["1.", "2.", "3.", "4."], ["•"] * 4, ["(a)", "(b)", "(c)", "(d)"], ["i", "ii", "iii", "iv"]],
)
def test_numbers_and_bullets_are_read_with_the_lines_beside_them(marks):
    assert flow(marks, TEXT) is Flow.LINES


def test_numbers_that_stand_beside_nothing_are_not():
    assert flow(["1.", "2.", "3.", "4."], TEXT, offset=200) is Flow.DOWN


def test_titles_are_read_with_their_pages():
    assert flow(["The lamps", "The oil", "The glass"], ["3", "iv", "... 12"]) is Flow.LINES


def test_figures_are_cells():
    assert (
        flow(["Ships in", "Ships out", "Lost"], ["1,204", "988", "3 %"], ["7", "9", "1"])
        is Flow.TABLE
    )


def test_short_pieces_that_stand_line_by_line_are_cells():
    assert (
        flow(["Norvale", "Sund", "Cape"], ["Harbour board", "Lamp office", "Pilots"]) is Flow.TABLE
    )


def test_short_pieces_between_the_lines_of_the_others_are_columns():
    ports = column(0, 100, ["Norvale", "Sund", "Cape", "Rock"])
    keepers = column(250, 107, ["Harbour board", "Lamp office", "Pilots"], leading=21)
    assert flow_of([rows_of(ports), rows_of(keepers)]) is Flow.DOWN


def test_lists_beside_each_other_are_columns():
    assert flow(["• lamps", "• oil", "• glass"], ["• boats", "• ropes", "• sails"]) is Flow.DOWN


def test_terms_with_their_meaning_indented_below_are_read_line_by_line():
    term = rows_of(column(0, 100, ["Fathom"]))
    meaning = rows_of(column(60, 114, ["six feet here, and", "seven in the south"]))
    assert flow_of([term, meaning]) is Flow.LINES


def test_a_lone_label_beside_a_long_text_is_read_apart():
    assert flow(["Lamps"], TEXT) is Flow.DOWN
