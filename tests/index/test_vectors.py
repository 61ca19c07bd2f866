"""The dense search is exact up to half precision, and keeps to the ids that it is given."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.vectors import Vectors

COUNT, DIMENSION = 60, 8


@pytest.fixture(scope="module")
def matrix() -> np.ndarray:
    matrix = np.random.default_rng(7).normal(size=(COUNT, DIMENSION)).astype(np.float32)
    return matrix / np.linalg.norm(matrix, axis=1, keepdims=True)


@pytest.fixture(scope="module")
def vectors(matrix) -> Vectors:
    vectors = Vectors.empty(DIMENSION)
    vectors.add([(np.arange(1, COUNT + 1), matrix)])
    return vectors


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


def test_what_is_written_comes_back_and_what_is_removed_does_not(vectors, matrix, tmp_path):
    vectors.write(tmp_path)
    again = Vectors.read(tmp_path)
    again.remove([5, 6])
    assert len(again) == COUNT - 2
    assert 5 not in {hit.passage_id for hit in again.search(matrix[4], COUNT)}
    assert [path.name for path in tmp_path.iterdir()] == ["vectors.faiss"]


def test_an_empty_index_finds_nothing(matrix):
    assert Vectors.empty(DIMENSION).search(matrix[0], 5) == []
