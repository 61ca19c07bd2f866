"""Catalog: documents, passages, vectors and failures; the truth of an index."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import asdict, astuple
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.checksum import DOCUMENT, PASSAGE, checksum, checksum_of
from index.database import Database, Row
from index.errors import DocumentDamaged, IndexDamaged
from index.files import Files
from index.records import State, StoredPassage
from index.store import DocumentInfo, Place
from index.stored_vectors import StoredVectors
from ingest import TEXT_PIPELINE
from ingest.document import Document, Passage, document_id
from ingest.file_mark import FileMark
from ingest.inside import is_document_path
from ingest.page_runs import unreadable_pages
from ingest.structure import (
    blocks_from_json,
    pages_from_json,
    stated_from_json,
    structure_to_json,
)

if TYPE_CHECKING:
    import numpy as np

_PASSAGES = """
    SELECT id, document_id, ordinal, start, "end", section, page, last_page, lead, {sound}
    FROM passages
"""
_SOUND = f"checksum IS {checksum_of(PASSAGE)}"
_DOCUMENT = """
    id, path, content_hash, format, title, language, date, paged, pages, passages, text, structure,
    size, mtime_ns, ctime_ns, inode, synced_at, seconds, text_pipeline, ocr, awaits_ocr, ocr_pages,
    unreadable_pages, blank_pages, reason, checksum
"""
_OWNER = f"""
    SELECT path, content_hash, title, language, text, checksum IS {checksum_of(DOCUMENT)}
    FROM documents WHERE id = ?
