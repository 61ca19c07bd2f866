"""Bad input gets one sentence that names the thing and the way out; the index stays as it was."""

from __future__ import annotations

import hashlib
import json
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

Run = Callable[..., Result]
ROOT = Path(__file__).parents[2]


def assert_one_sentence(result: Result, *named: str) -> None:
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith("strategy: ")
    assert result.stderr.count("\n") == 1
    assert "Traceback" not in result.stderr
    for name in named:
        assert name in result.stderr


def fingerprint(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith(("-wal", "-shm"))
    }


def test_a_missing_folder_is_named(run: Run) -> None:
    assert_one_sentence(run("index", "nowhere"), "nowhere")


def test_a_file_in_place_of_a_folder_is_named(run: Run, folder: Path) -> None:
    assert_one_sentence(run("index", folder / "harbour plan.md"), "harbour plan.md")


def test_an_empty_folder_is_named_and_the_index_stays(
    run: Run, tmp_path: Path, sample_index: Path
) -> None:
    (tmp_path / "hollow").mkdir()
    before = fingerprint(sample_index)
    assert_one_sentence(run("index", tmp_path / "hollow", "--index", sample_index), "hollow")
    assert fingerprint(sample_index) == before


def test_an_unknown_variable_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STRATEGY_COLOUR", "blue")
    assert_one_sentence(run("status"), "STRATEGY_COLOUR", "index")


def test_an_unknown_setting_in_the_file_is_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "strategy.toml").write_text('colour = "blue"\n')
    assert_one_sentence(run("status"), "colour", "strategy.toml")


def test_an_impossible_port_is_named(run: Run) -> None:
    assert_one_sentence(run("chat", "--port", "70000"), "port", "65535")


def test_a_missing_index_is_named_with_the_command_that_makes_it(run: Run, tmp_path: Path) -> None:
    for arguments in (["status"], ["ask", "Who leads?"]):
        result = run(*arguments, "--index", tmp_path / "none")
        assert_one_sentence(result, str(tmp_path / "none"), "strategy index FOLDER")


def test_an_unreadable_index_is_named_with_the_command_that_mends_it(
    run: Run, tmp_path: Path
) -> None:
    index_dir = tmp_path / "index"
    index_dir.mkdir()
    (index_dir / "catalog.sqlite").write_bytes(b"scrambled" * 500)
    for arguments in (["status"], ["ask", "Who leads?"]):
        assert_one_sentence(run(*arguments, "--index", index_dir), str(index_dir))


def test_an_index_of_another_encoder_is_not_touched(
    run: Run, folder: Path, sample_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STRATEGY_ENCODER", "some/other-model")
    before = fingerprint(sample_index)
    for arguments in (["ask", "Who leads?"], ["index", str(folder)]):
        result = run(*arguments, "--index", sample_index)
        assert_one_sentence(result, "some/other-model", "--rebuild")
    assert fingerprint(sample_index) == before


@pytest.mark.parametrize("question", ["", "   ", "why " * 25_000])
def test_a_question_that_is_empty_or_endless_is_refused(
    run: Run, question: str, sample_index: Path
) -> None:
    assert_one_sentence(run("ask", question, "--index", sample_index), "question")


def test_an_unknown_document_is_named(run: Run, sample_index: Path) -> None:
    result = run("ask", "Who leads?", "--index", sample_index, "--documents", "gone.pdf")
    assert_one_sentence(result, "gone.pdf")


def test_a_question_file_that_is_missing_is_named(run: Run, sample_index: Path) -> None:
    assert_one_sentence(run("evaluate", "gone.jsonl", "--index", sample_index), "gone.jsonl")


def test_a_taken_port_is_named_before_any_work(run: Run, folder: Path, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        result = run("chat", folder, "--index", tmp_path / "index", "--port", port)
    assert_one_sentence(result, port, "--port")
    assert not (tmp_path / "index").exists()


def test_chat_with_a_missing_folder_is_one_sentence(run: Run) -> None:
    assert_one_sentence(run("chat", "nowhere", "--port", "0"), "nowhere")


def test_a_record_file_that_cannot_be_written_is_named(
    run: Run, sample_index: Path, tmp_path: Path
) -> None:
    question = {"id": "q1", "type": "unanswerable", "question": "Who?", "documents": []}
    (tmp_path / "questions.jsonl").write_text(json.dumps(question) + "\n", encoding="utf-8")
    records = tmp_path / "no" / "such" / "place.jsonl"
    result = run("evaluate", "questions.jsonl", "--index", sample_index, "--records", records)
    assert_one_sentence(result, "place.jsonl")


def test_an_address_that_is_none_is_named(run: Run, folder: Path) -> None:
    result = run("chat", folder, "--host", "no-such-host.invalid", "--port", "0")
    assert_one_sentence(result, "no-such-host.invalid", "--host")
    assert result.stderr.count("no-such-host.invalid") == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs the device that is always full")
def test_output_that_cannot_be_written_is_one_sentence(sample_index: Path) -> None:
    with open("/dev/full", "w") as full:  # noqa: PTH123 - a device
        command = [sys.executable, "-m", "ui.cli", "status", "--index", str(sample_index)]
        process = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, cwd=ROOT)
    assert process.returncode == 1
    assert process.stderr.startswith("strategy: The output cannot be written")
    assert process.stderr.count("\n") == 1
