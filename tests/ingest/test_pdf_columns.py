"""PDF columns: pages are read column by column, whatever the order in which they were set."""

import pytest
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase.pdfmetrics import stringWidth

from drawing import LEFT, MEASURE, SIZE, Drawing, blocks, texts
from ingest import read

GUTTER = 20
HALF = (MEASURE - GUTTER) / 2
RIGHT = LEFT + HALF + GUTTER
LAMPS = (
    "The harbour board of Norvale keeps forty lamps along the coast. Each lamp is lit at dusk and "
    "put out at dawn, and a keeper writes down every ship that passes while it burns. The books "
    "of all keepers are brought to the board in spring, where two clerks copy them fair."
)
OIL = (
    "Oil for the lamps comes from the mills of the inner valley, by cart as far as the river and "
    "then by barge. A barge takes nine days when the water is high. In dry summers the mills send "
    "half of what was ordered, and the keepers burn the winter store before its time."
)
GLASS = (
    "The lenses were ground abroad and cannot be ground here. One lens in five has a crack that a "
    "careful eye can find from the ground. The board has set money aside for two new lenses in "
    "every year, and for a glazier who travels from tower to tower with his own tools."
)
BOATS = (
    "Three pilot boats lie in the outer harbour at all hours. Their crews know the sands better "
    "than any chart, for the sands move with each storm. A ship without a pilot pays twice the "
    "dues, and its owner answers for every buoy that it drags away."
)


def paragraphs(drawing):
    return texts(read("a.pdf", drawing.bytes()), "paragraph")


def test_two_columns_are_read_one_after_the_other():
    page = Drawing()
    below = page.column(LEFT, 80, HALF, LAMPS)
    page.column(LEFT, below + 10, HALF, OIL)
    below = page.column(RIGHT, 80, HALF, GLASS)
    page.column(RIGHT, below + 10, HALF, BOATS)
    assert paragraphs(page) == [LAMPS, OIL, GLASS, BOATS]


def test_the_order_in_which_columns_were_set_does_not_matter():
    page = Drawing()
    page.column(RIGHT, 340, HALF, BOATS)
    page.column(LEFT, 340, HALF, OIL)
    page.column(RIGHT, 80, HALF, GLASS)
    page.column(LEFT, 80, HALF, LAMPS)
    assert paragraphs(page) == [LAMPS, OIL, GLASS, BOATS]


def test_three_columns_are_read_from_the_left():
    page = Drawing()
    third = (MEASURE - 2 * GUTTER) / 3
    for number, text in enumerate((LAMPS, OIL, GLASS)):
        page.column(LEFT + number * (third + GUTTER), 80, third, text)
    assert paragraphs(page) == [LAMPS, OIL, GLASS]


def test_a_sentence_runs_on_from_column_to_column():
    page = Drawing()
    page.column(LEFT, 80, HALF, "The keepers of the seven northern towers, who are paid by the")
    page.column(LEFT, 108, HALF, "month and housed by the board, have asked in writing for a")
    page.column(RIGHT, 80, HALF, "second boat and for oil that does not freeze in the winter.")
    page.column(RIGHT, 120, HALF, LAMPS)
    assert paragraphs(page) == [
        "The keepers of the seven northern towers, who are paid by the month and housed by the "
        "board, have asked in writing for a second boat and for oil that does not freeze in the "
        "winter.",
        LAMPS,
    ]


def test_a_heading_over_both_columns_parts_the_page():
    page = Drawing()
    page.column(LEFT, 80, HALF, LAMPS)
    page.column(RIGHT, 80, HALF, OIL)
    page.line(LEFT, 260, "What the board will do about the lenses and the boats", 16, bold=True)
    page.column(LEFT, 290, HALF, GLASS)
    page.column(RIGHT, 290, HALF, BOATS)
    assert blocks(read("a.pdf", page.bytes())) == [
        ("paragraph", LAMPS),
        ("paragraph", OIL),
        ("heading", "What the board will do about the lenses and the boats"),
        ("paragraph", GLASS),
        ("paragraph", BOATS),
    ]


def test_a_heading_stays_with_the_column_below_it():
    page = Drawing()
    page.line(LEFT, 80, "Lamps", 14, bold=True)
    page.column(LEFT, 104, HALF, LAMPS)
    page.line(RIGHT, 80, "Glass", 14, bold=True)
    page.column(RIGHT, 104, HALF, GLASS)
    assert blocks(read("a.pdf", page.bytes())) == [
        ("heading", "Lamps"),
        ("paragraph", LAMPS),
        ("heading", "Glass"),
        ("paragraph", GLASS),
    ]


def test_an_introduction_over_both_columns_comes_first():
    page = Drawing()
    below = page.column(LEFT, 80, MEASURE, BOATS)
    page.column(RIGHT, below + 16, HALF, OIL)
    page.column(LEFT, below + 16, HALF, LAMPS)
    assert paragraphs(page) == [BOATS, LAMPS, OIL]


