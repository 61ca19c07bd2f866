"""What got damaged in an index is never quoted; it is named, noticed by a sync, and mended."""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from contextlib import closing

import pytest

from index import IndexDamaged, LocalStore, Retriever, generation, sync
from index.background_check import BackgroundCheck
from index.check import check
from index.checksum import DOCUMENT, checksum, checksum_of
from index.database import Database
from index.errors import DocumentDamaged
from index.integrity import Integrity

OF_HARBOUR = "(SELECT id FROM documents WHERE path = 'harbour.md')"
SHOWN = [
    "UPDATE documents SET text = replace(text, 'twelve', 'ninety') WHERE path = 'harbour.md'",
    "UPDATE documents SET text = CAST(x'ff' || CAST(text AS BLOB) AS TEXT) "
    "WHERE path = 'harbour.md'",
    "UPDATE documents SET title = 'Harbour plan 2039' WHERE path = 'harbour.md'",
    "UPDATE documents SET structure = '[' WHERE path = 'harbour.md'",
]
HIDDEN = [
    f"UPDATE passages SET vector = zeroblob(768) WHERE document_id = {OF_HARBOUR}",
    f"UPDATE passages SET section = '[1' WHERE document_id = {OF_HARBOUR}",
    f"DELETE FROM passages WHERE document_id = {OF_HARBOUR}",
    f"UPDATE passages SET document_id = 'x' WHERE document_id = {OF_HARBOUR}",
]


@pytest.fixture
def index(folder, index_dir, encoder):
    sync(folder, index_dir, encoder=encoder)
    return index_dir


def edit(index_dir, statement, values=()):
    with closing(sqlite3.connect(index_dir / "catalog.sqlite")) as catalog, catalog:
        catalog.create_function("xxh3", -1, checksum)
        catalog.execute(statement, values)


def damaged(index_dir):
    with closing(Database.reading(index_dir)) as database:
        return Integrity(database).damaged()


def found(index_dir, encoder):
    """Where the best passage for a question stands, and its words."""
    with LocalStore.open(index_dir) as store:
        best = Retriever(store, encoder).search("Which quays get shore power?", k=1)[0].passage
        return best.document, store.document(best.document).text


@pytest.mark.parametrize("statement", SHOWN)
def test_a_damaged_document_is_named_with_the_command_in_place_of_a_quote(
    index, encoder, statement
):
    edit(index, statement)
    with LocalStore.open(index) as store:
        for action in (
            lambda: store.document("harbour.md"),
            lambda: Retriever(store, encoder).search("Which quays get shore power?"),
        ):
            with pytest.raises(DocumentDamaged, match=r"^harbour\.md: .*strategy check"):
                action()
        assert "Rangers plant" in store.document("forest.md").text


@pytest.mark.parametrize("statement", SHOWN + HIDDEN)
def test_the_next_sync_reads_again_what_got_damaged_and_nothing_else(
    folder, index, counting, statement
):
    before = found(index, counting)
    counting.texts.clear()
    edit(index, statement)
    report = sync(folder, index, encoder=counting)
    outcomes = {outcome.path: outcome for outcome in report.outcomes}
    assert outcomes["harbour.md"].action == "updated"
    assert "damaged" in outcomes["harbour.md"].reason
    assert (report.unchanged, len(counting.texts)) == (2, 1)
    assert damaged(index) == []
    assert found(index, counting) == before
    assert sync(folder, index, encoder=counting).unchanged == 3


def test_a_check_mends_and_says_what(folder, index, encoder):
    (folder / "new.md").write_text("# New\n\nNot to be read by a check.\n")
    edit(index, SHOWN[0])
    report = check(index, encoder=encoder)
    assert [(each.path, each.repaired) for each in report.damaged] == [("harbour.md", True)]
    assert (report.documents, report.passages, report.sound) == (3, 3, True)
    assert report.to_dict()["sound"] is True
    again = check(index, encoder=encoder)
    assert (again.damaged, again.documents, again.search_files) == ((), 3, True)


def test_a_check_says_what_to_do_where_the_file_or_the_folder_is_gone(folder, index, encoder):
    edit(index, SHOWN[0])
    folder.rename(folder.with_name("away"))
    (left,) = check(index, encoder=encoder).damaged
    assert (left.path, left.repaired) == ("harbour.md", False)
    assert "no such folder" in left.reason
    assert damaged(index) == ["harbour.md"]

    folder.with_name("away").rename(folder)
    (folder / "harbour.md").unlink()
    report = check(index, encoder=encoder)
    (left,) = report.damaged
    assert (left.repaired, report.sound) == (False, False)
    assert "its file is not in the folder" in left.reason
    assert "Put the file back" in left.remedy
    with LocalStore.open(index) as store:
        assert [info.path for info in store.documents()] == ["forest.md", "library.txt"]


def test_a_path_that_somebody_edited_is_not_trusted_though_its_checksum_fits(
    folder, index, encoder
):
    edit(index, "UPDATE documents SET path = '../near.md' WHERE path = 'harbour.md'")
    edit(index, f"UPDATE documents SET checksum = {checksum_of(DOCUMENT)}")
    with LocalStore.open(index) as store, pytest.raises(DocumentDamaged, match=r"^\.\./near\.md"):
        store.document("../near.md")
    assert damaged(index) == ["../near.md"]
    report = sync(folder, index, encoder=encoder)
    assert {outcome.path: outcome.action for outcome in report.outcomes} == {
        "../near.md": "deleted",
        "forest.md": "unchanged",
        "harbour.md": "added",
        "library.txt": "unchanged",
    }


def flip_a_bit_and_keep_the_time(file):
    before = file.stat()
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(bytes(data))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


@pytest.fixture
def spoilt(index, monkeypatch):
    """An index whose vectors count as large, and have a flipped bit."""
    monkeypatch.setattr(generation, "_LARGE", 5)
    flip_a_bit_and_keep_the_time(next(index.glob("generation-*/vectors/*.faiss")))
    return index


def is_whole(index_dir):
    from index.snapshot import are_whole

    return are_whole(index_dir)


def test_large_search_files_are_checked_and_mended_beside_those_who_search(spoilt, encoder):
    with LocalStore.open(spoilt) as store:
        held = store.snapshot()
        assert not is_whole(spoilt)
        with BackgroundCheck(spoilt, first=0.0):
            due = time.monotonic() + 60
            while not is_whole(spoilt) and time.monotonic() < due:
                time.sleep(0.05)
        assert is_whole(spoilt)
        assert store.snapshot() is not held
        assert len(store.dense(encoder.encode_queries(["quays"])[0], 10)) == 3


def test_a_check_and_a_verifying_sync_mend_large_search_files(folder, spoilt, encoder):
    copy = shutil.copytree(spoilt, spoilt.with_name("copy"))
    assert check(spoilt, encoder=encoder).search_files is False
    assert is_whole(spoilt)
    assert sync(folder, copy, encoder=encoder, verify=True).unchanged == 3
    assert is_whole(copy)


def test_damage_of_one_document_is_a_kind_of_damage(tmp_path):
    assert isinstance(DocumentDamaged(tmp_path, "a.md"), IndexDamaged)
