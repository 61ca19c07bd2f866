"""Update: brings the catalog up to date with the files of a folder, one file at a time."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from index.catalog import Catalog
from index.encoder import Encoder
from index.records import KnownFile
from index.report import Action, FileOutcome, Progress, ProgressListener
from ingest import SourceFile, UnreadableDocument, read, split
from ingest.document import Document, Passage
from ingest.folder import format_of, unsupported

if TYPE_CHECKING:
    import numpy as np

# A file that was written a moment ago could be written again within one tick of the file
# system's clock: its time is not relied upon.
_SETTLED = 2_000_000_000  # nanoseconds


class Update:
    """What one sync does to the catalog; ``reread`` reads the unchanged files too."""

    def __init__(
        self, catalog: Catalog, encoder: Encoder, tell: ProgressListener, *, reread: bool
    ) -> None:
        self.catalog = catalog
        self.encoder = encoder
        self.last_id = catalog.last_passage_id()  # before this sync
        self.removed_ids: list[int] = []
        self.removed_paths: list[str] = []
        self.changed = False  # whether there are other passages than before
        self.embedded = 0  # passages that went through the encoder
        self.dimension = 0  # of the vectors of this sync; 0 where there are none
        self._tell = tell
        self._reread = reread
        self._known = catalog.known_files()

    def file(self, file: SourceFile) -> FileOutcome:
        """Add or replace one file, if it is new or changed."""
        if file.path != printable(file.path):
            return FileOutcome(
                path=printable(file.path),
                action="failed",
                reason="the name of this file is not valid text",
                remedy="Rename the file.",
            )
        if not file.supported:
            return self._skip(file)
        known = self._known.get(file.path)
        if known is not None and not self._reread and _same_time(file, known):
            return _outcome(known, "failed" if known.failed else "unchanged")
        try:
            data = file.read()
        except OSError as error:
            return self._unopened(file, known, error)
        content_hash = hashlib.sha256(data).hexdigest()
        if known is not None and not self._reread and known.content_hash == content_hash:
            self.catalog.touch(file.path, file.size, _reliable_time(file))
            return _outcome(known, "failed" if known.failed else "unchanged")
        return self._read(file, known, data, content_hash)

    def delete_all_but(self, paths: Collection[str]) -> list[FileOutcome]:
        """Forget the files that are gone."""
        outcomes = []
        for path in sorted(self._known.keys() - set(paths)):
            known = self._known[path]
            self._remove(path)
            if not known.failed:
                outcomes.append(FileOutcome(path, "deleted", known.format))
        return outcomes

    def _skip(self, file: SourceFile) -> FileOutcome:
        error = unsupported(file.path)
        return FileOutcome(file.path, "skipped", reason=error.reason, remedy=error.remedy)

    def _unopened(self, file: SourceFile, known: KnownFile | None, error: OSError) -> FileOutcome:
        """The disk or the permissions are in the way, which says nothing about the document."""
        failure = KnownFile(
            path=file.path,
            content_hash="",  # so that the next sync tries again
            format=format_of(file.path) or "",
            size=file.size,
            mtime_ns=-1,
            failed=True,
            reason=f"this file cannot be opened ({error.strerror or error})",
            remedy="Check its permissions, and whether another program has it open.",
        )
        if known is not None and not known.failed:
            kept = f"{failure.reason}; the version read before is kept"
            return replace(_outcome(known, "failed"), reason=kept, remedy=failure.remedy)
        self.catalog.add_failure(failure)
        return _outcome(failure, "failed")

    def _read(
        self, file: SourceFile, known: KnownFile | None, data: bytes, content_hash: str
    ) -> FileOutcome:
        started = time.perf_counter()
        try:
            document = read(file.path, data)
            passages = split(document)
            document.text.encode()  # half a surrogate pair cannot be stored
        except UnreadableDocument as error:
            return self._failed(file, content_hash, error.reason, error.remedy)
        except Exception as error:  # a reader's mistake costs one document, not the folder
            reason = f"the reader failed ({type(error).__name__}: {error})"
            remedy = "Save it in another format, and report this with the file if you can."
            return self._failed(file, content_hash, reason, remedy)
        embedded = [_embedded_hash(passage) for passage in passages]
        vectors = self._vectors(document, passages, embedded)
        self._remove(file.path)
        self.catalog.add(
            document,
            passages,
            embedded,
            vectors,
            size=file.size,
            mtime_ns=_reliable_time(file),
            seconds=time.perf_counter() - started,
        )
        self.changed = True
        return FileOutcome(
            path=file.path,
            action="updated" if known is not None and not known.failed else "added",
            format=document.format,
            pages=len(document.pages) if document.paged else 0,
            passages=len(passages),
        )

    def _failed(self, file: SourceFile, content_hash: str, reason: str, remedy: str) -> FileOutcome:
        """Remember what cannot be read, until it changes; its old version is no longer there."""
        self._remove(file.path)
        failure = KnownFile(
            path=file.path,
            content_hash=content_hash,
            format=format_of(file.path) or "",
            size=file.size,
            mtime_ns=_reliable_time(file),
            failed=True,
            reason=printable(reason),
            remedy=remedy,
        )
        self.catalog.add_failure(failure)
        return _outcome(failure, "failed")

    def _remove(self, path: str) -> None:
        known = self._known.get(path)
        if known is None:
            return
        self.removed_ids += self.catalog.remove(path)
        if not known.failed:
            self.removed_paths.append(path)
            self.changed = True

    def _vectors(
        self, document: Document, passages: Sequence[Passage], embedded: Sequence[bytes]
    ) -> np.ndarray:
        """float16 [n, dimension]; what was embedded before is not embedded again."""
        import numpy as np

        vectors = self.catalog.known_vectors(set(embedded))
        new = {
            hashed: embedded_text(passage)
            for hashed, passage in zip(embedded, passages, strict=True)
            if hashed not in vectors
        }
        if new:
            fresh = self.encoder.encode_documents(
                list(new.values()),
                lambda done: self._tell(Progress("embed", done, len(new), document.path)),
            )
            vectors.update(zip(new, fresh.astype(np.float16), strict=True))
            self.embedded += len(new)
        if vectors:
            self.dimension = len(next(iter(vectors.values())))
        return np.array([vectors[hashed] for hashed in embedded], dtype=np.float16)


def embedded_text(passage: Passage) -> str:
    """What the encoder sees of a passage: title, section and lead-in give it its context."""
    return f"{passage.context}\n{passage.text}" if passage.context else passage.text


def printable(text: str) -> str:
    """The same text, or, where it holds what is no text (a file name can), without that."""
    return text.encode(errors="replace").decode()


def _embedded_hash(passage: Passage) -> bytes:
    return hashlib.sha256(embedded_text(passage).encode()).digest()


def _same_time(file: SourceFile, known: KnownFile) -> bool:
    return (file.size, file.mtime_ns) == (known.size, known.mtime_ns)


def _reliable_time(file: SourceFile) -> int:
    return file.mtime_ns if time.time_ns() - file.mtime_ns > _SETTLED else -1


def _outcome(known: KnownFile, action: Action) -> FileOutcome:
    return FileOutcome(
        path=known.path,
        action=action,
        format=known.format,
        pages=known.pages,
        passages=known.passages,
        reason=known.reason,
        remedy=known.remedy,
    )
