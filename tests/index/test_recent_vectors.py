"""Questions and sentences that were embedded a moment ago are not embedded again."""

from __future__ import annotations

import numpy as np
import pytest

from index import recent_vectors
from index.recent_vectors import RecentVectors


@pytest.fixture
def recent(counting):
    return RecentVectors(counting)


def test_a_sentence_is_embedded_once_and_comes_back_the_same(recent, counting):
    texts = ["Oaks grow.", "Ships sail.", "Oaks grow."]
    first = recent.encode_documents(texts)
    second = recent.encode_documents(["Ships sail.", "Lamps burn.", "Oaks grow."])
    assert counting.texts == ["Oaks grow.", "Ships sail.", "Lamps burn."]
    np.testing.assert_array_equal(first[0], second[2])
    np.testing.assert_array_equal(first[1], second[0])
    np.testing.assert_array_equal(first[0], first[2])


def test_long_passages_are_not_kept(recent, counting):
    passage = "The rangers plant native oaks. " * 20
    recent.encode_documents([passage])
    recent.encode_documents([passage])
    assert counting.texts == [passage, passage]


def test_what_was_not_asked_for_longest_is_forgotten_first(recent, counting, monkeypatch):
    monkeypatch.setattr(recent_vectors, "_KEPT", 2)
    for text in ("one", "two", "one", "three", "one", "two"):
        recent.encode_documents([text])
    assert counting.texts == ["one", "two", "three", "two"]


def test_changing_a_vector_does_not_change_what_is_remembered(recent):
    vectors = recent.encode_queries(["Who leads?"])
    kept = vectors.copy()
    vectors[:] = 0
    np.testing.assert_array_equal(recent.encode_queries(["Who leads?"]), kept)


def test_progress_counts_what_was_known_too(recent):
    done: list[int] = []
    recent.encode_documents(["one", "two"])
    recent.encode_documents(["one", "two", "three"], done.append)
    recent.encode_documents(["one"], done.append)
    assert done == [2, 3, 1]


def test_no_texts_make_no_vectors(recent):
    assert recent.encode_documents([]).shape == recent.encode_queries([]).shape == (0, 384)