def test_a_rule_across_the_columns_ends_them():
    page = Drawing()
    page.column(LEFT, 80, HALF, LAMPS)
    page.column(RIGHT, 80, HALF, OIL)
    page.rule(LEFT, 225, LEFT + MEASURE)
    page.column(LEFT, 245, HALF, GLASS)
    page.column(RIGHT, 245, HALF, BOATS)
    assert paragraphs(page) == [LAMPS, OIL, GLASS, BOATS]


def test_a_quotation_between_the_columns_does_not_cut_their_sentences():
    quotation = ["We keep the light", "and nobody thanks us"]
    page = Drawing()
    page.column(LEFT, 80, HALF, LAMPS)
    page.column(RIGHT, 80, HALF, OIL)
    page.lines(RIGHT - GUTTER - 60, 300, quotation, 16)
    page.column(LEFT, 280, 130, GLASS)
    page.column(LEFT + MEASURE - 130, 280, 130, BOATS)
    document = read("a.pdf", page.bytes())
    running = " ".join(text for _, text in blocks(document) if text != " ".join(quotation))
    assert running == " ".join([LAMPS, GLASS, OIL, BOATS])


@pytest.mark.parametrize("framed", [False, True], ids=["plain", "in a box"])
def test_a_side_bar_is_not_mixed_with_the_text_beside_it(framed):
    note = "In the year of the flood no lamp was lit for nine days, and three ships were lost."
    page = Drawing()
    wide = MEASURE - 160
    below = page.column(LEFT, 80, wide, LAMPS)
    page.column(LEFT, below + 10, wide, OIL)
    page.column(LEFT + wide + 30, 90, 120, note)
    if framed:
        page.box(LEFT + wide + 22, 74, LEFT + MEASURE, 190)
    assert sorted(paragraphs(page)) == sorted([LAMPS, OIL, note])


def test_text_around_a_box_within_a_column_is_read_whole():
    page = Drawing()
    below = page.column(LEFT, 80, MEASURE, LAMPS)
    page.box(LEFT, below + 4, LEFT + MEASURE, below + 64)
    page.column(LEFT + 12, below + 20, MEASURE - 24, GLASS)
    page.column(LEFT, below + 88, MEASURE, OIL)
    assert paragraphs(page) == [LAMPS, GLASS, OIL]


def test_an_initial_over_several_lines_belongs_to_its_word():
    page = Drawing()
    page.line(LEFT, 112, "T", 44, bold=True)
    top = page.lines(
        LEFT + 32,
        84,
        [
            "he harbour board keeps forty lamps along the coast of Norvale and trims them",
            "at dusk, and a keeper writes down every ship that passes while they burn, so",
            "that nothing is lost. The books of all keepers are brought to the board in the",
        ],
    )
    page.lines(
        LEFT, top, ["spring of each year, where two clerks copy them fair and bind them well."]
    )
    (paragraph,) = paragraphs(page)
    assert paragraph.startswith("The harbour board keeps forty lamps")
    assert paragraph.endswith("copy them fair and bind them well.")


def test_words_parted_at_the_end_of_a_line_a_column_and_a_page_are_whole():
    page = Drawing()
    page.lines(LEFT, 80, ["The board inspects the light-", "houses in spring. It pays the keep-"])
    page.lines(RIGHT, 80, ["ers by the month, and their cot-", "tages are mended by the har-"])
    page.next_page()
    page.lines(LEFT, 80, ["bour carpenters. Well-", "known ships pay nothing here."])
    assert paragraphs(page) == [
        "The board inspects the lighthouses in spring. It pays the keepers by the month, and their "
        "cottages are mended by the harbour carpenters. Wellknown ships pay nothing here."
    ]


def test_a_hyphen_that_the_document_writes_elsewhere_stays():
    page = Drawing()
    page.lines(LEFT, 80, ["A well-known ship pays nothing, and no well-", "known captain pays."])
    assert paragraphs(page) == ["A well-known ship pays nothing, and no well-known captain pays."]


def test_the_wide_spaces_of_justified_lines_are_not_taken_for_gutters():
    page = Drawing()
    for left, text in ((LEFT, LAMPS), (LEFT + 140, GLASS)):
        for number, line in enumerate(simpleSplit(text, "Helvetica", SIZE, 120)):
            words = line.split()
            free = 120 - sum(stringWidth(word, "Helvetica", SIZE) for word in words)
            for word in words:
                page.line(left, 80 + 14 * number, word)
                left += stringWidth(word, "Helvetica", SIZE) + min(free / (len(words) - 1), 12)
            left = LEFT if text is LAMPS else LEFT + 140
    assert paragraphs(page) == [LAMPS, GLASS]
