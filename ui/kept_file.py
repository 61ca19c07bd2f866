"""KeptFile: an SQLite file that the chat keeps beside the index: its transactions and errors."""

from __future__ import annotations

import logging
import os
import sqlite3
import threading
import weakref
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Self

from ui.errors import ConversationsUnusable
from ui.language import _

_PATIENCE = 5.0  # seconds to wait for another process that writes

# Statements that bring the tables from version to version. None ever changes once a file was made
# with it; what the tables lack comes as a new one.
Migrations = Sequence[Sequence[str]]
_LOG = logging.getLogger(__name__)


class KeptFile:
    """One connection for all threads; other processes may use the file too."""

    def __init__(
        self, connection: sqlite3.Connection, path: Path, migrations: Migrations, *, kept: bool
    ) -> None:
        self.path = path
        self.kept = kept  # False: only as long as the server runs
        self._migrations = migrations
        self._connection = connection
        self._lock = threading.Lock()
        try:
            connection.create_function("fold", 1, str.casefold, deterministic=True)
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")  # a power cut may cost one answer
            connection.execute("PRAGMA secure_delete = ON")  # what is deleted is overwritten
            with self._transaction():
                older = self._migrate()
            if older:
                self._forget_deleted()
        except BaseException:
            connection.close()
            raise
        self._finalizer = weakref.finalize(self, connection.close)

    @classmethod
    def open(cls, path: Path, migrations: Migrations) -> Self:
        """Open the file, or make it, with its tables; nobody else may read it.

        Where nothing can be written, it lives in memory; a damaged file is set aside. Raises
        ConversationsUnusable where a newer version made it.
        """
        try:
            return cls(_connect(path), path, migrations, kept=True)
        except (sqlite3.OperationalError, OSError) as error:
            _LOG.warning("%s: it is not kept (%s)", path, error)
            return cls(_in_memory(), path, migrations, kept=False)
        except sqlite3.DatabaseError as error:
            aside = path.with_name(f"{path.name}.damaged")
            _LOG.warning("%s: damaged (%s); it is set aside as %s", path, error, aside.name)
            path.replace(aside)
            for suffix in ("-wal", "-shm"):  # they belong to the damaged file
                path.with_name(f"{path.name}{suffix}").unlink(missing_ok=True)
            return cls(_connect(path), path, migrations, kept=True)

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

    def forget_written(self) -> None:
        """Empty the log of changes, in which what was deleted still stands.

        Nothing where another process reads meanwhile: the next time will do.
        """
        with self._lock, suppress(sqlite3.Error):
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

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

    def _forget_deleted(self) -> None:
        """Write the file anew: older versions left in it what was deleted."""
        try:
            self._connection.execute("VACUUM")
        except sqlite3.Error as error:  # a full disk, or another process that reads
            _LOG.warning(
                "%s: what was deleted from it may still stand in it (%s)", self.path, error
            )

    def _migrate(self) -> bool:
        """Whether the file was there, and older."""
        (version,) = self._connection.execute("PRAGMA user_version").fetchone()
        if version > len(self._migrations):
            raise ConversationsUnusable(
                f"{self.path.name} in the folder of the index was made by a newer version of this"
                " program. Update the program, or move that file away."
            )
        for number, statements in enumerate(self._migrations[version:], start=version + 1):
            for statement in statements:
                self._connection.execute(statement)
            self._connection.execute(f"PRAGMA user_version = {number}")
        return bool(0 < version < len(self._migrations))


def _connect(path: Path) -> sqlite3.Connection:
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    return _opened(str(path))


def _in_memory() -> sqlite3.Connection:
    return _opened(":memory:")


def _opened(name: str) -> sqlite3.Connection:
    # Autocommit, so that transactions begin and end where this file says.
    return sqlite3.connect(name, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
