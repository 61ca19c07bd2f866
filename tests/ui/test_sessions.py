"""A session lasts while it is used, for some days at most, and no longer than its user."""

from __future__ import annotations

from pathlib import Path

import pytest

from ui.sessions import LONGEST_DAYS, Sessions
from ui.users import User, Users

HOUR = 3600.0


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def users(tmp_path: Path) -> Users:
    users = Users(tmp_path / "users.json")
    users.add("ada", "twelve quays")
    return users


@pytest.fixture
def ada(users: Users) -> User:
    user = users.user("ada")
    assert user is not None
    return user


@pytest.fixture
def sessions(users: Users, clock: Clock) -> Sessions:
    return Sessions(users, 12, clock)


def test_a_session_knows_its_user(sessions: Sessions, ada: User) -> None:
    first, second = sessions.begin(ada), sessions.begin(ada)
    assert first != second
    assert sessions.user(first) == sessions.user(second) == "ada"


@pytest.mark.parametrize("token", ["", "x", "\ud800", "None"])
def test_a_token_that_was_never_given_is_nobody(sessions: Sessions, ada: User, token: str) -> None:
    sessions.begin(ada)
    assert sessions.user(token) is None


def test_use_keeps_a_session_and_rest_ends_it(sessions: Sessions, ada: User, clock: Clock) -> None:
    token = sessions.begin(ada)
    for _ in range(3):
        clock.now += 11 * HOUR
        assert sessions.user(token) == "ada"
    clock.now += 13 * HOUR
    assert sessions.user(token) is None


def test_even_a_session_in_use_ends_some_day(sessions: Sessions, ada: User, clock: Clock) -> None:
    token = sessions.begin(ada)
    for _ in range(LONGEST_DAYS * 4):
        assert sessions.user(token) == "ada"
        clock.now += 6 * HOUR
    clock.now += 1
    assert sessions.user(token) is None


def test_logging_out_ends_one_session_alone(sessions: Sessions, ada: User) -> None:
    first, second = sessions.begin(ada), sessions.begin(ada)
    sessions.end(first)
    assert sessions.user(first) is None
    assert sessions.user(second) == "ada"


def test_a_new_password_ends_all_sessions(sessions: Sessions, users: Users, ada: User) -> None:
    token = sessions.begin(ada)
    users.add("ada", "thirteen quays")
    assert sessions.user(token) is None


def test_a_user_who_is_removed_is_out_at_once(sessions: Sessions, users: Users, ada: User) -> None:
    token = sessions.begin(ada)
    users.remove("ada")
    assert sessions.user(token) is None
    users.add("ada", "twelve quays")
    assert sessions.user(token) is None
