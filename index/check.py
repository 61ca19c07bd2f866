"""check: an index read whole against its checksums; what got damaged is read again."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from index.catalog import Catalog
from index.database import Database
from index.encoder import Encoder
from index.errors import IndexMissing, NoDocuments, OtherFolder
from index.integrity import Integrity
from index.report import FileOutcome, ProgressListener
from index.snapshot import are_whole, mend
from index.sync import sync
from ingest import FolderError
from ingest.reader_pool import ReaderPool

_READ = ("added", "updated", "moved", "unchanged")


@dataclass(frozen=True, slots=True)
class CheckedDocument:
    """A document that was damaged."""

    path: str
    repaired: bool  # whether it was read again
    reason: str = ""  # why it was not, for people
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What came of checking an index, and of mending it."""

    documents: int  # that were checked
    passages: int
    damaged: tuple[CheckedDocument, ...]  # sorted by path
    search_files: bool  # whether they were sound; otherwise they were written anew
    seconds: float

    @property
    def sound(self) -> bool:
        """Whether nothing is damaged any more."""
        return all(document.repaired for document in self.damaged)

    def to_dict(self) -> dict[str, Any]:
        """Plain values, ready for JSON."""
        return {**asdict(self), "sound": self.sound, "seconds": round(self.seconds, 3)}


def check(
    index_dir: str | Path,
    *,
    encoder: Encoder,
    readers: ReaderPool | None = None,
    progress: ProgressListener | None = None,
) -> CheckReport:
    """Read the whole index; damaged documents are read again from their folder, and no others.

    A document whose file is gone leaves the index; where the folder is not known or not there,
    the damaged ones stay, and are not quoted.

    Raises IndexMissing, IndexDamaged where the catalog cannot be read at all, EncoderMismatch,
    ReaderUnavailable, IndexBusy, IndexForeign, IndexUnwritable.
    """
    started = time.perf_counter()
    index_dir = Path(index_dir)
    database = Database.reading(index_dir)
    try:
        database.check()
        catalog = Catalog(database)
        state = catalog.state()
        if not state.generation:
            raise IndexMissing(index_dir)
        paths = Integrity(database).damaged()
        documents, passages = catalog.document_count(), catalog.passage_count()
    finally:
        database.close()
    whole = are_whole(index_dir)
    damaged: tuple[CheckedDocument, ...] = ()
    if paths:
        try:
            report = sync(
                _known(state.folder),
                index_dir,
                encoder=encoder,
                readers=readers,
                progress=progress,
                mend=True,
            )
        except (FolderError, NoDocuments, OtherFolder) as error:
            remedy = "Read the documents again with: strategy index FOLDER"
            damaged = tuple(
                CheckedDocument(path, repaired=False, reason=str(error), remedy=remedy)
                for path in paths
            )
        else:
            outcomes = {outcome.path: outcome for outcome in report.outcomes}
            damaged = tuple(_checked(path, outcomes.get(path)) for path in paths)
    elif not whole:
        whole = not mend(index_dir, thorough=True)
    return CheckReport(documents, passages, damaged, whole, time.perf_counter() - started)


def _known(folder: str) -> Path:
    if folder:
        return Path(folder)
    raise FolderError("The folder of the documents is not known: this index was imported.")


def _checked(path: str, outcome: FileOutcome | None) -> CheckedDocument:
    if outcome is None or outcome.action in _READ:  # None: passages of no document, now gone
        return CheckedDocument(path, repaired=True)
    return CheckedDocument(path, repaired=False, reason=outcome.reason, remedy=outcome.remedy)