"""


class Catalog:
    """Reads and writes the tables; whoever opened ``database`` says when to commit."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.files = Files(database)
        self.vectors = StoredVectors(database)

    @property
    def index_dir(self) -> Path:
        return self._database.index_dir

    # The index itself

    def state(self) -> State:
        """Raises IndexDamaged where it makes no sense."""
        rows = self._database.execute("SELECT value FROM meta WHERE key = 'state'")
        if not rows:
            return State()
        try:
            return State(**json.loads(rows[0][0]))
        except (TypeError, ValueError) as error:
            raise IndexDamaged(self._database.index_dir, str(error)) from error

    def set_state(self, state: State) -> None:
        value = json.dumps(asdict(state))
        self._database.execute("INSERT OR REPLACE INTO meta VALUES ('state', ?)", (value,))

    def clear(self) -> None:
        """Forget all files; the ids of passages are not given again."""
        for table in ("passages", "documents", "failures"):
            self._database.execute(f"DELETE FROM {table}")

    # Documents

    def remove(self, path: str) -> list[int]:
        """Forget a file; the ids of its passages."""
        self._database.execute("DELETE FROM failures WHERE path = ?", (path,))
        identity = (document_id(path),)
        rows = self._database.execute("SELECT id FROM passages WHERE document_id = ?", identity)
        self._database.execute("DELETE FROM passages WHERE document_id = ?", identity)
        self._database.execute("DELETE FROM documents WHERE id = ?", identity)
        return [row[0] for row in rows]

    def add(
        self,
        document: Document,
        passages: Sequence[Passage],
        embedded: Sequence[bytes],
        vectors: np.ndarray,
        *,
        size: int,
        mark: FileMark,
        seconds: float,
        ocr: str = "",
    ) -> None:
        """Add a document whose path is free.

        ``embedded[i]`` is the hash of what was embedded for ``passages[i]``, ``vectors[i]``
        (float16 [n, dimension]) what came out. ``ocr`` is the engine that was tried.
        """
        counts = document.page_counts
        checked = (
            document.id,
            document.path,
            document.content_hash,
            document.format,
            document.title,
            document.language,
            document.date,
            int(document.paged),
            len(document.pages),
            len(passages),
            document.text,
            structure_to_json(document),
        )
        self._database.execute(
            f"INSERT INTO documents ({_DOCUMENT}) VALUES ({', '.join('?' * 26)})",
            (
                *checked,
                size,
                *astuple(mark),
                datetime.now(UTC).isoformat(timespec="seconds"),
                seconds,
                TEXT_PIPELINE,
                ocr,
                document.awaits_ocr,
                counts.ocr,
                counts.unreadable,
                counts.blank,
                unreadable_pages(document),
                checksum(*checked),
            ),
        )
        rows = (
            (
                document.id,
                passage.ordinal,
                passage.start,
                passage.end,
                json.dumps(passage.section),
                passage.page,
                passage.last_page,
                passage.lead,
                hashed,
                vector.tobytes(),
            )
            for passage, hashed, vector in zip(passages, embedded, vectors, strict=True)
        )
        self._database.execute_many(
            f"INSERT INTO passages VALUES (NULL, {', '.join('?' * 11)})",
            ((*row, checksum(*row)) for row in rows),
        )

    def document(self, path: str) -> Document | None:
        """Raises DocumentDamaged where it is not what was written any more."""
        rows = self._database.execute(
            "SELECT path, content_hash, format, title, text, paged, language, date, structure, "
            f"checksum IS {checksum_of(DOCUMENT)} FROM documents WHERE path = ?",
            (path,),
        )
        if not rows:
            return None
        path, content_hash, format, title, text, paged, language, date, structure, sound = rows[0]
        self._check(path, sound)
        with self._database.sense(path):
            return Document(
                path=path,
                content_hash=content_hash,
                format=format,
                title=title,
                text=text,
                pages=pages_from_json(structure, text),
                blocks=blocks_from_json(structure),
                paged=bool(paged),
                language=language,
                date=date,
                stated=stated_from_json(structure),
            )

    def document_count(self) -> int:
        return int(self._database.execute("SELECT count(*) FROM documents")[0][0])

    def has_document(self, path: str) -> bool:
        return bool(self._database.execute("SELECT 1 FROM documents WHERE path = ?", (path,)))

    def documents(self) -> list[DocumentInfo]:
        """All documents and failures, sorted by path."""
        titles = self._database.execute("SELECT path, title, date, language FROM documents")
        described = {path: facts for path, *facts in titles}
        infos = []
        for file in self.files.known().values():
            title, date, language = described.get(file.path, (Path(file.path).name, None, None))
            infos.append(
                DocumentInfo(
                    path=file.path,
                    title=title,
                    date=date,
                    language=language,
                    format=file.format,
                    pages=file.pages,
                    passages=file.passages,
                    status="failed" if file.failed else "indexed",
                    reason=f"{file.reason}. {file.remedy}" if file.remedy else file.reason,
                    page_counts=file.page_counts,
                )
            )
        return sorted(infos, key=lambda info: info.path)

    # Passages

    def passage_count(self) -> int:
        return int(self._database.execute("SELECT count(*) FROM passages")[0][0])

    def last_passage_id(self) -> int:
        """The highest id ever given; 0 before the first."""
        rows = self._database.execute("SELECT seq FROM sqlite_sequence WHERE name = 'passages'")
        return int(rows[0][0]) if rows else 0

    def places(self, ids: Collection[int]) -> dict[int, Place]:
        """By id; ids that are not in the index are left out."""
        rows = self._database.execute(
            "SELECT p.id, d.path, p.ordinal FROM passages p JOIN documents d "
            "ON d.id = p.document_id WHERE p.id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(ids)),),
        )
        return {id: Place(path, ordinal) for id, path, ordinal in rows}

    def passages(self, ids: Collection[int]) -> dict[int, Passage]:
        """By id; ids that are not in the index are left out. Raises DocumentDamaged."""
        rows = self._database.execute(
            f"{_PASSAGES.format(sound=_SOUND)} WHERE id IN (SELECT value FROM json_each(?)) "
            "ORDER BY document_id, id",
            (json.dumps(list(ids)),),
        )
        return {stored.id: stored.passage for stored in self._stored(rows)}

    def passages_after(self, last_id: int) -> Iterator[StoredPassage]:
        """All passages with a higher id, in the order of their ids, as they are."""
        passages = f"{_PASSAGES.format(sound=1)} WHERE id > ? ORDER BY id"
        return self._stored(self._database.stream(passages, (last_id,)), checked=False)

    def _stored(self, rows: Iterable[Row], *, checked: bool = True) -> Iterator[StoredPassage]:
        # The passages of a document come together: its text is read once for all of them.
        current: str | None = None
        fields: tuple[Any, ...] = ()
        for id, owner, ordinal, start, end, section, page, last_page, lead, sound in rows:
            if owner != current:
                found = self._database.execute(_OWNER, (owner,))
                with self._database.sense("a passage without its document"):
                    fields = found[0]
                current = owner
            path, content_hash, title, language, text, whole = fields
            if checked:
                self._check(path, sound and whole)
            with self._database.sense(path):
                trail = tuple(json.loads(section))
            passage = Passage(
                document=path,
                content_hash=content_hash,
                title=title,
                ordinal=ordinal,
                start=start,
                end=end,
                text=text[start:end],
                section=trail,
                page=page,
                last_page=last_page,
                lead=lead,
            )
            yield StoredPassage(id, passage, language)

    def _check(self, path: str, sound: int) -> None:
        if not sound or not is_document_path(path):
            raise DocumentDamaged(self.index_dir, path)

    def passage_ids(self, paths: Iterable[str]) -> list[int]:
        """The ids of all passages of these documents, ascending."""
        rows = self._database.execute(
            "SELECT p.id FROM passages p JOIN documents d ON d.id = p.document_id "
            "WHERE d.path IN (SELECT value FROM json_each(?)) ORDER BY p.id",
            (json.dumps(sorted(paths)),),
        )
        return [row[0] for row in rows]
