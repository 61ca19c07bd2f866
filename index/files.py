"""Files: what the catalog remembers of every file, read or not, to tell what must be read again."""

from __future__ import annotations

from dataclasses import astuple
from typing import Any

from index.database import Database, Row
from index.records import ForgottenFile, KnownFile
from index.scope import ScopeRow
from ingest import SourceFile, UnreadableDocument
from ingest.document import PageCounts
from ingest.file_mark import FileMark
from ingest.opening import read_content

_MARK = "mtime_ns, ctime_ns, inode"
_READ_WITH = "text_pipeline, ocr, awaits_ocr, limits"


class Files:
    """The tables of documents and failures, as far as they are about files."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def known(self) -> dict[str, KnownFile]:
        """By path."""
        documents = self._database.execute(
            f"SELECT path, content_hash, format, size, {_MARK}, pages * paged, passages, 0, "
            f"reason, remedy, {_READ_WITH}, ocr_pages, unreadable_pages, blank_pages "
            "FROM documents"
        )
        failures = self._database.execute(
            f"SELECT path, content_hash, format, size, {_MARK}, 0, 0, 1, "
            f"reason, remedy, {_READ_WITH}, 0, 0, 0 FROM failures"
        )
        return {row[0]: _known(row) for row in (*failures, *documents)}

    def paths(self) -> list[str]:
        """Of all files that are known or were forgotten."""
        tables = ("documents", "failures", "forgotten")
        each = " UNION ALL ".join(f"SELECT path FROM {table}" for table in tables)
        return [path for (path,) in self._database.execute(each)]

    def seconds(self, path: str) -> float:
        """How long it took to read a document."""
        return float(
            self._database.execute("SELECT seconds FROM documents WHERE path = ?", (path,))[0][0]
        )

    def scope_rows(self) -> list[ScopeRow]:
        """What the limits of a search are told by, of every document."""
        rows = self._database.execute("SELECT path, format, language, date FROM documents")
        return [ScopeRow(*row) for row in rows]

    def touch(self, path: str, mark: FileMark) -> None:
        """Remember the new mark of a file whose content is the same."""
        for table in ("documents", "failures"):
            self._database.execute(
                f"UPDATE {table} SET ({_MARK}) = (?, ?, ?) WHERE path = ?", (*astuple(mark), path)
            )

    def add_failure(self, file: KnownFile) -> None:
        self._database.execute(
            f"INSERT OR REPLACE INTO failures (path, content_hash, format, size, {_MARK}, reason, "
            f"remedy, {_READ_WITH}) VALUES ({', '.join('?' * 13)})",
            (
                file.path,
                file.content_hash,
                file.format,
                file.size,
                *astuple(file.mark),
                file.reason,
                file.remedy,
                *_read_with(file),
            ),
        )

    def note(self, file: KnownFile) -> None:
        """Remember of a document that stays as it is what was tried, and what came of it."""
        self._database.execute(
            "UPDATE documents SET reason = ?, remedy = ?, text_pipeline = ?, ocr = ?, "
            "awaits_ocr = ?, limits = ? WHERE path = ?",
            (file.reason, file.remedy, *_read_with(file), file.path),
        )

    def forgotten(self) -> dict[str, ForgottenFile]:
        """By path."""
        rows = self._database.execute(f"SELECT path, content_hash, size, {_MARK} FROM forgotten")
        return {
            path: ForgottenFile(path, content_hash, size, FileMark(*mark))
            for path, content_hash, size, *mark in rows
        }

    def is_forgotten(self, file: SourceFile, forgotten: ForgottenFile) -> bool:
        """Whether it is as it was when it was forgotten; else the note of that is dropped."""
        if file.size == forgotten.size and file.mark.fits(forgotten.mark):
            return True
        same_size = file.size == forgotten.size
        if same_size and hash_now(file, file.size) == forgotten.content_hash:
            return True
        self.remember(file.path)
        return False

    def forget(self, file: KnownFile) -> None:
        """Note that this file is not to be read for as long as it is as it was."""
        self._database.execute(
            f"INSERT OR REPLACE INTO forgotten (path, content_hash, size, {_MARK}) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            (file.path, file.content_hash, file.size, *astuple(file.mark)),
        )

    def remember(self, path: str) -> None:
        """The next sync may read it again."""
        self._database.execute("DELETE FROM forgotten WHERE path = ?", (path,))


def page_counts(pages: int, ocr: int, unreadable: int, blank: int) -> PageCounts:
    """``pages`` parted by state, as the catalog keeps them."""
    text = max(pages - ocr - unreadable - blank, 0)
    return PageCounts(text, ocr, unreadable, blank)


def hash_now(file: SourceFile, size: int) -> str:
    """SHA-256 of a file of ``size`` bytes; empty where it cannot be had now."""
    try:
        return read_content(file.path, file.location, size).content_hash
    except UnreadableDocument:
        return ""


def _known(row: Row) -> KnownFile:
    (path, content_hash, format, size, mtime_ns, ctime_ns, inode, pages, passages, failed, reason,
     remedy, text_pipeline, ocr, awaits_ocr, limits, *states) = row  # fmt: skip
    return KnownFile(
        path=path,
        content_hash=content_hash,
        format=format,
        size=size,
        mark=FileMark(mtime_ns, ctime_ns, inode),
        pages=pages,
        passages=passages,
        failed=bool(failed),
        reason=reason,
        remedy=remedy,
        text_pipeline=text_pipeline,
        ocr=ocr,
        awaits_ocr=bool(awaits_ocr),
        limits=limits,
        page_counts=page_counts(pages, *states),
    )


def _read_with(file: KnownFile) -> tuple[Any, ...]:
    return file.text_pipeline, file.ocr, file.awaits_ocr, file.limits
