"""Answers become safe HTML for the chat and plain text for the terminal."""

from __future__ import annotations

import dataclasses
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser

from assistant import Answer
from conversing import ANSWER, CITATION, PASSAGE, REFUSAL
from index import Evidence
from ui.render import (
    answer_html,
    answer_text,
    error_html,
    parse_reference,
    question_html,
    quotation,
    reference,
    sources,
)
from ui.wording import left_words, printable

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "![pixel](http://tracker.example/p.png)",
    "[click](javascript:alert(1))",
    "[click](#cite-1-1)",
    "<a href='#cite-9-9'>1</a>",
    "[a]: http://evil.example\n\n[a]",
    "<http://evil.example>",
    "https://evil.example and www.evil.example and mail@evil.example",
    "<form action=http://evil.example><input name=q></form>",
    "&lt;script&gt;",
    "</div></div><style>*{display:none}</style>",
    "```html\n<b>\n```",
    "$$\\href{javascript:alert(1)}{x}$$",
    "a\n\n<iframe src=//evil.example></iframe>\n\n[x](y)",
]
ALIVE = {"script", "style", "img", "iframe", "form", "input", "button", "svg", "object", "link"}


def as_shown(html: str) -> LexborHTMLParser:
    """What a chat makes of a message: Markdown with everything allowed, then HTML."""
    generous = MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(html)
    return LexborHTMLParser(generous)


def assert_inert(html: str, cited: set[str] = frozenset()) -> None:
    shown = as_shown(html)
    assert not [node.tag for node in shown.css("*") if node.tag in ALIVE - {"head"}]
    assert {node.attributes["href"] for node in shown.css("a")} <= cited
    for node in shown.css("body *"):
        assert set(node.attributes) <= {"class", "href", "title", "start", "style"}
        assert node.attributes.get("style", "").startswith(("", "text-align"))


def test_a_marker_becomes_a_link_to_its_citation() -> None:
    link = as_shown(answer_html(ANSWER, 4)).css_first(".words a")
    assert link.attributes["href"] == "#cite-4-1"
    assert link.attributes["title"] == "plans/harbour.pdf, p. 3 (iii)"
    assert link.text() == "1"


def test_a_number_without_a_citation_stays_text() -> None:
    answer = dataclasses.replace(ANSWER, text="See note [7]. [1]")
    words = as_shown(answer_html(answer, 1)).css_first(".words")
    assert "See note [7]." in words.text()
    assert len(words.css("a")) == 1


def test_an_escaped_marker_is_the_documents_own() -> None:
    answer = dataclasses.replace(ANSWER, text=r"As in \[1\] above. [1]")
    words = as_shown(answer_html(answer, 1)).css_first(".words")
    assert words.text().strip() == "As in [1] above.1"
    assert len(words.css("a")) == 1


def test_lists_and_emphasis_of_an_answer_are_shown_as_such() -> None:
    answer = dataclasses.replace(ANSWER, text="**Goals**: [1]\n\n- one [1]\n- two [1]")
    shown = as_shown(answer_html(answer, 1))
    assert [item.text() for item in shown.css(".words li")] == ["one1", "two1"]
    assert shown.css_first(".words strong").text() == "Goals"


def test_sources_are_listed_by_document_and_page() -> None:
    citations = (
        CITATION,
        dataclasses.replace(CITATION, number=2, document="b.md", title="B", page=None),
        dataclasses.replace(CITATION, number=3),
        dataclasses.replace(CITATION, number=4, page=5),
    )
    shown = as_shown(answer_html(dataclasses.replace(ANSWER, citations=citations), 1))
    rows = [" ".join(row.text().split()) for row in shown.css(".sources li")]
    assert rows == ["Harbour plan p. 3 13p. 5 4", "B 2"]


def test_a_refusal_offers_the_nearest_passages_as_links() -> None:
    shown = as_shown(answer_html(REFUSAL, 2))
    assert shown.css_first(".words").text().strip() == "The documents do not say."
    assert shown.css_first(".note").text() == "These come nearest:"
    near = shown.css_first(".nearest a")
    assert near.attributes["href"] == "#cite-2-1"
    assert "Rangers plant native oaks" in near.text()


def test_what_a_refusal_links_to_is_a_span_of_a_document() -> None:
    source = sources(REFUSAL)[0]
    assert (source.document, source.start, source.end) == ("plans/forest.md", 10, 54)
    assert source.quote == PASSAGE.text


