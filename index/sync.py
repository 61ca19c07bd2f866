"""sync: bring an index up to date with a folder, in one transaction."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from index import generation
from index.catalog import Catalog
from index.database import Database
from index.encoder import Encoder, SentenceTransformerEncoder
from index.errors import EncoderMismatch, IndexDamaged, NoDocuments, OtherFolder
from index.records import State
from index.report import FileOutcome, Progress, ProgressListener, SyncReport
from index.update import Update, printable
from ingest import TEXT_PIPELINE, SourceFile, scan
from ingest.folder import READ

_READ = ("added", "updated", "unchanged")


def sync(
    folder: str | Path,
    index_dir: str | Path,
    *,
    encoder: Encoder | None = None,
    progress: ProgressListener | None = None,
    rebuild: bool = False,
) -> SyncReport:
    """Add, replace and delete what changed in ``folder`` since the last sync.

    Readers keep the old state until the new one is whole; where anything goes wrong, or this
    process dies, the index stays as it was; so it does where none of the documents could be
    read, lest a folder that broke takes the good index with it. ``rebuild`` reads and embeds
    everything anew, and may change the encoder.

    Raises FolderError, NoDocuments, OtherFolder, EncoderMismatch, EncoderUnavailable, IndexBusy,
    IndexDamaged, IndexForeign, IndexUnwritable.
    """
    started = time.perf_counter()
    folder, index_dir = Path(folder), Path(index_dir)
    files = _files(folder, index_dir)
    encoder = encoder or SentenceTransformerEncoder()
    tell = progress or _ignore
    database = _open(index_dir, rebuild=rebuild)
    try:
        catalog = Catalog(database)
        before = catalog.state()
        if rebuild:
            catalog.clear()
        elif before.generation and before.encoder != encoder.name:
            raise EncoderMismatch(index_dir, before.encoder, encoder.name)
        elif _is_other_folder(catalog, before, folder, files):
            raise OtherFolder(index_dir, before.folder, folder)
        reread = rebuild or before.text_pipeline != TEXT_PIPELINE
        update = Update(catalog, encoder, tell, reread=reread)
        outcomes = _apply(update, files, tell)
        if before.generation and not any(outcome.action in _READ for outcome in outcomes):
            return SyncReport(
                outcomes=tuple(outcome for outcome in outcomes if outcome.action != "deleted"),
                generation=before.generation,
                embedded=0,
                seconds=time.perf_counter() - started,
            )
        state = _finish(index_dir, folder, before, update, tell, rebuild=rebuild)
        database.commit()
    finally:
        database.close()
    generation.sweep(index_dir, keep=state.generation, below=state.generation)
    return SyncReport(
        outcomes=tuple(outcomes),
        generation=state.generation,
        embedded=update.embedded,
        seconds=time.perf_counter() - started,
        rebuilt=rebuild,
    )


def _files(folder: Path, index_dir: Path) -> list[SourceFile]:
    own = index_dir.resolve()
    files = [file for file in scan(folder) if not file.location.resolve().is_relative_to(own)]
    if not any(file.supported for file in files):
        raise NoDocuments(
            f"{folder}: this folder holds no documents ({READ}). "
            "Put documents in, or give another folder; the index was left as it is."
        )
    return files


def _is_other_folder(
    catalog: Catalog, before: State, folder: Path, files: Sequence[SourceFile]
) -> bool:
    """Whether a sync would swap all documents for those of another folder.

    A folder that was moved or copied still has the files that it had.
    """
    if not before.generation or Path(before.folder) == folder.resolve():
        return False
    known = catalog.known_files().keys()
    return bool(known) and known.isdisjoint(file.path for file in files)


def _open(index_dir: Path, *, rebuild: bool) -> Database:
    try:
        database = Database.writing(index_dir)
        if not rebuild:
            return database
        try:
            database.check()
            Catalog(database).state()
        except BaseException:
            database.close()
            raise
        return database
    except IndexDamaged:
        if not rebuild:
            raise
        Database.set_aside(index_dir)
        return Database.writing(index_dir)


def _apply(
    update: Update, files: Sequence[SourceFile], tell: ProgressListener
) -> list[FileOutcome]:
    """Bring the catalog up to date, one file after the other."""
    outcomes = []
    for done, file in enumerate(files):
        tell(Progress("read", done, len(files), printable(file.path)))
        started = time.perf_counter()
        outcome = update.file(file)
        outcomes.append(replace(outcome, seconds=time.perf_counter() - started))
    tell(Progress("read", len(files), len(files)))
    # Last, so that a renamed file can take over the vectors of its old name.
    outcomes += update.delete_all_but({file.path for file in files})
    return sorted(outcomes, key=lambda outcome: outcome.path)


def _finish(
    index_dir: Path,
    folder: Path,
    before: State,
    update: Update,
    tell: ProgressListener,
    *,
    rebuild: bool,
) -> State:
    """Write the next generation if there is anything new, and note the new state."""
    state = replace(
        before,
        encoder=update.encoder.name,
        text_pipeline=TEXT_PIPELINE,
        folder=str(folder.resolve()),
    )
    current = generation.folder_of(index_dir, before.generation)
    whole = before.layout == generation.LAYOUT and generation.is_whole(current, before.files)
    if update.changed or rebuild or not whole:
        tell(Progress("write", 0, 1))
        number = before.generation + 1
        # What a sync that died has left; and nobody else is writing now.
        generation.sweep(index_dir, keep=before.generation)
        delta = whole and not rebuild
        dimension = update.dimension or (0 if rebuild else before.dimension)
        dimension = dimension or update.encoder.dimension
        files = generation.write(
            update.catalog,
            index_dir,
            generation.folder_of(index_dir, number),
            dimension=dimension,
            previous=current if delta else None,
            last_id=update.last_id,
            removed_ids=update.removed_ids,
            removed_paths=update.removed_paths,
        )
        tell(Progress("write", 1, 1))
        state = replace(
            state, generation=number, dimension=dimension, layout=generation.LAYOUT, files=files
        )
    if state != before:
        update.catalog.set_state(state)
    return state


def _ignore(event: Progress) -> None:
    """Nobody wants to know how far it is."""
