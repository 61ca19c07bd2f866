"""Layout: which lines are headings, which are list items, and which run on."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest import BlockKind, PageStatus
from ingest.builder import DocumentBuilder
from ingest.layout import Layout
from ingest.lines import Line, LinedPage

WIDE = "The lighthouse authority keeps forty lamps along the whole of the coast"


def lined(text, size=10.0, bold=False, gap=0.0, indent=0.0):
    return Line(text, indent, indent + 5.0 * len(text), gap, size, bold)


def laid(*pages, headings=None):
    """The document of pages, each a list of lines or of texts with nothing special."""
    builder = DocumentBuilder()
    lined_pages = [
        LinedPage(tuple(line if isinstance(line, Line) else lined(line) for line in page))
        for page in pages
    ]
    Layout(lined_pages, headings).write(builder, paged=len(pages) > 1)
    return builder.build(path="a.pdf", content_hash="0", format="pdf", title="A")


def blocks(document):
    return [(block.kind.value, document.text[block.start : block.end]) for block in document.blocks]


def headings(document):
    return [
        (block.level, document.text[block.start : block.end])
        for block in document.blocks
        if block.kind is BlockKind.HEADING
    ]


def test_larger_type_makes_headings_the_largest_the_highest():
    document = laid(
        [lined("The Lamp Plan", 24), lined("Oil", 14, gap=1), WIDE, WIDE],
        [lined("Glass", 14), WIDE, WIDE, WIDE],
    )
    assert headings(document) == [(1, "The Lamp Plan"), (2, "Oil"), (2, "Glass")]


def test_a_heading_of_two_lines_is_one():
    document = laid([lined("The Lamp Plan of the", 24), lined("Northern Coast", 24), WIDE, WIDE])
    assert headings(document) == [(1, "The Lamp Plan of the Northern Coast")]


def test_a_bold_line_that_stands_apart_is_a_heading_but_not_a_bold_sentence():
    document = laid(
        [WIDE, lined("Oil and glass", bold=True, gap=1), WIDE],
        [WIDE, lined("Nobody smokes here.", bold=True, gap=1), WIDE],
    )
    assert [text for _, text in headings(document)] == ["Oil and glass"]


def test_section_numbers_say_how_deep_a_heading_is():
    document = laid(
        [WIDE, lined("2.1 Oil", gap=1), WIDE, lined("2.1.1 Whale oil", gap=1), WIDE, WIDE]
    )
    (upper, _), (lower, _) = headings(document)
    assert lower == upper + 1


def test_what_the_outline_names_is_a_heading_however_it_is_printed():
    document = laid([WIDE, "Oil & glass", WIDE], headings={"oilglass": 2})
    assert headings(document) == [(2, "Oil & glass")]


@pytest.mark.parametrize("text", ["Oil ........ 7", "www.example.org", "write to me@example.org"])
def test_contents_and_addresses_are_no_headings(text):
    assert headings(laid([WIDE, lined(text, 14, gap=1), WIDE])) == []


@pytest.mark.parametrize("bullet", ["•", "▪", "–", "-", "*", "\uf0b7", "✓"])
def test_bullets_make_items_without_their_bullet(bullet):
    document = laid(["We want:", f"{bullet} brighter lamps", f"{bullet} fewer wrecks"])
    assert blocks(document)[1:] == [("list_item", "brighter lamps"), ("list_item", "fewer wrecks")]


@pytest.mark.parametrize(
    ("one", "two"), [("1.", "2."), ("1)", "2)"), ("(a)", "(b)"), ("i.", "ii.")]
)
def test_numbers_make_items_that_keep_them(one, two):
    document = laid(["We want:", f"{one} brighter lamps,", f"{two} fewer wrecks."])
    assert blocks(document)[1:] == [
        ("list_item", f"{one} brighter lamps,"),
        ("list_item", f"{two} fewer wrecks."),
    ]


def test_a_bullet_on_a_line_of_its_own_goes_with_the_next():
    document = laid(["We want:", "•", "brighter lamps", "•", "fewer wrecks"])
    assert blocks(document)[1:] == [("list_item", "brighter lamps"), ("list_item", "fewer wrecks")]


def test_an_item_runs_over_several_lines():
    document = laid(
        ["We want:", "• brighter lamps on", lined("every cape", indent=8), "• less fog"]
    )
    assert blocks(document)[1:] == [
        ("list_item", "brighter lamps on every cape"),
        ("list_item", "less fog"),
    ]


def test_a_deeper_indent_makes_a_nested_item():
    items = [("lamps", 10), ("of oil", 30), ("of gas", 30), ("ships", 10)]
    document = laid(["We want:", *(lined(f"• {text}", indent=indent) for text, indent in items)])
    items = [block for block in document.blocks if block.kind is BlockKind.LIST_ITEM]
    assert [item.level for item in items] == [0, 1, 1, 0]


@pytest.mark.parametrize("text", ["– 40 degrees were measured", "-5 degrees", "*"])
def test_a_dash_before_a_figure_is_no_bullet(text):
    assert not any(kind == "list_item" for kind, _ in blocks(laid([WIDE, text])))


def test_a_dash_within_a_sentence_is_no_bullet():
    document = laid([WIDE, "– and of the islands – in good order."])
    assert blocks(document) == [("paragraph", f"{WIDE} – and of the islands – in good order.")]


def test_a_gap_parts_paragraphs_and_a_full_line_goes_on():
    document = laid([WIDE, "and of the islands.", lined("Nobody minds.", gap=1)])
    assert blocks(document) == [
        ("paragraph", f"{WIDE} and of the islands."),
        ("paragraph", "Nobody minds."),
    ]


def test_a_wide_gap_parts_even_a_sentence():
    document = laid([WIDE, lined("and of the islands.", gap=3)], ["Nobody minds."])
    assert blocks(document)[1] == ("paragraph", "and of the islands.")


def test_a_sentence_goes_on_over_a_page_break():
    document = laid([WIDE], ["and of the islands.", lined("Nobody minds.", gap=1)])
    assert blocks(document)[0] == ("paragraph", f"{WIDE} and of the islands.")
    assert document.page_number_at(document.text.index("islands")) == 2


def test_a_finished_sentence_does_not():
    document = laid([f"{WIDE}."], [f"{WIDE}."])
    assert len(document.blocks) == 2


def test_an_unreadable_page_says_so_and_the_others_are_read():
    builder = DocumentBuilder()
    pages = [LinedPage((lined(WIDE),)), LinedPage((), reason="a picture without text")]
    Layout(pages).write(builder, paged=True)
    document = builder.build(path="a.pdf", content_hash="0", format="pdf", title="A")
    assert [page.status for page in document.pages] == [PageStatus.TEXT, PageStatus.UNREADABLE]
    assert document.pages[1].reason == "a picture without text"


PIECES = st.sampled_from(
    [
        "•",
        "1.",
        "2.1 Oil",
        "LAMPS AND OIL",
        "it burns",
        "Lamps.",
        "–",
        "light-",
        "Annex A",
        "²",
        "ı",
    ]
)
LINE = st.builds(
    lined,
    st.lists(PIECES, min_size=1, max_size=4).map(" ".join),
    st.sampled_from([0.0, 10.0, 12.0, 20.0]),
    st.booleans(),
    st.sampled_from([0.0, 1.0, 3.0]),
    st.sampled_from([0.0, 10.0, 30.0]),
)


@settings(deadline=None)
@given(st.lists(st.lists(LINE, max_size=8), min_size=1, max_size=4))
def test_whatever_the_lines_blocks_come_in_order_and_levels_are_sound(pages):
    document = laid(*pages)
    end = 0
    for block in document.blocks:
        assert end <= block.start < block.end
        end = block.end
        assert 1 <= block.level <= 6 if block.kind is BlockKind.HEADING else block.level <= 3
    assert len(document.pages) == len(pages)
