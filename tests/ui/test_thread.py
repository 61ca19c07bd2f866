"""A conversation is shown with what can be done with each answer, and nothing in it is alive."""

from __future__ import annotations

from dataclasses import replace

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from conversing import ANSWER, REFUSAL
from ui.conversation import Exchange
from ui.thread import exchange_html, notice_html, thread_html, welcome_html

ANSWERED = Exchange(7, "Which quays?", ANSWER)
HOSTILE = '"><img src=x onerror=alert(1)><script>alert(1)</script>'


def labels(html: str) -> list[str | None]:
    return [act.attributes["aria-label"] for act in LexborHTMLParser(html).css("button.act")]


def text(html: str, selector: str) -> str:
    node: LexborNode | None = LexborHTMLParser(html).css_first(selector)
    return " ".join(node.text().split()) if node is not None else ""


def test_the_latest_can_be_asked_again_and_edited() -> None:
    always = ["Copy answer", "Good answer", "Poor answer"]
    assert labels(exchange_html(ANSWERED)) == always
    assert labels(exchange_html(ANSWERED, latest=True)) == [*always, "Ask again", "Edit question"]


def test_nothing_is_done_with_an_answer_under_way() -> None:
    assert labels(exchange_html(ANSWERED, latest=True, under_way=True)) == []


def test_what_is_anothers_is_only_copied_from() -> None:
    followup = replace(ANSWER, standalone="Which quays of the harbour?", searched=("a.pdf",))
    html = exchange_html(replace(ANSWERED, answer=followup), latest=True, own=False)
    assert labels(html) == ["Copy answer"]
    assert not LexborHTMLParser(html).css("button.plain")


def test_what_was_said_of_an_answer_is_shown() -> None:
    for liked, pressed in ((True, ["true", "false"]), (False, ["false", "true"])):
        shown = LexborHTMLParser(exchange_html(replace(ANSWERED, liked=liked)))
        assert [each.attributes["aria-pressed"] for each in shown.css("[aria-pressed]")] == pressed


def test_links_name_the_exchange_they_belong_to() -> None:
    shown = LexborHTMLParser(thread_html([ANSWERED, replace(ANSWERED, id=8)]))
    links = [link.attributes["href"] for link in shown.css(".words a")]
    assert links == ["#cite-7-1", "#cite-8-1"]


def test_what_was_understood_is_said_only_where_it_differs_and_can_be_corrected() -> None:
    assert "Understood" not in exchange_html(ANSWERED)
    followup = replace(ANSWER, standalone="Which quays of the harbour?")
    html = exchange_html(replace(ANSWERED, answer=followup))
    assert text(html, ".understood") == "Understood as “Which quays of the harbour?” Change"


def test_what_was_searched_is_said_and_can_be_widened() -> None:
    limited = replace(ANSWER, searched=("a", "b", "c", "d", "e", "f"))
    html = exchange_html(replace(ANSWERED, answer=limited), latest=True)
    assert text(html, ".understood") == "Searched in a, b, c, d and 2 others Search all documents"
    assert "Search all documents" not in exchange_html(replace(ANSWERED, answer=limited))


def test_the_documents_that_a_question_was_taken_to_name_are_said() -> None:
    named = replace(ANSWER, about=("harbour.md",))
    html = exchange_html(replace(ANSWERED, answer=named))
    assert text(html, ".understood") == "Taken to be about harbour.md"


def test_a_question_waits_is_worked_on_or_was_left_unanswered() -> None:
    asked = Exchange(7, "Which quays?")
    assert "Waiting" in exchange_html(asked, under_way=True, waiting=True)
    assert "Reading" in exchange_html(asked, under_way=True)
    left = exchange_html(asked, latest=True)
    assert "was not answered" in left
    assert labels(left) == ["Ask again", "Edit question"]


@pytest.mark.parametrize("found", [True, False])
def test_hostile_text_is_only_text(found: bool) -> None:
    answer = replace(
        ANSWER if found else REFUSAL, text=HOSTILE, standalone=f"{HOSTILE}?", searched=(HOSTILE,)
    )
    html = exchange_html(Exchange(7, HOSTILE, answer), latest=True)
    for shown in (html, welcome_html([HOSTILE]), notice_html(HOSTILE)):
        assert not LexborHTMLParser(shown).css("img, script, [onerror]")
