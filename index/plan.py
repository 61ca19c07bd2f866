"""plan: what a sync would do, without reading a document or changing anything."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from index.catalog import Catalog
from index.database import Database
from index.encoder import Encoder
from index.errors import EncoderMismatch, IndexMissing, OtherFolder
from index.files import hash_now
from index.integrity import Integrity
from index.records import KnownFile
from index.report import Action, FileOutcome, Progress, SyncReport
from index.sync import below_closed, files_of, is_other_folder
from index.update import Update, skipped
from ingest import ReadingLimits, SourceFile
from ingest.folder import format_of


def plan(
    folder: str | Path,
    index_dir: str | Path,
    *,
    encoder: Encoder,
    limits: ReadingLimits,
    rebuild: bool = False,
    retry: bool = False,
    verify: bool = False,
) -> SyncReport:
    """What ``sync`` with the same arguments would begin with.

    Whether a file can be read shows only when it is read: those that would be count as added or
    updated. Where the same content stands under another name than before, the file is "moved".
    Contents are hashed where size and time do not settle whether a file has changed.

    Raises FolderError, NoDocuments, OtherFolder, EncoderMismatch, IndexBusy, IndexDamaged,
    IndexForeign, IndexUnwritable.
    """
    started = time.perf_counter()
    folder, index_dir = Path(folder), Path(index_dir)
    files = files_of(folder, index_dir)
    try:
        Database.reading(index_dir).close()
    except IndexMissing:
        return _report([_new(file) for file in files], 0, started)
    # With a writer's transaction, so that a sync's own judgement can be asked; never committed.
    database = Database.writing(index_dir)
    try:
        catalog = Catalog(database)
        state = catalog.state()
        if not rebuild and state.generation and state.encoder != encoder.name:
            raise EncoderMismatch(index_dir, state.encoder, encoder.name)
        if not rebuild and is_other_folder(catalog, state, folder, files):
            raise OtherFolder(index_dir, state.folder, folder)
        known = catalog.files.known()
        if rebuild:
            catalog.clear()
        damaged = Integrity(database).drop()
        update = Update(
            catalog,
            encoder,
            _ignore,
            limits,
            weights=state.weights,
            retry=retry,
            verify=verify,
            damaged=damaged,
        )
        outcomes = [_outcome(file, update, known) for file in files]
    finally:
        database.close()
    return _report(_moves(outcomes, files, known), state.generation, started)


def _outcome(file: SourceFile, update: Update, known: dict[str, KnownFile]) -> FileOutcome:
    settled = update.settle(file)
    if settled is not None:
        return settled
    before = known.get(file.path)
    action: Action = "updated" if before is not None and not before.failed else "added"
    return FileOutcome(file.path, action, format_of(file.path) or "")


def _new(file: SourceFile) -> FileOutcome:
    if not file.supported:
        return skipped(file)
    return FileOutcome(file.path, "added", format_of(file.path) or "")


def _moves(
    outcomes: Sequence[FileOutcome], files: Sequence[SourceFile], known: dict[str, KnownFile]
) -> list[FileOutcome]:
    """The outcomes, with those of files that are gone; what only changed its name is moved."""
    kept = {outcome.path for outcome in outcomes if outcome.action != "skipped"}
    kept |= below_closed(files, known)
    gone = {path: file for path, file in known.items() if path not in kept and not file.failed}
    by_content = {(file.size, file.content_hash): path for path, file in gone.items()}
    sizes = {file.size for file in gone.values()}
    sources = {file.path: file for file in files}
    planned = []
    for outcome in outcomes:
        source = sources.get(outcome.path)
        if outcome.action == "added" and source is not None and source.size in sizes:
            old = by_content.pop((source.size, hash_now(source, source.size)), None)
            if old is not None:
                gone.pop(old)
                outcome = FileOutcome(outcome.path, "moved", outcome.format, moved_from=old)
        planned.append(outcome)
    return planned + [FileOutcome(path, "deleted", file.format) for path, file in gone.items()]


def _report(outcomes: Sequence[FileOutcome], generation: int, started: float) -> SyncReport:
    return SyncReport(
        outcomes=tuple(sorted(outcomes, key=lambda outcome: outcome.path)),
        generation=generation,
        embedded=0,
        seconds=time.perf_counter() - started,
    )


def _ignore(event: Progress) -> None:
    """Nobody wants to know how far it is."""
