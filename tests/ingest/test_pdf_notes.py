"""PDF footnotes and running lines: both leave the sentences that they stood among."""

import pytest

from drawing import LEFT, MEASURE, Drawing, blocks, texts
from ingest import read

HALF = (MEASURE - 20) / 2
RIGHT = LEFT + HALF + 20
LAMPS = (
    "The harbour board of Norvale keeps forty lamps along the coast. Each lamp is lit at dusk and "
    "put out at dawn, and a keeper writes down every ship that passes while it burns."
)
OIL = (
    "Oil for the lamps comes from the mills of the inner valley, by cart as far as the river and "
    "then by barge. A barge takes nine days when the water is high."
)
FIRST = "As the board said in its letter to the guild of pilots in the year of the flood."
SECOND = "A fathom is six feet here, and seven in the southern ports."
FULL = "The keepers of the seven northern towers, who are paid by the month and housed by the"


def marked(drawing, left, top, text, mark, rest=""):
    """A line with the raised number of a note behind its text."""
    drawing.line(left, top, text)
    left += drawing.canvas.stringWidth(text, "Helvetica", 10)
    drawing.line(left, top - 4, mark, 6)
    left += drawing.canvas.stringWidth(mark, "Helvetica", 6) + 3
    if rest:
        drawing.line(left, top, rest)


@pytest.mark.parametrize("mark", ["{}", "{}.", "{})"])
@pytest.mark.parametrize("ruled", [True, False], ids=["below a rule", "below white space"])
def test_footnotes_are_blocks_of_their_own(mark, ruled):
    page = Drawing()
    below = page.column(LEFT, 80, MEASURE, LAMPS)
    page.column(LEFT, below + 10, MEASURE, OIL)
    if ruled:
        page.rule(LEFT, 720, LEFT + 140)
    below = page.column(LEFT, 735, MEASURE, f"{mark.format(1)} {FIRST}", 8)
    page.column(LEFT, below, MEASURE, f"{mark.format(2)} {SECOND}", 8)
    assert blocks(read("a.pdf", page.bytes())) == [
        ("paragraph", LAMPS),
        ("paragraph", OIL),
        ("note", f"{mark.format(1)} {FIRST}"),
        ("note", f"{mark.format(2)} {SECOND}"),
    ]


def test_a_note_over_several_lines_is_one():
    page = Drawing()
    page.column(LEFT, 80, MEASURE, LAMPS)
    page.column(LEFT, 740, 200, f"1 {FIRST}", 8)
    assert texts(read("a.pdf", page.bytes()), "note") == [f"1 {FIRST}"]


def test_a_sentence_runs_over_the_page_and_the_note_stands_before_it():
    document = Drawing()
    document.column(LEFT, 80, MEASURE, LAMPS)
    document.line(LEFT, 640, FULL)
    document.column(LEFT, 740, MEASURE, f"1 {FIRST}", 8)
    document.next_page()
    document.line(LEFT, 80, "board, ask for a second boat.")
    document.column(LEFT, 120, MEASURE, OIL)
    read_back = read("a.pdf", document.bytes())
    assert blocks(read_back) == [
        ("paragraph", LAMPS),
        ("note", f"1 {FIRST}"),
        ("paragraph", f"{FULL} board, ask for a second boat."),
        ("paragraph", OIL),
    ]
    assert read_back.page_number_at(read_back.text.index("second boat")) == 2
    assert read_back.page_number_at(read_back.text.index("letter to the guild")) == 1


def test_notes_below_both_columns_do_not_cut_a_sentence_from_one_to_the_other():
    document = Drawing()
    below = document.column(LEFT, 80, HALF, LAMPS)
    document.lines(
        LEFT,
        below + 10,
        ["The keepers of the seven northern towers,", "who are paid by the month and by"],
    )
    document.column(LEFT, 735, HALF, f"1 {FIRST}", 8)
    below = document.column(RIGHT, 80, HALF, "nobody else, ask for a second boat.")
    document.column(RIGHT, below + 10, HALF, OIL)
    document.column(RIGHT, 735, HALF, f"2 {SECOND}", 8)
    found = blocks(read("a.pdf", document.bytes()))
    assert [text for kind, text in found if kind == "paragraph"] == [
        LAMPS,
        "The keepers of the seven northern towers, who are paid by the month and by nobody else, "
        "ask for a second boat.",
        OIL,
    ]
    assert [text for kind, text in found if kind == "note"] == [f"1 {FIRST}", f"2 {SECOND}"]


