"""Integrity: which documents of a catalog are no longer what was written, and out with them."""

from __future__ import annotations

from collections.abc import Iterable

from index.checksum import DOCUMENT, PASSAGE, checksum_of
from index.database import Database
from index.report import FileOutcome
from ingest.inside import is_document_path

READ_AGAIN = "what the index held of it was damaged, and it was read again"
_LOST = "what the index held of it was damaged, and its file is not in the folder"
_PUT_BACK = "Put the file back into the folder, then: strategy index FOLDER"
_SOUND = f"checksum IS {checksum_of(DOCUMENT)}"
_BROKEN = f"checksum IS NOT {checksum_of(PASSAGE)}"
_OWNERLESS = "document_id NOT IN (SELECT id FROM documents)"


class Integrity:
    """Reads all rows: some milliseconds for each thousand passages."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def damaged(self) -> list[str]:
        """The paths of damaged documents, sorted, as they read now; "" for what has none left."""
        paths = list(self._documents().values())
        if self._database.execute(f"SELECT 1 FROM passages WHERE {_OWNERLESS} LIMIT 1"):
            paths.append("")
        return sorted(paths)

    def drop(self) -> list[str]:
        """Take them out; their paths. What was made of them, search files too, is to go as well."""
        paths = self.damaged()
        if not paths:
            return []
        for row in self._documents():
            self._database.execute("DELETE FROM documents WHERE rowid = ?", (row,))
        self._database.execute(f"DELETE FROM passages WHERE {_OWNERLESS}")
        return paths

    def _documents(self) -> dict[int, str]:
        """Row -> path."""
        rows = self._database.execute(f"SELECT rowid, path, {_SOUND} FROM documents")
        paths = {row: path for row, path, _ in rows}
        damaged = {row for row, path, sound in rows if not sound or not is_document_path(path)}
        # By the row, not by the path or the id: those may be what was damaged.
        for missing in (
            f"id IN (SELECT document_id FROM passages WHERE {_BROKEN})",
            "passages != (SELECT count(*) FROM passages WHERE document_id = documents.id)",
        ):
            found = self._database.execute(f"SELECT rowid FROM documents WHERE {missing}")
            damaged.update(row for (row,) in found)
        return {row: paths[row] for row in sorted(damaged)}


def lost(paths: Iterable[str]) -> list[FileOutcome]:
    """The outcomes of damaged documents whose files are not there to be read again."""
    return [
        FileOutcome(path, "deleted", reason=_LOST, remedy=_PUT_BACK)
        for path in sorted(paths)
        if path
    ]
