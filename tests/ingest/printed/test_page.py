"""A printed page: its lines, tables and notes, with every word once whatever the page."""

import re
from collections import Counter

from hypothesis import given

from ingest.lines import Grid, Line
from ingest.printed.page import Habits, PrintedPage, lines_of
from pieces import RULES, across, column, pages, segment

HEIGHT = 560.0
LAMPS = ["The harbour board keeps forty lamps", "along the coast and a keeper beside", "each."]
OIL = ["Oil for the lamps comes from mills in", "the inner valley, and by cart as far as", "here."]


def printed(segments, rules=()):
    return PrintedPage(tuple(segments), tuple(rules), HEIGHT)


def read(page):
    return lines_of(page, Habits.of([page]))


def texts(lines):
    return [line.text for line in lines if isinstance(line, Line)]


def test_habits_are_the_size_and_the_leading_of_most_of_the_text():
    page = printed([segment(0, 60, "The Lamp Plan", 24), *column(0, 100, LAMPS * 3, leading=13)])
    habits = Habits.of([page])
    assert habits.body == 10
    assert habits.leading_of(10) == 13
    assert habits.leading_of(24) == 1.2 * 24  # nothing tells


def test_indents_and_gaps_are_counted_within_the_column():
    second = [*column(260, 100, OIL[:2]), segment(270, 150, OIL[2])]
    content, _ = read(printed([*column(0, 100, LAMPS), *second]))
    lines = [line for line in content if isinstance(line, Line)]
    assert [line.text for line in lines] == LAMPS + OIL
    assert [line.indent for line in lines] == [0, 0, 0, 0, 0, 10]
    assert [line.column_break for line in lines] == [True, False, False, True, False, False]
    assert lines[4].gap == 0
    assert lines[5].gap > 1


def test_small_type_with_a_number_at_the_foot_of_a_column_is_a_note():
    note = [segment(0, 520, "1 As the board wrote", 7), segment(0, 530, "to its pilots.", 7)]
    content, notes = read(printed([*column(0, 100, LAMPS), *note]))
    assert texts(content) == LAMPS
    assert texts(notes) == ["1 As the board wrote", "to its pilots."]


def test_the_first_row_of_a_table_is_its_head_where_it_is_set_otherwise():
    heads = [
        segment(5 + 150 * n, 105, text, bold=True) for n, text in enumerate(["Port", "Keeper"])
    ]
    cells = [
        segment(5 + 150 * n, 125 + 20 * level, text)
        for level, row in enumerate([["Norvale", "Board"], ["Sund", "Office"]])
        for n, text in enumerate(row)
    ]
    rules = [across(level, 0, 300) for level in (100, 120, 140, 160)]
    (grid,), _ = read(printed([*heads, *cells], rules))
    assert isinstance(grid, Grid)
    assert grid.heads == 1
    assert [[line.text for cell in row.cells for line in cell] for row in grid.rows] == [
        ["Port", "Keeper"],
        ["Norvale", "Board"],
        ["Sund", "Office"],
    ]


def test_the_edges_of_a_page_are_its_first_and_last_rows():
    body = [segment(0, 100 + 14 * n, f"Line {n} of the text") for n in range(20)]
    page = printed([segment(0, 20, "The Lamp Plan", 8), *body, segment(250, 540, "7", 8)])
    edges = {segment.text: edge for segment, edge in page.edges(body=10)}
    assert "The Lamp Plan" in edges
    assert "7" in edges
    assert "Line 9 of the text" not in edges
    assert edges["7"].aside  # small, and near the foot
    assert not edges["Line 0 of the text"].aside


def test_what_is_taken_from_a_page_is_gone_though_something_else_says_the_same():
    one, other = segment(0, 20, "Lamps"), segment(0, 20, "Lamps")
    assert printed([one, other]).without([one]).segments == (other,)


def words_of(content):
    for item in content:
        lines = (
            [item]
            if isinstance(item, Line)
            else [line for row in item.rows for cell in row.cells for line in cell]
        )
        for line in lines:
            yield from re.findall(r"x\d+", line.text)


@given(pages(), RULES)
def test_whatever_the_page_each_of_its_segments_is_read_once(segments, rules):
    content, notes = read(printed(segments, rules))
    assert Counter([*words_of(content), *words_of(notes)]) == Counter(
        f"x{number}" for number in range(len(segments))
    )


@given(pages(), RULES)
def test_whatever_the_page_gaps_and_measures_are_sound(segments, rules):
    content, _ = read(printed(segments, rules))
    for line in content:
        if isinstance(line, Line):
            assert line.gap >= 0
            assert 0 <= line.indent <= line.right <= line.measure + 0.001
        else:
            assert 0 <= line.heads < len(line.rows)
            assert {len(row.cells) for row in line.rows} == {len(line.edges)}
