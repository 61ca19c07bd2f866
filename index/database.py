"""Database: the SQLite file of an index, its tables, its transactions, its errors.

A writer holds one transaction from ``writing`` to ``commit``. A reader works in a read
transaction of its own, so it keeps seeing the state it began with, whatever is written
meanwhile (write-ahead log).
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from index import checksum
from index.errors import (
    IndexBusy,
    IndexDamaged,
    IndexForeign,
    IndexMissing,
    IndexUnwritable,
)
from index.migrations import FORMAT, statements_from
from index.private_files import make_file, make_folder

FILE = "catalog.sqlite"
_PATIENCE = 2.0  # seconds to wait for another writer
_UNWRITABLE = (  # SQLite's names for: no permission, no room, no answer from the disk
    "SQLITE_READONLY",
    "SQLITE_CANTOPEN",
    "SQLITE_FULL",
    "SQLITE_IOERR_WRITE",
    "SQLITE_IOERR_FSYNC",
    "SQLITE_IOERR_DIR_FSYNC",
    "SQLITE_IOERR_TRUNCATE",
    "SQLITE_IOERR_DELETE",
    "SQLITE_IOERR_SHM",
)

Row = tuple[Any, ...]


class Database:
    """One connection; ``reading`` and ``writing`` open it with its transaction begun."""

    def __init__(
        self, index_dir: Path, connection: sqlite3.Connection, *, frozen: bool = False
    ) -> None:
        self.index_dir = index_dir
        self._connection = connection
        self._frozen = frozen  # opened as a file that nobody changes

    @classmethod
    def reading(cls, index_dir: Path) -> Database:
        """Open the newest state and keep it; an index of an older format is migrated first.

        Raises IndexMissing, IndexForeign, IndexDamaged, IndexUnwritable.
        """
        try:
            missing = not (index_dir / FILE).is_file()
        except OSError as error:
            raise IndexUnwritable(index_dir, error.strerror or str(error)) from error
        if missing:
            raise IndexMissing(index_dir)
        database = cls.watching(index_dir)
        try:
            database.execute("BEGIN")
            format = database._format()
            if not format:
                raise IndexMissing(index_dir)
            if format == FORMAT:
                return database
        except BaseException:
            database.close()
            raise
        database.close()
        cls.writing(index_dir).close()
        return cls.reading(index_dir)

    @classmethod
    def writing(cls, index_dir: Path) -> Database:
        """Open for one writer; makes the tables where nothing is yet, or brings them up to date.

        Raises IndexBusy while another writer is at it, IndexForeign, IndexDamaged,
        IndexUnwritable.
        """
        try:
            make_folder(index_dir)
            if not os.access(index_dir, os.W_OK):
                raise IndexUnwritable(index_dir, "the folder is read-only")
            make_file(index_dir / FILE)  # SQLite gives the files beside it the same mode
        except OSError as error:
            raise IndexUnwritable(index_dir, error.strerror or str(error)) from error
        database = cls(index_dir, _connect(index_dir, "mode=rwc"))
        try:
            database._format()  # before anything is written: it may be somebody else's
            database.execute("PRAGMA journal_mode = WAL")
            database.execute("PRAGMA synchronous = FULL")
            database.begin()
            format = database._format()
            if format < FORMAT:
                for statement in statements_from(format):
                    database.execute(statement)
                if format:
                    # Whole as it is: nobody who reads need wait until this writer is done.
                    database.commit()
                    database.begin()
        except BaseException:
            database.close()
            raise
        return database

    @classmethod
    def watching(cls, index_dir: Path) -> Database:
        """Open without a transaction, to see by ``data_version`` when somebody commits.

        Raises IndexDamaged, IndexUnwritable.
        """
        database = cls(index_dir, _connect(index_dir, "mode=ro"))
        try:
            database.data_version()
            database.execute("SELECT count(*) FROM sqlite_master")
        except IndexUnwritable:
            # Nothing can be written here (read-only, or no room), not even the file by which
            # readers and writers know of each other.
            database.close()
            if _state(index_dir / f"{FILE}-wal")[1]:
                raise IndexUnwritable(
                    index_dir, "the last run was cut short here, and what it left must be put in "
                    "order before the index can be searched"
                ) from None  # fmt: skip
            return cls(index_dir, _connect(index_dir, "immutable=1"), frozen=True)
        except BaseException:
            database.close()
            raise
        return database

    @staticmethod
    def set_aside(index_dir: Path) -> None:
        """Move a damaged file out of the way; it is kept until the next one is damaged."""
        for suffix in ("", "-wal", "-shm"):
            path = index_dir / f"{FILE}{suffix}"
            if path.exists():
                path.replace(index_dir / f"{FILE}.damaged{suffix}")

    @staticmethod
    def identity(index_dir: Path) -> tuple[int, int] | None:
        """Tells the file from another one put in its place; None where there is none."""
        try:
            state = (index_dir / FILE).stat()
        except OSError:
            return None
        return state.st_dev, state.st_ino

    def begin(self) -> None:
        """The next transaction of a writer; raises IndexBusy while another one is at it."""
        self.execute("BEGIN IMMEDIATE")

    def commit(self) -> None:
        self.execute("COMMIT")

    def close(self) -> None:
        """Close; what was not committed is as if it had never been."""
        self._connection.close()

    def check(self) -> None:
        """Read the whole file; raises IndexDamaged."""
        found = self.execute("PRAGMA quick_check(1)")
        if found != [("ok",)]:
            raise IndexDamaged(self.index_dir, str(found[0][0]))

    def data_version(self) -> int:
        """A number that changes when another connection commits."""
        if self._frozen:  # then SQLite does not look; and whoever can write here may do so
            return hash(tuple(_state(self.index_dir / f"{FILE}{end}") for end in ("", "-wal")))
        return int(self.execute("PRAGMA data_version")[0][0])

    def execute(self, statement: str, values: Sequence[Any] = ()) -> list[Row]:
        with self._errors():
            return self._connection.execute(statement, values).fetchall()

    def execute_many(self, statement: str, rows: Iterable[Sequence[Any]]) -> None:
        with self._errors():
            self._connection.executemany(statement, rows)

    def stream(self, statement: str, values: Sequence[Any] = ()) -> Iterator[Row]:
        """The rows one after the other, for results that should not stand in memory."""
        with self._errors():
            # Not `yield from`: that would close the cursor, perhaps after its connection.
            for row in self._connection.execute(statement, values):  # noqa: UP028
                yield row

    def _format(self) -> int:
        """0 in an empty file; raises where the tables are somebody else's, or too new."""
        tables = {row[0] for row in self.execute("SELECT name FROM sqlite_master")}
        if not tables:
            return 0
        ours = {"meta", "documents", "passages", "failures"} <= tables
        rows = self.execute("SELECT value FROM meta WHERE key = 'format'") if ours else []
        if not rows:
            raise IndexForeign(
                f"{self.index_dir}: the file {FILE} in this folder is not an index of this "
                "program. Choose another place with --index."
            )
        if not rows[0][0].isdecimal() or rows[0][0] == "0":
            raise IndexDamaged(self.index_dir, f"its format reads {rows[0][0]!r}")
        if int(rows[0][0]) > FORMAT:
            raise IndexForeign(
                f"{self.index_dir}: this index was made by a newer version of this program "
                f"(format {rows[0][0]}, this version reads {FORMAT}). Update the program, or "
                "choose another place with --index."
            )
        return int(rows[0][0])

    @contextmanager
    def sense(self, what: str) -> Iterator[None]:
        """What a row holds makes sense, or the file is damaged."""
        try:
            yield
        except (ValueError, KeyError, TypeError, IndexError) as error:
            raise IndexDamaged(self.index_dir, f"{what}: {error}") from error

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            reason, kind = str(error), getattr(error, "sqlite_errorname", "")
            if "locked" in reason or "busy" in reason:
                raise IndexBusy(self.index_dir) from error
            if kind.startswith(_UNWRITABLE):
                raise IndexUnwritable(self.index_dir, reason) from error
            raise IndexDamaged(self.index_dir, reason) from error
        except sqlite3.DatabaseError as error:
            raise IndexDamaged(self.index_dir, str(error)) from error


def _state(path: Path) -> tuple[int, int]:
    """When it was written (nanoseconds), and how large it is; nothing where it is not there."""
    try:
        state = path.stat()
    except OSError:
        return 0, 0
    return state.st_mtime_ns, state.st_size


def _connect(index_dir: Path, how: str) -> sqlite3.Connection:
    # Autocommit, so that transactions begin and end where this file says; the readers of a
    # snapshot share its connection across threads, behind a lock.
    uri = f"{(index_dir / FILE).resolve().as_uri()}?{how}"
    try:
        connection = sqlite3.connect(
            uri, uri=True, timeout=_PATIENCE, isolation_level=None, check_same_thread=False
        )
    except sqlite3.OperationalError as error:
        raise IndexUnwritable(index_dir, str(error)) from error
    prepare(connection)
    return connection


def prepare(connection: sqlite3.Connection) -> None:
    """Let it make checksums, and read what got damaged: text need not be text any more."""
    connection.create_function(checksum.FUNCTION, -1, checksum.checksum, deterministic=True)
    connection.text_factory = lambda data: data.decode(errors="replace")
