"""sync: bring an index up to date with a folder, in one transaction, and another for scans."""

from __future__ import annotations

import difflib
import time
from collections.abc import Collection, Iterable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from index.catalog import Catalog
from index.database import Database
from index.encoder import Encoder, open_encoder
from index.errors import (
    EncoderMismatch,
    IndexDamaged,
    NoDocuments,
    OtherFolder,
    UnknownDocument,
)
from index.integrity import Integrity
from index.moves import Moves
from index.private_files import keep_index_private
from index.publish import publish
from index.records import State
from index.remaining import Remaining
from index.report import FileOutcome, Progress, ProgressListener, SyncReport
from index.scans import Scans
from index.scope import matches
from index.update import Update, printable
from ingest import ReadingLimits, SourceFile, scan
from ingest.exchange import ReadingProgress
from ingest.folder import READ, is_below
from ingest.reader_pool import ReaderPool

_READ = ("added", "updated", "moved", "unchanged")


def sync(
    folder: str | Path,
    index_dir: str | Path,
    *,
    encoder: Encoder | None = None,
    progress: ProgressListener | None = None,
    rebuild: bool = False,
    retry: bool = False,
    readers: ReaderPool | None = None,
    leave: Collection[str] = (),
    only: Collection[str] = (),
    verify: bool = False,
    mend: bool = False,
) -> SyncReport:
    """Add, replace and delete what changed in ``folder`` since the last sync.

    Readers keep the old state until the new one is whole; where anything goes wrong, or this
    process dies, the index stays as it was; so it does where none of the documents could be
    read, lest a folder that broke takes the good index with it. ``rebuild`` reads and embeds
    everything anew, and may change the encoder; ``retry`` reads again what could not be read.
    The files at the paths ``leave`` are left as they are in the index, whatever they are now, and
    so are those in folders that cannot be opened; with ``only``, paths or patterns, so are all
    others, and those are read again although they have not changed.

    Whether a file has changed is told by its size, times and number in the file system, and by its
    content where these do not settle it; ``verify`` reads the content of all files, and the search
    files whole. What got damaged in the index is read again in any case; with ``mend`` nothing else
    is.

    Pages that only OCR can read come last, where there is an engine: all else can be searched
    by then. A sync that dies there has lost nothing, and the next one goes on.

    Raises FolderError, ReaderUnavailable, NoDocuments, UnknownDocument where none of the files is
    one of ``only``, OtherFolder, EncoderMismatch, EncoderUnavailable, IndexBusy, IndexDamaged,
    IndexForeign, IndexUnwritable.
    """
    started, moment = time.perf_counter(), time.time_ns()
    folder, index_dir = Path(folder), Path(index_dir)
    present = files_of(folder, index_dir)
    again = {file.path for file in named(present, only, folder)}
    encoder = encoder or open_encoder()
    readers = readers or ReaderPool.shared(ReadingLimits())
    tell = progress or _ignore
    database = _open(index_dir, rebuild=rebuild)
    try:
        catalog = Catalog(database)
        before = catalog.state()
        # What an older version has made may be open to others; what is new never was.
        mended = keep_index_private(index_dir) if before.generation else 0
        if rebuild:
            catalog.clear()
        elif before.generation and before.encoder != encoder.name:
            raise EncoderMismatch(index_dir, before.encoder, encoder.name)
        elif is_other_folder(catalog, before, folder, present):
            raise OtherFolder(index_dir, before.folder, folder)
        damaged = set() if rebuild else set(Integrity(database).drop())
        if only or mend:
            leave = (catalog.files.known().keys() | {file.path for file in present}) - again
        leave = {*leave, *below_closed(present, catalog.files.known())} - damaged
        files = [file for file in present if file.path not in leave]
        weights = "" if rebuild else before.weights
        update = Update(
            catalog,
            encoder,
            tell,
            readers.limits,
            weights=weights,
            retry=retry,
            again=again,
            verify=verify,
            damaged=damaged,
            moment=moment,
        )
        outcomes = _apply(update, readers, files, tell, leave)
        scans = Scans.among(files, update)
        # Where only some are read, what could not be read of them is noted: the others stay.
        readable = bool(only) or mend or any(each.action in _READ for each in outcomes.values())
        if before.generation and not readable and not scans.files:
            kept = [outcome for outcome in outcomes.values() if outcome.action != "deleted"]
            return _report(kept, before, 0, started, mended=mended)
        keep_index_private(index_dir)
        state = publish(
            database, index_dir, folder, update, tell, rebuild=rebuild, thorough=verify or mend
        )
        embedded = update.embedded
        for update, read in scans.read(database, readers, folder, tell):
            state = publish(database, index_dir, folder, update, tell)
            embedded += update.embedded
            for outcome in read:
                outcomes[outcome.path] = _both(outcomes[outcome.path], outcome)
    finally:
        database.close()
    return _report(outcomes.values(), state, embedded, started, rebuilt=rebuild, mended=mended)


