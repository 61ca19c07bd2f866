"""Catalog files copied whole, out of an index and into one; those of strangers are checked."""

from __future__ import annotations

import errno
import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from index.database import FILE, Row, prepare
from index.errors import IndexBusy, IndexDamaged, IndexForeign, IndexUnwritable
from index.migrations import MIGRATIONS

_ALL_TABLES = "SELECT type, name, tbl_name, sql FROM sqlite_master"


def copy_out(index_dir: Path, target: Path) -> None:
    """Write the newest state into a new file, which needs no other beside it.

    Others may read and write meanwhile. Raises IndexBusy, IndexDamaged, IndexUnwritable, and
    OSError where ``target`` cannot be written: the index is not to blame for that.
    """
    try:
        with (
            _errors(index_dir),
            closing(_connect(index_dir / FILE, "ro")) as source,
            closing(_connect(target, "rwc")) as copy,
        ):
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
    except IndexUnwritable as error:
        name = getattr(error.__cause__, "sqlite_errorname", "")
        if name.startswith(("SQLITE_FULL", "SQLITE_IOERR_WRITE")):  # the source is only read
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(target)) from error
        raise


def copy_in(source: Path, index_dir: Path) -> None:
    """Put the content of a catalog file in the place of what an index has, in one transaction.

    Readers keep what they see. Raises IndexBusy, IndexDamaged, IndexUnwritable.
    """
    with (
        _errors(index_dir),
        closing(_connect(source, "ro")) as new,
        closing(_connect(index_dir / FILE, "rw")) as catalog,
    ):
        new.backup(catalog)


def check_tables(folder: Path) -> None:
    """Raises IndexForeign unless the catalog in ``folder`` has just the tables of its format.

    A trigger or a view would run whatever the maker of the file liked. Raises IndexDamaged.
    """
    with _errors(folder), closing(_connect(folder / FILE, "ro")) as catalog:
        catalog.execute("PRAGMA trusted_schema = OFF")
        tables = set(catalog.execute(_ALL_TABLES))
        formats = range(1, len(MIGRATIONS) + 1)
        if not any(tables == _tables_of(format) for format in formats):
            raise IndexForeign(f"{folder}: its tables are not those of an index.")


def _tables_of(format: int) -> set[Row]:
    """What stands in a file that was made with this format, or migrated to it."""
    with closing(sqlite3.connect(":memory:")) as connection:
        prepare(connection)
        for migration in MIGRATIONS[:format]:
            for statement in migration:
                connection.execute(statement)
        return set(connection.execute(_ALL_TABLES))


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode={mode}", uri=True, isolation_level=None)


@contextmanager
def _errors(index_dir: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        reason = str(error)
        if "locked" in reason or "busy" in reason:
            raise IndexBusy(index_dir) from error
        raise IndexUnwritable(index_dir, reason) from error
    except sqlite3.DatabaseError as error:
        raise IndexDamaged(index_dir, str(error)) from error


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, hexadecimal. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
