"""Reading order: columns, rows, and what spans them."""

import random

import pytest

from ingest.ocr.engine import OcrLine
from ingest.ocr.reading_order import in_reading_order, printed_lines

HEIGHT, STEP, WIDTH = 20, 30, 300


def line(text, left=0.0, top=0.0, width=WIDTH, height=HEIGHT):
    return OcrLine(text, left, top, left + width, top + height, 0.9)


def column(name, left, top=0.0, count=5):
    return [
        line(f"{name}{n} says what the keeper does", left, top + n * STEP) for n in range(count)
    ]


def order(lines):
    """The first word of each line, whatever order the engine found them in."""
    shuffled = list(lines)
    random.Random(4).shuffle(shuffled)
    return [each.text.split()[0] for each in in_reading_order(shuffled)]


def names(name, count=5):
    return [f"{name}{n}" for n in range(count)]


def test_one_column_is_read_from_top_to_bottom():
    assert order(column("a", 0)) == names("a")


def test_two_columns_are_read_one_after_the_other():
    assert order([*column("a", 0), *column("b", 340)]) == names("a") + names("b")


def test_three_columns_too():
    lines = [*column("a", 0), *column("b", 340), *column("c", 680)]
    assert order(lines) == names("a") + names("b") + names("c")


def test_a_heading_across_the_columns_parts_the_page():
    lines = [
        line("Title", 0, 0, 640),
        *column("a", 0, 40),
        *column("b", 340, 40),
        line("Second", 0, 200, 640),
        *column("c", 0, 240),
        *column("d", 340, 240),
    ]
    expected = ["Title", *names("a"), *names("b"), "Second", *names("c"), *names("d")]
    assert order(lines) == expected


def test_cells_of_a_table_are_joined_row_by_row():
    cells = ["Dredging", "Port", "2026", "Lamps", "Keeper", "2027", "Buoys", "Pilot", "2028"]
    lines = [line(cell, 200 * (n % 3), STEP * (n // 3), 120) for n, cell in enumerate(cells)]
    texts = [row.text for row in in_reading_order(lines)]
    assert texts == ["Dredging Port 2026", "Lamps Keeper 2027", "Buoys Pilot 2028"]


def test_pieces_of_a_row_keep_their_confidence_by_length():
    pieces = [OcrLine("abc", 0, 0, 30, 20, 1.0), OcrLine("d", 60, 2, 70, 22, 0.6)]
    (row,) = in_reading_order(pieces)
    assert (row.text, row.left, row.right) == ("abc d", 0, 70)
    assert row.confidence == pytest.approx(0.9)


def test_no_lines_are_no_lines():
    assert in_reading_order([]) == []
    assert printed_lines([], 2.0) == ()


def test_places_are_in_points_from_the_columns_edge():
    lines = [line("a", 72, 0), line("b", 144, STEP), line("c", 72, 2 * STEP)]
    places = [(each.indent, each.right) for each in printed_lines(lines, 2.0)]
    assert places == [(0, 150), (36, 186), (0, 150)]


def test_a_column_of_some_lines_has_a_measure():
    lines = [line("wide", 10), line("b", 10, STEP, 90), line("c", 10, 2 * STEP, 80)]
    assert {each.measure for each in printed_lines(lines, 1.0)} == {WIDTH}
    assert {each.measure for each in printed_lines(lines[:2], 1.0)} == {0}


def test_an_indented_line_goes_on_below_a_short_one():
    lines = [line("a wide line"), line("end.", 0, STEP, 40), line("New", 50, 2 * STEP, 250)]
    assert [each.column_break for each in printed_lines(lines, 1.0)] == [True, False, False]


def test_free_space_above_a_line_is_told_in_lines():
    tops = [0, STEP, 2 * STEP, 4 * STEP, 5 * STEP]
    gaps = [each.gap for each in printed_lines([line("a", top=top) for top in tops], 1.0)]
    assert gaps[1:3] == [0, 0]
    assert gaps[3] == pytest.approx(0.85)
    assert gaps[4] == 0


def test_only_the_first_line_of_a_column_breaks():
    lines = printed_lines([*column("a", 0), *column("b", 340)], 1.0)
    assert [each.text[:2] for each in lines if each.column_break] == ["a0", "b0"]


def test_lines_without_tall_letters_have_the_size_of_their_neighbours_and_headings_their_own():
    lines = [
        line("Lamps", top=0, height=36),
        *[line("a line of usual height", top=60 + n * STEP) for n in range(6)],
        line("no more", top=60 + 6 * STEP, height=15),
    ]
    sizes = [each.size for each in printed_lines(lines, 1.0)]
    assert sizes == [36, *[20] * 7]
