"""Users are kept from the command line, and a chat that others reach is not served without."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant import Settings
from ui.errors import ServeError
from ui.serving import choose_access
from ui.token_scope import TokenScope
from ui.users import Users

if TYPE_CHECKING:
    from typer.testing import Result

PASSWORD = "twelve quays of Norvale"
Run = Callable[..., "Result"]


@pytest.fixture
def strategy() -> Run:
    """Runs `strategy ARGUMENTS` with something piped in."""
    from typer.testing import CliRunner

    from ui.cli import app

    return lambda *arguments, typed="": CliRunner().invoke(app, list(arguments), input=typed)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(index=tmp_path / "index")


def test_users_are_added_listed_and_removed(strategy: Run) -> None:
    assert "No users in" in strategy("user", "list").stdout
    added = strategy("user", "add", "ada", typed=f"{PASSWORD}\n")
    assert added.stdout == "ada: added\n"
    assert "from the chat's next start" in added.stderr
    assert strategy("user", "add", "bo", typed=f"{PASSWORD}\n").stderr == ""
    strategy("user", "remove", "bo")
    assert strategy("user", "list").stdout == "ada\n"
    again = strategy("user", "add", "ada", typed="another of Norvale\n")
    assert again.stdout == "ada: has a new password; sessions and token ended\n"
    assert strategy("user", "remove", "ada").stdout == "ada: removed\n"
    assert "No users in" in strategy("user", "list").stdout


def test_the_password_is_no_argument_and_is_not_shown(strategy: Run) -> None:
    assert strategy("user", "add", "ada", PASSWORD).exit_code == 2
    assert PASSWORD not in strategy("user", "add", "ada", typed=f"{PASSWORD}\n").output


def test_a_token_is_shown_once_and_taken_away(strategy: Run) -> None:
    strategy("user", "add", "ada", typed=f"{PASSWORD}\n")
    users = Users(Settings.load().users_file)
    token = strategy("user", "token", "ada").stdout.strip()
    assert users.with_token(token) is not None
    strategy("user", "token", "ada", "--revoke")
    assert users.with_token(token) is None


def test_a_token_has_a_scope_and_an_end_which_the_list_names(strategy: Run) -> None:
    strategy("user", "add", "ada", typed=f"{PASSWORD}\n")
    users = Users(Settings.load().users_file)
    token = strategy("user", "token", "ada").stdout.strip()
    known = users.with_token(token)
    assert known is not None
    assert known.token is not None
    assert known.token.scope is TokenScope.ASK
    listed = strategy("user", "list").stdout
    assert listed == f"ada  token: ask, until {known.token.ends:%Y-%m-%d}\n"
    strategy("user", "token", "ada", "--scope", "manage", "--days", "7")
    assert "token: manage, until" in strategy("user", "list").stdout
    for wrong in (("--scope", "all"), ("--days", "0"), ("--days", "4000")):
        assert strategy("user", "token", "ada", *wrong).exit_code == 2


def test_the_list_names_tokens_that_have_ended_or_never_will(strategy: Run) -> None:
    strategy("user", "add", "ada", typed=f"{PASSWORD}\n")
    users = Users(Settings.load().users_file)
    Users(users.file, lambda: datetime(2020, 5, 1, tzinfo=UTC)).give_token("ada", days=1)
    assert strategy("user", "list").stdout == "ada  token: ask, ended 2020-05-02\n"
    content = json.loads(users.file.read_bytes())
    content[0]["token"] = "of-old"
    users.file.write_text(json.dumps(content), encoding="utf-8")
    assert "token: manage, without an end" in strategy("user", "list").stdout


@pytest.mark.parametrize(
    ("arguments", "typed", "said"),
    [
        (("user", "remove", "bo"), "", "no user 'bo'"),
        (("user", "token", "bo"), "", "no user 'bo'"),
        (("user", "add", "bo"), "short\n", "Take 8 to"),
        (("user", "add", "bo"), "", "Take 8 to"),
        (("user", "add", "<b>"), f"{PASSWORD}\n", "letters, digits"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    strategy: Run, arguments: tuple[str, ...], typed: str, said: str
) -> None:
    result = strategy(*arguments, typed=typed)
    assert result.exit_code == 1
    assert said in result.stderr
    assert result.stderr.count("\n") == 1


def test_users_belong_to_an_index_unless_the_settings_name_a_file(tmp_path: Path) -> None:
    assert Settings(index=tmp_path / "plans").users_file == tmp_path / "plans-users.json"
    named = Settings(index=tmp_path / "plans", users=tmp_path / "team.json")
    assert named.users_file == tmp_path / "team.json"


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.8.8", "::1"])
def test_this_machine_alone_needs_no_login(settings: Settings, address: str) -> None:
    assert choose_access(settings, address) is None


@pytest.mark.parametrize("address", ["0.0.0.0", "192.0.2.1", "::", "fe80::1%eth0"])
def test_others_are_not_served_without_users(settings: Settings, address: str) -> None:
    with pytest.raises(ServeError, match="strategy user add NAME") as refused:
        choose_access(settings, address)
    assert str(settings.users_file) in str(refused.value)


def test_a_chat_behind_a_proxy_is_one_that_others_reach(tmp_path: Path) -> None:
    settings = Settings(index=tmp_path / "index", public_name="plans.example")
    with pytest.raises(ServeError, match="strategy user add NAME"):
        choose_access(settings, "127.0.0.1")


def test_where_there_are_users_everybody_logs_in(settings: Settings) -> None:
    Users(settings.users_file).add("ada", PASSWORD)
    assert choose_access(settings, "127.0.0.1") is not None
    assert choose_access(settings, "0.0.0.0") is not None


def test_the_command_refuses_before_it_reads_anything(strategy: Run, folder: Path) -> None:
    refused = strategy("chat", str(folder), "--host", "0.0.0.0", "--port", "0")
    assert refused.exit_code == 1
    assert "strategy user add NAME" in refused.stderr
    assert "Reading" not in refused.output
    assert not Settings.load().index.exists()
