"""Questions are answered beside the page, in order, and what is stopped is kept as such."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant
from conversing import ANSWER, SlowAssistant
from ui.answering import ANSWERS_AT_ONCE, STOPPED, UNANSWERED, Answering, history_of
from ui.conversation import Exchange
from ui.conversations import Conversations

SECONDS = 20  # to wait for a thread before a test fails


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Conversations]:
    conversations = Conversations.open(tmp_path)
    yield conversations
    conversations.close()


def test_an_answer_is_kept_though_nobody_waits_for_it(
    kept: Conversations, assistant: Assistant
) -> None:
    answering = Answering(assistant, kept)
    id = kept.begin("", "What are the five policy domains?").id
    exchange = kept.ask(id, "", "What are the five policy domains?")
    job = answering.start(exchange, [])
    assert job.done.wait(SECONDS)
    assert answering.job(exchange.id) is None
    (found,) = kept.exchanges(id)
    assert found.answer is not None
    assert found.answer.found
    assert found.answer.text == job.exchange.answer.text


def test_what_goes_wrong_is_kept_as_a_sentence(kept: Conversations, assistant: Assistant) -> None:
    answering = Answering(assistant, kept)
    id = kept.begin("", "?").id
    job = answering.start(kept.ask(id, "", "?"), [])
    assert job.done.wait(SECONDS)
    assert "The question is empty" in kept.exchanges(id)[0].error


def test_a_bug_does_not_leave_the_page_waiting(kept: Conversations) -> None:
    answering = Answering(object(), kept)  # type: ignore[arg-type]
    id = kept.begin("", "Which quays?").id
    job = answering.start(kept.ask(id, "", "Which quays?"), [])
    assert job.done.wait(SECONDS)
    assert "failed unexpectedly" in kept.exchanges(id)[0].error


def test_a_stopped_answer_says_that_it_is_not_whole(kept: Conversations) -> None:
    slow = SlowAssistant()
    answering = Answering(slow, kept)  # type: ignore[arg-type]
    id = kept.begin("", "Which quays?").id
    exchange = kept.ask(id, "", "Which quays?")
    job = answering.start(exchange, [])
    assert slow.first_word.wait(SECONDS)
    answering.stop(exchange.id)
    assert job.done.is_set()
    assert slow.left.wait(SECONDS)
    (stopped,) = kept.exchanges(id)
    assert stopped.answer is not None
    assert (stopped.answer.text, stopped.answer.note) == ("Twelve", STOPPED)
    assert job.exchange.answer.note == STOPPED


def test_others_wait_for_their_turn_and_can_be_stopped_before_it(kept: Conversations) -> None:
    slow = SlowAssistant()
    answering = Answering(slow, kept)  # type: ignore[arg-type]
    id = kept.begin("", "Which quays?").id
    jobs = [
        answering.start(kept.ask(id, "", f"Question {number}"), [])
        for number in range(ANSWERS_AT_ONCE + 2)
    ]
    assert slow.first_word.wait(SECONDS)
    *_, stopped, waiting = jobs
    assert not stopped.begun
    assert not waiting.begun
    answering.stop(stopped.exchange.id)
    slow.go_on.set()
    assert all(job.done.wait(SECONDS) for job in jobs)
    assert stopped.exchange.error == UNANSWERED
    assert waiting.exchange.answer.text == ANSWER.text
    assert "Question 4" not in [question for question, *_ in slow.asked]


def test_everywhere_searches_each_document_that_could_be_read(kept: Conversations) -> None:
    slow = SlowAssistant()
    slow.go_on.set()
    answering = Answering(slow, kept)  # type: ignore[arg-type]
    id = kept.begin("", "Which quays?").id
    job = answering.start(kept.ask(id, "", "Which quays?"), [], ["a.md"], everywhere=True)
    assert job.done.wait(SECONDS)
    assert slow.asked[0][2] == ["plans/harbour.pdf", "plans/forest.md"]
    assert job.exchange.answer.searched == ()


def test_the_history_holds_what_was_answered() -> None:
    exchanges = [
        Exchange(1, "Which quays?", ANSWER),
        Exchange(2, "Why?", error="The model is away."),
    ]
    assert history_of(exchanges) == [
        {"role": "user", "content": "Which quays?"},
        {"role": "assistant", "content": ANSWER.text},
    ]
