"""The answer by a chat model: asked over real sockets, by LangChain's own packages, and checked."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from assistant import Answer, Assistant, Settings
from assistant.answer import NO_SUPPORT
from assistant.prompts import NEAREST, NOT_IN_THE_DOCUMENTS
from model_server import ModelServer, Reply, saying

if TYPE_CHECKING:
    from index import Encoder

LEADER = "Who leads the lighthouse plan?"
TRUE = "Chief keeper Ada Thorne leads the lighthouse plan [1]."
FALSE = "She has led it since 1999 [1]."
OIL = "The authority spends 12 million crowns a year on lamp oil. [1]"

Ask = Callable[..., Answer]


@pytest.fixture(autouse=True)
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """None of whoever runs the tests, and one for the package that wants one."""
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.setenv("ANTHROPIC_API_KEY", "of-the-tests")


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.model_stream.PAUSES", (0.01, 0.01))


@pytest.fixture
def opened(coast_index: Path, remembering: Encoder) -> Callable[..., Any]:
    """Opens the assistant with a model behind a server of the tests."""

    @contextmanager
    def open_with(
        *replies: Reply | str, **settings: Any
    ) -> Iterator[tuple[Assistant, ModelServer]]:
        with saying(*replies) as server:
            provider = settings.pop("provider", "openai")
            address = server.address + ("/v1" if provider == "openai" else "")
            told = {"chat_model": f"{provider}:m", "chat_base_url": address} | settings
            with Assistant.open(coast_index, Settings(**told), remembering) as assistant:
                yield assistant, server

    return open_with


@pytest.mark.parametrize("provider", ["openai", "anthropic", "ollama"])
def test_each_sentence_is_shown_with_its_proof_or_without_support(
    opened: Callable[..., Any], provider: str
) -> None:
    with opened(f"{TRUE} {FALSE} {OIL}", provider=provider) as (assistant, server):
        said = assistant.answer(LEADER)
    assert said.text == (
        "Chief keeper Ada Thorne leads the lighthouse plan. [1] "
        f"She has led it since 1999. {NO_SUPPORT} "
        "The authority spends 12 million crowns a year on lamp oil. [2]"
    )
    assert [citation.quote for citation in said.citations] == [
        "Chief keeper Ada Thorne leads the lighthouse plan.",
        "The authority spends 12 million crowns a year on lamp oil.",
    ]
    assert said.unsupported == ("She has led it since 1999.",)
    assert (said.method, said.model, said.complete) == ("generative", f"{provider}:m", True)
    assert len(server.requests) == 1


def test_by_setting_what_has_no_support_is_left_out_and_that_is_said(
    opened: Callable[..., Any],
) -> None:
    with opened(f"{TRUE} {FALSE} {OIL}", unsupported="drop") as (assistant, _):
        streamed = list(assistant.stream(LEADER))
    assert not any("1999" in answer.text for answer in streamed)
    assert "One sentence of the model's answer left out" in streamed[-1].note
    assert streamed[-1].unsupported == ("She has led it since 1999.",)


def test_a_list_keeps_its_form(opened: Callable[..., Any]) -> None:
    reply = (
        "The lighthouse plan pursues these aims:\n\n- brighter lamps on every cape [1]\n"
        "- fewer wrecks on the northern reefs [1]\n- free fish for the keepers [1]"
    )
    with opened(reply) as (assistant, _):
        said = assistant.answer("What are the four aims of the lighthouse plan?")
    lead, *items = said.text.splitlines()
    assert lead == "The lighthouse plan pursues these aims: [1]"
    assert items[1:] == [
        "- brighter lamps on every cape [2]",
        "- fewer wrecks on the northern reefs [3]",
        f"- free fish for the keepers {NO_SUPPORT}",
    ]


def test_the_words_are_shown_while_they_come(opened: Callable[..., Any]) -> None:
    gate = threading.Event()

    def pieces() -> Iterator[str]:
        yield "Chief keeper "
        gate.wait(20)
        yield "Ada Thorne leads the lighthouse plan [1]. "
        yield FALSE

    with opened(Reply(pieces())) as (assistant, _):
        answers = assistant.stream(LEADER)
        first = next(answers)
        assert (first.text, first.complete, first.citations) == ("Chief keeper", False, ())
        gate.set()
        *_, last = answers
    assert last.text.startswith("Chief keeper Ada Thorne leads the lighthouse plan. [1]")


def test_the_model_is_given_the_passages_numbered_and_the_rules(opened: Callable[..., Any]) -> None:
    history = [
        {"role": "user", "content": "What is the lighthouse plan?"},
        {"role": "assistant", "content": "A plan [7] for the coast."},
    ]
    with opened(TRUE) as (assistant, server):
        assistant.answer(LEADER, history)
    assert "<passage 1>\nFrom: The Lighthouse Plan of the Northern Coast" in server.asked
    assert "Ada Thorne leads" in server.asked
    assert NOT_IN_THE_DOCUMENTS in server.asked
    assert "assistant: A plan for the coast." in server.asked
    assert server.asked.endswith(f"Question: {LEADER}")


def test_without_evidence_the_model_is_not_asked(opened: Callable[..., Any]) -> None:
    with opened(TRUE) as (assistant, server):
        said = assistant.answer("What is the capital of Mongolia?")
    assert (said.found, said.method) == (False, "extractive")
    assert server.requests == []


@pytest.mark.parametrize(
    "phrase",
    [NOT_IN_THE_DOCUMENTS, "the documents do not say", "**The documents do not say.** [1]"],
)
def test_the_model_may_say_that_the_passages_hold_no_answer(
    opened: Callable[..., Any], phrase: str
) -> None:
    with opened(phrase) as (assistant, _):
        streamed = list(assistant.stream(LEADER))
    assert [answer.found for answer in streamed] == [False]
    assert streamed[0].text.startswith(NOT_IN_THE_DOCUMENTS)
    assert NEAREST in streamed[0].text
    assert streamed[0].citations == ()
    assert streamed[0].note


@pytest.mark.parametrize(
    "reply",
    [
        "Bananas are an excellent source of potassium [1].",
        "Ada Thorne leads the lighthouse plan.",
        "Ada Thorne leads the lighthouse plan [9].",
        f"{TRUE} The moon is made of cheese, and everybody at the harbour knows it well [1].",
    ],
    ids=["off the documents", "no marker", "marker to nothing", "mostly off"],
)
def test_where_too_little_is_proven_the_documents_speak_themselves(
    opened: Callable[..., Any], coast: Assistant, reply: str
) -> None:
    with opened(reply) as (assistant, _):
        said = assistant.answer(LEADER)
    own = coast.answer(LEADER)
    assert (said.text, said.citations, said.method) == (own.text, own.citations, "extractive")
    assert "Too little of what the model openai:m wrote is in the documents" in said.note


def test_a_thinking_models_thoughts_are_neither_shown_nor_judged(
    opened: Callable[..., Any],
) -> None:
    with opened(f"<think>The moon is made of cheese. </think> {TRUE}") as (assistant, _):
        streamed = list(assistant.stream(LEADER))
    assert not any("cheese" in answer.text for answer in streamed)
    assert streamed[-1].method == "generative"


def test_leaving_the_stream_ends_the_request(opened: Callable[..., Any]) -> None:
    with opened(Reply(repeat("word "))) as (assistant, server):
        answers = assistant.stream(LEADER)
        next(answers)
        answers.close()  # type: ignore[attr-defined]
        assert server.left.wait(20)


def test_async_gives_the_same(opened: Callable[..., Any]) -> None:
    async def both(assistant: Assistant) -> tuple[Answer, list[Answer]]:
        whole = await assistant.answer_async(LEADER)
        return whole, [answer async for answer in assistant.stream_async(LEADER)]

    with opened(TRUE) as (assistant, _):
        whole, streamed = asyncio.run(both(assistant))
        assert whole == streamed[-1] == assistant.answer(LEADER)
