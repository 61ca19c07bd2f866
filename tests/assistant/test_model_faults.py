"""What goes wrong with a chat model: what is done about it, and what the person sees."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant import Answer, Assistant, Settings
from assistant.model_faults import FaultKind, ModelFault, fault_of
from model_server import Reply, saying

if TYPE_CHECKING:
    from index import Encoder

LEADER = "Who leads the lighthouse plan?"
TRUE = "Chief keeper Ada Thorne leads the lighthouse plan [1]."
OVERFLOW = "This model's maximum context length is 512 tokens."
HALF = ["Chief keeper Ada ", "Thorne leads the"]

Ask = Callable[..., tuple[Answer, int]]


@pytest.fixture(autouse=True)
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", "of-the-tests")
    monkeypatch.setattr("assistant.model_stream.PAUSES", (0.01, 0.01))


@pytest.fixture
def ask(coast_index: Path, remembering: Encoder) -> Ask:
    """(the answer, how often the server was asked), with a server that replies so."""

    def asked(
        *replies: Reply | str, provider: str = "openai", seconds: float = 20
    ) -> tuple[Answer, int]:
        with saying(*replies) as server:
            address = server.address + ("/v1" if provider == "openai" else "")
            settings = Settings(
                chat_model=f"{provider}:m", chat_base_url=address, chat_timeout=seconds
            )
            with Assistant.open(coast_index, settings, remembering) as assistant:
                return assistant.answer(LEADER), len(server.requests)

    return asked


@pytest.mark.parametrize("provider", ["openai", "anthropic", "ollama"])
@pytest.mark.parametrize(
    ("reply", "attempts", "said"),
    [
        (Reply(status=429, error="slow down"), 3, "takes no more questions for now"),
        (Reply(status=500, error="boom"), 3, "failed on its own side"),
        (Reply(status=503), 3, "failed on its own side"),
        (Reply(status=401, error="bad key sk-secret"), 1, "did not accept the key"),
        (Reply(status=404, error="no such model"), 1, "is not known to its service"),
        (Reply(status=400, error="no"), 1, "refused the request"),
        (Reply(status=400, error=OVERFLOW), 2, "too long for"),
        (Reply([]), 3, "answered nothing"),
        (Reply(["  \n ", " "]), 1, "answered nothing"),
        (Reply(HALF, ends=False), 1, "broke off in the middle"),
    ],
    ids=["rate limit", "500", "503", "wrong key", "no model", "refused", "overflow",
         "empty", "blank", "half a stream"],
)  # fmt: skip
def test_a_fault_leaves_the_documents_own_answer_and_a_sentence(
    ask: Ask, coast: Assistant, provider: str, reply: Reply, attempts: int, said: str
) -> None:
    answer, asked = ask(reply, provider=provider)
    own = coast.answer(LEADER)
    assert (answer.text, answer.citations, answer.method) == (own.text, own.citations, "extractive")
    assert answer.note.startswith(f"The model {provider}:m ") or "too long" in answer.note
    assert said in answer.note
    assert answer.note.endswith("This answer is in the documents' own words.")
    assert "secret" not in answer.note
    assert asked == attempts


@pytest.mark.parametrize("provider", ["openai", "anthropic"])
def test_nobody_waits_for_an_hour(ask: Ask, provider: str) -> None:
    answer, asked = ask(Reply(status=429, headers={"Retry-After": "3600"}), provider=provider)
    assert "takes no more questions for now" in answer.note
    assert asked == 1


@pytest.mark.parametrize("pieces", [[], HALF], ids=["from the beginning", "in the middle"])
def test_a_model_that_hangs_is_given_up(ask: Ask, pieces: list[str]) -> None:
    release = threading.Event()
    try:
        answer, asked = ask(Reply(pieces, hangs=release), seconds=0.3)
    finally:
        release.set()
    assert "did not answer in time" in answer.note
    assert "Ada Thorne" in answer.text
    assert asked == 1


def test_a_fault_that_passes_is_got_over(ask: Ask) -> None:
    answer, asked = ask(Reply(status=503), Reply(status=429), TRUE)
    assert (answer.method, answer.note, asked) == ("generative", "", 3)


def test_a_context_that_is_too_short_gets_fewer_passages(ask: Ask) -> None:
    answer, asked = ask(Reply(status=400, error=OVERFLOW), TRUE)
    assert (answer.method, asked) == ("generative", 2)


def test_a_server_that_is_gone_is_said(coast_index: Path, remembering: Encoder) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
    settings = Settings(chat_model="openai:m", chat_base_url=address)
    with Assistant.open(coast_index, settings, remembering) as assistant:
        answer = assistant.answer(LEADER)
    assert "cannot be reached" in answer.note
    assert "Ada Thorne" in answer.text


def test_a_fault_says_nothing_that_the_service_said() -> None:
    for kind in FaultKind:
        assert "norvale" not in ModelFault(kind, "norvale").sentence("m")


def test_what_nobody_foresaw_is_a_fault_too() -> None:
    fault = fault_of(ValueError("norvale"))
    assert (fault.kind, fault.passes) == (FaultKind.OTHER, False)
