"""Re-indexing runs beside the chat: one at a time, and the chat answers from it at once."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from assistant import Assistant
from index import Encoder, sync
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
