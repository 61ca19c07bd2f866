"""PDF tables: rows with the heads of their columns, however the table is drawn."""

import pytest

from drawing import LEFT, MEASURE, Drawing, blocks, texts
from ingest import read

WIDTHS = [190, 140, 121]
HEAD = ["Action", "Responsible", "Deadline"]
ROWS = [
    ["Mend the quay wall at Norvale", "Harbour board", "June 2031"],
    ["Buy two lenses for the north cape", "Lamp office", "May 2032"],
    ["Train six pilots in every year", "Pilot guild", "March 2033"],
]
READ = [
    "Action: Mend the quay wall at Norvale | Responsible: Harbour board | Deadline: June 2031",
    "Action: Buy two lenses for the north cape | Responsible: Lamp office | Deadline: May 2032",
    "Action: Train six pilots in every year | Responsible: Pilot guild | Deadline: March 2033",
]
BEFORE = (
    "The board has agreed on three actions with the lamp office and with the guild of pilots, who "
    "answer for them with their own purses, and who report on them in spring."
)
AFTER = (
    "Whoever is late by more than a year loses the money that was set aside for the action, and "
    "the board gives it to those who were not late."
)


def rows(drawing):
    return texts(read("a.pdf", drawing.bytes()), "table_row")


def with_text_around(draw):
    """A page on which ``draw`` draws a table, from a given height to the one that it returns."""
    page = Drawing()
    below = page.column(LEFT, 80, MEASURE, BEFORE)
    below = draw(page, below + 10)
    page.column(LEFT, below + 24, MEASURE, AFTER)
    return page


@pytest.mark.parametrize(
    ("across", "down"),
    [(True, True), (True, False), (False, False)],
    ids=["ruled", "rules between rows", "no rules"],
)
def test_rows_have_the_heads_of_their_columns(across, down):
    page = with_text_around(
        lambda page, top: page.table(
            LEFT, top, WIDTHS, [HEAD, *ROWS], across=across, down=down, bold_head=True
        )
    )
    assert blocks(read("a.pdf", page.bytes())) == [
        ("paragraph", BEFORE),
        *(("table_row", row) for row in READ),
        ("paragraph", AFTER),
    ]


@pytest.mark.parametrize("down", [True, False], ids=["ruled", "rules between rows"])
def test_cells_of_several_lines_are_not_read_across(down):
    actions = [
        [
            "Mend the quay wall\nat Norvale and raise\nit by a yard",
            "Harbour board\nof Norvale",
            "2031",
        ],
        ["Buy two lenses for the\nnorth cape", "Lamp office and the\nglaziers", "2032"],
    ]
    page = with_text_around(
        lambda page, top: page.table(LEFT, top, WIDTHS, [HEAD, *actions], down=down, bold_head=True)
    )
    assert rows(page) == [
        "Action: Mend the quay wall at Norvale and raise it by a yard | "
        "Responsible: Harbour board of Norvale | Deadline: 2031",
        "Action: Buy two lenses for the north cape | Responsible: Lamp office and the glaziers | "
        "Deadline: 2032",
    ]


def test_an_empty_cell_leaves_the_others_under_their_heads():
    page = with_text_around(
        lambda page, top: page.table(
            LEFT, top, WIDTHS, [HEAD, ["Paint the towers", "", "2034"], *ROWS], bold_head=True
        )
    )
    assert rows(page)[0] == "Action: Paint the towers | Deadline: 2034"


def test_a_cell_merged_over_columns_is_read_once():
    merged = ["Paint the towers, with whoever is free", None, "2034"]
    page = with_text_around(
        lambda page, top: page.table(LEFT, top, WIDTHS, [HEAD, *ROWS, merged], bold_head=True)
    )
    assert rows(page) == [
        *READ,
        "Action: Paint the towers, with whoever is free | Deadline: 2034",
    ]


def test_text_over_all_columns_names_a_part_of_the_table():
    page = with_text_around(
        lambda page, top: page.table(
            LEFT,
            top,
            WIDTHS,
            [
                HEAD,
                ["Part one: what the board does in the year after the flood", None, None],
                *ROWS,
            ],
            bold_head=True,
        )
    )
    assert rows(page) == ["Part one: what the board does in the year after the flood", *READ]


