"""What an index does on a full disk, in a read-only folder, and when the power is cut."""

from __future__ import annotations

import shutil
import signal
import time
from pathlib import Path

import pytest

from disks import JournaledDisk, read_only, small_disk
from edited_folder import QUESTIONS, EditedFolder
from index import IndexUnwritable, LocalStore, Retriever, sync
from index.archive import export_index
from index.errors import ArchiveUnusable
from kill import SyncProcess
from search_results import SearchResults


@pytest.fixture
def vectors(encoder):
    return list(encoder.encode_queries(QUESTIONS))


def fill(disk: Path, but: int) -> Path:
    """A file that takes all the room but so many bytes."""
    ballast = disk / "ballast"
    ballast.unlink(missing_ok=True)
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(1 << 12))
        except OSError:
            file.truncate(max(file.tell() - but, 0))
    return ballast


def test_wherever_the_disk_gets_full_the_index_stays_and_can_be_searched(
    tmp_path, encoder, vectors
):
    edited = EditedFolder(tmp_path / "documents", seed=2)
    complaints: list[str] = []
    unchanged: list[bool] = []
    with small_disk(tmp_path / "disk", kilobytes=6000) as disk:
        sync(edited.folder, disk / "index", encoder=encoder)
        for room in [*range(0, 400, 16), *range(400, 1600, 200)]:
            edited.edit(3)
            before = SearchResults.of(disk / "index", QUESTIONS, vectors)
            ballast = fill(disk, but=room << 10)
            try:
                sync(edited.folder, disk / "index", encoder=encoder)
            except IndexUnwritable as error:
                complaints.append(str(error))
                # While it is full, too.
                unchanged.append(SearchResults.of(disk / "index", QUESTIONS, vectors) == before)
            ballast.unlink()
        sync(edited.folder, disk / "index", encoder=encoder)
        after = SearchResults.of(disk / "index", QUESTIONS, vectors)
        folders = list((disk / "index").glob("generation-*"))
    assert len(complaints) > 5
    assert all("the room on the disk" in complaint for complaint in complaints)
    assert all(unchanged)
    assert len(folders) == 1
    sync(edited.folder, tmp_path / "built", encoder=encoder)
    built = SearchResults.of(tmp_path / "built", QUESTIONS, vectors)
    assert (after.documents, after.texts) == (built.documents, built.texts)


def test_an_index_in_a_read_only_folder_is_searched_and_not_synced(folder, index_dir, encoder):
    sync(folder, index_dir, encoder=encoder)
    with read_only(index_dir):
        with LocalStore.open(index_dir) as store:
            (evidence,) = Retriever(store, encoder).search("late fees", k=1)
            assert evidence.passage.document == "library.txt"
            assert store.lexical("quays", 5)
            assert not store.refresh()
        with pytest.raises(IndexUnwritable, match=r"read-only.*Check the permissions"):
            sync(folder, index_dir, encoder=encoder)


def test_who_reads_an_index_in_a_read_only_folder_sees_when_it_is_synced(
    folder, index_dir, encoder
):
    sync(folder, index_dir, encoder=encoder)
    with read_only(index_dir):
        store = LocalStore.open(index_dir)
    with store:
        assert store.generation == 1
        (folder / "harbour.md").unlink()
        sync(folder, index_dir, encoder=encoder)
        assert store.generation == 2
        assert store.passage_count == 2


@pytest.mark.parametrize("shared_memory", [True, False])
def test_a_read_only_copy_of_an_index_in_use_is_searched_as_it_is_or_refused(
    folder, index_dir, encoder, tmp_path, shared_memory
):
    sync(folder, index_dir, encoder=encoder)
    with LocalStore.open(index_dir) as store:
        assert store.generation == 1  # and it is open: the log is not worked in
        (folder / "harbour.md").unlink()
        sync(folder, index_dir, encoder=encoder)
        copy = shutil.copytree(index_dir, tmp_path / "copy")
    assert (copy / "catalog.sqlite-wal").stat().st_size
    if not shared_memory:
        (copy / "catalog.sqlite-shm").unlink()
    with read_only(copy):
        if shared_memory:
            with LocalStore.open(copy) as store:
                assert store.generation == 2
        else:
            with pytest.raises(IndexUnwritable, match="put in order"):
                LocalStore.open(copy)
    with LocalStore.open(copy) as store:  # which can write again
        assert (store.generation, store.passage_count) == (2, 2)


def test_a_read_only_index_that_needs_mending_says_so(folder, index_dir, encoder):
    sync(folder, index_dir, encoder=encoder)
    next(index_dir.glob("generation-*/vectors/*.faiss")).unlink()
    with read_only(index_dir), pytest.raises(IndexUnwritable, match="read-only"):
        LocalStore.open(index_dir)
    with LocalStore.open(index_dir) as store:
        assert store.passage_count == 3


def test_no_index_is_made_in_a_read_only_folder(folder, tmp_path, encoder):
    place = tmp_path / "shelf"
    place.mkdir()
    with read_only(place), pytest.raises(IndexUnwritable, match="another place"):
        sync(folder, place / "index", encoder=encoder)


def test_an_export_onto_a_full_disk_names_that_disk_and_not_the_index(
    folder, index_dir, encoder, tmp_path
):
    sync(folder, index_dir, encoder=encoder)
    with small_disk(tmp_path / "disk", kilobytes=32) as disk:
        with pytest.raises(ArchiveUnusable, match=r"disk of .*/disk is full") as error:
            export_index(index_dir, disk / "index.zip")
        assert str(index_dir) not in str(error.value)
        assert list(disk.iterdir()) == []


@pytest.mark.parametrize("seed", [1, 2])
def test_when_the_power_is_cut_the_index_is_the_old_generation_or_the_new(
    tmp_path, encoder, vectors, seed
):
    edited = EditedFolder(tmp_path / "documents", seed)
    disk = JournaledDisk(tmp_path)
    images = []
    try:
        index_dir = disk.folder / "index"
        sync(edited.folder, index_dir, encoder=encoder)
        old = SearchResults.of(index_dir, QUESTIONS, vectors)
        edited.edit(5)
        process = SyncProcess(edited.folder, index_dir)
        process.reach("write")
        for _ in range(12):
            process.signal(signal.SIGSTOP)  # so that a copy is of one moment
            images.append(disk.cut())
            process.signal(signal.SIGCONT)
            time.sleep(0.01)
        process.reach("end")
        process.wait()
        images.append(disk.cut())
        new = SearchResults.of(index_dir, QUESTIONS, vectors)
    finally:
        disk.close()
    found = []
    for image in images:
        with disk.after(image) as place:
            found.append(SearchResults.of(place / "index", QUESTIONS, vectors))
            sync(edited.folder, place / "index", encoder=encoder)
            assert SearchResults.of(place / "index", QUESTIONS, vectors).texts == new.texts
    assert old != new
    assert [results for results in found if results not in (old, new)] == []
    assert found[-1] == new  # what was committed is not lost
