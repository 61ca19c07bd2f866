"""Columns: pieces in reading order, none lost and none doubled whatever the page."""

from collections import Counter

from hypothesis import given

from ingest.printed.columns import columns, rows_of
from pieces import RULES, SIZE, across, column, pages, segment

LAMPS = ["The harbour board keeps forty lamps", "along the coast and a keeper beside", "each."]
OIL = ["Oil for the lamps comes from mills in", "the inner valley, and by cart as far as", "here."]
GLASS = [
    "The lenses were ground abroad, and not",
    "one of them can be ground again in the",
    "land.",
]


def read(pieces, rules=()):
    return [
        [" ".join(piece.text for piece in row) for row in found.rows]
        for found in columns(pieces, SIZE, rules)
    ]


def test_one_column_is_one():
    assert read(column(0, 100, LAMPS)) == [LAMPS]


def test_columns_are_read_from_the_left_each_from_its_top():
    assert read([*column(250, 100, OIL), *column(0, 100, LAMPS)]) == [LAMPS, OIL]


def test_a_band_over_the_full_width_is_read_before_what_stands_below_it():
    title = segment(0, 60, "What the board of the harbour does and why it does it", 16)
    assert read([*column(250, 100, OIL), *column(0, 100, LAMPS), title]) == [
        [title.text],
        LAMPS,
        OIL,
    ]


def test_columns_may_stand_in_columns():
    short = [["Oil and glass", "are bought by"], ["all keepers in", "the spring of"]]
    pieces = [
        *column(0, 100, LAMPS * 3),
        *column(250, 100, [LAMPS[0], LAMPS[1]]),
        *column(250, 150, short[0]),
        *column(350, 150, short[1]),
    ]
    assert read(pieces) == [LAMPS * 3, LAMPS[:2], *short]


def test_a_rule_across_the_gutter_ends_the_columns():
    above = [*column(0, 100, LAMPS), *column(250, 100, OIL)]
    below = [*column(0, 142, GLASS), *column(250, 142, LAMPS)]
    assert read([*above, *below]) == [LAMPS + GLASS, OIL + LAMPS]
    assert read([*above, *below], [across(139.5, 0, 450)]) == [LAMPS, OIL, GLASS, LAMPS]
    assert len(read([*above, *below], [across(139.5, 0, 170)])) == 2  # within the first alone


def test_numbers_are_read_with_the_text_beside_them():
    items = [
        "mend the quay with stone",
        "buy two lenses for the cape",
        "train six pilots in spring",
    ]
    pieces = [*column(0, 100, ["1.", "2.", "3."]), *column(40, 100, items)]
    assert read(pieces) == [[f"{n}. {item}" for n, item in enumerate(items, start=1)]]


def test_cells_are_read_by_row_and_know_their_columns():
    pieces = [
        *column(0, 100, ["Norvale", "Sund", "Cape"]),
        *column(200, 100, ["9 feet", "12 feet", "4 feet"]),
    ]
    (table,) = columns(pieces, SIZE)
    assert table.edges == (0, 200)
    assert read(pieces) == [["Norvale 9 feet", "Sund 12 feet", "Cape 4 feet"]]


def test_rows_hold_what_stands_beside_each_other():
    found = rows_of([segment(100, 101, "two"), segment(0, 100, "one"), segment(0, 114, "three")])
    assert [[piece.text for piece in row] for row in found] == [["one", "two"], ["three"]]


@given(pages(), RULES)
def test_whatever_the_page_each_piece_stands_in_one_column(pieces, rules):
    found = [piece for part in columns(pieces, SIZE, rules) for row in part.rows for piece in row]
    assert Counter(map(id, found)) == Counter(map(id, pieces))


@given(pages(), RULES)
def test_whatever_the_page_a_column_is_read_from_its_top_and_a_row_from_its_left(pieces, rules):
    for part in columns(pieces, SIZE, rules):
        assert all(part.rows)
        heights = [min(piece.box.middle for piece in row) for row in part.rows]
        assert heights == sorted(heights)
        for row in part.rows:
            assert [piece.box.left for piece in row] == sorted(piece.box.left for piece in row)


@given(pages())
def test_the_order_in_which_pieces_were_set_does_not_matter(pieces):
    def places(order):
        return [
            [sorted((piece.box.left, piece.box.top) for piece in row) for row in part.rows]
            for part in columns(order, SIZE)
        ]

    assert places(pieces) == places(pieces[::-1])
