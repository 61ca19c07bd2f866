"""ConversationFile: the SQLite file of conversations: its tables, transactions and errors."""

from __future__ import annotations

import logging
import sqlite3
import threading
import weakref
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from ui.errors import ConversationsUnusable
from ui.language import _

FILE = "conversations.sqlite"
_PATIENCE = 5.0  # seconds to wait for another process that writes
_LOG = logging.getLogger(__name__)

# A migration never changes once a file was made with it; what the tables lack comes as a new one.
MIGRATIONS = (
    (
        """CREATE TABLE conversations (
            id TEXT PRIMARY KEY, owner TEXT NOT NULL, title TEXT NOT NULL, limits TEXT NOT NULL,
            shared INTEGER NOT NULL, changed_at TEXT NOT NULL, deleted_at TEXT)""",
        "CREATE INDEX conversations_by_owner ON conversations (owner, changed_at)",
        # AUTOINCREMENT: the address of an exchange in an open page never means another one.
        """CREATE TABLE exchanges (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            conversation TEXT NOT NULL REFERENCES conversations ON DELETE CASCADE,
            question TEXT NOT NULL, answer TEXT, error TEXT NOT NULL, liked INTEGER)""",
        "CREATE INDEX exchanges_by_conversation ON exchanges (conversation, id)",
    ),
)


class ConversationFile:
    """One connection for all threads; other processes may use the file too."""

    def __init__(self, connection: sqlite3.Connection, *, kept: bool) -> None:
        self.kept = kept  # False: only as long as the server runs
        self._connection = connection
        self._lock = threading.Lock()
        try:
            connection.create_function("fold", 1, str.casefold, deterministic=True)
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")  # a power cut may cost one answer
            with self._transaction():
                self._migrate()
        except BaseException:
            connection.close()
            raise
        self._finalizer = weakref.finalize(self, connection.close)

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open the file in ``folder``, or make it.

        Where nothing can be written, it lives in memory; a damaged file is set aside. Raises
        ConversationsUnusable where a newer version made it.
        """
        path = folder / FILE
        try:
            return cls(_connect(str(path)), kept=True)
        except sqlite3.OperationalError as error:
            _LOG.warning("%s: conversations are not kept (%s)", path, error)
            return cls(_connect(":memory:"), kept=False)
        except sqlite3.DatabaseError as error:
            aside = path.with_name(f"{FILE}.damaged")
            _LOG.warning("%s: damaged (%s); it is set aside as %s", path, error, aside.name)
            path.replace(aside)
            for suffix in ("-wal", "-shm"):  # they belong to the damaged file
                path.with_name(f"{FILE}{suffix}").unlink(missing_ok=True)
            return cls(_connect(str(path)), kept=True)

    def rows(self, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """What a statement finds."""
        with self._lock:
            return self._connection.execute(statement, values).fetchall()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction, whole or not at all. Raises ConversationsUnusable where it fails."""
        try:
            with self._transaction():
                yield self._connection
        except sqlite3.Error as error:
            said = _(
                "The conversation cannot be kept ({reason}). Make room on the disk of the index, "
                "and see that it can be written to.",
                reason=error,
            )
            raise ConversationsUnusable(said) from error

    def close(self) -> None:
        self._finalizer()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """The only one that writes, of all threads and processes."""
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def _migrate(self) -> None:
        (version,) = self._connection.execute("PRAGMA user_version").fetchone()
        if version > len(MIGRATIONS):
            raise ConversationsUnusable(
                f"{FILE} in the folder of the index was made by a newer version of this program."
                " Update the program, or move that file away."
            )
        for number, statements in enumerate(MIGRATIONS[version:], start=version + 1):
            for statement in statements:
                self._connection.execute(statement)
            self._connection.execute(f"PRAGMA user_version = {number}")


def _connect(path: str) -> sqlite3.Connection:
    # Autocommit, so that transactions begin and end where this file says.
    return sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
