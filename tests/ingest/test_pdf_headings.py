"""PDF headings: from the outline, the table of contents, and the way they are set."""

import pytest

from drawing import LEFT, MEASURE, Drawing, blocks, texts
from ingest import BlockKind, read

LAMPS = (
    "The harbour board of Norvale keeps forty lamps along the coast. Each lamp is lit at dusk and "
    "put out at dawn, and a keeper writes down every ship that passes while it burns."
)
OIL = (
    "Oil for the lamps comes from the mills of the inner valley, by cart as far as the river and "
    "then by barge. A barge takes nine days when the water is high."
)
CHAPTERS = [
    ("The lamps and their keepers", 0, 3),
    ("Oil from the inner valley", 1, 4),
    ("Glass, and who grinds it", 1, 6),
    ("Boats for the pilots of the sands", 0, 9),
    ("What all of this will cost", 0, 11),
]


def with_chapters(document):
    """The chapters after a page of contents: headings in the type of the text, or in larger."""
    for title, _, _ in CHAPTERS:
        document.next_page()
        document.column(LEFT, 80, MEASURE, LAMPS)
        document.line(LEFT, 140, title)
        document.column(LEFT, 160, MEASURE, OIL)
    return read("a.pdf", document.bytes())


@pytest.mark.parametrize("leaders", [True, False], ids=["leaders", "white space"])
def test_entries_of_the_contents_with_their_pages_are_headings(leaders):
    document = Drawing()
    document.line(LEFT, 80, "Contents", 18, bold=True)
    for number, (title, depth, page) in enumerate(CHAPTERS):
        top = 120 + 18 * number
        if leaders:
            document.line(LEFT + 20 * depth, top, f"{title} {'.' * (60 - len(title))} {page}")
        else:
            document.line(LEFT + 20 * depth, top, title)
            document.line(LEFT + MEASURE - 20, top, str(page))
    found = with_chapters(document)
    assert texts(found, "heading")[-5:] == [title for title, _, _ in CHAPTERS]
    levels = [block.level for block in found.blocks if block.kind is BlockKind.HEADING][-5:]
    assert levels == [1, 2, 2, 1, 1]
    contents = texts(found, "contents")
    assert len(contents) == len(CHAPTERS)
    assert all(line.startswith(title) for line, (title, *_) in zip(contents, CHAPTERS, strict=True))


def test_entries_without_pages_are_headings_where_the_page_is_called_contents():
    document = Drawing()
    document.line(LEFT, 80, "Contents", 18, bold=True)
    for number, (title, depth, _) in enumerate(CHAPTERS):
        document.line(LEFT + 20 * depth, 120 + 18 * number, title)
    found = with_chapters(document)
    assert texts(found, "heading")[-5:] == [title for title, _, _ in CHAPTERS]


def test_an_entry_over_two_lines_is_one():
    document = Drawing()
    document.line(LEFT, 80, "Contents", 18, bold=True)
    document.lines(
        LEFT,
        120,
        [
            "The lamps of the seven northern towers and of the two capes ....... 3",
            "Oil from the inner valley, and what became of the mills that stood on the",
            "river before the flood ....... 5",
            "Boats for the pilots of the sands ....... 9",
            "What all of this will cost ....... 11",
        ],
    )
    document.next_page()
    document.column(LEFT, 80, MEASURE, LAMPS)
    document.lines(
        LEFT,
        140,
        [
            "Oil from the inner valley, and what became of the",
            "mills that stood on the river before the flood",
        ],
    )
    document.column(LEFT, 184, MEASURE, OIL)
    assert texts(read("a.pdf", document.bytes()), "heading")[-1] == (
        "Oil from the inner valley, and what became of the mills that stood on the river before "
        "the flood"
    )


def test_figures_at_the_ends_of_lines_make_no_contents():
    document = Drawing()
    for number, line in enumerate(["Ships in", "Ships out", "Ships lost", "Pilots", "Lamps"]):
        document.line(LEFT, 80 + 18 * number, f"{line} {[412, 31, 7, 90, 2][number]}")
    assert texts(with_chapters(document), "contents") == []


def test_the_outline_names_headings_that_look_like_text():
    document = Drawing()
    document.column(LEFT, 80, MEASURE, LAMPS)
    for title, level, top in (("Oil", 0, 130), ("Whale oil", 1, 200)):
        document.canvas.bookmarkPage(title)
        document.canvas.addOutlineEntry(title, title, level)
        document.line(LEFT, top, title)
        document.column(LEFT, top + 16, MEASURE, OIL)
    # Too short a title says too little: "Oil" might be the last word of any line.
    assert texts(read("a.pdf", document.bytes()), "heading") == ["Whale oil"]


