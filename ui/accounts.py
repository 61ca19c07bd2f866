"""The commands `strategy user`: who may log in to a chat that others can reach."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.commands import Commands
from ui.options import IndexOption
from ui.token_scope import TOKEN_DAYS, TokenScope

if TYPE_CHECKING:
    from ui.users import Token, Users

NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="The user's name.")]

user_app = typer.Typer(cls=Commands, no_args_is_help=True, rich_markup_mode=None)


@user_app.callback()
def user() -> None:
    """Say who may log in to the chat.

    Where there are users, everybody has to log in. A chat that other machines reach is served only
    to users. They are kept in a file beside the index, or where the setting `users` says, with
    hashes of their passwords.

    \b
    Examples:
      strategy user add ada
      strategy chat documents --host 0.0.0.0
    """


@user_app.command()
def add(name: NameArgument, index_dir: IndexOption = None) -> None:
    """Add a user, or give one a new password.

    A new password ends their sessions and their token. Asks for the password; what is piped in is
    taken too. A chat that is served knows the user at once, if it was started with a login.

    \b
    Examples:
      strategy user add ada
    """
    users = _users(index_dir)
    first = not users.names()
    new = users.add(name, _password())
    typer.echo(f"{name}: {'added' if new else 'has a new password; sessions and token ended'}")
    if first:
        typer.echo("Everybody logs in from the chat's next start; stop one that runs.", err=True)


@user_app.command()
def remove(name: NameArgument, index_dir: IndexOption = None) -> None:
    """Take a user out; their sessions and their token end at once.

    Their conversations stay in the file and are nobody's: a new user of that name is another one.

    \b
    Examples:
      strategy user remove ada
    """
    _users(index_dir).remove(name)
    typer.echo(f"{name}: removed")


@user_app.command("list")
def list_users(index_dir: IndexOption = None) -> None:
    """List the users, with what their tokens open and until when.

    \b
    Examples:
      strategy user list
    """
    users = _users(index_dir)
    for known in users.users():
        typer.echo(f"{known.name}{_token_told(known.token)}")
    if not users.names():
        typer.echo(f"No users in {users.file}: without a login only this machine is served.")


@user_app.command()
def token(
    name: NameArgument,
    index_dir: IndexOption = None,
    scope: Annotated[
        TokenScope, typer.Option("--scope", help="What it opens: see above.")
    ] = TokenScope.ASK,
    days: Annotated[
        int, typer.Option("--days", min=1, max=3650, help="After how many days it ends.")
    ] = TOKEN_DAYS,
    revoke: Annotated[
        bool, typer.Option("--revoke", help="Only take away the token that there is.")
    ] = False,
) -> None:
    """Print a new token for a user's programs.

    The one before is not taken any more. It is shown once and kept as a hash. Programs send it
    with every request: Authorization: Bearer TOKEN

    \b
    Scopes, each with all before it:
      ask     answers and searches
      read    the list of documents, their text, pages and files
      manage  uploads, deletions and re-indexing
    A new password ends the token too. None opens the conversations of the page.

    \b
    Examples:
      strategy user token ada
      strategy user token ada --scope manage --days 7
      strategy user token ada --revoke
    """
    users = _users(index_dir)
    if revoke:
        users.take_token(name)
        typer.echo(f"{name}: has no token any more")
    else:
        typer.echo(users.give_token(name, scope, days))


def _token_told(token: Token | None) -> str:
    """What follows a user's name in the list."""
    if token is None:
        return ""
    if token.ends is None:
        return f"  token: {token.scope}, without an end; a new one would have one"
    ended = token.ends <= datetime.now(UTC)
    return f"  token: {token.scope}, {'ended' if ended else 'until'} {token.ends:%Y-%m-%d}"


def _users(index_dir: Path | None) -> Users:
    from assistant import Settings
    from ui.users import Users

    return Users(Settings.load(index=index_dir).users_file)


def _password() -> str:
    """Typed twice, unseen; or the first line of what is piped in."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    return str(typer.prompt("Password", hide_input=True, confirmation_prompt="The same again"))
