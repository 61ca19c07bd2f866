"""The file of users holds hashes alone, and is followed while the chat is served."""

from __future__ import annotations

import json
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ui.errors import UserError, UsersUnusable
from ui.token_scope import TokenScope
from ui.users import TOKEN_MARK, Token, User, Users, fingerprint

PASSWORD = "twelve quays of Norvale"


@pytest.fixture
def users(tmp_path: Path) -> Users:
    return Users(tmp_path / "place" / "users.json")


def user_of(users: Users, name: str) -> User:
    user = users.user(name)
    assert user is not None
    return user


def test_a_user_is_known_by_their_password(users: Users) -> None:
    assert users.add("ada", PASSWORD)
    user = users.with_password(" ada", PASSWORD)
    assert user is not None
    assert user.name == "ada"
    assert users.with_password("ada", PASSWORD + " ") is None
    assert users.with_password("bo", PASSWORD) is None


def test_a_password_longer_than_any_is_not_even_hashed(users: Users) -> None:
    users.add("ada", PASSWORD)
    assert users.with_password("ada", "x" * 1_000_000) is None


def test_the_file_holds_neither_password_nor_token_and_is_closed_to_others(users: Users) -> None:
    users.add("ada", PASSWORD)
    token = users.give_token("ada")
    content = users.file.read_text(encoding="utf-8")
    assert PASSWORD not in content
    assert token not in content
    assert token.removeprefix(TOKEN_MARK) not in content
    assert stat.S_IMODE(users.file.stat().st_mode) == 0o600


def test_two_users_with_one_password_have_different_hashes(users: Users) -> None:
    users.add("ada", PASSWORD)
    users.add("bo", PASSWORD)
    first, second = (users.user(name) for name in ("ada", "bo"))
    assert first is not None
    assert second is not None
    assert first.password != second.password


def test_adding_a_known_user_gives_a_new_password_and_ends_the_token(users: Users) -> None:
    users.add("ada", PASSWORD)
    token, id = users.give_token("ada"), user_of(users, "ada").id
    assert not users.add("ada", "another of Norvale")
    assert users.with_password("ada", PASSWORD) is None
    assert users.with_token(token) is None
    assert user_of(users, "ada").id == id


def test_a_new_user_of_an_old_name_is_another_one(users: Users) -> None:
    users.add("ada", PASSWORD)
    first = user_of(users, "ada").id
    users.give_token("ada")
    assert user_of(Users(users.file), "ada").id == first
    users.remove("ada")
    assert users.name_of(first) == ""
    users.add("ada", PASSWORD)
    second = user_of(users, "ada").id
    assert len({"ada", first, second}) == 3
    assert users.name_of(second) == "ada"


def test_a_token_ends_after_its_days(users: Users) -> None:
    days_later = 0
    users = Users(users.file, lambda: datetime(2031, 5, 1, tzinfo=UTC) + timedelta(days_later))
    users.add("ada", PASSWORD)
    token = users.give_token("ada", TokenScope.READ, 7)
    days_later = 6
    found = users.with_token(token)
    assert found is not None
    assert found.token is not None
    assert found.token.scope is TokenScope.READ
    days_later = 7
    assert users.with_token(token) is None


def test_a_file_from_before_there_were_ids_and_scopes_is_taken_as_it_was(users: Users) -> None:
    users.add("ada", PASSWORD)
    hash, token = user_of(users, "ada").password, f"{TOKEN_MARK}of-old"
    old = [
        {"name": "ada", "password": hash, "token": fingerprint(token)},
        {"name": "bo", "password": hash, "token": ""},
    ]
    users.file.write_text(json.dumps(old), encoding="utf-8")
    known = users.with_token(token)
    assert known is not None
    assert (known.id, known.token) == ("ada", Token(fingerprint(token), TokenScope.MANAGE, None))
    assert user_of(users, "bo").token is None
    users.give_token("bo")  # the file is written in today's form
    assert Users(users.file).with_token(token) == known
    users.remove("ada")
    users.add("ada", PASSWORD)
    assert user_of(users, "ada").id != "ada"


def test_a_new_token_replaces_the_one_before_and_can_be_taken_away(users: Users) -> None:
    users.add("ada", PASSWORD)
    first, second = users.give_token("ada"), users.give_token("ada")
    assert users.with_token(first) is None
    assert users.with_token(second) is not None
    users.take_token("ada")
    assert users.with_token(second) is None


def test_no_token_opens_for_a_user_who_has_none(users: Users) -> None:
    users.add("ada", PASSWORD)
    assert users.with_token("") is None
    assert users.with_token("strategy_") is None


def test_what_another_process_changes_is_seen_at_once(users: Users) -> None:
    users.add("ada", PASSWORD)
    assert users.names() == ["ada"]
    other = Users(users.file)
    other.add("bo", PASSWORD)
    assert users.names() == ["ada", "bo"]
    other.remove("ada")
    assert users.names() == ["bo"]


@pytest.mark.parametrize("name", ["", " ", "a b", "<b>", "a" * 65, "../ada", "a\x00", '"'])
def test_a_name_that_could_be_anything_else_is_refused(users: Users, name: str) -> None:
    with pytest.raises(UserError, match="letters, digits"):
        users.add(f"{name}|", PASSWORD)


@pytest.mark.parametrize("password", ["", "1234567", "x" * 1_001])
def test_a_password_too_short_or_endless_is_refused(users: Users, password: str) -> None:
    with pytest.raises(UserError, match="Take 8 to"):
        users.add("ada", password)
    assert users.names() == []


def test_a_user_who_is_not_there_cannot_be_changed(users: Users) -> None:
    for change in (users.remove, users.give_token, users.take_token):
        with pytest.raises(UserError, match="no user 'bo'"):
            change("bo")


@pytest.mark.parametrize("content", [b"", b"{", b'{"ada": 1}', b'[{"name": "ada"}]', b"\xff\xfe"])
def test_a_file_that_is_none_is_named_and_not_written_over(users: Users, content: bytes) -> None:
    users.file.parent.mkdir()
    users.file.write_bytes(content)
    with pytest.raises(UsersUnusable, match="no file of users"):
        users.names()
    with pytest.raises(UsersUnusable, match="no file of users"):
        users.add("ada", PASSWORD)
    assert users.file.read_bytes() == content