def test_the_mark_of_a_note_stays_with_its_word_and_is_no_figure():
    page = Drawing()
    marked(page, LEFT, 80, "The quay has a depth of nine fathoms", "12", "at low water, and the")
    marked(page, LEFT, 94, "outer basin has four.", "3", "No ship of the line has ever come in.")
    assert texts(read("a.pdf", page.bytes()), "paragraph") == [
        "The quay has a depth of nine fathoms¹² at low water, and the outer basin has four.³ "
        "No ship of the line has ever come in."
    ]


def test_raised_numbers_begin_notes_too():
    page = Drawing()
    page.column(LEFT, 80, MEASURE, LAMPS)
    page.line(LEFT, 737, "1", 5)
    page.line(LEFT + 5, 740, FIRST, 8)
    assert blocks(read("a.pdf", page.bytes())) == [("paragraph", LAMPS), ("note", f"1 {FIRST}")]


def test_small_type_higher_up_is_no_note():
    page = Drawing()
    page.column(LEFT, 80, MEASURE, LAMPS)
    page.column(LEFT, 160, MEASURE, f"1 {SECOND}", 8)
    assert texts(read("a.pdf", page.bytes()), "note") == []


def test_a_numbered_list_at_the_end_of_a_page_is_no_note():
    page = Drawing()
    page.column(LEFT, 80, MEASURE, LAMPS)
    page.lines(LEFT, 730, ["1. The quay is mended.", "2. The lamps are lit."])
    assert blocks(read("a.pdf", page.bytes())) == [
        ("paragraph", LAMPS),
        ("list_item", "1. The quay is mended."),
        ("list_item", "2. The lamps are lit."),
    ]


def book(labels, header=lambda _: "The Lamp Plan 2031", footer=str):
    """A page for each label, with a running header and the label at its foot."""
    document = Drawing()
    for number, label in enumerate(labels):
        if number:
            document.next_page()
        document.line(LEFT, 40, header(number), 8)
        document.column(
            LEFT, 80, MEASURE, f"In the year {1800 + 7 * number} {LAMPS[0].lower()}{LAMPS[1:]}"
        )
        document.line(LEFT if number % 2 else LEFT + MEASURE - 20, 810, footer(label), 8)
    return read("a.pdf", document.bytes())


@pytest.mark.parametrize(
    ("labels", "footer"),
    [
        (["i", "ii", "iii", "iv", "1", "2", "3", "4"], str),
        (["1", "2", "3", "4", "5"], "Page {} of 5".format),
        (["7", "8", "9", "10", "11", "12"], "– {} –".format),
        (["2", "3", "4", "5"], "{} | Norvale".format),
    ],
    ids=["roman, then arabic", "of how many", "between dashes", "beside words"],
)
def test_printed_numbers_leave_the_text_and_name_the_pages(labels, footer):
    document = book(labels, footer=footer)
    assert [kind for kind, _ in blocks(document)] == ["paragraph"] * len(labels)
    assert all(text.endswith("while it burns.") for _, text in blocks(document))
    if "Norvale" not in footer("9"):
        assert [page.label for page in document.pages] == labels


def test_left_and_right_pages_have_headers_of_their_own():
    document = book(
        [str(n) for n in range(1, 9)],
        header=lambda number: "Harbour board" if number % 2 else "The Lamp Plan 2031",
    )
    assert "Harbour board" not in document.text
    assert "Lamp Plan" not in document.text
    assert [page.label for page in document.pages] == [str(n) for n in range(1, 9)]


def test_the_labels_that_the_file_states_go_before_the_printed_ones():
    document = Drawing()
    for number in range(3):
        document.canvas.addPageLabel(number, "ROMAN_UPPER", number + 1, prefix="A-")
        document.column(LEFT, 80, MEASURE, f"In the year {1800 + 7 * number} the lamps were lit.")
        document.line(LEFT, 810, str(number + 5), 8)
        if number < 2:
            document.next_page()
    assert [page.label for page in read("a.pdf", document.bytes()).pages] == [
        "A-I",
        "A-II",
        "A-III",
    ]


def test_a_sentence_that_recurs_in_the_midst_of_pages_stays():
    document = Drawing()
    for number in range(4):
        document.column(LEFT, 80, MEASURE, LAMPS if number % 2 else OIL)
        document.line(LEFT, 400, "The board decides on this in spring.")
        document.column(LEFT, 500, MEASURE, OIL if number % 2 else LAMPS)
        if number < 3:
            document.next_page()
    assert read("a.pdf", document.bytes()).text.count("decides on this") == 4
