"""The benchmark of size measures an index that is one, made of the same text every time."""

from __future__ import annotations

from pathlib import Path

import pytest

from index import LocalStore, Retriever
from ingest import Passage
from scale import changed_seconds, measure
from synthetic import PER_DOCUMENT, documents, questions, write_index

PASSAGES = 3 * PER_DOCUMENT - 5  # the last document is shorter


@pytest.fixture(scope="module")
def index_dir(encoder, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("scale") / "index"
    write_index(folder, PASSAGES, encoder)
    return folder


def found(retriever: Retriever, question: str) -> list[Passage]:
    return [item.passage for item in retriever.search(question)]


def test_the_same_seed_gives_the_same_documents_and_questions():
    assert list(documents(90)) == list(documents(90))
    assert list(documents(90, seed=4)) != list(documents(90))
    assert questions(20) == questions(20)
    assert len(set(questions(200))) == 200


def test_passages_stand_in_their_documents_on_their_pages():
    made = list(documents(PASSAGES))
    assert [len(passages) for _, passages in made] == [PER_DOCUMENT, PER_DOCUMENT, PER_DOCUMENT - 5]
    for document, passages in made:
        assert "".join(page.text for page in document.pages) == document.text
        for passage in passages:
            assert document.text[passage.start : passage.end] == passage.text
            assert document.page_number_at(passage.start) == passage.page
            assert document.section_at(passage.start) == passage.section[1:]


def test_an_index_of_synthetic_passages_is_searched_and_changed_like_any_other(index_dir, encoder):
    with LocalStore.open(index_dir) as store:
        retriever = Retriever(store, encoder)
        assert store.passage_count == PASSAGES
        _, passages = next(documents(PASSAGES))
        assert passages[3] in found(retriever, passages[3].text)

        changed_seconds(index_dir, retriever)
        assert (store.generation, store.passage_count) == (2, PASSAGES)
        assert passages[3] not in found(retriever, passages[3].text)


def test_what_is_measured_is_of_the_index_that_is_given(index_dir):
    figures = measure(index_dir, 4)
    size = sum(path.stat().st_size for path in index_dir.rglob("*") if path.is_file())
    assert figures["passages"] == PASSAGES
    assert figures["bytes_per_passage"] == pytest.approx(size / PASSAGES, rel=0.5)
    # It grows in a process of its own; this one has grown already, by what other tests opened.
    assert min(figures["memory_mb"]["own"], figures["before_mb"]["own"]) > 0
