"""A file that nobody should open, or that overdoes it, costs one clear row; the rest goes on."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import pytest

from index import LocalStore, NoDocuments, sync
from index.plan import plan
from ingest import ReadingLimits
from ingest.reader_pool import ReaderPool

TROUBLED = (sys.executable, "-P", str(Path(__file__).parents[1] / "samples/troubled_worker.py"))
posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has none of these")


@pytest.fixture
def readers():
    pool = ReaderPool(ReadingLimits(seconds=1, memory_mb=600, file_mb=1), command=TROUBLED)
    yield pool
    pool.close()


def rows(report):
    return {outcome.path: outcome for outcome in report.outcomes}


@posix
def test_links_and_pipes_are_rows_of_the_report(folder, index_dir, encoder):
    (folder / "out.md").symlink_to("/etc/hostname")
    (folder / "circle").symlink_to(folder)
    os.mkfifo(folder / "pipe.md")

    report = rows(sync(folder, index_dir, encoder=encoder))

    assert {path for path, row in report.items() if row.action == "added"} == {
        "forest.md",
        "harbour.md",
        "library.txt",
    }
    assert {path: row.action for path, row in report.items() if row.action != "added"} == {
        "circle": "skipped",
        "out.md": "skipped",
        "pipe.md": "skipped",
    }
    assert "out of the folder" in report["out.md"].reason
    assert all(row.remedy for row in report.values() if row.action == "skipped")


@posix
def test_no_entry_of_a_folder_keeps_the_others_from_being_indexed(
    folder, index_dir, encoder, closing
):
    (folder / "shut").mkdir()
    (folder / "circle.md").symlink_to("circle.md")
    (folder / "one.md").symlink_to("other.md")
    (folder / "other.md").symlink_to("one.md")
    (folder / "null.md").symlink_to("/dev/null")
    os.mkfifo(folder / "pipe.md")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(folder / "socket.md"))
    nameless = os.fsdecode(b"strategi\xeb.md")
    (folder / nameless).write_text("The lighthouse keeper rows home.")
    (folder / os.fsdecode(b"pict\xfcre.jpg")).write_bytes(b"x")
    closing(folder / "shut")

    report = rows(sync(folder, index_dir, encoder=encoder))

    added = {path for path, row in report.items() if row.action == "added"}
    assert added == {"forest.md", "harbour.md", "library.txt"}
    assert {path: row.action for path, row in report.items() if path not in added} == {
        "circle.md": "skipped",
        "null.md": "skipped",
        "one.md": "skipped",
        "other.md": "skipped",
        "pict?re.jpg": "skipped",
        "pipe.md": "skipped",
        "shut": "failed",
        "socket.md": "skipped",
        "strategi?.md": "failed",
    }
    assert all(row.reason and row.remedy for row in report.values() if row.path not in added)


@posix
def test_what_stands_in_a_folder_that_cannot_be_opened_stays_in_the_index(
    folder, index_dir, encoder, closing
):
    (folder / "part").mkdir()
    (folder / "forest.md").rename(folder / "part" / "forest.md")
    sync(folder, index_dir, encoder=encoder)
    reopen = closing(folder / "part")
    (folder / "harbour.md").unlink()

    planned = plan(folder, index_dir, encoder=encoder, limits=ReadingLimits())
    report = sync(folder, index_dir, encoder=encoder)

    for each in (planned, report):
        assert (each.unchanged, each.deleted, each.failed) == (1, 1, 1)
    with LocalStore.open(index_dir) as store:
        assert [info.path for info in store.documents()] == ["library.txt", "part/forest.md"]
    reopen()
    (folder / "part" / "forest.md").unlink()
    assert sync(folder, index_dir, encoder=encoder).deleted == 1


@posix
def test_where_all_stands_in_a_folder_that_cannot_be_opened_that_is_said(
    tmp_path, index_dir, encoder, closing
):
    (tmp_path / "all" / "part").mkdir(parents=True)
    closing(tmp_path / "all" / "part")
    with pytest.raises(NoDocuments, match=r"part: this folder cannot be opened \(Permission"):
        sync(tmp_path / "all", index_dir, encoder=encoder)


@posix
def test_a_document_that_became_a_link_outwards_is_forgotten(folder, index_dir, encoder):
    sync(folder, index_dir, encoder=encoder)
    (folder / "forest.md").rename(folder.parent / "forest.md")
    (folder / "forest.md").symlink_to(folder.parent / "forest.md")

    sync(folder, index_dir, encoder=encoder)

    with LocalStore.open(index_dir) as store:
        assert [info.path for info in store.documents()] == ["harbour.md", "library.txt"]


@posix
def test_a_crash_is_remembered_with_the_file_and_the_limits(folder, index_dir, encoder, readers):
    (folder / "bad.md").write_text("crash")
    os.utime(folder / "bad.md", (1, 1))
    first = sync(folder, index_dir, encoder=encoder, readers=readers)
    assert (first.added, first.failed) == (3, 1)
    assert "crashed (SIGSEGV)" in rows(first)["bad.md"].reason

    # It is not read again, or its new reader would say otherwise.
    sound = ReaderPool(readers.limits)
    assert sync(folder, index_dir, encoder=encoder, readers=sound).failed == 1
    os.utime(folder / "bad.md", (2, 2))
    assert sync(folder, index_dir, encoder=encoder, readers=sound).failed == 1

    more = ReaderPool(ReadingLimits(seconds=2, memory_mb=600, file_mb=1))
    assert sync(folder, index_dir, encoder=encoder, readers=more).added == 1
    sound.close()
    more.close()


def test_a_failure_is_tried_again_when_asked(folder, index_dir, encoder, readers):
    (folder / "bad.md").write_text("crash")
    sync(folder, index_dir, encoder=encoder, readers=readers)
    sound = ReaderPool(readers.limits)
    report = sync(folder, index_dir, encoder=encoder, readers=sound, retry=True)
    assert (report.added, report.unchanged) == (1, 3)
    sound.close()


def test_a_failure_is_tried_again_by_a_newer_reader(
    folder, index_dir, encoder, readers, monkeypatch
):
    (folder / "bad.md").write_text("crash")
    sync(folder, index_dir, encoder=encoder, readers=readers)
    monkeypatch.setattr("index.update.TEXT_PIPELINE", 1_000_000)
    sound = ReaderPool(readers.limits)
    report = sync(folder, index_dir, encoder=encoder, readers=sound)
    assert (report.added, report.updated) == (1, 3)
    sound.close()


def test_a_file_above_the_limit_is_not_opened_and_read_when_the_limit_is_raised(
    folder, index_dir, encoder, readers
):
    with (folder / "atlas.txt").open("w") as file:
        file.write("The atlas shows every harbour. " * 40_000)

    row = rows(sync(folder, index_dir, encoder=encoder, readers=readers))["atlas.txt"]
    assert row.action == "failed"
    assert "`reading_file_mb`" in row.remedy

    (folder / "atlas.txt").write_text("The atlas shows every harbour.")
    assert sync(folder, index_dir, encoder=encoder, readers=readers).added == 1


def test_the_order_of_the_passages_is_that_of_the_folder(folder, index_dir, encoder):
    """However many processes read, the index is the same."""
    texts = []
    for processes in (1, 3):
        where = index_dir / str(processes)
        pool = ReaderPool(processes=processes)
        sync(folder, where, encoder=encoder, readers=pool)
        pool.close()
        with LocalStore.open(where) as store:
            texts.append([passage.text for passage in store.passages(range(1, 10))])
    assert texts[0] == texts[1]
    assert len(texts[0]) == 3
