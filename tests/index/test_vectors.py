"""The dense search is exact up to half precision, and keeps to the ids that it is given."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import vectors as segments
from index.vectors import Vectors

COUNT, DIMENSION = 60, 8


@pytest.fixture(scope="module")
def matrix() -> np.ndarray:
    matrix = np.random.default_rng(7).normal(size=(COUNT, DIMENSION)).astype(np.float32)
    return matrix / np.linalg.norm(matrix, axis=1, keepdims=True)


@pytest.fixture(scope="module")
def vectors(matrix, tmp_path_factory) -> Vectors:
    return written(tmp_path_factory.mktemp("vectors"), matrix, range(1, COUNT + 1))


@pytest.fixture
def small_segments(monkeypatch):
    """Segments of ten vectors, two of which may be gone, so that a few vectors make many."""
    for name, value in {"LARGEST": 10, "SMALL": 2, "MOST_GONE": 2}.items():
        monkeypatch.setattr(segments, name, value)


def written(folder: Path, matrix, ids, removed=(), previous=None) -> Vectors:
    """``ids`` added one by one: the vector of id n is row n - 1."""
    folder.mkdir(exist_ok=True)
    batches = [(np.array([id]), matrix[id - 1 : id]) for id in ids]
    Vectors.write(folder, DIMENSION, batches, removed=list(removed), previous=previous)
    return Vectors.read(folder)


def files(folder: Path) -> set[int]:
    """What tells the files of the segments from each other, whatever names they have."""
    return {path.stat().st_ino for path in (folder / "vectors").glob("*.faiss")}


def test_the_nearest_come_first_with_their_cosine(vectors, matrix):
    hits = vectors.search(matrix[4], 5)
    assert hits[0].passage_id == 5
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    for hit in hits:
        assert hit.score == pytest.approx(float(matrix[4] @ matrix[hit.passage_id - 1]), abs=2e-3)


@settings(max_examples=50, deadline=None)
@given(
    allowed=st.sets(st.integers(1, COUNT)),
    k=st.integers(1, 2 * COUNT),
    query=st.integers(0, COUNT - 1),
)
def test_a_limited_search_returns_the_best_of_what_is_allowed(vectors, matrix, allowed, k, query):
    hits = vectors.search(matrix[query], k, sorted(allowed))
    ids = [hit.passage_id for hit in hits]
    assert set(ids) <= allowed
    assert len(ids) == len(set(ids)) == min(k, len(allowed))
    if query + 1 in allowed:
        assert ids[0] == query + 1


def test_what_is_removed_does_not_come_back(matrix, tmp_path):
    written(tmp_path / "1", matrix, range(1, COUNT + 1))
    (tmp_path / "2").mkdir()
    again = written(tmp_path / "2", matrix, [], removed=[5, 6], previous=tmp_path / "1")
    assert len(again) == COUNT - 2
    assert 5 not in {hit.passage_id for hit in again.search(matrix[4], COUNT)}


def test_an_empty_index_finds_nothing(matrix, tmp_path):
    empty = written(tmp_path, matrix, [])
    assert (len(empty), empty.dimension) == (0, DIMENSION)
    assert empty.search(matrix[0], 5) == []


@settings(max_examples=40, deadline=None)
@given(
    changes=st.lists(
        st.tuples(st.integers(0, 14), st.sets(st.integers(1, COUNT), max_size=8)), max_size=6
    ),
    query=st.integers(0, COUNT - 1),
)
@pytest.mark.usefixtures("small_segments")
def test_an_index_that_grew_finds_what_one_written_at_once_does(
    tmp_path_factory, matrix, changes, query
):
    root = tmp_path_factory.mktemp("grown")
    kept, last, previous = set(), 0, None
    grown = written(root / "start", matrix, [])
    previous = root / "start"
    for number, (more, removed) in enumerate(changes):
        added = range(last + 1, min(last + more, COUNT) + 1)
        grown = written(root / str(number), matrix, added, removed & kept, previous)
        kept = (kept - removed) | set(added)
        last, previous = last + len(added), root / str(number)
    at_once = written(root / "at-once", matrix, sorted(kept))
    assert len(grown) == len(at_once) == len(kept)
    for k in (1, 7, COUNT):
        assert grown.search(matrix[query], k) == at_once.search(matrix[query], k)
    some = sorted(kept)[::3]
    assert grown.search(matrix[query], 9, some) == at_once.search(matrix[query], 9, some)


@pytest.mark.usefixtures("small_segments")
def test_a_small_change_leaves_the_large_files_as_they_are(matrix, tmp_path):
    written(tmp_path / "1", matrix, range(1, 41))
    written(tmp_path / "2", matrix, [41], removed=[3, 17], previous=tmp_path / "1")
    assert len(files(tmp_path / "1")) == 4
    assert files(tmp_path / "1") < files(tmp_path / "2")
    third = written(tmp_path / "3", matrix, [42], removed=[18, 19], previous=tmp_path / "2")
    assert len(files(tmp_path / "2") & files(tmp_path / "3")) == 3  # one has lost too many
    assert len(third) == 38
    assert not {3, 17, 18, 19} & {hit.passage_id for hit in third.search(matrix[2], COUNT)}


@pytest.mark.usefixtures("small_segments")
def test_many_small_changes_do_not_leave_as_many_files(matrix, tmp_path):
    previous = None
    for id in range(1, COUNT + 1):
        written(tmp_path / str(id), matrix, [id], previous=previous)
        previous = tmp_path / str(id)
    assert len(files(previous)) < 2 * COUNT / segments.LARGEST


def test_where_files_cannot_have_two_names_they_are_copied(tmp_path, monkeypatch):
    def refuse(*_):
        raise OSError("no hard links here")

    monkeypatch.setattr(os, "link", refuse)
    (tmp_path / "file").write_text("norvale")
    segments.link(tmp_path / "file", tmp_path / "again")
    assert (tmp_path / "again").read_text() == "norvale"
