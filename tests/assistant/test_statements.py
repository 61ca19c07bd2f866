"""Statements: what of a passage can be quoted by itself."""

from __future__ import annotations

from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.statements import FEWEST_WORDS, Statement, statements
from index import Evidence
from ingest import BlockKind, Document, read, split
from ingest.builder import DocumentBuilder

PLAN = dedent("""\
    # The Lighthouse Plan of the Northern Coast

    The authority keeps forty lamps. It inspects each of them twice a year.

    ## What it wants

    In brief. The authority pursues two aims:

    - brighter lamps on every cape
    - fewer wrecks

    | Aim | Deadline |
    | --- | --- |
    | Brighter lamps | 2031 |
    """)


def stated(document: Document) -> list[Statement]:
    return [
        statement
        for rank, passage in enumerate(split(document))
        for statement in statements(document, Evidence(passage, 1.0, named=0.5), rank)
    ]


@pytest.fixture(scope="module")
def plan() -> list[Statement]:
    return stated(read("plan.md", PLAN.encode()))


def test_sentences_items_and_rows_are_statements_in_reading_order(plan: list[Statement]) -> None:
    assert [(item.kind, item.text) for item in plan] == [
        (BlockKind.PARAGRAPH, "The authority keeps forty lamps."),
        (BlockKind.PARAGRAPH, "It inspects each of them twice a year."),
        (BlockKind.PARAGRAPH, "The authority pursues two aims:"),
        (BlockKind.LIST_ITEM, "brighter lamps on every cape"),
        (BlockKind.LIST_ITEM, "fewer wrecks"),
        (BlockKind.TABLE_ROW, "Aim: Brighter lamps | Deadline: 2031"),
    ]


def test_headings_and_stray_words_are_none(plan: list[Statement]) -> None:
    texts = [item.text for item in plan]
    assert "What it wants" not in texts
    assert "In brief." not in texts


def test_the_documents_own_title_is_none() -> None:
    builder = DocumentBuilder()
    builder.add(BlockKind.PARAGRAPH, "A Plan for the Coast")
    builder.add(BlockKind.PARAGRAPH, "Forty lamps burn along the coast.")
    document = builder.build(
        path="a.txt", content_hash="0", format="text", title="A Plan for the Coast"
    )
    assert [item.text for item in stated(document)] == ["Forty lamps burn along the coast."]


def test_a_list_item_knows_the_sentence_that_introduces_it(plan: list[Statement]) -> None:
    leads = {item.text: item.lead for item in plan}
    assert leads["fewer wrecks"] == "The authority pursues two aims:"
    assert leads["The authority keeps forty lamps."] == ""


def test_the_lead_in_of_a_list_goes_along_into_the_next_passage() -> None:
    item = (
        "every lamp of the northern coast is cleaned by hand in the spring and in the autumn " * 5
    )
    text = "The authority promises this:\n\n" + "".join(f"- {item}{n}\n" for n in range(8))
    document = read("plan.md", text.encode())
    passages = split(document)
    assert len(passages) > 1
    of_the_last = list(statements(document, Evidence(passages[-1], 1.0), 0))
    assert {item.lead for item in of_the_last} == {"The authority promises this:"}


def test_a_statement_knows_its_section_and_its_passage(plan: list[Statement]) -> None:
    item = next(item for item in plan if item.text == "fewer wrecks")
    assert item.section[-1] == "What it wants"
    assert item.text in item.around
    assert item.named == 0.5


BLOCK = st.tuples(
    st.sampled_from(list(BlockKind)),
    st.lists(
        st.sampled_from(["The lamp burns.", "Dr. Low pays £5.", "1. First", "why? [1]", "a;", "é"]),
        min_size=1,
        max_size=12,
    ).map(" ".join),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(BLOCK, min_size=1, max_size=12))
def test_every_statement_stands_inside_its_passage(blocks: list[tuple[BlockKind, str]]) -> None:
    builder = DocumentBuilder()
    for kind, text in blocks:
        builder.add(kind, text, 1)
    document = builder.build(
        path="a.txt", content_hash="0", format="text", title="A", language="en"
    )
    for rank, passage in enumerate(split(document)):
        end = passage.start
        for item in statements(document, Evidence(passage, 1.0), rank):
            assert end <= item.start < item.end <= passage.end
            assert item.text == item.text.strip()
            assert item.kind is not BlockKind.PARAGRAPH or item.words >= FEWEST_WORDS
            end = item.end


@pytest.mark.parametrize(
    ("text", "fragment"),
    [
        ("The board pays 40 crowns for each lamp.", False),
        ("The board pays for each lamp.12", False),
        ("The board has three duties:", False),
        ("Lamp Responsible Deadline North cape Board 2031 South reef Pilots 2033", True),
    ],
)
def test_running_text_without_an_end_is_a_fragment(text: str, fragment: bool) -> None:
    document = read("plan.md", f"# Plan\n\n{text}\n".encode())
    block = document.blocks[1]
    statement = Statement(document, block.start, block.end, block.kind, (), 0, 0.0)
    assert statement.is_fragment is fragment


def test_a_table_of_contents_says_nothing() -> None:
    pages = [
        "Contents\n\nLamps ..... 2\nShips ..... 3\nKeepers ..... 4\nHarbours ..... 5\n",
        "Lamps\n\nThe authority keeps forty lamps along the coast.\n",
    ]
    document = read("plan.txt", "\f".join(pages).encode())
    assert [item.text for item in stated(document)] == [
        "The authority keeps forty lamps along the coast."
    ]
