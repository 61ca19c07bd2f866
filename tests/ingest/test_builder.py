"""DocumentBuilder: blocks come in, and the spans of pages and blocks fit the text."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest import BlockKind, PageStatus
from ingest.builder import DocumentBuilder, normalise


def built(builder):
    return builder.build(path="a.pdf", content_hash="0", format="pdf", title="A")


def texts(document):
    return [document.text[block.start : block.end] for block in document.blocks]


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("  two\t\n words \u00a0", "two words"),
        ("eﬃcient ﬁre", "efficient fire"),
        ("deci\u00adsion", "decision"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("e\u0301tude", "étude"),
        ("a\x00b\x07c", "a b c"),
        ("\u200b\u00ad", ""),
        ("x² and ½", "x² and ½"),
    ],
)
def test_text_is_made_clean(text, clean):
    assert normalise(text) == clean


@settings(deadline=None)
@given(st.text())
def test_clean_text_is_one_line_and_stays_as_it_is(text):
    clean = normalise(text)
    assert normalise(clean) == clean
    assert clean == clean.strip()
    assert len(clean.splitlines()) <= 1
    assert "  " not in clean
    assert unicodedata.is_normalized("NFC", clean)


def test_paragraphs_stand_apart_and_a_list_stands_with_its_lead_in():
    builder = DocumentBuilder()
    builder.add(BlockKind.HEADING, "Aims", 1)
    builder.add(BlockKind.PARAGRAPH, "We want:")
    builder.add(BlockKind.LIST_ITEM, "lamps")
    builder.add(BlockKind.LIST_ITEM, "ships")
    builder.add(BlockKind.PARAGRAPH, "No more.")
    assert built(builder).text == "Aims\n\nWe want:\nlamps\nships\n\nNo more."


def test_empty_blocks_are_dropped():
    builder = DocumentBuilder()
    builder.add(BlockKind.PARAGRAPH, " \u00ad\n")
    builder.add(BlockKind.PARAGRAPH, "Lamps.")
    assert texts(built(builder)) == ["Lamps."]


def test_a_format_without_pages_is_one_page_that_nobody_cites():
    builder = DocumentBuilder()
    builder.add(BlockKind.PARAGRAPH, "Lamps.")
    document = built(builder)
    assert not document.paged
    assert [(page.number, page.text) for page in document.pages] == [(1, "Lamps.")]
    assert document.page_number_at(0) is None


def test_a_page_keeps_its_label_and_says_why_it_is_empty():
    builder = DocumentBuilder()
    builder.start_page("i")
    builder.add(BlockKind.PARAGRAPH, "Lamps.")
    builder.start_page()
    builder.start_page("iii", PageStatus.UNREADABLE, "a picture without text")
    document = built(builder)
    assert [(page.label, page.status, page.reason) for page in document.pages] == [
        ("i", PageStatus.TEXT, ""),
        (None, PageStatus.BLANK, ""),
        ("iii", PageStatus.UNREADABLE, "a picture without text"),
    ]
    assert document.page_number_at(0) == 1


def test_a_paragraph_goes_on_over_a_page_break():
    builder = DocumentBuilder()
    builder.start_page()
    builder.add(BlockKind.PARAGRAPH, "The lamps")
    builder.start_page()
    builder.run_on("burn all night.")
    document = built(builder)
    assert texts(document) == ["The lamps burn all night."]
    assert document.page_number_at(document.text.index("lamps")) == 1
    assert document.page_number_at(document.text.index("burn")) == 2


def test_a_word_hyphenated_over_a_page_break_is_made_whole():
    builder = DocumentBuilder()
    builder.start_page()
    builder.add(BlockKind.PARAGRAPH, "The light-")
    builder.start_page()
    builder.run_on("house burns.", joiner="", drop=1)
    document = built(builder)
    assert document.text == "The lighthouse burns."
    assert [page.text for page in document.pages] == ["The light", "house burns."]


STEP = st.one_of(
    st.just("page"),
    st.tuples(
        st.sampled_from(list(BlockKind)),
        st.text("ab- \u00ad.", max_size=6),
        st.sampled_from([None, 0, 1]),
    ),
)


@settings(deadline=None)
@given(st.lists(STEP, max_size=20))
def test_the_spans_fit_the_text_whatever_comes(steps):
    builder = DocumentBuilder()
    for step in steps:
        if step == "page":
            builder.start_page()
        else:
            kind, text, drop = step
            if drop is None or not builder.blocks:
                builder.add(kind, text, 1)
            else:
                builder.run_on(text, " ", drop)
    document = built(builder)
    assert (
        "".join(page.text for page in document.pages if page.start < page.end)
        == document.text[document.pages[0].start :]
    )
    assert [page.number for page in document.pages] == list(range(1, len(document.pages) + 1))
    for page in document.pages:
        assert 0 <= page.start <= page.end <= len(document.text)
        assert page.text == document.text[page.start : page.end]
    for before, after in pairwise(document.pages):
        assert before.end == after.start
    end = 0
    for block in document.blocks:
        assert end <= block.start < block.end <= len(document.text)
        end = block.end
