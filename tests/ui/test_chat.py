"""The chat as its page's script drives it: questions go in as events, updates come out."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from gradio.routes import App

from assistant import Assistant

# Gradio uses two things of pandas that pandas is about to drop.
pytestmark = [
    pytest.mark.filterwarnings("ignore:'future.no_silent_downcasting' is deprecated"),
    pytest.mark.filterwarnings("ignore:The copy keyword is deprecated"),
]

DOMAINS = "What are the five policy domains?"
EMISSIONS = "What is Port Merrow's target for emissions?"


class Script:
    """What the page's script does, without a page."""

    def __init__(self, client: TestClient, gradio: App, session: str) -> None:
        self._client = client
        self._gradio = gradio
        self._session = session
        self.conversation = ""
        config = client.get("/config").json()
        (self._ask,) = [
            each["id"]
            for each in config["dependencies"]
            if any(event == "ask" for _, event in each["targets"])
        ]

    def ask(self, question: str = "", **more: Any) -> str:
        """Ask; returns the latest exchange as HTML, at the end."""
        event = {
            "question": question,
            "again": None,
            "replaces": None,
            "everywhere": False,
            "conversation": self.conversation,
            "limits": [],
            **more,
        }
        joined = self._client.post(
            "/gradio_api/queue/join",
            json={
                "data": [],
                "event_data": event,
                "fn_index": self._ask,
                "session_hash": self._session,
            },
        )
        assert joined.status_code == 200
        stream = self._client.get(f"/gradio_api/queue/data?session_hash={self._session}")
        messages = [
            json.loads(line.removeprefix("data: ")) for line in stream.text.splitlines() if line
        ]
        first = next(each for each in messages if each["msg"] == "process_generating")
        last = next(each for each in messages if each["msg"] == "process_completed")
        errand = json.loads(first["output"]["data"][2])
        self.conversation = errand["conversation"] or self.conversation
        return str(last["output"]["data"][1])

    @property
    def components(self) -> int:
        """How many components Gradio keeps for this page."""
        return len(self._gradio.state_holder[self._session].blocks_config.blocks)


@pytest.fixture(scope="module")
def client(
    make_app: Callable[[Assistant, Path, Path], FastAPI],
    assistant: Assistant,
    samples: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[TestClient]:
    with TestClient(make_app(assistant, samples, tmp_path_factory.mktemp("chat"))) as client:
        yield client


@pytest.fixture
def script(client: TestClient, request: pytest.FixtureRequest) -> Script:
    routes = client.app.routes  # type: ignore[attr-defined]
    gradio = next(route.app for route in routes if isinstance(getattr(route, "app", 0), App))
    return Script(client, gradio, request.node.name)


def test_each_question_gets_its_own_answer_in_one_conversation(script: Script) -> None:
    first = script.ask(DOMAINS)
    conversation = script.conversation
    second = script.ask(EMISSIONS)
    assert "Capacity building" in first
    assert "target for emissions" in second
    assert "Capacity building" not in second
    assert script.conversation == conversation


def test_a_question_is_asked_again_in_its_own_place(script: Script) -> None:
    script.ask(DOMAINS)
    html = script.ask(EMISSIONS)
    exchange = int(html.partition('data-exchange="')[2].partition('"')[0])
    again = script.ask(again=exchange)
    assert "target for emissions" in again
    assert f'data-exchange="{exchange}"' not in again


def test_a_question_for_a_conversation_that_there_is_not_is_refused(script: Script) -> None:
    script.conversation = "nothing"
    assert "no such conversation" in script.ask(DOMAINS)


def test_limits_that_no_document_meets_are_said(script: Script) -> None:
    assert "no such document" in script.ask(DOMAINS, limits=["gone.md"])
    assert "Ask again" in script.ask(DOMAINS)


def test_a_conversation_is_limited_by_year_and_language(script: Script) -> None:
    question = "What is Port Merrow's target for emissions?"
    late = script.ask(question, limits=["/year/2025-2029", "/language/en"])
    assert "Searched in port-merrow-climate-strategy-2025-2029.pdf" in late
    # It is kept with the conversation, whatever the page says later.
    assert "2021-2024.pdf" not in script.ask(question)


def test_a_year_that_no_document_has_is_said_with_those_that_there_are(script: Script) -> None:
    said = script.ask(DOMAINS, limits=["/year/1999"])
    assert "year 1999: no document of the index has it" in said
    assert "2024" in said


def test_nothing_of_an_answer_stays_with_its_page(script: Script) -> None:
    script.ask(DOMAINS)
    kept = script.components
    for _ in range(3):
        script.ask(EMISSIONS)
    assert script.components == kept
