"""Users: who may use a chat that is served with a login, kept in one file.

The file holds hashes of passwords and tokens, never themselves. It is read again when it changes:
a user who is added or removed while the chat is served is known to it at once.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

from filelock import FileLock
from pydantic import BeforeValidator, TypeAdapter, ValidationError

from ui.errors import UserError, UsersUnusable
from ui.passwords import LONGEST, SHORTEST, hashed, matches
from ui.token_scope import TOKEN_DAYS, TokenScope

TOKEN_MARK = "strategy_"  # begins every token, so that one that leaked is recognised
_NAME = re.compile(r"[\w.@+-]{1,64}")
_NOBODY = "scrypt$32768$8$3$AAAAAAAAAAAAAAAAAAAAAA==$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Token:
    """What a user's programs may do, and until when."""

    fingerprint: str
    scope: TokenScope
    ends: datetime | None  # UTC; None: made before tokens had an end


def _as_token(read: object) -> object:
    """Tokens from before there were scopes opened all and never ended: they keep doing so."""
    if isinstance(read, str):
        return Token(read, TokenScope.MANAGE, None) if read else None
    return read


@dataclass(frozen=True, slots=True)
class User:
    """One who may log in."""

    name: str
    password: str  # its hash
    token: Annotated[Token | None, BeforeValidator(_as_token)] = None  # for programs
    # Whose the conversations are: never given twice, as a name may be. Users from before there
    # were ids keep their names, by which their conversations are kept.
    id: str = ""

    def __post_init__(self) -> None:
        if not self.id:
            object.__setattr__(self, "id", self.name)


_FILE = TypeAdapter(list[User])


class Users:
    """The users of one file; safe across threads and processes."""

    def __init__(self, file: Path, clock: Callable[[], datetime] = _now) -> None:
        self.file = file
        self._clock = clock
        self._read: tuple[tuple[int, int, int] | None, dict[str, User]] = (None, {})

    def names(self) -> list[str]:
        """All, in order. Raises UsersUnusable where the file cannot be read."""
        return sorted(self._users())

    def add(self, name: str, password: str) -> bool:
        """Add a user, or give a known one a new password; True for a new one.

        A new password ends the token: whoever knew the one may have the other. Raises UserError
        for a name or a password that cannot be taken.
        """
        name = _known_as(name)
        if not _NAME.fullmatch(name):
            raise UserError(
                f"{name!r} cannot be a user's name. Take up to 64 letters, digits and . _ - + @"
            )
        if not SHORTEST <= len(password) <= LONGEST:
            raise UserError(
                f"The password has {len(password)} characters. Take {SHORTEST} to {LONGEST:,};"
                " several words are easy to remember."
            )
        with self._changing() as users:
            known = users.get(name)
            new = User(name, hashed(password), id=known.id if known else secrets.token_urlsafe(16))
            self._write(users | {name: new})
        return known is None

    def remove(self, name: str) -> None:
        """Take a user out: their sessions and their token end at once. Raises UserError."""
        with self._changing() as users:
            self._known(users, name)
            self._write({key: user for key, user in users.items() if key != _known_as(name)})

    def give_token(
        self, name: str, scope: TokenScope = TokenScope.ASK, days: int = TOKEN_DAYS
    ) -> str:
        """A new token for a user's programs, in place of the one before. Raises UserError."""
        token = TOKEN_MARK + secrets.token_urlsafe(32)
        new = Token(fingerprint(token), scope, self._clock() + timedelta(days=days))
        with self._changing() as users:
            user = self._known(users, name)
            self._write(users | {user.name: replace(user, token=new)})
        return token

    def take_token(self, name: str) -> None:
        """The user's token is not taken any more. Raises UserError."""
        with self._changing() as users:
            user = self._known(users, name)
            self._write(users | {user.name: replace(user, token=None)})

    def with_password(self, name: str, password: str) -> User | None:
        """The user who has this password; takes as long where there is no such user."""
        user = self._users().get(_known_as(name))
        right = matches(password, user.password if user else _NOBODY)
        return user if user and right else None

    def with_token(self, token: str) -> User | None:
        """The user whose program shows this token, unless it has ended."""
        wanted, now = fingerprint(token), self._clock()
        for user in self._users().values():
            known = user.token
            if known is not None and known.fingerprint == wanted:
                return user if known.ends is None or now < known.ends else None
        return None

    def user(self, name: str) -> User | None:
        return self._users().get(name)

    def name_of(self, id: str) -> str:
        """Whose id it is; empty where that user is gone."""
        return next((user.name for user in self._users().values() if user.id == id), "")

    def users(self) -> list[User]:
        """All, by name. Raises UsersUnusable where the file cannot be read."""
        return [user for _, user in sorted(self._users().items())]

    def _known(self, users: dict[str, User], name: str) -> User:
        user = users.get(_known_as(name))
        if user is None:
            raise UserError(
                f"There is no user {name!r} in {self.file}. `strategy user list` names all."
            )
        return user

    def _changing(self) -> _Changing:
        return _Changing(self)

    def _users(self) -> dict[str, User]:
        try:
            stat = self.file.stat()
            state = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
            if self._read[0] != state:
                found = _FILE.validate_json(self.file.read_bytes())
                self._read = (state, {user.name: user for user in found})
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise UsersUnusable(
                f"{self.file}: the users cannot be read ({error.strerror})."
            ) from error
        except ValidationError as error:
            raise UsersUnusable(
                f"{self.file}: this is no file of users. Mend or remove it, or name another one"
                " by the setting users."
            ) from error
        return self._read[1]

    def _write(self, users: dict[str, User]) -> None:
        new = self.file.with_name(f".{self.file.name}.new")
        content = _FILE.dump_json([users[name] for name in sorted(users)], indent=1)
        new.unlink(missing_ok=True)
        handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        new.replace(self.file)


class _Changing:
    """Keeps other processes from changing the file meanwhile."""

    def __init__(self, users: Users) -> None:
        self._users = users
        self._lock = FileLock(f"{users.file}.lock", timeout=10)

    def __enter__(self) -> dict[str, User]:
        try:
            self._users.file.parent.mkdir(parents=True, exist_ok=True)
            self._lock.acquire()
        except OSError as error:
            raise UsersUnusable(
                f"{self._users.file}: the users cannot be changed ({error})."
            ) from error
        try:
            return self._users._users()
        except BaseException:
            self._lock.release()
            raise

    def __exit__(self, *_: object) -> None:
        self._lock.release()


def fingerprint(secret: str) -> str:
    """How a token of 256 random bits is kept: it cannot be guessed, so a fast hash will do."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _known_as(name: str) -> str:
    return unicodedata.normalize("NFC", name.strip())