def test_a_list_in_a_cell_stays_in_its_row():
    page = with_text_around(
        lambda page, top: page.table(
            LEFT,
            top,
            WIDTHS,
            [
                HEAD,
                ["\u2022 Mend the quay wall\n\u2022 Raise it by a yard", "Harbour board", "2031"],
            ],
            bold_head=True,
        )
    )
    assert rows(page) == [
        "Action: Mend the quay wall Raise it by a yard | Responsible: Harbour board | "
        "Deadline: 2031"
    ]


@pytest.mark.parametrize("repeated", [True, False], ids=["head repeated", "head once"])
@pytest.mark.parametrize("across", [True, False], ids=["ruled", "no rules"])
def test_a_table_goes_on_over_pages_under_the_same_heads(repeated, across):
    document = Drawing()
    document.column(LEFT, 80, MEASURE, BEFORE)
    document.table(LEFT, 700, WIDTHS, [HEAD, *ROWS[:2]], across=across, down=across, bold_head=True)
    for row in (ROWS[2], ROWS[1]):
        document.next_page()
        more = [*([HEAD] if repeated else []), row, ROWS[0]]
        below = document.table(
            LEFT, 80, WIDTHS, more, across=across, down=across, bold_head=repeated
        )
    document.column(LEFT, below + 24, MEASURE, AFTER)
    assert rows(document) == [READ[0], READ[1], READ[2], READ[0], READ[1], READ[0]]


def test_text_after_the_heads_of_another_table_is_not_under_them():
    document = Drawing()
    document.column(LEFT, 80, MEASURE, BEFORE)
    document.table(LEFT, 700, WIDTHS, [HEAD, *ROWS[:2]], bold_head=True)
    document.next_page()
    other = [["Port", "Depth"], ["Norvale", "9 fathoms"], ["Ostrava Bay", "4 fathoms"]]
    document.table(LEFT, 80, [100, 351], other, bold_head=True)
    assert rows(document)[2:] == [
        "Port: Norvale | Depth: 9 fathoms",
        "Port: Ostrava Bay | Depth: 4 fathoms",
    ]


def test_a_column_of_figures_is_read_by_row():
    page = Drawing()
    page.column(LEFT, 80, MEASURE, BEFORE)
    for number, (port, ships, losses) in enumerate(
        [("Norvale", "1,204", "3"), ("Sund", "988", "12"), ("Westhaven", "76", "0")]
    ):
        for left, text in ((LEFT, port), (LEFT + 200, ships), (LEFT + 320, losses)):
            page.line(left, 160 + 16 * number, text)
    assert rows(page) == ["Norvale | 1,204 | 3", "Sund | 988 | 12", "Westhaven | 76 | 0"]


def test_a_box_around_text_is_no_table():
    page = Drawing()
    page.box(LEFT, 70, LEFT + MEASURE, 150)
    page.column(LEFT + 10, 90, MEASURE - 20, BEFORE)
    page.column(LEFT, 190, MEASURE, AFTER)
    assert blocks(read("a.pdf", page.bytes())) == [("paragraph", BEFORE), ("paragraph", AFTER)]


def test_tables_beside_each_other_are_read_one_after_the_other():
    page = Drawing()
    page.column(LEFT, 80, MEASURE, BEFORE)
    page.table(
        LEFT, 140, [100, 90], [["Port", "Depth"], ["Norvale", "9"], ["Sund", "4"]], bold_head=True
    )
    page.table(
        LEFT + 240,
        140,
        [100, 90],
        [["Cape", "Lamps"], ["North", "2"], ["East", "1"]],
        bold_head=True,
    )
    assert rows(page) == [
        "Port: Norvale | Depth: 9", "Port: Sund | Depth: 4",
        "Cape: North | Lamps: 2", "Cape: East | Lamps: 1",
    ]  # fmt: skip


def test_a_table_in_a_column_of_text_stands_where_it_was_drawn():
    half = (MEASURE - 20) / 2
    page = Drawing()
    below = page.column(LEFT, 80, half, BEFORE)
    below = page.table(
        LEFT,
        below,
        [120, half - 120],
        [["Port", "Depth"], ["Norvale", "9 fathoms"], ["Sund", "4 fathoms"]],
        bold_head=True,
    )
    page.column(LEFT, below + 24, half, AFTER)
    page.column(LEFT + half + 20, 80, half, AFTER + " " + BEFORE)
    assert blocks(read("a.pdf", page.bytes())) == [
        ("paragraph", BEFORE),
        ("table_row", "Port: Norvale | Depth: 9 fathoms"),
        ("table_row", "Port: Sund | Depth: 4 fathoms"),
        ("paragraph", AFTER),
        ("paragraph", AFTER + " " + BEFORE),
    ]
