"""A document that is deleted leaves the index, also where it was the last that could be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import Assistant
from index import Encoder, IndexBusy, LocalStore, sync
from ui.background_sync import BackgroundSync

LAST = "harbour plan.md"


@pytest.fixture
def background(folder: Path, tmp_path: Path, encoder: Encoder) -> BackgroundSync:
    """Over the folder with one document, which is indexed."""
    sync(folder, tmp_path / "index", encoder=encoder)
    return BackgroundSync(folder, tmp_path / "index", encoder)


def delete(background: BackgroundSync, path: str) -> None:
    (background.folder / path).unlink()
    background.deletions.add(path)
    background.start()
    assert not background.wait(60).running


def indexed(background: BackgroundSync) -> list[tuple[str, str]]:
    with LocalStore.open(background.index_dir) as store:
        return [(info.path, info.status) for info in store.documents()]


def test_the_last_document_goes_and_comes_back(background: BackgroundSync, encoder: Encoder):
    before = (background.folder / LAST).read_bytes()
    delete(background, LAST)
    assert background.state.error == ""
    assert [outcome.path for outcome in background.state.report.outcomes] == [LAST]
    assert background.last_change is not None
    assert background.last_change.report.deleted == 1
    assert indexed(background) == []
    with Assistant.open(background.index_dir, encoder=encoder) as assistant:
        assert not assistant.answer("When do the quays get shore power?").found
    (background.folder / LAST).write_bytes(before)
    background.start()
    background.wait(60)
    assert indexed(background) == [(LAST, "indexed")]


def test_the_last_that_could_be_read_goes_and_what_could_not_stays(background: BackgroundSync):
    (background.folder / "broken.pdf").write_bytes(b"%PDF-1.7 and no more")
    background.start()
    background.wait(60)
    delete(background, LAST)
    assert indexed(background) == [("broken.pdf", "failed")]


def test_a_name_that_looks_like_a_pattern_takes_no_other_document_along(
    background: BackgroundSync,
):
    (background.folder / "harbour*.md").write_text("# Beacons\n\nForty lamps.\n", encoding="utf-8")
    background.start()
    background.wait(60)
    delete(background, "harbour*.md")
    background.deletions.add("harbour*.md")  # of which the index knows nothing any more
    background.start()
    assert background.wait(60).error == ""
    assert indexed(background) == [(LAST, "indexed")]


def test_a_folder_that_lost_its_documents_otherwise_leaves_the_index(background: BackgroundSync):
    (background.folder / "beacons.md").write_text("# Beacons\n\nForty lamps.\n", encoding="utf-8")
    background.start()
    background.wait(60)
    (background.folder / LAST).rename(background.folder.parent / LAST)
    (background.folder / "beacons.md").rename(background.folder.parent / "beacons.md")
    background.start()
    assert "holds no documents" in background.wait(60).error
    assert indexed(background) == [("beacons.md", "indexed"), (LAST, "indexed")]


def test_what_a_run_that_failed_left_is_taken_out_by_the_next(
    background: BackgroundSync, monkeypatch: pytest.MonkeyPatch
):
    def busy(*_: object, **__: object) -> None:
        raise IndexBusy(background.index_dir)

    with monkeypatch.context() as patch:
        patch.setattr("ui.background_sync.sync", busy)
        delete(background, LAST)
    assert indexed(background) == [(LAST, "indexed")]
    background.start()
    assert background.wait(60).error == ""
    assert indexed(background) == []
