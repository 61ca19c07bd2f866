"""What people see of an answer by a chat model: what is proven, what is not, and who wrote it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from langchain_core.language_models import FakeListChatModel
from typer.testing import Result

from assistant import Answer, Assistant, Settings
from assistant.answer import NO_SUPPORT
from model_server import Reply, saying
from ui.render import answer_html, answer_text

if TYPE_CHECKING:
    from index import Encoder

LEADER = "Who leads the climate strategy of Port Merrow?"
TRUE = "A new Climate Office leads the strategy in place of the Environment Department [1][2][3]."
FALSE = "Everybody at the harbour likes it [1]."


@pytest.fixture(scope="module")
def written(sample_index: Path, encoder: Encoder) -> Answer:
    model = FakeListChatModel(responses=[f"{TRUE} {FALSE}"])
    with Assistant.open(sample_index, Settings(), encoder, model) as assistant:
        return assistant.answer(LEADER)


def test_a_sentence_without_support_is_set_apart(written: Answer) -> None:
    shown = answer_html(written, 1)
    assert f'<span class="unsupported">{NO_SUPPORT}</span>' in shown
    assert shown.count('class="unsupported"') == len(written.unsupported) == 1
    assert NO_SUPPORT in answer_text(written)


def test_who_wrote_it_is_said_once_it_is_whole(written: Answer) -> None:
    said = "Written by FakeListChatModel, checked against the documents"
    assert said in answer_html(written, 1)
    assert said not in answer_html(replace(written, complete=False), 1)


def test_a_note_is_shown_inert(written: Answer) -> None:
    noted = replace(written, note="The model <b>failed</b>.")
    assert "The model &lt;b&gt;failed&lt;/b&gt;." in answer_html(noted, 1)
    assert answer_text(noted).endswith("The model <b>failed</b>.")


def test_the_header_says_where_words_go(sample_index: Path, encoder: Encoder) -> None:
    from ui.page import _brand

    with Assistant.open(sample_index, Settings(), encoder) as assistant:
        assert "Nothing leaves this machine." in _brand(assistant)
    away = Settings(chat_model="ollama:m", chat_base_url="http://gpu.example:11434")
    with Assistant.open(sample_index, away, encoder) as assistant:
        assert "Questions and passages are sent to gpu.example." in _brand(assistant)
        assert "Nothing leaves" not in _brand(assistant)


def test_asking_prints_the_checked_answer_and_what_went_wrong(
    run: Callable[..., Result], sample_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with saying(f"{TRUE} {FALSE}", Reply(status=401)) as server:
        monkeypatch.setenv("STRATEGY_CHAT_MODEL", "openai:m")
        monkeypatch.setenv("STRATEGY_CHAT_BASE_URL", f"{server.address}/v1")
        good = run("ask", LEADER, "--index", sample_index)
        bad = run("ask", LEADER, "--index", sample_index)
    assert (good.exit_code, bad.exit_code) == (0, 0)
    assert f"Everybody at the harbour likes it. {NO_SUPPORT}" in " ".join(good.stdout.split())
    assert "did not accept the key" in " ".join(bad.stdout.split())
    assert "Climate Office" in bad.stdout


def test_a_model_that_cannot_be_opened_is_one_sentence(
    run: Callable[..., Result], sample_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STRATEGY_CHAT_MODEL", "groq:m")
    result = run("ask", LEADER, "--index", sample_index)
    assert result.exit_code == 1
    assert "pip install langchain langchain-groq" in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
