"""Tables by their rules: which cell holds what, and what is no table at all."""

from collections import Counter

from hypothesis import given

from ingest.printed.tables import ruled_tables
from pieces import RULES, across, column, down, pages, segment

EDGES = (0.0, 100.0, 220.0, 300.0)


def grid(levels, edges=EDGES):
    """The rules of a table: one at each level and at each edge."""
    return [
        *(across(level, edges[0], edges[-1]) for level in levels),
        *(down(edge, levels[0], levels[-1]) for edge in edges),
    ]


def row(top, *texts, edges=EDGES):
    return [segment(edge + 5, top, text) for edge, text in zip(edges, texts, strict=False) if text]


def read(segments, rules):
    """The text of each cell, for each row of each table."""
    return [
        [[" ".join(s.text for s in cell) for cell in row.cells] for row in table.rows]
        for table in ruled_tables(segments, rules)
    ]


NORVALE = row(105, "Norvale", "Harbour board", "1831")
SUND = row(125, "Sund", "Lamp office", "1838")


def test_rules_around_cells_make_a_table():
    assert read([*NORVALE, *SUND], grid([100, 120, 140])) == [
        [["Norvale", "Harbour board", "1831"], ["Sund", "Lamp office", "1838"]]
    ]


def test_rules_between_rows_make_one_whose_columns_the_white_space_tells():
    rules = [across(level, 0, 300) for level in (100, 120, 140)]
    assert read([*NORVALE, *SUND], rules) == [
        [["Norvale", "Harbour board", "1831"], ["Sund", "Lamp office", "1838"]]
    ]


def test_a_cell_of_several_lines_is_one():
    tall = [*column(5, 105, ["Norvale", "and its rock"]), *column(105, 105, ["Harbour", "board"])]
    assert read([*tall, *row(145, "Sund", "Lamp office", "1838")], grid([100, 140, 160])) == [
        [["Norvale and its rock", "Harbour board", ""], ["Sund", "Lamp office", "1838"]]
    ]


def test_a_cell_over_two_columns_stands_in_the_first_of_them():
    rules = [
        *(across(level, 0, 300) for level in (100, 120, 140)),
        *(down(edge, 100, 140) for edge in (0, 220, 300)),
        down(100, 120, 140),
    ]
    merged = [segment(110, 105, "Whoever is free"), segment(225, 105, "1831")]
    assert read([*merged, *SUND], rules) == [
        [["Whoever is free", "", "1831"], ["Sund", "Lamp office", "1838"]]
    ]


def test_text_over_all_columns_spans_its_row():
    rules = [
        *(across(level, 0, 300) for level in (80, 100, 120, 140)),
        *(down(edge, 80, 140) for edge in (0, 300)),
        *(down(edge, 100, 140) for edge in (100, 220)),
    ]
    title = segment(5, 85, "What the board does in the first year")
    (table,) = ruled_tables([title, *NORVALE, *SUND], rules)
    assert [row.spans for row in table.rows] == [True, False, False]


def test_heads_above_the_first_rule_belong_to_the_table():
    heads = row(88, "Port", "Keeper", "Since")
    rules = [across(level, 0, 300) for level in (100, 120, 140)]
    (table,) = ruled_tables([*heads, *NORVALE, *SUND], rules)
    assert table.has_head
    assert [cell[0].text for cell in table.rows[0].cells] == ["Port", "Keeper", "Since"]


def test_the_last_row_of_a_table_is_not_the_head_of_the_one_right_below():
    below = [*row(155, "Cape", "Pilots", "1840"), *row(175, "Rock", "Nobody", "1841")]
    assert read([*NORVALE, *SUND, *below], [*grid([100, 120, 140]), *grid([150, 170, 190])]) == [
        [["Norvale", "Harbour board", "1831"], ["Sund", "Lamp office", "1838"]],
        [["Cape", "Pilots", "1840"], ["Rock", "Nobody", "1841"]],
    ]


def test_figures_line_by_line_between_two_rules_are_rows():
    lines = [
        *row(105, "Norvale", "9", "12"),
        *row(119, "Sund", "4", "7"),
        *row(133, "Cape", "1", "0"),
    ]
    assert read([*lines, *row(155, "All", "14", "19")], grid([100, 150, 170])) == [
        [["Norvale", "9", "12"], ["Sund", "4", "7"], ["Cape", "1", "0"], ["All", "14", "19"]]
    ]


def test_a_box_around_text_is_none():
    assert (
        read(column(5, 105, ["The board keeps", "forty lamps"]), grid([100, 140], (0, 300))) == []
    )


def test_titles_with_their_pages_are_none():
    edges = (0.0, 220.0, 300.0)
    lines = [*row(105, "The lamps", "3", edges=edges), *row(125, "The oil", "5", edges=edges)]
    assert read(lines, grid([100, 120, 140], edges)) == []


@given(pages(), RULES)
def test_whatever_the_page_no_segment_stands_in_two_cells(segments, rules):
    held = Counter(
        id(s)
        for table in ruled_tables(segments, rules)
        for row in table.rows
        for cell in row.cells
        for s in cell
    )
    assert set(held.values()) <= {1}
    assert set(held) <= set(map(id, segments))


@given(pages(), RULES)
def test_whatever_the_page_all_rows_of_a_table_have_its_columns(segments, rules):
    for table in ruled_tables(segments, rules):
        assert len(table.rows) > 1
        assert {len(row.cells) for row in table.rows} == {len(table.edges)}
        assert list(table.edges) == sorted(table.edges)
