"""A renamed file is the document that it was: neither read nor embedded again without need."""

from __future__ import annotations

import shutil

import pytest

from index import LocalStore, Retriever, sync
from ingest import ReadingLimits
from ingest.reader_pool import ReaderPool


@pytest.fixture
def indexed(folder, index_dir, counting):
    """The folder, synced; the encoder remembers only what comes later."""
    sync(folder, index_dir, encoder=counting)
    counting.texts.clear()
    return folder


@pytest.fixture
def no_readers():
    """A pool whose processes cannot start: whoever reads a file fails."""
    return ReaderPool(ReadingLimits(), command=("/nowhere/python",))


def moves(report):
    return {row.path: row.moved_from for row in report.outcomes if row.action == "moved"}


def documents(index_dir):
    with LocalStore.open(index_dir) as store:
        return [store.document(info.path) for info in store.documents()]


def test_a_document_moved_to_another_folder_is_neither_read_nor_embedded(
    indexed, index_dir, counting, no_readers
):
    (indexed / "archive").mkdir()
    (indexed / "forest.md").rename(indexed / "archive" / "forest.md")

    report = sync(indexed, index_dir, encoder=counting, readers=no_readers)

    assert moves(report) == {"archive/forest.md": "forest.md"}
    assert (report.moved, report.unchanged, report.deleted, report.added) == (1, 2, 0, 0)
    assert report.changed
    assert counting.texts == []
    with LocalStore.open(index_dir) as store:
        (evidence,) = Retriever(store, counting).search("native oaks", k=1)
        assert store.passage_count == 3
    assert evidence.passage.document == "archive/forest.md"


def test_a_new_name_is_embedded_and_found_and_nothing_is_read(
    indexed, index_dir, counting, no_readers, tmp_path
):
    (indexed / "forest.md").rename(indexed / "norvale woods 2031.md")

    report = sync(indexed, index_dir, encoder=counting, readers=no_readers)

    assert moves(report) == {"norvale woods 2031.md": "forest.md"}
    (text,) = counting.texts
    assert "norvale" in text  # the name is part of what is searched
    moved = documents(index_dir)
    sync(indexed, tmp_path / "anew", encoder=counting)
    assert moved == documents(tmp_path / "anew")  # title and date as if read under this name
    with LocalStore.open(index_dir) as store:
        assert len(store.lexical("norvale", 5)) == 1


def test_a_moved_document_stays_what_it_was_at_the_next_sync(
    indexed, index_dir, counting, no_readers
):
    (indexed / "forest.md").rename(indexed / "woods.md")
    sync(indexed, index_dir, encoder=counting, readers=no_readers)
    assert sync(indexed, index_dir, encoder=counting, readers=no_readers).unchanged == 3


def test_a_copy_is_no_move(indexed, index_dir, counting):
    shutil.copy(indexed / "forest.md", indexed / "woods.md")
    report = sync(indexed, index_dir, encoder=counting)
    assert (report.added, report.moved, report.unchanged) == (1, 0, 3)


def test_of_two_copies_of_a_document_that_is_gone_one_has_moved(indexed, index_dir, counting):
    shutil.copy(indexed / "forest.md", indexed / "woods.md")
    (indexed / "new").mkdir()
    (indexed / "forest.md").rename(indexed / "new" / "forest.md")

    report = sync(indexed, index_dir, encoder=counting)

    assert moves(report) == {"new/forest.md": "forest.md"}
    assert (report.added, report.moved, report.deleted) == (1, 1, 0)


def test_a_file_moved_and_edited_at_once_is_another_document(indexed, index_dir, counting):
    (indexed / "forest.md").rename(indexed / "woods.md")
    (indexed / "woods.md").write_text("# Forest charter\n\nWolves may return to the valley.\n")
    report = sync(indexed, index_dir, encoder=counting)
    assert (report.added, report.moved, report.deleted) == (1, 0, 1)


def test_a_name_that_promises_another_format_is_read_again(indexed, index_dir, counting):
    (indexed / "library.txt").rename(indexed / "library.md")
    report = sync(indexed, index_dir, encoder=counting)
    assert (report.added, report.moved, report.deleted) == (1, 0, 1)
    with LocalStore.open(index_dir) as store:
        assert store.document("library.md").format == "markdown"


def test_two_documents_that_change_names_are_both_read(indexed, index_dir, counting):
    (indexed / "forest.md").rename(indexed / "spare")
    (indexed / "harbour.md").rename(indexed / "forest.md")
    (indexed / "spare").rename(indexed / "harbour.md")
    report = sync(indexed, index_dir, encoder=counting)
    assert (report.updated, report.moved, report.unchanged) == (2, 0, 1)
    with LocalStore.open(index_dir) as store:
        assert "quays" in store.document("forest.md").text
