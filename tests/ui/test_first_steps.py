"""What a newcomer types and reads in a terminal: slips are taken, messages can be acted on."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from assistant import Settings
from assistant.questions import read_questions
from ui.listener import address_for_others, listen, own_address
from ui.serving import samples_index

Run = Callable[..., Result]


def test_a_question_may_stand_without_quotation_marks(run: Run, sample_index: Path) -> None:
    words = ("What", "are", "the", "five", "policy", "domains")
    asked = run("ask", *words, "--index", sample_index)
    assert asked.exit_code == 0
    assert "International security" in asked.stdout


@pytest.mark.parametrize("arguments", [["--help"], ["user", "--help"]])
def test_no_line_of_the_list_of_commands_is_cut_off(run: Run, arguments: list[str]) -> None:
    assert "..." not in run(*arguments).stdout.partition("Commands:")[2]


def test_where_only_the_samples_are_indexed_their_index_is_named(run: Run) -> None:
    missing = run("ask", "Who leads the work?")
    assert "sample documents" not in missing.stderr
    place = samples_index(Settings.load().index)
    place.mkdir(parents=True)
    missing = run("status")
    assert missing.exit_code == 1
    assert missing.stderr.endswith(f"--index {place}\n")
    assert missing.stderr.count("\n") == 1


def test_a_folder_to_search_in_is_one_below_the_indexed(run: Run, folder: Path) -> None:
    run("index", folder, "--index", "index")
    refused = run("ask", "Which quays?", "--folder", folder, "--index", "index")
    assert "no folder below the indexed one" in refused.stderr


def test_a_folder_that_is_not_there_is_not_watched(run: Run) -> None:
    refused = run("watch", "nowhere", "--index", "index")
    assert refused.exit_code == 1
    assert "no such folder" in refused.stderr
    assert "Watching" not in refused.stderr


def test_the_help_shows_a_question_that_can_be_evaluated(run: Run, tmp_path: Path) -> None:
    shown = run("evaluate", "--help").stdout.partition("Example of a line:")[2]
    line = " ".join(shown.partition("Examples:")[0].split())
    (tmp_path / "questions.jsonl").write_text(line, encoding="utf-8")
    question = read_questions(tmp_path / "questions.jsonl")[0]
    assert question.answerable
    assert question.answered_by(json.loads(line)["evidence"][0]["quote"])


def test_a_question_file_that_is_not_there_is_told_in_words(run: Run, sample_index: Path) -> None:
    refused = run("evaluate", "questions.jsonl", "--index", sample_index)
    assert "Errno" not in refused.stderr
    assert "strategy evaluate --help" in refused.stderr


def test_a_chat_on_every_address_names_one_that_can_be_opened() -> None:
    with listen("0.0.0.0", 0) as listener:
        port = listener.getsockname()[1]
        assert own_address(listener) == f"http://127.0.0.1:{port}"
        assert address_for_others(listener) == f"http://{socket.gethostname()}:{port}"


def test_a_chat_for_this_machine_names_no_address_for_others() -> None:
    with listen("127.0.0.1", 0) as listener:
        assert own_address(listener).startswith("http://127.0.0.1:")
        assert address_for_others(listener) == ""
