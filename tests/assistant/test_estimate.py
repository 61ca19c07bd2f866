"""Estimates: how far a figure may be from the truth, and whether a change may be luck."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.estimate import Estimate, sign_test

SHARES = st.lists(st.sampled_from([0.0, 1.0]), min_size=1, max_size=60)
VALUES = st.lists(st.floats(0, 1), min_size=1, max_size=40)


@pytest.mark.parametrize(
    ("hits", "count", "low", "high"),
    [  # Newcombe, Statistics in Medicine 17, 1998, table I, method 3
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_interval_of_a_share_is_that_of_the_literature(
    hits: int, count: int, low: float, high: float
) -> None:
    estimate = Estimate.of([1.0] * hits + [0.0] * (count - hits))
    assert (estimate.low, estimate.high) == pytest.approx((low, high), abs=5e-5)


@given(SHARES)
def test_the_interval_of_a_share_holds_it_and_stays_between_nothing_and_all(
    values: list[float],
) -> None:
    estimate = Estimate.of(values)
    assert 0 <= estimate.low <= estimate.mean <= estimate.high <= 1
    assert estimate.low < estimate.high


@given(VALUES)
def test_the_interval_of_a_mean_holds_it_and_is_always_the_same(values: list[float]) -> None:
    estimate = Estimate.of_mean(values)
    assert min(values) - 1e-9 <= estimate.low <= estimate.high <= max(values) + 1e-9
    assert Estimate.of_mean(values) == estimate


def test_more_questions_make_a_narrower_interval() -> None:
    few, many = (Estimate.of([0.0, 0.5, 1.0] * times) for times in (5, 50))
    assert few.mean == many.mean == 0.5
    assert many.high - many.low < (few.high - few.low) / 2


def test_the_interval_of_a_mean_is_about_two_standard_errors_to_each_side() -> None:
    estimate = Estimate.of_mean([0.0, 0.25, 0.75, 1.0] * 25)  # standard error 0.0395
    assert estimate.low == pytest.approx(0.5 - 1.96 * 0.0395, abs=0.01)
    assert estimate.high == pytest.approx(0.5 + 1.96 * 0.0395, abs=0.01)


@pytest.mark.parametrize(
    ("gained", "lost", "chance"),
    [(0, 0, 1.0), (1, 0, 1.0), (5, 0, 2 / 32), (0, 6, 2 / 64), (8, 2, 112 / 1024), (4, 4, 1.0)],
)
def test_the_sign_test_counts_the_one_sided_outcomes(gained: int, lost: int, chance: float) -> None:
    assert sign_test(gained, lost) == pytest.approx(chance)
    assert sign_test(lost, gained) == pytest.approx(chance)
