"""Wrong passwords make one wait longer and longer; right ones and time forgive."""

from __future__ import annotations

import pytest

from tests.ui.clock import Clock
from ui.throttle import (
    FORGOTTEN,
    LONGEST_WAIT,
    TRIES_OF_ADDRESS,
    TRIES_OF_BOTH,
    TRIES_OF_NAME,
    Throttle,
)

HERE, THERE = "192.0.2.1", "192.0.2.2"


@pytest.fixture
def throttle(clock: Clock) -> Throttle:
    return Throttle(clock)


def test_after_a_few_wrong_tries_each_one_waits_twice_as_long(
    throttle: Throttle, clock: Clock
) -> None:
    assert [throttle.begin("ada", HERE) for _ in range(TRIES_OF_BOTH)] == [0] * TRIES_OF_BOTH
    waits = []
    for _ in range(12):
        waits.append(throttle.begin("ada", HERE))
        clock.now += waits[-1]
        assert throttle.begin("ada", HERE) == 0
    assert waits[:3] == [2, 4, 8]
    assert waits[-1] == LONGEST_WAIT


def test_a_refused_try_does_not_count(throttle: Throttle) -> None:
    for _ in range(TRIES_OF_BOTH):
        throttle.begin("ada", HERE)
    assert throttle.begin("ada", HERE) == throttle.begin("ada", HERE) == 2


def test_others_are_not_kept_waiting(throttle: Throttle) -> None:
    for _ in range(TRIES_OF_BOTH):
        throttle.begin("ada", HERE)
    assert throttle.begin("ada", THERE) == 0
    assert throttle.begin("bo", HERE) == 0


def test_many_names_from_one_address_count_together(throttle: Throttle) -> None:
    for number in range(TRIES_OF_ADDRESS):
        assert throttle.begin(f"user-{number}", HERE) == 0
    assert throttle.begin("ada", HERE) > 0
    assert throttle.begin("ada", THERE) == 0


def guess_from_everywhere(throttle: Throttle) -> None:
    for number in range(TRIES_OF_NAME):
        assert throttle.begin("ada", f"198.51.100.{number}") == 0


def test_no_number_of_strangers_keeps_anybody_from_their_name(throttle: Throttle) -> None:
    guess_from_everywhere(throttle)
    for number in range(200):
        throttle.begin("ada", f"203.0.113.{number}")
    assert throttle.begin("ada", HERE) == 0
    throttle.right("ada", HERE)
    assert throttle.begin("ada", HERE) == 0


def test_who_guesses_from_everywhere_has_one_try_from_each_place(
    throttle: Throttle, clock: Clock
) -> None:
    assert throttle.begin("ada", THERE) == throttle.begin("ada", THERE) == 0
    guess_from_everywhere(throttle)
    assert throttle.begin("ada", THERE) == LONGEST_WAIT  # of five tries three are lost
    clock.now += LONGEST_WAIT
    assert throttle.begin("ada", THERE) == 0
    assert throttle.begin("ada", THERE) == LONGEST_WAIT
    assert throttle.begin("bo", THERE) == 0


def test_a_right_password_does_not_forgive_strangers(throttle: Throttle) -> None:
    guess_from_everywhere(throttle)
    throttle.begin("ada", HERE)
    throttle.right("ada", HERE)
    throttle.begin("ada", THERE)
    assert throttle.begin("ada", THERE) > 0


def test_logging_in_between_buys_no_tries_at_many_names(throttle: Throttle) -> None:
    for number in range(TRIES_OF_ADDRESS):
        assert throttle.begin(f"user-{number}", HERE) == 0
        if throttle.begin("mallory", HERE) == 0:
            throttle.right("mallory", HERE)
    assert throttle.begin("ada", HERE) > 0


def test_who_is_guessed_at_is_named_in_the_log_once(
    throttle: Throttle, caplog: pytest.LogCaptureFixture
) -> None:
    guess_from_everywhere(throttle)
    for number in range(100):
        throttle.begin("ada", f"203.0.113.{number}")
    assert [record.getMessage() for record in caplog.records] == [
        "100 wrong passwords were tried for the user 'ada'"
    ]


def test_asking_how_long_to_wait_is_no_try(throttle: Throttle) -> None:
    assert [throttle.wait("ada", HERE) for _ in range(9)] == [0] * 9


def test_an_ipv6_network_is_one_address(throttle: Throttle) -> None:
    for number in range(TRIES_OF_BOTH):
        throttle.begin("ada", f"2001:db8::{number:x}")
    assert throttle.begin("ada", "2001:db8::ffff") > 0
    assert throttle.begin("ada", "2001:db8:1::1") == 0


def test_spelling_a_name_otherwise_is_no_way_around(throttle: Throttle) -> None:
    for name in ("ada", "Ada", " ada", "ADA ", "aDa"):
        throttle.begin(name, HERE)
    assert throttle.begin("ada", HERE) > 0


def test_the_right_password_forgives(throttle: Throttle) -> None:
    for _ in range(TRIES_OF_BOTH):
        throttle.begin("ada", HERE)
    throttle.right("ada", HERE)
    assert [throttle.begin("ada", HERE) for _ in range(TRIES_OF_BOTH)] == [0] * TRIES_OF_BOTH


def test_logging_in_as_oneself_buys_no_tries_at_another(throttle: Throttle) -> None:
    for _ in range(TRIES_OF_BOTH):
        throttle.begin("ada", HERE)
    throttle.begin("mallory", HERE)
    throttle.right("mallory", HERE)
    assert throttle.begin("ada", HERE) > 0


def test_time_forgives(throttle: Throttle, clock: Clock) -> None:
    for _ in range(TRIES_OF_BOTH):
        throttle.begin("ada", HERE)
    clock.now += FORGOTTEN + 1
    assert [throttle.begin("ada", HERE) for _ in range(TRIES_OF_BOTH)] == [0] * TRIES_OF_BOTH
