"""What was forgotten, planned, exported and imported is said in plain lines."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import Result

from assistant import Settings
from ui.serving import choose_shelf

Run = Callable[..., Result]


@pytest.fixture
def indexed(run: Run, folder: Path) -> Path:
    (folder / "forest.md").write_text("# Forest\n\nRangers plant four thousand oaks a year.\n")
    assert run("index", folder, "--index", "index").exit_code == 0
    return folder


def test_status_tells_sums_and_the_last_sync(run: Run, indexed: Path) -> None:
    (indexed / "empty.txt").write_text("")
    run("index", indexed, "--index", "index")
    run("forget", "forest.md", "--index", "index")
    told = run("status", "--index", "index").stdout
    assert "forest.md: forgotten" in told
    assert "1 document, 1 passage; 1 could not be read" in told
    assert "Last synced 20" in told
    status = json.loads(run("status", "--index", "index", "--json").stdout)
    assert (status["indexed"], status["failed"], status["passages"]) == (1, 1, 1)
    assert status["forgotten"] == ["forest.md"]
    assert status["size"] > 10_000
    assert status["synced_at"].startswith("20")
    assert status["folder"] == str(indexed.resolve())
    assert set(status["page_counts"]) == {"text", "ocr", "unreadable", "blank"}


def test_a_forgotten_document_is_skipped_until_that_is_undone(run: Run, indexed: Path) -> None:
    assert "forest.md: forgotten" in run("forget", "forest*", "--index", "index").stdout
    again = run("index", indexed, "--index", "index")
    assert "skipped   forest.md: forgotten" in again.stdout
    assert run("forget", "forest.md", "--undo", "--index", "index").exit_code == 0
    assert "added     forest.md" in run("index", indexed, "--index", "index").stdout
    wrong = run("forget", "forrest.md", "--index", "index")
    assert wrong.exit_code == 1
    assert "Did you mean forest.md?" in wrong.stderr


def test_a_dry_run_says_what_would_be_done_and_does_not(run: Run, indexed: Path) -> None:
    (indexed / "forest.md").rename(indexed / "woods.md")
    (indexed / "new.md").write_text("# Beacons\n\nForty lamps along the coast.\n")
    told = run("index", indexed, "--index", "index", "--dry-run").stdout.splitlines()
    assert told == [
        "added     new.md: markdown",
        "moved     woods.md: was forest.md, markdown",
        "1 to be added, 1 to be moved; nothing was changed",
    ]
    planned = json.loads(run("index", indexed, "--index", "index", "--dry-run", "--json").stdout)
    assert (planned["dry_run"], planned["added"], planned["moved"]) == (True, 1, 1)
    listed = json.loads(run("status", "--index", "index", "--json").stdout)
    assert [info["path"] for info in listed["documents"]] == ["forest.md", "harbour plan.md"]


def test_an_index_goes_through_one_file(run: Run, indexed: Path) -> None:
    assert run("export", "plans.zip", "--index", "index").stdout.startswith(
        "plans.zip: 2 documents, 2 passages, "
    )
    imported = run("import", "plans.zip", "--index", "copy")
    assert "copy: 2 documents, 2 passages" in imported.stdout
    assert "--folder" in imported.stderr
    answer = run("ask", "How many oaks do rangers plant?", "--index", "copy", "--json")
    assert json.loads(answer.stdout)["found"]
    for arguments in (("export", "plans.zip", "--index", "index"), ("import", "plans.zip")):
        refused = run(*arguments, *(("--index", "copy") if arguments[0] == "import" else ()))
        assert refused.exit_code == 1
        assert "--replace" in refused.stderr
    assert run("import", "plans.zip", "--index", "copy", "--replace").exit_code == 0
    assert indexed.exists()


def test_an_imported_index_opens_no_file_unless_its_folder_is_named(
    run: Run, indexed: Path
) -> None:
    run("export", "plans.zip", "--index", "index")
    run("import", "plans.zip", "--index", "copy")
    assert "of no folder" in run("status", "--index", "copy").stdout
    assert choose_shelf(None, Settings.load(index=Path("copy"))).folder is None
    named = run("import", "plans.zip", "--index", "named", "--folder", indexed)
    assert (named.exit_code, named.stderr) == (0, "")
    assert choose_shelf(None, Settings.load(index=Path("named"))).folder == indexed.resolve()


def test_a_damaged_document_is_refused_by_name_and_mended_by_a_check(
    run: Run, indexed: Path
) -> None:
    with closing(sqlite3.connect("index/catalog.sqlite")) as catalog, catalog:
        catalog.execute("UPDATE documents SET text = replace(text, 'four', 'nine')")
    question = ("ask", "How many oaks do rangers plant?", "--index", "index")
    refused = run(*question)
    assert refused.exit_code == 1
    assert "forest.md: what the index holds of this document is damaged" in refused.stderr
    assert "strategy check --index index" in refused.stderr
    checked = run("check", "--index", "index")
    assert checked.exit_code == 0
    assert "forest.md: was damaged in the index; it was read again" in checked.stdout
    assert "all is sound" in checked.stdout
    assert "four thousand oaks" in run(*question).stdout
    told = json.loads(run("check", "--index", "index", "--json").stdout)
    assert (told["sound"], told["damaged"], told["documents"]) == (True, [], 2)

    with closing(sqlite3.connect("index/catalog.sqlite")) as catalog, catalog:
        catalog.execute("UPDATE documents SET text = replace(text, 'four', 'nine')")
    (indexed / "forest.md").unlink()
    left = run("check", "--index", "index")
    assert left.exit_code == 1
    assert "Put the file back" in left.stdout


def test_a_file_name_cannot_write_lines_or_steer_the_terminal(run: Run, indexed: Path) -> None:
    (indexed / "plan\nadded     forged.md\x1b[2J.md").write_text("# Tides\n\nThe tide turns.\n")
    (indexed / "empty\u202e.txt").write_text("")
    done = run("index", indexed, "--index", "index")
    told = [*done.stdout.splitlines(), *run("status", "--index", "index").stdout.splitlines()]
    assert not any(line.startswith("added     forged.md") for line in told)
    assert not any(sign in line for line in told for sign in "\x1b\u202e")
    assert sum("plan\\nadded     forged.md\\x1b[2J.md" in line for line in told) == 2
    assert any("empty\\u202e.txt" in line for line in told)
