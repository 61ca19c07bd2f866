"""Files: what the catalog remembers of every file, read or not, to tell what must be read again."""

from __future__ import annotations

from typing import Any

from index.database import Database, Row
from index.records import KnownFile
from ingest.document import PageCounts

_READ_WITH = "text_pipeline, ocr, awaits_ocr, limits"


class Files:
    """The tables of documents and failures, as far as they are about files."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def known(self) -> dict[str, KnownFile]:
        """By path."""
        documents = self._database.execute(
            "SELECT path, content_hash, format, size, mtime_ns, pages * paged, passages, 0, "
            f"reason, remedy, {_READ_WITH}, ocr_pages, unreadable_pages, blank_pages "
            "FROM documents"
        )
        failures = self._database.execute(
            "SELECT path, content_hash, format, size, mtime_ns, 0, 0, 1, "
            f"reason, remedy, {_READ_WITH}, 0, 0, 0 FROM failures"
        )
        return {row[0]: _known(row) for row in (*failures, *documents)}

    def seconds(self, path: str) -> float:
        """How long it took to read a document."""
        return float(
            self._database.execute("SELECT seconds FROM documents WHERE path = ?", (path,))[0][0]
        )

    def touch(self, path: str, size: int, mtime_ns: int) -> None:
        """Remember the new time of a file whose content is the same."""
        for table in ("documents", "failures"):
            self._database.execute(
                f"UPDATE {table} SET size = ?, mtime_ns = ? WHERE path = ?", (size, mtime_ns, path)
            )

    def add_failure(self, file: KnownFile) -> None:
        self._database.execute(
            "INSERT OR REPLACE INTO failures (path, content_hash, format, size, mtime_ns, reason, "
            f"remedy, {_READ_WITH}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                file.path,
                file.content_hash,
                file.format,
                file.size,
                file.mtime_ns,
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


def page_counts(pages: int, ocr: int, unreadable: int, blank: int) -> PageCounts:
    """``pages`` parted by state, as the catalog keeps them."""
    text = max(pages - ocr - unreadable - blank, 0)
    return PageCounts(text, ocr, unreadable, blank)


def _known(row: Row) -> KnownFile:
    (path, content_hash, format, size, mtime_ns, pages, passages, failed, reason, remedy,
     text_pipeline, ocr, awaits_ocr, limits, *states) = row  # fmt: skip
    return KnownFile(
        path=path,
        content_hash=content_hash,
        format=format,
        size=size,
        mtime_ns=mtime_ns,
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