def test_a_heading_on_the_line_of_its_paragraph_is_parted_from_it():
    document = Drawing()
    document.canvas.bookmarkPage("whale")
    document.canvas.addOutlineEntry("Oil of the whale", "whale", 0)
    document.column(LEFT, 80, MEASURE, LAMPS)
    document.column(LEFT, 130, MEASURE, f"Oil of the whale. {OIL}")
    assert blocks(read("a.pdf", document.bytes())) == [
        ("paragraph", LAMPS),
        ("heading", "Oil of the whale."),
        ("paragraph", OIL),
    ]


@pytest.mark.parametrize(
    ("text", "spacing"),
    [
        ("NATIONAL LAMP STRATEGY", 3),
        ("NATIONAL LAMP STRATEGY", 6),
        ("Keepers of the light", 5),
        ("PART II: THE LAMPS AND THE OIL OF THE COAST", 4),
    ],
)
def test_letters_with_space_between_them_are_words(text, spacing):
    document = Drawing()
    document.line(LEFT, 80, text, 16, bold=True, spacing=spacing)
    document.column(LEFT, 120, MEASURE, LAMPS)
    assert blocks(read("a.pdf", document.bytes())) == [("heading", text), ("paragraph", LAMPS)]


@pytest.mark.parametrize(
    "text", ["IT IS UP TO US TO DO IT", "It is up to us to do it", "A to Z of it"]
)
def test_short_words_are_not_put_together(text):
    document = Drawing()
    document.line(LEFT, 80, text, 16, bold=True)
    document.column(LEFT, 120, MEASURE, LAMPS)
    assert blocks(read("a.pdf", document.bytes()))[0] == ("heading", text)


def test_a_heading_over_two_lines_is_one():
    document = Drawing()
    document.lines(LEFT, 80, ["The lamps of the seven", "northern towers"], 18, bold=True)
    document.column(LEFT, 150, MEASURE, LAMPS)
    assert texts(read("a.pdf", document.bytes()), "heading") == [
        "The lamps of the seven northern towers"
    ]


def test_sizes_and_numbers_give_levels():
    document = Drawing()
    for number, (title, size) in enumerate(
        [
            ("1 The lamps", 18),
            ("1.1 Their keepers", 14),
            ("1.1.1 What a keeper earns", 12),
            ("2 The oil", 18),
        ]
    ):
        document.line(LEFT, 80 + 110 * number, title, size, bold=True)
        document.column(LEFT, 104 + 110 * number, MEASURE, LAMPS)
    found = read("a.pdf", document.bytes())
    levels = [block.level for block in found.blocks if block.kind is BlockKind.HEADING]
    assert levels == [1, 2, 3, 1]


def test_bullets_and_numbers_make_nested_lists():
    document = Drawing()
    document.line(LEFT, 80, "The board will do three things before the winter:")
    for number, (depth, mark, text) in enumerate(
        [
            (0, "1.", "mend the quay"),
            (1, "(a)", "with stone from the valley"),
            (1, "(b)", "or with what the flood has left"),
            (0, "2.", "buy two lenses"),
            (1, "\u2022", "for the north cape"),
            (2, "\u2013", "and its outer rock"),
            (0, "3.", "train six pilots"),
        ]
    ):
        document.line(LEFT + 20 * depth, 100 + 14 * number, mark)
        document.line(LEFT + 20 * depth + 16, 100 + 14 * number, text)
    found = read("a.pdf", document.bytes())
    items = [block for block in found.blocks if block.kind is BlockKind.LIST_ITEM]
    assert [(item.level, found.text[item.start : item.end]) for item in items] == [
        (0, "1. mend the quay"),
        (1, "(a) with stone from the valley"),
        (1, "(b) or with what the flood has left"),
        (0, "2. buy two lenses"),
        (1, "for the north cape"),
        (2, "and its outer rock"),
        (0, "3. train six pilots"),
    ]


@pytest.mark.parametrize("code", [b"2022", b"F0B7", b"F0A7", b"F098", b"25AA", b"2013"])
def test_bullets_of_any_font_are_bullets(code):
    document = Drawing()
    document.line(LEFT, 80, "The board will do two things before the winter:")
    for number, item in enumerate(["mend the quay", "buy two lenses"]):
        document.line(LEFT, 100 + 14 * number, "\u2022")
        document.line(LEFT + 16, 100 + 14 * number, item)
    # What the font says that its bullet is: symbol fonts give it a code of their own.
    data = document.bytes().replace(b"<2022>", b"<%s>" % code)
    assert texts(read("a.pdf", data), "list_item") == ["mend the quay", "buy two lenses"]


def test_ligatures_are_letters():
    document = Drawing()
    document.line(LEFT, 80, "The \ufb01rst \ufb02ag \ufb02ies over the of\ufb01ce of the board.")
    assert texts(read("a.pdf", document.bytes()), "paragraph") == [
        "The first flag flies over the office of the board."
    ]
