"""Quoting: the documents' words as Markdown, each statement with its marker."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assistant.citations import CitationList
from assistant.lists import Enumeration, enumerations
from assistant.quoting import MOST_LIST_WORDS, inert, joined, list_text, sentences_text
from assistant.statements import Statement, statements
from index import Evidence
from ingest import Document, read, split


def document_of(text: str) -> Document:
    return read("plan.md", text.encode())


def statements_of(document: Document) -> list[Statement]:
    (passage,) = split(document)
    return list(statements(document, Evidence(passage, 1.0), 0))


def the_list(text: str) -> Enumeration:
    document = document_of(text)
    (found,) = enumerations(document, 0, len(document.text))
    return found


def quoted(text: str) -> str:
    """The whole of a document of one sentence, as an answer."""
    document = document_of(text)
    return sentences_text([(document, 0, len(document.text))], CitationList())


def test_each_sentence_has_its_marker() -> None:
    document = document_of("Forty lamps burn here. None of them is new. Three ships have sunk.")
    first, second, third = ((document, item.start, item.end) for item in statements_of(document))
    text = sentences_text([third, first, third, second], CitationList())
    assert text == (
        "Three ships have sunk. [1] Forty lamps burn here. [2]"
        " Three ships have sunk. [1] None of them is new. [3]"
    )


@pytest.mark.parametrize("sign", [".", "!", "?", "…"])
def test_the_end_of_a_sentence_stays(sign: str) -> None:
    assert quoted(f"Forty lamps burn{sign}") == f"Forty lamps burn{sign} [1]"


@pytest.mark.parametrize("end", ["", ";", ",", ":"])
def test_what_ends_otherwise_ends_as_a_sentence(end: str) -> None:
    assert quoted(f"forty lamps burn{end}") == "forty lamps burn. [1]"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Forty lamps burn since 2017.16", "Forty lamps burn since 2017. [1]"),
        ("Forty lamps burn as planned.3", "Forty lamps burn as planned. [1]"),
        ("The lamps cost 12.5", "The lamps cost 12.5. [1]"),
        ("The lamps burn by section 4.2", "The lamps burn by section 4.2. [1]"),
    ],
)
def test_the_mark_of_a_note_is_left_out_and_a_figure_is_not(words: str, told: str) -> None:
    assert quoted(words) == told


def test_brackets_of_the_document_are_no_markers() -> None:
    text = quoted("Forty lamps burn [2], see \\[note](https://example.org/x).")
    assert re.findall(r"(?<!\\)\[", text) == ["["]
    assert text.endswith(" [1]")


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from([*"[]()!<>`\\*_&;#:/ ax1", "](https://example.org)", "<img src=x>", "<!--"])
    ).map(lambda pieces: " ".join("".join(pieces).split()))
)
def test_nothing_in_a_documents_words_comes_alive(words: str) -> None:
    tokens = MarkdownIt("commonmark").parse(f"It says {inert(words)} [1]")
    (inline,) = (token for token in tokens if token.type == "inline")
    kinds = {child.type for child in inline.children or []}
    assert not kinds & {"code_inline", "html_inline", "image", "link_open"}
    assert inline.content.endswith(" [1]")


def test_a_sentence_that_leans_on_the_one_before_brings_it_along() -> None:
    document = document_of("A new Climate Office leads. It has a staff of fourteen.\n")
    _, second = statements_of(document)
    assert joined([second]) == [(document, 0, second.end)]


def test_a_list_has_its_lead_in_and_every_item_with_a_marker_of_its_own() -> None:
    found = the_list("The aims are these:\n\n- brighter lamps;\n- fewer wrecks, and\n- dry feet.\n")
    citations = CitationList()
    assert list_text(found, citations).splitlines() == [
        "The aims are these: [1]",
        "",
        "- brighter lamps [2]",
        "- fewer wrecks, and [3]",
        "- dry feet. [4]",
    ]
    assert [item.quote for item in citations.checked([found.document])] == [
        "The aims are these:",
        "brighter lamps;",
        "fewer wrecks, and",
        "dry feet.",
    ]


def test_numbered_items_keep_their_numbers_instead_of_bullets() -> None:
    text = list_text(the_list("The aims are:\n\n1. Lamps\n2. Wrecks\n"), CitationList())
    assert text.splitlines()[2:] == ["1. Lamps [2]", "2. Wrecks [3]"]


def test_the_items_of_a_long_list_are_given_by_their_first_sentences() -> None:
    more = "And so on and on. " * (MOST_LIST_WORDS // 5)
    found = the_list(f"The aims are:\n\n- Light the capes. {more}\n- Stay dry. {more}\n")
    citations = CitationList()
    assert list_text(found, citations).splitlines()[2:] == [
        "- Light the capes. [2]",
        "- Stay dry. [3]",
    ]
    assert citations.checked([found.document])[1].quote == "Light the capes."


def test_brackets_in_items_are_no_markers() -> None:
    found = the_list("The aims are:\n\n- lamps (see annex [9])\n- wrecks\n")
    assert "\\[9\\]" in list_text(found, CitationList())


def test_neighbouring_sentences_are_one_quote() -> None:
    document = document_of("Forty lamps burn here. None of them is new. Three ships have sunk.\n")
    first, second, third = statements_of(document)
    (both,) = joined([second, first])
    assert document.text[both[1] : both[2]] == "Forty lamps burn here. None of them is new."
    assert len(joined([first, third])) == 2


def test_sentences_of_two_paragraphs_stay_two_quotes_where_more_stands_between() -> None:
    document = document_of("Forty lamps burn here.\n\nEnough.\n\nThree ships have sunk.\n")
    assert len(joined(statements_of(document))) == 2


def test_quotes_follow_their_passages_and_within_one_the_text() -> None:
    document = document_of("Forty lamps burn here.\n\nMore.\n\nThree ships have sunk.\n")
    first, second = statements_of(document)
    assert [start for _, start, _ in joined([second, first])] == [first.start, second.start]
