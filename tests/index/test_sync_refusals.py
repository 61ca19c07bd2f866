"""What a sync refuses, and how an index comes out of trouble: as it was, or built anew."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from index import (
    EncoderMismatch,
    IndexBusy,
    IndexDamaged,
    IndexForeign,
    LocalStore,
    NoDocuments,
    OtherFolder,
    Progress,
    SentenceTransformerEncoder,
    sync,
)
from index.database import Database
from ingest import FolderError

ROOT = Path(__file__).parents[2]


def paths(index_dir):
    with LocalStore.open(index_dir) as store:
        return [info.path for info in store.documents() if info.status == "indexed"]


def test_an_emptied_folder_does_not_empty_the_index(folder, index_dir, encoder):
    sync(folder, index_dir, encoder=encoder)
    for file in folder.iterdir():
        file.unlink()

    with pytest.raises(NoDocuments, match="holds no documents"):
        sync(folder, index_dir, encoder=encoder)

    assert len(paths(index_dir)) == 3


def test_another_folder_does_not_replace_all_documents_unasked(
    folder, index_dir, encoder, tmp_path
):
    sync(folder, index_dir, encoder=encoder)
    other = tmp_path / "ferry plans"
    other.mkdir()
    (other / "ferries.txt").write_text("The ferry leaves at noon.")
    before = paths(index_dir)

    with pytest.raises(OtherFolder, match="index of its own") as refused:
        sync(other, index_dir, encoder=encoder)
    # Both ways out can be pasted into a shell.
    assert f"--index '{index_dir}-of-ferry plans'" in str(refused.value)
    assert f"strategy index '{other}' --index {index_dir} --rebuild" in str(refused.value)
    assert paths(index_dir) == before

    sync(other, index_dir, encoder=encoder, rebuild=True)
    assert paths(index_dir) == ["ferries.txt"]


def test_a_moved_folder_keeps_its_index(folder, index_dir, encoder, tmp_path):
    sync(folder, index_dir, encoder=encoder)
    moved = folder.rename(tmp_path / "moved")
    assert sync(moved, index_dir, encoder=encoder).embedded == 0


def test_a_missing_folder_is_said_to_be_missing_and_leaves_no_index(tmp_path, index_dir, encoder):
    with pytest.raises(FolderError, match="no such folder"):
        sync(tmp_path / "nowhere", index_dir, encoder=encoder)
    assert not index_dir.exists()


def test_another_encoder_is_refused_and_the_index_left_as_it_was(folder, index_dir, encoder):
    sync(folder, index_dir, encoder=encoder)
    (folder / "new.txt").write_text("The tram runs every six minutes.")

    with pytest.raises(EncoderMismatch) as caught:
        sync(folder, index_dir, encoder=SentenceTransformerEncoder("some/other-model"))

    for part in (encoder.name, "some/other-model", "--rebuild", str(index_dir)):
        assert part in str(caught.value)
    assert len(paths(index_dir)) == 3


def test_rebuild_embeds_everything_anew(folder, index_dir, counting):
    sync(folder, index_dir, encoder=counting)
    counting.texts.clear()
    counting.name = "the same under another name"

    report = sync(folder, index_dir, encoder=counting, rebuild=True)

    assert (report.added, report.generation, len(counting.texts)) == (3, 2, 3)
    with LocalStore.open(index_dir) as store:
        assert store.encoder_name == counting.name
        assert store.passage_count == 3


def test_a_second_writer_is_told_to_wait(folder, index_dir, encoder):
    sync(folder, index_dir, encoder=encoder)
    writer = Database.writing(index_dir)
    try:
        with pytest.raises(IndexBusy, match=r"another run .* Wait"):
            sync(folder, index_dir, encoder=encoder)
    finally:
        writer.close()
    assert sync(folder, index_dir, encoder=encoder).unchanged == 3


@pytest.mark.parametrize(
    "damage", [b"this is no database", b"SQLite format 3\x00" + b"\xff" * 9000]
)
def test_a_damaged_catalog_is_named_and_mended_by_rebuild(folder, index_dir, encoder, damage):
    index_dir.mkdir()
    (index_dir / "catalog.sqlite").write_bytes(damage)

    with pytest.raises(IndexDamaged, match=r"damaged .*--rebuild"):
        sync(folder, index_dir, encoder=encoder)
    with pytest.raises(IndexDamaged, match=r"damaged .*--rebuild"):
        LocalStore.open(index_dir)

    assert sync(folder, index_dir, encoder=encoder, rebuild=True).added == 3
    assert len(paths(index_dir)) == 3


def test_a_catalog_that_is_damaged_inside_is_mended_by_rebuild(folder, index_dir, encoder):
    sync(folder, index_dir, encoder=encoder)
    catalog = index_dir / "catalog.sqlite"
    data = catalog.read_bytes()
    catalog.write_bytes(data[:4096] + b"\xff" * (len(data) - 4096))

    with pytest.raises(IndexDamaged, match="--rebuild"):
        sync(folder, index_dir, encoder=encoder)
    assert sync(folder, index_dir, encoder=encoder, rebuild=True).added == 3
    assert len(paths(index_dir)) == 3


def test_the_database_of_another_program_is_never_touched(folder, index_dir, encoder):
    index_dir.mkdir()
    with sqlite3.connect(index_dir / "catalog.sqlite") as foreign:
        foreign.execute("CREATE TABLE holidays (day TEXT)")
    foreign.close()
    before = (index_dir / "catalog.sqlite").read_bytes()

    for rebuild in (False, True):
        with pytest.raises(IndexForeign, match="not an index of this program"):
            sync(folder, index_dir, encoder=encoder, rebuild=rebuild)

    assert (index_dir / "catalog.sqlite").read_bytes() == before


def test_an_index_of_a_newer_version_is_refused(folder, index_dir, encoder):
    sync(folder, index_dir, encoder=encoder)
    with sqlite3.connect(index_dir / "catalog.sqlite") as catalog:
        catalog.execute("UPDATE meta SET value = '999' WHERE key = 'format'")
    catalog.close()

    with pytest.raises(IndexForeign, match="newer version"):
        LocalStore.open(index_dir)


def test_interrupting_leaves_the_old_state(folder, index_dir, encoder):
    sync(folder, index_dir, encoder=encoder)
    (folder / "forest.md").unlink()

    def interrupt(event: Progress) -> None:
        if event.stage == "write":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sync(folder, index_dir, encoder=encoder, progress=interrupt)

    assert len(paths(index_dir)) == 3
    assert sync(folder, index_dir, encoder=encoder).deleted == 1


@pytest.mark.parametrize("rebuild", [False, True])
def test_a_folder_of_which_nothing_can_be_read_does_not_empty_the_index(
    folder, index_dir, encoder, rebuild
):
    first = sync(folder, index_dir, encoder=encoder)
    for file in folder.iterdir():
        file.unlink()
    (folder / "minutes.md").write_bytes(b"")

    report = sync(folder, index_dir, encoder=encoder, rebuild=rebuild)

    assert [(outcome.path, outcome.action) for outcome in report.outcomes] == [
        ("minutes.md", "failed")
    ]
    assert report.generation == first.generation
    assert len(paths(index_dir)) == 3
