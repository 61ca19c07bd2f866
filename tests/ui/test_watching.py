"""An index follows its folder: from the command line, and beside the chat."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from assistant import Assistant
from index import Encoder, FileOutcome, SyncReport, sync
from ui.background_sync import BackgroundSync, Change
from ui.library import summary_html
from ui.sync_view import change_words
from ui.watching import Follower

PATIENCE = 60  # seconds until a test gives up


def wait_for(condition: Callable[[], object]) -> None:
    due = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < due
        time.sleep(0.02)


def test_the_chat_answers_from_what_arrives_and_says_what_changed(
    folder: Path, tmp_path: Path, encoder: Encoder
) -> None:
    index_dir = tmp_path / "index"
    sync(folder, index_dir, encoder=encoder)
    background = BackgroundSync(folder, index_dir, encoder)
    with Assistant.open(index_dir, encoder=encoder) as assistant, Follower(background):
        (folder / "forest.md").write_text("# Forest\n\nRangers plant four thousand oaks a year.\n")
        wait_for(lambda: background.last_change)
        assert latest_change(background) == "forest.md added"
        assert "oaks" in assistant.answer("How many oaks do rangers plant a year?").text

        elsewhere = folder.with_name("elsewhere")
        folder.rename(elsewhere)
        wait_for(lambda: background.state.error)
        assert "the index stays as it is" in background.state.error
        assert len(assistant.documents()) == 2
        elsewhere.rename(folder)
        (folder / "forest.md").unlink()
        wait_for(lambda: latest_change(background) == "forest.md deleted")
        assert [info.path for info in assistant.documents()] == ["harbour plan.md"]


def latest_change(background: BackgroundSync) -> str:
    return change_words(background.last_change.report) if background.last_change else ""


def test_a_change_is_told_in_a_sentence_that_the_documents_tab_shows() -> None:
    outcomes = [FileOutcome(f"{letter}.md", "added") for letter in "abcde"]
    outcomes += [FileOutcome("x.md", "deleted"), FileOutcome("y.md", "unchanged")]
    report = SyncReport(tuple(outcomes), generation=2, embedded=5, seconds=1.0)
    said = change_words(report)
    assert said == "a.md added, b.md added, c.md added, d.md added and 2 more"
    hostile = replace(report, outcomes=(FileOutcome("<b>.md", "added"),))
    shown = summary_html((), None, Change(hostile, datetime.now(UTC) - timedelta(minutes=3)))
    assert LexborHTMLParser(shown).css_first(".change").text() == (
        "Last change 3 minutes ago: <b>.md added"
    )
    assert "Last change" not in summary_html((), None)


class Command:
    """`strategy watch` in a process of its own, and the lines that it prints."""

    def __init__(self, folder: Path, index_dir: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "ui.cli", "watch", str(folder), "--index", str(index_dir)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            env={
                **os.environ,
                "PYTHONPATH": str(Path(__file__).parents[2]),
                "PYTHONUNBUFFERED": "1",
            },
        )
        self.lines: queue.Queue[str] = queue.Queue()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.put(line)

    def says(self, words: str) -> str:
        while words not in (line := self.lines.get(timeout=PATIENCE)):
            assert "Traceback" not in line
        return line

    def end(self, number: int) -> int:
        self.process.send_signal(number)
        code = self.process.wait(PATIENCE)
        self._reader.join()
        assert self.process.stdout is not None
        self.process.stdout.close()
        assert not any("Traceback" in line for line in self.lines.queue)
        return code


@pytest.mark.slow
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 0)])
def test_the_command_tells_each_change_and_ends_cleanly(
    folder: Path, tmp_path: Path, number: int, code: int
) -> None:
    command = Command(folder, tmp_path / "index")
    try:
        assert command.says("harbour plan.md: markdown").split()[1] == "added"
        (folder / "forest.md").write_text("# Forest\n\nRangers plant four thousand oaks a year.\n")
        assert command.says("forest.md: markdown").split()[1] == "added"
        (folder / "harbour plan.md").unlink()
        assert command.says("harbour plan.md").split()[1] == "deleted"
        folder.rename(folder.with_name("elsewhere"))
        command.says("the index stays as it is")
    finally:
        assert command.end(number) == code
