"""Update: brings the catalog up to date with the files of a folder, one file at a time."""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence
from dataclasses import replace

from index.catalog import Catalog
from index.embedding import embed
from index.encoder import Encoder
from index.errors import WeightsMismatch
from index.files import hash_now
from index.integrity import READ_AGAIN, lost
from index.records import KnownFile
from index.report import FileOutcome, ProgressListener
from ingest import (
    TEXT_PIPELINE,
    ReadingLimits,
    ReadingStopped,
    ScannedDocument,
    SourceFile,
    UnopenedDocument,
    UnreadableDocument,
)
from ingest.document import Document
from ingest.exchange import FileReading
from ingest.folder import format_of, unsupported
from ingest.opening import oversized
from ingest.page_runs import unreadable_pages

FORGOTTEN = "forgotten, as `strategy forget` was told"
REMEMBER = "It is read again when it changes, or after `strategy forget --undo`."


class Update:
    """What one transaction does to the catalog.

    ``weights`` is the fingerprint of the model that made the vectors of the index, empty where
    there are none to stand beside; ``retry`` reads the files again that could not be read before,
    ``again`` those at these paths whatever they are; ``verify`` compares the content of all
    others; ``damaged`` were in the catalog until now, and what was made of them is in the search
    files. ``moment``: nanoseconds of the clock before any of its files was read; 0: now.
    """

    def __init__(
        self,
        catalog: Catalog,
        encoder: Encoder,
        tell: ProgressListener,
        limits: ReadingLimits,
        *,
        weights: str,
        retry: bool = False,
        again: Collection[str] = (),
        verify: bool = False,
        damaged: Collection[str] = (),
        moment: int = 0,
    ) -> None:
        self.catalog = catalog
        self.encoder = encoder
        self.last_id = catalog.last_passage_id()  # before this transaction
        self.removed_ids: list[int] = []
        self.removed_paths: list[str] = []
        self.changed = bool(damaged)  # whether there are other passages than before
        self.embedded = 0  # passages that went through the encoder
        self.dimension = 0  # of these vectors; 0 where there are none
        self._opening = 0.0  # seconds until the model was there: no document's own
        self._tell = tell
        self.limits = limits
        self._weights = weights
        self._retry = retry
        self._again = frozenset(again)
        self._verify = verify
        self.damaged = frozenset(damaged)
        self.moment = moment or time.time_ns()
        self._known = catalog.files.known()
        self._forgotten = catalog.files.forgotten()

    def settle(self, file: SourceFile) -> FileOutcome | None:
        """What becomes of a file that need not be read; None where it must be."""
        if not file.supported:
            return skipped(file)
        if file.path != printable(file.path):
            return FileOutcome(
                path=printable(file.path),
                action="failed",
                reason="the name of this file is not valid text",
                remedy="Rename the file.",
            )
        forgotten = self._forgotten.get(file.path)
        if forgotten is not None and self.catalog.files.is_forgotten(file, forgotten):
            return FileOutcome(file.path, "skipped", reason=FORGOTTEN, remedy=REMEMBER)
        known = self._known.get(file.path)
        if file.size > self.limits.largest_file:
            error = oversized(file.path, file.size, self.limits.largest_file)
            return self._failed(file, FileReading(error=error), error)
        if known is None or self._must_be_read(known):
            return None
        same = file.size == known.size and file.mark.fits(known.mark)
        if not same or self._verify:
            if file.size != known.size or hash_now(file, known.size) != known.content_hash:
                return None
            if not same:
                mark = file.mark.after(known.mark).settled(self.moment)
                self.catalog.files.touch(file.path, mark)
        return FileOutcome.of(known, "failed" if known.failed else "unchanged")

    def apply(self, file: SourceFile, reading: FileReading, ocr: str = "") -> FileOutcome:
        """Add, replace or remember a file that was read, with the engine ``ocr`` or without."""
        started, opening = time.perf_counter(), self._opening
        outcome = self._applied(file, reading, ocr)
        spent = time.perf_counter() - started - (self._opening - opening)
        return replace(outcome, seconds=reading.seconds + spent)

    def _applied(self, file: SourceFile, reading: FileReading, ocr: str) -> FileOutcome:
        known = self._known.get(file.path)
        error = reading.error
        if isinstance(error, UnopenedDocument):
            return self._unopened(file, known, error)
        kept = known is not None and known.ocr and known.content_hash == reading.content_hash
        if known is not None and kept and not known.failed and not ocr and _awaits_ocr(reading):
            # What OCR has read stays until OCR has read it anew.
            return FileOutcome.of(known, "unchanged")
        if error is not None:
            if known is not None and not known.failed and ocr:
                return self._noted(known, error, ocr)
            return self._failed(file, reading, error, ocr)
        assert reading.document is not None
        return self._store(file, known, reading.document, reading, ocr)

    def delete_all_but(self, paths: Collection[str]) -> list[FileOutcome]:
        """Forget the files that are gone."""
        outcomes = []
        for path in sorted(self._known.keys() - set(paths)):
            known = self._known[path]
            self._remove(path)
            if not known.failed:
                outcomes.append(FileOutcome(path, "deleted", known.format))
        return outcomes + lost(self.damaged - set(paths))

    def awaiting_ocr(self, files: Sequence[SourceFile]) -> list[KnownFile]:
        """Those of the files that have pages which only OCR can read, as far as is known."""
        known = self.catalog.files.known()
        found = (known[file.path] for file in files if file.path in known)
        return [file for file in found if file.awaits_ocr or (file.ocr and self._is_due(file))]

    def is_worth_ocr(self, file: KnownFile, engine: str) -> bool:
        """Whether this engine may bring what was not had before."""
        tried = file.ocr == engine and file.limits in ("", str(self.limits))
        return not tried or self._is_due(file) or (self._retry and bool(file.reason))

    def _unopened(
        self, file: SourceFile, known: KnownFile | None, error: UnopenedDocument
    ) -> FileOutcome:
        """The disk or the permissions are in the way, which says nothing about the document."""
        if known is not None and not known.failed:
            kept = f"{error.reason}; the version read before is kept"
            return replace(FileOutcome.of(known, "failed"), reason=kept, remedy=error.remedy)
        return self._failed(file, FileReading(), error)

    def _noted(self, known: KnownFile, error: UnreadableDocument, ocr: str) -> FileOutcome:
        """OCR has brought nothing: the document stays as it was read without."""
        noted = replace(
            known,
            reason=printable(f"its scanned pages could not be read: {error.reason}"),
            remedy=error.remedy,
            text_pipeline=TEXT_PIPELINE,
            ocr=ocr,
            limits=self._broken(error),
        )
        self.catalog.files.note(noted)
        return FileOutcome.of(noted, "unchanged")

    def _store(
        self,
        file: SourceFile,
        known: KnownFile | None,
        document: Document,
        reading: FileReading,
        ocr: str,
    ) -> FileOutcome:
        self.put(reading, document, replaced=file.path, ocr=ocr)
        damaged = file.path in self.damaged
        before = damaged or (known is not None and not known.failed)
        reasons = (READ_AGAIN if damaged else "", unreadable_pages(document))
        return FileOutcome(
            path=file.path,
            action="updated" if before else "added",
            format=document.format,
            pages=len(document.pages) if document.paged else 0,
            passages=len(reading.passages),
            reason="; ".join(filter(None, reasons)),
            page_counts=document.page_counts,
        )

    def put(self, reading: FileReading, document: Document, *, replaced: str, ocr: str) -> None:
        """Put a document in the place of what is known under the path ``replaced``."""
        hashes, vectors, new = embed(
            reading.passages, self.catalog, self.encoder, self._tell, self._check
        )
        self.embedded += new
        self.dimension = vectors.shape[1] if len(vectors) else self.dimension
        self._remove(replaced)
        self.catalog.add(
            document,
            reading.passages,
            hashes,
            vectors,
            size=reading.size,
            mark=reading.mark.settled(self.moment),
            seconds=reading.seconds,
            ocr=ocr,
        )
        self.changed = True

    def _failed(
        self, file: SourceFile, reading: FileReading, error: UnreadableDocument, ocr: str = ""
    ) -> FileOutcome:
        """Remember what cannot be read, until it changes; its old version is no longer there."""
        self._remove(file.path)
        if isinstance(error, ReadingStopped):  # whoever read it cannot say any more what it was
            content_hash = hash_now(file, self.limits.largest_file)
            reading = FileReading(None, (), error, content_hash, file.size, file.mark)
        read = bool(reading.content_hash)
        failure = KnownFile(
            path=file.path,
            content_hash=reading.content_hash,
            format=format_of(file.path) or "",
            size=reading.size if read else file.size,
            mark=reading.mark.settled(self.moment),
            failed=True,
            reason=printable(error.reason),
            remedy=error.remedy,
            text_pipeline=TEXT_PIPELINE if read else 0,  # 0: the next sync tries again
            ocr=ocr,
            awaits_ocr=bool(ocr) or isinstance(error, ScannedDocument),
            limits=self._broken(error),
        )
        self.catalog.files.add_failure(failure)
        return FileOutcome.of(failure, "failed")

    def _broken(self, error: UnreadableDocument) -> str:
        """The limits that reading it broke: with others it may go well."""
        return str(self.limits) if isinstance(error, ReadingStopped) else ""

    def _must_be_read(self, known: KnownFile) -> bool:
        """Whether an unchanged file is to be read once more."""
        other_limits = known.failed and known.limits not in ("", str(self.limits))
        return self._is_due(known) or other_limits or (known.failed and self._retry)

    def _is_due(self, known: KnownFile) -> bool:
        """Whether it is to be read once more, however well it was read."""
        return known.path in self._again or _is_old(known)

    def _check(self, encoder: Encoder) -> None:
        started = time.perf_counter()
        form = encoder.form
        self._opening += time.perf_counter() - started
        if form.differs(self._weights):
            raise WeightsMismatch(self.catalog.index_dir, self.encoder.name)

    def _remove(self, path: str) -> None:
        known = self._known.pop(path, None)
        if known is None:
            return
        self.removed_ids += self.catalog.remove(path)
        if not known.failed:
            self.removed_paths.append(path)
            self.changed = True


def printable(text: str) -> str:
    """The same text, or, where it holds what is no text (a file name can), without that."""
    return text.encode(errors="replace").decode()


def _is_old(known: KnownFile) -> bool:
    """Whether this version would read it otherwise, or it was not read at all."""
    return known.text_pipeline != TEXT_PIPELINE


def _awaits_ocr(reading: FileReading) -> bool:
    if reading.document is None:
        return isinstance(reading.error, ScannedDocument)
    return reading.document.awaits_ocr


def skipped(file: SourceFile) -> FileOutcome:
    """A file that nobody opens, or a folder that cannot be opened, and why."""
    error = unsupported(file.path)
    return FileOutcome(
        printable(file.path),
        "failed" if file.closed else "skipped",
        reason=file.reason or error.reason,
        remedy=file.remedy or error.remedy,
    )