def _both(first: FileOutcome, second: FileOutcome) -> FileOutcome:
    """What became of a file that was read without OCR and then with it."""
    new = first.action in ("added", "updated", "moved") and second.action != "failed"
    action = first.action if new else second.action
    return replace(second, action=action, seconds=first.seconds + second.seconds)


def _report(
    outcomes: Iterable[FileOutcome],
    state: State,
    embedded: int,
    started: float,
    *,
    rebuilt: bool = False,
    mended: int = 0,
) -> SyncReport:
    return SyncReport(
        outcomes=tuple(sorted(outcomes, key=lambda outcome: outcome.path)),
        generation=state.generation,
        embedded=embedded,
        seconds=time.perf_counter() - started,
        rebuilt=rebuilt,
        made_private=mended,
    )


def files_of(folder: Path, index_dir: Path) -> list[SourceFile]:
    """What stands in the folder, without the index itself. Raises FolderError, NoDocuments."""
    files = scan(folder, leave=index_dir)
    if not any(file.supported for file in files):
        closed = [f"{printable(file.path)}: {file.reason}. " for file in files if file.closed]
        raise NoDocuments(
            f"{folder}: this folder holds no documents ({READ}). {''.join(closed[:1])}"
            "Put documents in, or give another folder; the index was left as it is."
        )
    return files


def below_closed(files: Sequence[SourceFile], known: Iterable[str]) -> set[str]:
    """The known paths in folders that cannot be looked into: they stay as they are."""
    closed = [file.path for file in files if file.closed]
    return {path for path in known if is_below(path, closed)} if closed else set()


def named(files: Sequence[SourceFile], only: Collection[str], folder: Path) -> list[SourceFile]:
    """Those of the files that ``only``, paths or patterns, names. Raises UnknownDocument."""
    for pattern in only:
        if not any(matches(file.path, pattern) for file in files):
            near = difflib.get_close_matches(pattern, [file.path for file in files], n=1)
            advice = f"Did you mean {near[0]}?" if near else "Give its path within that folder."
            raise UnknownDocument(f"{pattern}: no such file in {folder}. {advice}")
    return [file for file in files if any(matches(file.path, pattern) for pattern in only)]


def is_other_folder(
    catalog: Catalog, before: State, folder: Path, files: Sequence[SourceFile]
) -> bool:
    """Whether a sync would swap all documents for those of another folder.

    A folder that was moved or copied still has the files that it had.
    """
    if not before.generation or Path(before.folder) == folder.resolve():
        return False
    known = catalog.files.known().keys()
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
    update: Update,
    readers: ReaderPool,
    files: Sequence[SourceFile],
    tell: ProgressListener,
    leave: Collection[str],
) -> dict[str, FileOutcome]:
    """Bring the catalog up to date, one file after the other; the outcomes by path."""
    moves = Moves(update, {file.path for file in files} | set(leave))
    settled = {file.path: update.settle(file) or moves.settle(file) for file in files}
    to_read = [file for file in files if settled[file.path] is None]
    remaining = Remaining(to_read)
    queue = tuple(printable(file.path) for file in to_read)
    outcomes: dict[str, FileOutcome] = {}
    pages = read = 0
    reading: Sequence[ReadingProgress] = ()

    def show(path: str = "") -> None:
        tell(
            Progress(
                "read",
                len(outcomes),
                len(files),
                path,
                pages,
                remaining.seconds if path else None,
                reading=tuple(reading) if path else (),
                queue=queue,
                read=read,
            )
        )

    def listen(_recognised: int, under_way: Sequence[ReadingProgress]) -> None:
        nonlocal reading
        if under_way != reading:
            reading = under_way
            show(queue[read])

    with closing(readers.read(to_read, while_waiting=listen)) as readings:
        for file in files:
            show(printable(file.path))
            outcome = settled[file.path]
            if outcome is None:
                outcome = update.apply(*next(readings))
                remaining.done(file)
                pages += outcome.pages
                read += 1
                reading = ()
            outcomes[file.path] = outcome
    show()
    # Last, so that others can take over the vectors of what is gone.
    present = {path for path, outcome in outcomes.items() if outcome.action != "skipped"}
    present |= set(leave)
    return outcomes | {outcome.path: outcome for outcome in update.delete_all_but(present)}


def _ignore(event: Progress) -> None:
    """Nobody wants to know how far it is."""
