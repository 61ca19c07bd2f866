"""A LocalStore reads one state at a time, and is always as new as the last sync."""

from __future__ import annotations

import shutil
import threading

import pytest

from index import IndexMissing, LocalStore, Retriever, UnknownDocument, sync
from index.store import Place
from ingest import read


@pytest.fixture
def store(folder, index_dir, encoder):
    sync(folder, index_dir, encoder=encoder)
    with LocalStore.open(index_dir) as store:
        yield store


def test_where_there_is_no_index_the_way_to_make_one_is_said(tmp_path):
    for place in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(IndexMissing, match="strategy index FOLDER"):
            LocalStore.open(place)


def test_a_document_comes_back_as_it_was_read(store, folder):
    for name in ("forest.md", "library.txt"):
        assert store.document(name) == read(name, (folder / name).read_bytes())


def test_passages_stand_in_their_document_at_their_span(store, encoder):
    hits = store.dense(encoder.encode_queries(["quays"])[0], 3)
    passages = store.passages([hit.passage_id for hit in hits])
    assert passages[0].document == "harbour.md"
    for passage in passages:
        document = store.document(passage.document)
        assert document.text[passage.start : passage.end] == passage.text
        assert document.content_hash == passage.content_hash


def test_a_sync_is_seen_at_the_next_call_and_a_snapshot_keeps_what_it_had(
    store, folder, index_dir, encoder
):
    snapshot = store.snapshot()
    (folder / "harbour.md").unlink()
    (folder / "tram.txt").write_text("The tram runs every six minutes until midnight.")
    during = set()

    def look(_event):
        during.add((store.generation, store.passage_count))

    sync(folder, index_dir, encoder=encoder, progress=look)

    assert during == {(1, 3)}
    assert store.generation == 2
    assert store.lexical("tram", 5)
    assert not store.lexical("quays", 5)

    assert snapshot.generation == 1
    (hit,) = snapshot.lexical("quays", 5)
    assert store.passages([hit.passage_id]) == []  # gone from the new state
    assert snapshot.passages([hit.passage_id])[0].document == "harbour.md"
    assert "substations" in snapshot.document("harbour.md").text
    vector = encoder.encode_queries(["electric quays"])[0]
    assert snapshot.dense(vector, 1)[0].passage_id == hit.passage_id


def test_a_reader_keeps_its_generation_while_two_new_ones_appear(store, folder, index_dir, encoder):
    vector = encoder.encode_queries(["electric quays"])[0]
    held = store.snapshot()
    before = held.dense(vector, 3), held.lexical("quays oaks sundays", 3), held.documents()
    for name in ("harbour.md", "forest.md"):
        (folder / name).write_text(f"# Tram\n\nThe tram stops at the {name} of Norvale.\n")
        sync(folder, index_dir, encoder=encoder)

    assert store.generation == 3
    after = held.dense(vector, 3), held.lexical("quays oaks sundays", 3), held.documents()
    assert after == before
    passages = held.passages([hit.passage_id for hit in before[0]])
    assert {passage.document for passage in passages} == {"forest.md", "harbour.md", "library.txt"}
    assert "substations" in held.document("harbour.md").text


def test_a_sync_that_only_fails_is_seen_too(store, folder, index_dir, encoder):
    (folder / "empty.txt").write_text("")
    sync(folder, index_dir, encoder=encoder)
    assert store.generation == 1
    assert [info.path for info in store.documents() if info.status == "failed"] == ["empty.txt"]


def test_an_index_that_was_removed_and_made_again_is_seen(store, folder, index_dir, encoder):
    shutil.rmtree(index_dir)
    assert store.passage_count == 3  # until there is another one
    (folder / "harbour.md").unlink()
    sync(folder, index_dir, encoder=encoder)
    assert store.passage_count == 2


def test_a_limited_search_stays_within_its_documents(store, encoder):
    vector = encoder.encode_queries(["electric quays"])[0]
    for documents in (["forest.md"], ["forest.md", "library.txt"], []):
        hits = [
            *store.dense(vector, 10, documents),
            *store.lexical("quays oaks sundays the", 10, documents),
        ]
        passages = store.passages([hit.passage_id for hit in hits])
        assert {passage.document for passage in passages} == set(documents)


def test_an_unknown_document_is_named_with_a_likely_one(store):
    with pytest.raises(UnknownDocument, match=r"forrest\.md.*Did you mean forest\.md"):
        store.lexical("oaks", 5, ["forrest.md"])
    with pytest.raises(UnknownDocument, match="no such document"):
        store.document("x")


def test_a_document_that_could_not_be_read_is_said_to_be_so(store, folder, index_dir, encoder):
    (folder / "empty.txt").write_text("")
    sync(folder, index_dir, encoder=encoder)
    with pytest.raises(UnknownDocument, match="could not be read"):
        store.lexical("oaks", 5, ["empty.txt"])


def test_threads_search_while_the_index_changes(store, folder, index_dir, encoder):
    retriever = Retriever(store, encoder)
    done, errors, answers = threading.Event(), [], []

    def ask():
        try:
            while not done.is_set():
                evidence = retriever.search("Where do rangers plant oaks?", k=3)
                answers.append(evidence[0].passage.document)
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for round in range(4):
        (folder / "tram.txt").write_text(f"The tram of line {round} runs until midnight.")
        sync(folder, index_dir, encoder=encoder)
    done.set()
    for thread in threads:
        thread.join()

    assert errors == []
    assert set(answers) == {"forest.md"}
    assert store.generation == 5


def test_the_places_of_passages_are_told_without_their_text(store):
    hits = store.lexical("quays oaks library", 10)
    places = store.places({hit.passage_id for hit in hits} | {10**6})
    passages = store.passages([hit.passage_id for hit in hits])
    assert len(places) == len(passages) == 3
    for hit, passage in zip(hits, passages, strict=True):
        assert places[hit.passage_id] == Place(passage.document, passage.ordinal)
