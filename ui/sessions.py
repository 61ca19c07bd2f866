"""Sessions: who has logged in; known by a random token that the browser shows in a cookie."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from ui.users import User, Users, fingerprint

LONGEST_DAYS = 7  # after which even a session in use ends
_MOST = 10_000  # sessions at a time; the oldest make room


@dataclass(slots=True)
class Session:
    """One browser that has logged in."""

    user: str
    password: str  # its hash at the time: a new password ends the session
    begun: float
    used: float


class Sessions:
    """All sessions, in memory: a restart of the server ends them. Safe across threads."""

    def __init__(
        self, users: Users, hours: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._users = users
        self._idle = hours * 3600  # seconds without use after which one ends
        self._clock = clock
        self._lock = threading.Lock()
        self._sessions: dict[str, Session] = {}  # by the token's fingerprint, oldest first

    def begin(self, user: User) -> str:
        """A new session; the token that the browser is to show."""
        token, now = secrets.token_urlsafe(32), self._clock()
        with self._lock:
            ended = [key for key, session in self._sessions.items() if self._over(session, now)]
            for key in [*ended, *list(self._sessions)[: 1 + len(self._sessions) - _MOST]]:
                self._sessions.pop(key, None)
            self._sessions[fingerprint(token)] = Session(user.name, user.password, now, now)
        return token

    def user(self, token: str) -> str | None:
        """Who shows this token; None where their session has ended. Raises UsersUnusable."""
        key, now = fingerprint(token), self._clock()
        with self._lock:
            session = self._sessions.get(key)
        if session is None:
            return None
        known = self._users.user(session.user)
        if known is None or known.password != session.password or self._over(session, now):
            self.end(token)
            return None
        session.used = now
        return session.user

    def end(self, token: str) -> None:
        with self._lock:
            self._sessions.pop(fingerprint(token), None)

    def _over(self, session: Session, now: float) -> bool:
        return now - session.used > self._idle or now - session.begun > LONGEST_DAYS * 86_400
