"""Sessions: who has logged in; known by a random token that the browser shows in a cookie."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from secrets import token_urlsafe

from ui.errors import ConversationsUnusable, UsersUnusable
from ui.kept_file import KeptFile
from ui.users import User, Users, fingerprint

LONGEST_DAYS = 7  # after which even a session in use ends
_MOST = 10_000  # sessions at a time; the oldest make room
_NOTED = 60.0  # seconds of use that need not be written down
_MIGRATIONS = (
    (
        # Neither the token nor the password's hash stands here, only hashes of both.
        """CREATE TABLE sessions (
            token TEXT PRIMARY KEY, user TEXT NOT NULL, password TEXT NOT NULL,
            begun REAL NOT NULL, used REAL NOT NULL)""",
        "CREATE INDEX sessions_by_age ON sessions (begun)",
    ),
)


class Sessions:
    """All sessions, in a file beside that of the users; safe across threads and processes.

    A restart of the server ends none; a new password ends all of its user.
    """

    def __init__(self, users: Users, hours: float, clock: Callable[[], float] = time.time) -> None:
        self._users = users
        self._idle = hours * 3600  # seconds without use after which one ends
        self._clock = clock
        name = f"{users.file.stem}-sessions.sqlite"
        self._file = KeptFile.open(users.file.with_name(name), _MIGRATIONS)

    def begin(self, user: User) -> str:
        """A new session; the token that the browser is to show. Raises UsersUnusable."""
        token, now = token_urlsafe(32), self._clock()
        try:
            with self._file.writing() as connection:
                connection.execute(
                    "DELETE FROM sessions WHERE used < ? OR begun < ? OR token IN"
                    " (SELECT token FROM sessions ORDER BY begun DESC LIMIT -1 OFFSET ?)",
                    [now - self._idle, now - LONGEST_DAYS * 86_400, _MOST - 1],
                )
                connection.execute(
                    "INSERT INTO sessions VALUES (?, ?, ?, ?, ?)",
                    [fingerprint(token), user.name, fingerprint(user.password), now, now],
                )
        except ConversationsUnusable as error:
            raise UsersUnusable(f"{self._file.path}: nobody can log in. {error}") from error
        return token

    def user(self, token: str) -> User | None:
        """Who shows this token; None where their session has ended. Raises UsersUnusable."""
        key, now = fingerprint(token), self._clock()
        found = self._file.rows(
            "SELECT user, password, begun, used FROM sessions WHERE token = ?", [key]
        )
        if not found:
            return None
        name, password, begun, used = found[0]
        known = self._users.user(name)
        over = now - used > self._idle or now - begun > LONGEST_DAYS * 86_400
        if known is None or fingerprint(known.password) != password or over:
            with suppress(ConversationsUnusable):  # it is over, written down or not
                self.end(token)
            return None
        if now - used > _NOTED:
            with suppress(ConversationsUnusable), self._file.writing() as connection:
                connection.execute("UPDATE sessions SET used = ? WHERE token = ?", [now, key])
        return known

    def end(self, token: str) -> None:
        """Raises ConversationsUnusable where that cannot be written down."""
        with self._file.writing() as connection:
            connection.execute("DELETE FROM sessions WHERE token = ?", [fingerprint(token)])

    def close(self) -> None:
        self._file.close()
