"""Enumeration: the line that introduces a list, and all of its items."""

from __future__ import annotations

from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.lists import LONGEST_LIST, Enumeration, enumerations
from ingest import BlockKind, Document, read
from ingest.builder import DocumentBuilder


def lists_in(text: str, name: str = "plan.md") -> list[Enumeration]:
    document = read(name, dedent(text).encode())
    return enumerations(document, 0, len(document.text))


def test_a_bulleted_list_and_its_lead_in() -> None:
    (found,) = lists_in("""\
        Much has been said of the coast. The authority has three aims:

        - brighter lamps
        - fewer wrecks
        - dry feet

        None of them is new.
        """)
    assert found.lead_text == "The authority has three aims:"
    assert found.item_texts == ("brighter lamps", "fewer wrecks", "dry feet")


def test_a_numbered_list_keeps_its_numbers() -> None:
    (found,) = lists_in("The aims are:\n\n1. brighter lamps\n2. fewer wrecks\n")
    assert found.item_texts == ("1. brighter lamps", "2. fewer wrecks")


def test_a_list_under_a_heading_alone_is_introduced_by_the_heading() -> None:
    (found,) = lists_in("# Lamps\n\nText of a kind.\n\n## Aims\n\n- brighter lamps\n- dry feet\n")
    assert found.lead_text == "Aims"


def test_what_is_nested_in_an_item_belongs_to_it() -> None:
    (found,) = lists_in("""\
        The aims are:

        - brighter lamps:
          - on the capes
          - in the harbours
        - fewer wrecks
        """)
    assert [" ".join(text.split()) for text in found.item_texts] == [
        "brighter lamps: on the capes in the harbours",
        "fewer wrecks",
    ]


def test_headings_that_follow_a_colon_are_a_list() -> None:
    (found,) = lists_in("""\
        # The plan

        The plan has two goals:

        ## Brighter lamps

        Forty of them are replaced.

        ## Fewer wrecks

        Pilots come aboard earlier.

        # Money

        There is none.

        ## Coins

        There are some.
        """)
    assert found.item_texts == ("Brighter lamps", "Fewer wrecks")


def test_labelled_paragraphs_that_follow_a_colon_are_a_list() -> None:
    (found,) = lists_in("""\
        Three principles guide the work:

        Openness: every report is published.

        It is published within a month.

        Thrift – no lamp burns by day.

        Care: nobody works on the cliff alone.
        """)
    assert [text.split()[0].rstrip(":") for text in found.item_texts] == [
        "Openness",
        "Thrift",
        "Care",
    ]


def test_a_list_goes_on_over_a_page_break() -> None:
    builder = DocumentBuilder()
    builder.start_page()
    builder.add(BlockKind.PARAGRAPH, "The aims are:")
    builder.add(BlockKind.LIST_ITEM, "brighter lamps")
    builder.start_page()
    builder.add(BlockKind.LIST_ITEM, "fewer wrecks")
    builder.add(BlockKind.LIST_ITEM, "dry feet")
    document = builder.build(path="a.pdf", content_hash="0", format="pdf", title="A")
    (found,) = enumerations(document, 0, len(document.pages[0].text))
    assert found.item_texts == ("brighter lamps", "fewer wrecks", "dry feet")
    assert [document.page_number_at(start) for start, _ in found.items] == [1, 2, 2]


@pytest.mark.parametrize("part", ["The aims are", "brighter", "fewer"])
def test_a_part_of_a_list_is_enough_to_find_all_of_it(part: str) -> None:
    document = read("a.md", b"The aims are:\n\n- brighter lamps\n- fewer wrecks\n\nNo more.\n")
    start = document.text.index(part)
    (found,) = enumerations(document, start, start + len(part))
    assert found.lead_text == "The aims are:"
    assert len(found.items) == 2


def test_a_list_outside_the_span_is_not_found() -> None:
    document = read("a.md", b"The aims are:\n\n- lamps\n- wrecks\n\nMuch later, more is said.\n")
    start = document.text.index("Much later")
    assert enumerations(document, start, len(document.text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "The aims are:\n\n- brighter lamps\n",
        "The aims are these.\n\nBrighter lamps come first.\n",
        "The aims are as follows:\n",
        "- brighter lamps\n- fewer wrecks\n",
        "The aims are:\n\n" + "".join(f"- lamp {n}\n" for n in range(LONGEST_LIST + 1)),
    ],
    ids=["one item", "no list", "nothing follows", "no lead-in", "an annex"],
)
def test_what_is_no_list_to_answer_with(text: str) -> None:
    assert lists_in(text) == []


def test_the_first_sentence_of_a_long_item() -> None:
    (found,) = lists_in("The aims are:\n\n- Light the capes. That is done by night.\n- Stay dry.\n")
    first = [found.document.text[slice(*found.first_sentence(item))] for item in found.items]
    assert first == ["Light the capes.", "Stay dry."]


BLOCK = st.tuples(
    st.sampled_from(list(BlockKind)),
    st.sampled_from(["The aims:", "Openness: it is open.", "Lamps burn. So what?", "1. One", "a"]),
    st.integers(0, 3),
)


def document_of(blocks: list[tuple[BlockKind, str, int]]) -> Document:
    builder = DocumentBuilder()
    for number, (kind, text, level) in enumerate(blocks):
        if number % 5 == 0:
            builder.start_page()
        builder.add(kind, text, max(level, 1) if kind is BlockKind.HEADING else level)
    return builder.build(path="a.pdf", content_hash="0", format="pdf", title="A", language="en")


@settings(deadline=None)
@given(st.lists(BLOCK, min_size=1, max_size=20), st.floats(0, 1), st.floats(0, 1))
def test_lead_and_items_stand_in_the_document_one_after_the_other(
    blocks: list[tuple[BlockKind, str, int]], one: float, other: float
) -> None:
    document = document_of(blocks)
    start, end = sorted(int(share * len(document.text)) for share in (one, other))
    for found in enumerations(document, start, end):
        assert 2 <= len(found.items) <= LONGEST_LIST
        last = 0
        for first, after in (found.lead, *found.items):
            assert last <= first < after <= len(document.text)
            last = after
        for item in found.items:
            first, after = found.first_sentence(item)
            assert item[0] <= first < after <= item[1]
