"""The catalog gives back what was put in, and refuses what makes no sense."""

from __future__ import annotations

import hashlib
import sqlite3

import numpy as np
import pytest

from index import IndexDamaged, LocalStore, sync
from index.catalog import Catalog
from index.database import Database
from ingest import BlockKind, PageStatus, split
from ingest.builder import DocumentBuilder
from ingest.file_mark import FileMark


@pytest.fixture
def database(tmp_path):
    database = Database.writing(tmp_path / "index")
    yield database
    database.close()


@pytest.fixture
def document():
    """A document with a heading, a list, an unreadable page and a blank one."""
    builder = DocumentBuilder()
    builder.start_page(label="iii")
    builder.add(BlockKind.HEADING, "Ziele für 2035", level=1)
    builder.add(BlockKind.PARAGRAPH, "The council has two aims 🎯:")
    builder.add(BlockKind.LIST_ITEM, "clean water", level=0)
    builder.start_page(status=PageStatus.UNREADABLE, reason="an image without text")
    builder.start_page()
    builder.start_page()
    builder.add(BlockKind.LIST_ITEM, "quiet nights", level=1)
    return builder.build(
        path="a/b.pdf",
        content_hash=hashlib.sha256(b"x").hexdigest(),
        format="pdf",
        title="Ziele",
        language="de",
        date="2035-01",
    )


def add(catalog, document):
    passages = split(document)
    hashes = [f"{document.path} {passage.ordinal}".encode() for passage in passages]
    vectors = np.eye(len(passages), 4, dtype=np.float16)
    catalog.add(document, passages, hashes, vectors, size=1, mark=FileMark(2), seconds=0.5)
    return passages


def test_a_document_comes_back_with_all_its_pages_and_blocks(database, document):
    catalog = Catalog(database)
    passages = add(catalog, document)
    assert catalog.document("a/b.pdf") == document
    assert tuple(stored.passage for stored in catalog.passages_after(0)) == passages
    (info,) = catalog.documents()
    assert (info.pages, info.passages, info.status) == (4, len(passages), "indexed")


def test_the_id_of_a_passage_is_never_given_again(database, document):
    catalog = Catalog(database)
    add(catalog, document)
    first = catalog.remove(document.path)
    add(catalog, document)
    second = catalog.remove(document.path)
    assert max(first) < min(second)
    catalog.clear()
    assert catalog.last_passage_id() == max(second)


def test_vectors_are_found_by_what_was_embedded(database, document):
    catalog = Catalog(database)
    add(catalog, document)
    known = catalog.vectors.known([b"a/b.pdf 0", b"never seen"])
    assert list(known) == [b"a/b.pdf 0"]
    np.testing.assert_array_equal(known[b"a/b.pdf 0"], [1, 0, 0, 0])
    ((ids, vectors),) = catalog.vectors.after(0)
    assert vectors.shape == (len(ids), 4)
    assert vectors.dtype == np.float32


def test_nothing_stays_of_a_transaction_that_was_not_committed(tmp_path, document):
    index_dir = tmp_path / "index"
    database = Database.writing(index_dir)
    add(Catalog(database), document)
    database.close()

    database = Database.writing(index_dir)
    assert Catalog(database).documents() == []
    database.close()


@pytest.mark.parametrize("value", ["no JSON", "[]", '{"colour": "green"}'])
def test_a_state_that_makes_no_sense_is_damage(folder, index_dir, encoder, value):
    sync(folder, index_dir, encoder=encoder)
    with sqlite3.connect(index_dir / "catalog.sqlite") as connection:
        connection.execute("UPDATE meta SET value = ? WHERE key = 'state'", (value,))
    connection.close()

    with pytest.raises(IndexDamaged, match="--rebuild"):
        LocalStore.open(index_dir)
    with pytest.raises(IndexDamaged, match="--rebuild"):
        sync(folder, index_dir, encoder=encoder)
    # What a rebuild needs is not in the state.
    assert sync(folder, index_dir, encoder=encoder, rebuild=True).added == 3
