"""Access: who may use the chat: by a session's cookie, or by a program's token."""

from __future__ import annotations

from dataclasses import dataclass

from ui.errors import LoginRefused, UsersUnusable
from ui.hashing import Hashing
from ui.language import _, ngettext
from ui.sessions import LONGEST_DAYS, Sessions
from ui.throttle import Throttle
from ui.token_scope import TokenScope
from ui.users import Users

COOKIE = "strategy_session"
COOKIE_SECONDS = LONGEST_DAYS * 86_400


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who sends a request."""

    user: str  # the id, not the name
    scope: TokenScope | None = None  # of the token that a program shows; None: a person's login


class Access:
    """Logs users in and out, and knows who asks. Safe across threads."""

    def __init__(self, users: Users, hours: float) -> None:
        self._users = users
        self._sessions = Sessions(users, hours)
        self._throttle = Throttle()
        self._hashing = Hashing()

    async def log_in(self, name: str, password: str, address: str) -> str:
        """The token of a new session. Raises LoginRefused, UsersUnusable."""
        # A try that has to wait is told so here: it takes no place before the password's thread.
        if (wait := self._throttle.wait(name, address)) > 0:
            raise LoginRefused(_too_often(wait), seconds=int(wait) + 1)
        return await self._hashing.run(address, lambda: self._try(name, password, address))

    def _try(self, name: str, password: str, address: str) -> str:
        if (wait := self._throttle.begin(name, address)) > 0:
            raise LoginRefused(_too_often(wait), seconds=int(wait) + 1)
        user = self._users.with_password(name, password)
        if user is None:
            raise LoginRefused(_("The name or the password is wrong."))
        self._throttle.right(name, address)
        return self._sessions.begin(user)

    def log_out(self, session: str) -> None:
        self._sessions.end(session)

    def who(self, session: str, token: str) -> Visitor | None:
        """The user who shows this session or this token. Raises UsersUnusable."""
        if session and (user := self._sessions.user(session)):
            return Visitor(user.id)
        user = self._users.with_token(token) if token else None
        return Visitor(user.id, user.token.scope) if user and user.token else None

    def name_of(self, id: str) -> str:
        """The name of a user; empty where they are gone, or the file cannot be read."""
        try:
            return self._users.name_of(id)
        except UsersUnusable:
            return ""


def _too_often(seconds: float) -> str:
    if seconds < 90:
        return ngettext(
            "Too many wrong tries. Try again in {count} second.",
            "Too many wrong tries. Try again in {count} seconds.",
            int(seconds) + 1,
        )
    return ngettext(
        "Too many wrong tries. Try again in {count} minute.",
        "Too many wrong tries. Try again in {count} minutes.",
        round(seconds / 60),
    )