def test_a_nearest_passage_is_shown_without_the_headings_it_begins_with() -> None:
    passage = dataclasses.replace(PASSAGE, text="Planting\n\nRangers plant native oaks.")
    refused = dataclasses.replace(REFUSAL, evidence=(Evidence(passage, 0.1),))
    shown = as_shown(answer_html(refused, 1)).css_first(".near .excerpt")
    assert shown.text() == "Rangers plant native oaks."


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_is_shown_and_never_alive(hostile: str) -> None:
    assert_inert(question_html(hostile))
    assert_inert(error_html(hostile))
    citation = dataclasses.replace(
        CITATION, document=hostile, title=hostile, section=(hostile,), quote=hostile
    )
    answer = Answer(
        question=hostile,
        text=f"{hostile} [1]",
        found=True,
        citations=(citation,),
        standalone=f"{hostile} then",
        searched=(hostile,),
    )
    assert_inert(answer_html(answer, 1), {"#cite-1-1"})
    passage = dataclasses.replace(PASSAGE, text=hostile, title=hostile)
    refused = dataclasses.replace(REFUSAL, text=hostile, evidence=(Evidence(passage, 0.1),))
    assert_inert(answer_html(refused, 1), {"#cite-1-1"})


@settings(deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200))
def test_whatever_is_asked_stands_on_one_line_and_is_inert(text: str) -> None:
    html = question_html(text)
    assert "\n" not in html
    assert "\r" not in html
    assert_inert(html)


MARKDOWN = st.lists(
    st.sampled_from([*HOSTILE, "[1]", "[2]", "- ", "# ", "\n", "\n\n", "*", "`", "|", "\\", "a "])
    | st.text(max_size=8),
    max_size=12,
).map("".join)


@settings(deadline=None)
@given(MARKDOWN)
def test_whatever_an_answer_holds_only_our_links_are_alive(text: str) -> None:
    html = answer_html(dataclasses.replace(ANSWER, text=text), 1)
    assert "\n" not in html
    assert_inert(html, {"#cite-1-1"})


@settings(deadline=None)
@given(st.integers(1, 999_999), st.integers(1, 999_999))
def test_a_reference_is_read_back(answer_number: int, number: int) -> None:
    assert parse_reference(reference(answer_number, number)) == (answer_number, number)


@pytest.mark.parametrize(
    "address", ["", "#cite-1", "#cite-1-x", "#cite--1-2", "#cite-1-2'", "x" * 9]
)
def test_what_is_no_reference_is_none(address: str) -> None:
    assert parse_reference(address) is None


def test_a_quotation_carries_its_reference() -> None:
    assert quotation(CITATION) == (
        "“Twelve quays are electrified by 2031.” "
        "(Harbour plan, “Shore power”, plans/harbour.pdf, p. 3 (iii))"
    )


def test_the_terminal_gets_the_answer_then_its_sources() -> None:
    assert answer_text(ANSWER) == (
        "Twelve quays are electrified by 2031. [1]\n"
        "\n"
        "Sources:\n"
        "[1] plans/harbour.pdf, p. 3 (iii) — Goals > Shore power\n"
        "    “Twelve quays are electrified by 2031.”"
    )


def test_the_terminal_gets_the_nearest_passages_of_a_refusal() -> None:
    text = answer_text(REFUSAL)
    assert text.startswith("The documents do not say.\n\nThese come nearest:\n[1] plans/forest.md")
    assert "Rangers plant native oaks" in text


@settings(deadline=None)
@given(st.text(max_size=300), st.integers(30, 120))
def test_terminal_lines_keep_to_the_width(text: str, width: int) -> None:
    answer = dataclasses.replace(ANSWER, text=text)
    assert all(len(line) <= width for line in answer_text(answer, width).splitlines())


@settings(deadline=None)
@given(st.text(max_size=100))
def test_nothing_printed_steers_the_terminal(text: str) -> None:
    answer = dataclasses.replace(ANSWER, text=f"\x1b[2J{text}\x9b31m\u202e")
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", answer_text(answer))
    assert printable("tab\tand\nline") == "tab\tand\nline"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (None, ""),
        (0.2, "about 1 s left"),
        (89, "about 89 s left"),
        (150, "about 2 min left"),
        (7200, "about 2 h left"),
    ],
)
def test_what_is_left_is_said_roughly(seconds: float | None, words: str) -> None:
    assert left_words(seconds) == words


def test_the_words_that_were_asked_for_are_bold() -> None:
    answer = dataclasses.replace(ANSWER, emphasis=((0, 12),))
    assert "<strong>Twelve quays</strong> are electrified" in answer_html(answer, 1)
    assert answer_text(answer, bold=("<", ">")).startswith("<Twelve quays> are electrified")
    assert answer_text(answer) == answer_text(ANSWER)
