"""A session lasts while it is used, for some days at most, and no longer than its user."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from tests.ui.clock import Clock
from ui.sessions import LONGEST_DAYS, Sessions
from ui.users import User, Users

HOUR = 3600.0


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


def shown(sessions: Sessions, token: str) -> str | None:
    """The name of whose token this is."""
    user = sessions.user(token)
    return user.name if user else None


def test_a_session_knows_its_user(sessions: Sessions, ada: User) -> None:
    first, second = sessions.begin(ada), sessions.begin(ada)
    assert first != second
    assert shown(sessions, first) == shown(sessions, second) == "ada"


@pytest.mark.parametrize("token", ["", "x", "\ud800", "None"])
def test_a_token_that_was_never_given_is_nobody(sessions: Sessions, ada: User, token: str) -> None:
    sessions.begin(ada)
    assert sessions.user(token) is None


def test_use_keeps_a_session_and_rest_ends_it(sessions: Sessions, ada: User, clock: Clock) -> None:
    token = sessions.begin(ada)
    for _ in range(3):
        clock.now += 11 * HOUR
        assert shown(sessions, token) == "ada"
    clock.now += 13 * HOUR
    assert sessions.user(token) is None


def test_even_a_session_in_use_ends_some_day(sessions: Sessions, ada: User, clock: Clock) -> None:
    token = sessions.begin(ada)
    for _ in range(LONGEST_DAYS * 4):
        assert shown(sessions, token) == "ada"
        clock.now += 6 * HOUR
    clock.now += 1
    assert sessions.user(token) is None


def test_logging_out_ends_one_session_alone(sessions: Sessions, ada: User) -> None:
    first, second = sessions.begin(ada), sessions.begin(ada)
    sessions.end(first)
    assert sessions.user(first) is None
    assert shown(sessions, second) == "ada"


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


def test_a_restart_of_the_server_ends_none(
    sessions: Sessions, users: Users, ada: User, clock: Clock
) -> None:
    token, left = sessions.begin(ada), sessions.begin(ada)
    sessions.end(left)
    sessions.close()
    clock.now += 11 * HOUR
    again = Sessions(users, 12, clock)
    assert shown(again, token) == "ada"
    assert again.user(left) is None
    clock.now += 13 * HOUR
    assert Sessions(users, 12, clock).user(token) is None


def test_a_password_that_changed_while_the_server_was_down_ends_them(
    sessions: Sessions, users: Users, ada: User, clock: Clock
) -> None:
    token = sessions.begin(ada)
    sessions.close()
    users.add("ada", "thirteen quays")
    assert Sessions(users, 12, clock).user(token) is None


def test_the_file_holds_nothing_that_logs_in_and_is_its_owners_alone(
    sessions: Sessions, users: Users, ada: User
) -> None:
    token = sessions.begin(ada)
    sessions.close()
    (file,) = users.file.parent.glob("*-sessions.sqlite")
    content = file.read_bytes()
    assert b"ada" in content
    assert token.encode() not in content
    assert ada.password.encode() not in content
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_damaged_file_costs_the_sessions_alone(users: Users, ada: User, clock: Clock) -> None:
    file = users.file.with_name(f"{users.file.stem}-sessions.sqlite")
    file.write_bytes(b"no database at all " * 100)
    sessions = Sessions(users, 12, clock)
    assert shown(sessions, sessions.begin(ada)) == "ada"


def test_only_so_many_are_kept(
    sessions: Sessions, ada: User, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.sessions._MOST", 3)
    tokens = []
    for _ in range(5):
        tokens.append(sessions.begin(ada))
        clock.now += 1
    assert [shown(sessions, token) for token in tokens] == [None, None, "ada", "ada", "ada"]
