"""An index that an older version made opens in this one, with all that it holds."""

from __future__ import annotations

import json
import sqlite3

import pytest

from index import LocalStore, sync
from index.database import Database
from index.integrity import Integrity
from index.migrations import FORMAT, MIGRATIONS
from ingest import PageCounts

ADDED = {
    "documents": (
        "text_pipeline", "ocr", "awaits_ocr", "limits", "ocr_pages", "unreadable_pages",
        "blank_pages", "reason", "remedy", "ctime_ns", "inode", "checksum",
    ),
    "failures": ("text_pipeline", "ocr", "awaits_ocr", "limits", "ctime_ns", "inode"),
    "passages": ("checksum",),
}  # fmt: skip


@pytest.fixture
def first_format(folder, index_dir, encoder):
    """An index with a failure, as format 1 had it."""
    (folder / "empty.txt").write_text("")
    sync(folder, index_dir, encoder=encoder)
    connection = sqlite3.connect(index_dir / "catalog.sqlite")
    with connection:
        for table, columns in ADDED.items():
            for column in columns:
                connection.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
        connection.execute("DROP TABLE forgotten")
        connection.execute("UPDATE meta SET value = '1' WHERE key = 'format'")
        # harbour.md as if it had six pages, in every state.
        states = ["text", "ocr", "unreadable", "unreadable", "blank", "text"]
        pages = [[n, 0, 0, None, state, "", n == 3, None] for n, state in enumerate(states, 1)]
        structure = json.dumps({"pages": pages, "blocks": []})
        connection.execute(
            "UPDATE documents SET structure = ?, pages = 6, paged = 1 WHERE path = 'harbour.md'",
            (structure,),
        )
    connection.close()
    return index_dir


def test_searching_an_older_index_brings_it_up_to_date(first_format):
    with LocalStore.open(first_format) as store:
        infos = {info.path: info for info in store.documents()}
        assert len(store.lexical("quays", 10)) == 1
    assert infos["harbour.md"].page_counts == PageCounts(text=2, ocr=1, unreadable=2, blank=1)
    assert infos["forest.md"].page_counts == PageCounts()
    assert infos["empty.txt"].status == "failed"
    with sqlite3.connect(first_format / "catalog.sqlite") as connection:
        rows = connection.execute("SELECT value FROM meta WHERE key = 'format'").fetchall()
    connection.close()
    assert rows == [(str(FORMAT),)]


def test_an_older_index_gets_checksums_that_fit(first_format):
    database = Database.reading(first_format)
    try:
        assert Integrity(database).damaged() == []
        assert database.execute("SELECT min(length(checksum)) FROM passages") == [(8,)]
    finally:
        database.close()


def test_an_older_index_is_synced_without_reading_its_documents_again(
    folder, first_format, counting, monkeypatch
):
    monkeypatch.setattr("ingest.ocr.find_engine", lambda: None)  # whatever this machine has
    report = sync(folder, first_format, encoder=counting)
    assert (report.unchanged, report.failed, counting.texts) == (3, 1, [])


def test_a_new_index_has_the_same_tables_as_a_migrated_one(first_format, tmp_path):
    def tables(index_dir):
        database = Database.writing(index_dir)
        try:
            names = [row[0] for row in database.execute("SELECT name FROM sqlite_master")]
            return {
                name: database.execute(f"SELECT name, type FROM pragma_table_info('{name}')")
                for name in names
            }
        finally:
            database.close()

    assert tables(first_format) == tables(tmp_path / "new")


def test_each_format_has_its_migration():
    assert len(MIGRATIONS) == FORMAT == 4
