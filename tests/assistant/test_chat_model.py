"""Which chat model a setting names, what it is told, and where the words go."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from langchain_core.language_models import FakeListChatModel

from assistant import Assistant, ChatModelUnavailable, Settings
from assistant.chat_model import open_chat_model
from assistant.destination import STAYS, destinations, in_short, told

if TYPE_CHECKING:
    from index import Encoder

MODULE = """
from langchain_core.language_models import FakeListChatModel

READY = FakeListChatModel(responses=["ready"])

def made():
    return FakeListChatModel(responses=["made"])

def words():
    return "no model"

def broken():
    raise ConnectionError("no route to the lighthouse")
"""
LEADER = "Who leads the lighthouse plan?"


@pytest.fixture(autouse=True)
def no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_API_BASE", "OPENAI_BASE_URL", "OLLAMA_HOST"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    (tmp_path / "norvale_models.py").write_text(MODULE, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    yield "langchain:norvale_models:"
    sys.modules.pop("norvale_models", None)


def test_without_a_setting_there_is_none_and_nothing_leaves() -> None:
    assert open_chat_model(Settings()) is None
    assert destinations(Settings()) == []
    assert told([]) == in_short([]) == STAYS


@pytest.mark.parametrize("name", ["made", "READY"])
def test_a_function_or_an_object_of_your_own_is_named_by_the_setting(
    module: str, name: str
) -> None:
    chat = open_chat_model(Settings(chat_model=module + name))
    assert chat is not None
    assert isinstance(chat.model, FakeListChatModel)
    assert chat.name == module + name


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nowhere", "cannot be made"),
        ("words", "makes a str and not a LangChain chat model"),
        ("broken", "no route to the lighthouse"),
    ],
)
def test_what_makes_no_model_is_said(module: str, name: str, said: str) -> None:
    with pytest.raises(ChatModelUnavailable, match=said) as caught:
        open_chat_model(Settings(chat_model=module + name))
    assert module + name in str(caught.value)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"chat_model": "gpt-9"}, "names no provider"),
        ({"chat_model": "m", "chat_base_url": "http://127.0.0.1:9/v1"}, "Write openai:m"),
        ({"chat_base_url": "http://127.0.0.1:9/v1"}, "`chat_model` is not"),
        ({"chat_model": "groq:m"}, "pip install langchain langchain-groq"),
        ({"chat_model": "norvale:m"}, "cannot open"),
        ({"chat_model": "openai:m"}, "key"),
        ({"chat_model": "langchain:only_a_module"}, "not of the form"),
        ({"chat_model": "transformers:/no/such/folder"}, "cannot be loaded"),
    ],
)
def test_a_setting_that_cannot_be_is_said_at_once(
    settings: dict[str, str], said: str, coast_index: Path, remembering: Encoder
) -> None:
    with pytest.raises(ChatModelUnavailable, match=said):
        Assistant.open(coast_index, Settings(**settings), remembering)


def test_a_model_given_from_python_writes_the_answer(
    coast_index: Path, remembering: Encoder
) -> None:
    model = FakeListChatModel(responses=["Ada Thorne leads the lighthouse plan [1]."])
    with Assistant.open(coast_index, Settings(), remembering, model) as assistant:
        said = assistant.answer(LEADER)
        (destination,) = assistant.destinations
    assert said.text == "Ada Thorne leads the lighthouse plan. [1]"
    assert said.model == "FakeListChatModel"
    assert destination.leaves  # nobody can know


def served(address: str) -> dict[str, str]:
    """The settings of a server that speaks OpenAI's protocol."""
    return {"chat_model": "openai:m", "chat_base_url": address}


@pytest.mark.parametrize(
    ("settings", "where", "leaves"),
    [
        ({"chat_model": "openai:m"}, "https://api.openai.com/v1", True),
        ({"chat_model": "anthropic:m"}, "https://api.anthropic.com", True),
        ({"chat_model": "ollama:m"}, "http://127.0.0.1:11434", False),
        (served("http://localhost:8000/v1"), "http://localhost:8000/v1", False),
        (served("http://me:pass@gpu.example:80/v1?key=1"), "http://gpu.example:80/v1", True),
        (served("http://127.0.0.1.example/v1"), "http://127.0.0.1.example/v1", True),
        ({"chat_model": "transformers:/models/m"}, "", False),
        ({"chat_model": "groq:m"}, "the service of groq", True),
        ({"encoder": "openai:text-embedding-3-small"}, "https://api.openai.com/v1", True),
    ],
)  # fmt: skip
def test_where_words_go_is_told_without_secrets(
    settings: dict[str, str], where: str, leaves: bool
) -> None:
    (destination,) = destinations(Settings(**settings))
    assert (destination.where, destination.leaves) == (where, leaves)
    assert where in told([destination])
    assert (STAYS in told([destination])) is not leaves
    assert "pass" not in told([destination]).replace("passages", "")


def test_what_is_told_is_what_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "of-the-tests")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    for settings in (
        Settings(chat_model="openai:m"),
        Settings(chat_model="openai:m", chat_base_url="http://127.0.0.1:10/v1"),
    ):
        chat = open_chat_model(settings)
        assert chat is not None
        assert chat.model.openai_api_base == chat.destination.where  # type: ignore[attr-defined]


def test_ollama_is_told_the_context_that_the_prompt_was_made_for() -> None:
    chat = open_chat_model(Settings(chat_model="ollama:m", chat_context=20_000))
    assert chat is not None
    assert chat.model.num_ctx == chat.budget.context == 20_000  # type: ignore[attr-defined]
