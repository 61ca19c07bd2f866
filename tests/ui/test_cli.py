"""The command line: results on standard output, one sentence for whatever goes wrong."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas
from typer.testing import Result

Run = Callable[..., Result]
COMMANDS = (
    *("index", "ask", "chat", "status", "evaluate"),
    *("watch", "forget", "export", "import", "check", "user"),
)
HEAVY = ("torch", "sentence_transformers", "gradio", "langchain_core")


def start(*arguments: str | Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "ui.cli", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_explains_itself_with_examples(run: Run, command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert "Examples:" in result.stdout
    assert f"strategy {command}" in result.stdout


def test_the_help_lists_the_commands(run: Run) -> None:
    result = run("--help")
    assert result.exit_code == 0
    assert all(f"  {command} " in result.stdout for command in COMMANDS)


def test_the_version_is_one_line(run: Run) -> None:
    result = run("--version")
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == 1


def test_wrong_usage_is_exit_code_two(run: Run) -> None:
    assert run("index").exit_code == 2
    assert run("nonsense").exit_code == 2
    assert run("chat", "--port", "many").exit_code == 2


def test_one_file_is_read_again_alone(run: Run, folder: Path, tmp_path: Path) -> None:
    index = ("index", folder, "--index", tmp_path / "index")
    assert run(*index).exit_code == 0
    (folder / "ferry.md").write_text("# Ferry\n\nThe ferry to Norvale leaves at dawn.\n")
    result = run(*index, "--file", "harbour plan.md", "--json")
    assert [each["path"] for each in json.loads(result.stdout)["files"]] == ["harbour plan.md"]
    wrong = run(*index, "--file", "harbour.md")
    assert wrong.exit_code == 1
    assert "Did you mean harbour plan.md?" in wrong.stderr
    (folder / "ferry.md").write_text("")
    broken = run(*index, "--file", "ferry.md")
    assert broken.exit_code == 1
    assert "all other documents stay" in broken.stderr
    assert run(*index, "--file", "ferry.md", "--rebuild").exit_code == 2


@pytest.mark.parametrize("arguments", [["--help"], ["ask", "--help"], ["--version"], ["status"]])
def test_light_commands_import_nothing_heavy(arguments: list[str], sample_index: Path) -> None:
    if arguments == ["status"]:
        arguments = ["status", "--index", str(sample_index)]
    program = (
        "import sys; from ui.cli import app; app(sys.argv[1:], standalone_mode=False); "
        f"print([name for name in {HEAVY} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert done.stderr.strip() == "[]"


def test_index_reports_every_file_and_goes_on_after_a_bad_one(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    (folder / "broken.pdf").write_bytes(b"this is no PDF")
    (folder / "empty.txt").write_bytes(b"")
    canvas = Canvas(str(folder / "secret.pdf"), encrypt=StandardEncryption("open sesame"))
    canvas.drawString(100, 700, "Nobody may read this.")
    canvas.save()
    result = run("index", folder, "--index", tmp_path / "index")
    assert result.exit_code == 0
    done, _, advice = result.stdout.partition("What to do:\n")
    assert "added     harbour plan.md: markdown, 1 passage, " in done
    lines = {line.split(":")[0]: line for line in done.splitlines()}
    assert "PDF" in lines["failed    broken.pdf"]
    assert "empty" in lines["failed    empty.txt"]
    assert "password" in lines["failed    secret.pdf"]
    assert done.splitlines()[-1].startswith("1 added, 3 could not be read in ")
    assert "  secret.pdf: Save a copy without a password and index that.\n" in advice
    assert "--retry" in advice
    again = run("index", folder, "--index", tmp_path / "index", "--json")
    report = json.loads(again.stdout)
    assert (report["unchanged"], report["failed"], report["embedded"]) == (1, 3, 0)


def test_index_names_a_renamed_document_by_both_its_names(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    run("index", folder, "--index", tmp_path / "index")
    (folder / "harbour plan.md").rename(folder / "quays.md")
    lines = run("index", folder, "--index", tmp_path / "index").stdout.splitlines()
    assert lines[0] == "moved     quays.md: was harbour plan.md, markdown, 1 passage"
    assert lines[1].startswith("1 moved in ")
    (folder / "quays.md").rename(folder / "harbour plan.md")
    report = json.loads(run("index", folder, "--index", tmp_path / "index", "--json").stdout)
    assert (report["moved"], report["changed"]) == (1, True)
    assert report["files"][0]["moved_from"] == "quays.md"


def test_index_where_nothing_could_be_read_fails(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "broken"
    folder.mkdir()
    (folder / "a.pdf").write_bytes(b"no PDF either")
    result = run("index", folder, "--index", tmp_path / "index")
    assert result.exit_code == 1
    assert "a.pdf" in result.stdout
    assert "none of the 1 documents" in result.stderr


def test_ask_prints_the_answer_and_its_sources(run: Run, sample_index: Path) -> None:
    result = run("ask", "What are the five policy domains?", "--index", sample_index)
    assert result.exit_code == 0
    answer, _, listed = result.stdout.partition("Sources:")
    items = [line for line in answer.splitlines() if re.match(r"\d\. ", line)]
    assert [item[:2] for item in items] == ["1.", "2.", "3.", "4.", "5."]
    assert "[1] eu-cybersecurity-strategy-2020-brief.md" in listed
    assert "\x1b" not in result.output


def test_ask_as_json_holds_checked_quotes(run: Run, sample_index: Path) -> None:
    result = run("ask", "What are the five policy domains?", "--index", sample_index, "--json")
    answer = json.loads(result.stdout)
    assert answer["found"]
    assert all(citation["quote"] for citation in answer["citations"])


def test_what_the_documents_do_not_hold_is_said_and_is_no_failure(
    run: Run, sample_index: Path
) -> None:
    arguments = ("ask", "What is the melting point of tungsten?", "--index", sample_index)
    said = run(*arguments)
    assert said.exit_code == 0
    assert "The documents do not" in said.stdout
    assert json.loads(run(*arguments, "--json").stdout)["found"] is False


def test_status_lists_the_documents(run: Run, sample_index: Path, samples: Path) -> None:
    told = run("status", "--index", sample_index)
    listed = json.loads(run("status", "--index", sample_index, "--json").stdout)
    names = sorted(path.name for path in samples.iterdir() if path.is_file())
    assert sorted(document["path"] for document in listed["documents"]) == names
    assert all(name in told.stdout for name in names)
    assert listed["folder"] == str(samples.resolve())


def test_status_shows_how_each_page_was_read(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "plans"
    folder.mkdir()
    canvas = Canvas(str(folder / "harbour.pdf"))
    for words in ("Twelve quays get shore power.", "", "", "The tide gate opens in spring."):
        canvas.drawString(100, 700, words)
        canvas.showPage()
    canvas.save()
    assert "4 pages (2 blank)" in run("index", folder, "--index", "index").stdout
    assert "harbour.pdf: 4 pages (2 blank), " in run("status", "--index", "index").stdout

    arguments = ("status", "--index", "index", "--pages", "harbour.pdf")
    assert run(*arguments).stdout.splitlines() == [
        "harbour.pdf: 4 pages (2 blank)",
        "    1  text",
        "  2-3  blank",
        "    4  text",
    ]
    told = json.loads(run(*arguments, "--json").stdout)
    assert [page["status"] for page in told["pages"]] == ["text", "blank", "blank", "text"]
    assert told["page_counts"] == {"text": 2, "ocr": 0, "unreadable": 0, "blank": 2}
    assert run("status", "--index", "index", "--pages", "none.pdf").exit_code == 1


def test_evaluate_prints_figures_and_writes_records(
    run: Run, sample_index: Path, tmp_path: Path
) -> None:
    question = {
        "id": "q1",
        "type": "unanswerable",
        "question": "What is the melting point of tungsten?",
        "history": [],
        "documents": [],
        "evidence": [],
        "answer": "",
        "must_contain": [],
        "language": "en",
    }
    (tmp_path / "questions.jsonl").write_text(json.dumps(question) + "\n", encoding="utf-8")
    arguments = ("evaluate", tmp_path / "questions.jsonl", "--index", sample_index)
    figures = json.loads(run(*arguments, "--json", "--records", "out.jsonl").stdout)
    record = json.loads((tmp_path / "out.jsonl").read_text(encoding="utf-8"))
    assert record["id"] == "q1"
    assert figures["refused_unanswerable"] == float(not record["found"])


@pytest.mark.slow
def test_chat_serves_the_folder_and_ends_quietly_when_interrupted(
    folder: Path, tmp_path: Path
) -> None:
    process = start("chat", folder, "--index", tmp_path / "index", "--port", "0")
    assert process.stdout is not None
    address = next(line for line in process.stdout if line.startswith("Chat: "))
    assert address.startswith("Chat: http://127.0.0.1:")
    process.send_signal(signal.SIGINT)
    output, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in output + errors
    assert "\x1b" not in output + errors


@pytest.mark.slow
def test_an_interrupted_index_leaves_the_old_state(run: Run, folder: Path, tmp_path: Path) -> None:
    index_dir = tmp_path / "index"
    assert run("index", folder, "--index", index_dir).exit_code == 0
    for number in range(40):
        text = "\n\n".join(f"Sentence {number} of {line} is here. " * 12 for line in range(12))
        (folder / f"plan {number}.md").write_text(text, encoding="utf-8")
    process = start("index", folder, "--index", index_dir)
    assert process.stderr is not None
    next(line for line in process.stderr if line.startswith("Indexing"))
    process.send_signal(signal.SIGINT)
    output, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in output + errors
    listed = json.loads(run("status", "--index", index_dir, "--json").stdout)
    assert [document["path"] for document in listed["documents"]] == ["harbour plan.md"]
