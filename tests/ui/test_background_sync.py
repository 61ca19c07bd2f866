"""Re-indexing runs beside the chat: one at a time, and the chat answers from it at once."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from assistant import Assistant
from index import Encoder, SyncReport, sync
from ui.background_sync import BackgroundSync


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "harbour.md").write_text("# Harbour plan\n\nTwelve quays get shore power by 2031.\n")
    return folder


def test_a_new_file_is_answered_without_opening_the_index_again(
    folder: Path, tmp_path: Path, encoder: Encoder
) -> None:
    index_dir = tmp_path / "index"
    sync(folder, index_dir, encoder=encoder)
    with Assistant.open(index_dir, encoder=encoder) as assistant:
        background = BackgroundSync(folder, index_dir, encoder)
        (folder / "forest.md").write_text("# Forest\n\nRangers plant four thousand oaks a year.\n")
        assert background.start()
        state = background.wait(60)
        assert not state.running
        assert state.report is not None
        assert state.report.added == 1
        assert "oaks" in assistant.answer("How many oaks do rangers plant a year?").text


def test_a_second_run_does_not_start_beside_the_first(
    folder: Path, tmp_path: Path, encoder: Encoder
) -> None:
    background = BackgroundSync(folder, tmp_path / "index", encoder)
    starts = []
    barrier = threading.Barrier(8)

    def press() -> None:
        barrier.wait()
        starts.append(background.start())

    presses = [threading.Thread(target=press) for _ in range(8)]
    for one in presses:
        one.start()
    for one in presses:
        one.join()
    background.wait(60)
    assert starts.count(True) == 1


def test_a_failure_is_a_sentence_and_the_next_run_may_start(
    tmp_path: Path, encoder: Encoder
) -> None:
    background = BackgroundSync(tmp_path / "gone", tmp_path / "index", encoder)
    background.start()
    state = background.wait(60)
    assert str(tmp_path / "gone") in state.error
    assert not state.running
    assert background.start()
    background.wait(60)


class Runs:
    """A background sync whose first run waits until a test lets it go on."""

    def __init__(self, folder: Path, index_dir: Path, encoder: Encoder) -> None:
        self.background = BackgroundSync(folder, index_dir, encoder)
        self.go_on = threading.Event()
        self.under_way = threading.Event()
        self.seen: list[tuple[list[str], bool]] = []

    def sync(self, *_: object, only: frozenset[str], retry: bool, **__: object) -> SyncReport:
        self.seen.append((sorted(only), retry))
        self.under_way.set()
        assert self.go_on.wait(20)
        return SyncReport((), 1, 0, 0.0)

    def end(self) -> None:
        """Let all runs go on, and wait for the last of them."""
        self.go_on.set()
        while self.background.wait(20).running:
            pass


@pytest.fixture
def runs(folder: Path, tmp_path: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch) -> Runs:
    runs = Runs(folder, tmp_path / "index", encoder)
    monkeypatch.setattr("ui.background_sync.sync", runs.sync)
    return runs


def test_what_is_asked_for_meanwhile_comes_next_and_only_once(runs: Runs) -> None:
    background = runs.background
    background.request()
    assert runs.under_way.wait(20)
    for path in ("b.md", "a.md", "b.md"):
        background.request([path])
    assert background.waiting == {"a.md", "b.md"}
    background.request(retry=True)
    background.request()
    runs.end()
    assert runs.seen == [([], False), (["a.md", "b.md"], False), ([], True)]
    assert background.runs == 3
    assert background.waiting == frozenset()


def test_many_who_ask_at_once_are_all_heard(runs: Runs) -> None:
    barrier = threading.Barrier(8)

    def ask(number: int) -> None:
        barrier.wait()
        runs.background.request([f"{number}.md"])

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    runs.end()
    read = [path for only, _ in runs.seen for path in only]
    assert sorted(read) == [f"{number}.md" for number in range(8)]
