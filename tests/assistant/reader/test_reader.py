"""A reading: the best span, within bounds and as brute force finds it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from assistant.reader import LOWEST, Reading

SCORES = some.integers(-3, 3)  # so that there are equals


def reading_of(tokens: list[tuple[int, int, int, int]]) -> Reading:
    """Of tokens as gap before it, length, start and end score."""
    starts, ends, at = [], [], 0
    for gap, length, _, _ in tokens:
        starts.append(at + gap)
        at += gap + length
        ends.append(at)
    return Reading(
        np.array(starts, dtype=np.int32),
        np.array(ends, dtype=np.int32),
        np.array([start for _, _, start, _ in tokens], dtype=np.float32),
        np.array([end for _, _, _, end in tokens], dtype=np.float32),
        0.0,
    )


TOKENS = some.tuples(some.integers(0, 2), some.integers(1, 4), SCORES, SCORES)
READINGS = some.lists(TOKENS, max_size=12).map(reading_of)


@given(READINGS, some.integers(0, 40), some.integers(0, 40), some.integers(1, 16))
def test_the_best_span_stays_within_its_bounds_and_is_the_best(
    reading: Reading, start: int, length: int, longest: int
) -> None:
    end = start + length
    best = reading.best(start, end, longest)
    every = [
        (float(reading.start_scores[first] + reading.end_scores[last]), first, last)
        for first in range(len(reading.starts))
        for last in range(first, min(len(reading.starts), first + longest))
        if reading.starts[first] >= start and reading.ends[last] <= end
    ]
    if not every:
        assert best is None
        assert reading.score(start, end) == LOWEST
        return
    assert best is not None
    assert start <= best.start < best.end <= end
    first, last = list(reading.starts).index(best.start), list(reading.ends).index(best.end)
    assert 0 <= last - first < longest
    assert best.score == max(score for score, _, _ in every)
    # Of equals the first, and then the shortest.
    equals = [(one, other) for score, one, other in every if score == best.score]
    assert (first, last) == min(equals)


def test_without_an_end_all_of_the_text_is_meant() -> None:
    numbers = np.array([0, 5], dtype=np.int32)
    scores = np.array([1.0, 2.0], dtype=np.float32)
    best = Reading(numbers, numbers + 4, scores, scores, 0.0).best()
    assert best is not None
    assert (best.start, best.end, best.score) == (5, 9, 4.0)


@pytest.mark.parametrize("low", [-40.0, -1e30])
def test_a_hopeless_span_scores_no_less_than_a_text_without_tokens(low: float) -> None:
    one = np.zeros(1, dtype=np.int32)
    scores = np.array([low], dtype=np.float32)
    assert Reading(one, one + 1, scores, scores, 0.0).score() == LOWEST
