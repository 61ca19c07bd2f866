"""Access: who may use the chat: by a session's cookie, or by a program's token."""

from __future__ import annotations

from ui.errors import LoginRefused
from ui.language import _, ngettext
from ui.sessions import LONGEST_DAYS, Sessions
from ui.throttle import Throttle
from ui.users import Users

COOKIE = "strategy_session"
COOKIE_SECONDS = LONGEST_DAYS * 86_400


class Access:
    """Logs users in and out, and knows who asks. Safe across threads."""

    def __init__(self, users: Users, hours: float) -> None:
        self._users = users
        self._sessions = Sessions(users, hours)
        self._throttle = Throttle()

    def log_in(self, name: str, password: str, address: str) -> str:
        """The token of a new session. Raises LoginRefused, UsersUnusable."""
        wait = self._throttle.begin(name, address)
        if wait > 0:
            raise LoginRefused(_too_often(wait), seconds=int(wait) + 1)
        user = self._users.with_password(name, password)
        if user is None:
            raise LoginRefused(_("The name or the password is wrong."))
        self._throttle.right(name, address)
        return self._sessions.begin(user)

    def log_out(self, session: str) -> None:
        self._sessions.end(session)

    def who(self, session: str, token: str) -> str | None:
        """The user who shows this session or this token. Raises UsersUnusable."""
        if session and (name := self._sessions.user(session)):
            return name
        user = self._users.with_token(token) if token else None
        return user.name if user else None


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
