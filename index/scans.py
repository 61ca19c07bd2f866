"""Scans: the documents with pages that only OCR can read; they are read when all else is done."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from index.catalog import Catalog
from index.database import Database
from index.errors import IndexBusy
from index.remaining import Remaining
from index.report import FileOutcome, Progress, ProgressListener
from index.update import Update, printable
from ingest import SourceFile
from ingest.exchange import FileReading, ReadingProgress
from ingest.reader_pool import ReaderPool

# Pages take seconds each. What was read is made searchable at least so often, and no more than
# this is lost when the computer is switched off.
_BATCH_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Scans:
    """What is worth reading with the engine that this machine has."""

    files: Sequence[SourceFile]
    engine: str
    update: Update  # without OCR; it says with what encoder and limits the others go on

    @classmethod
    def among(cls, files: Sequence[SourceFile], update: Update) -> Scans:
        awaiting = update.awaiting_ocr(files)
        engine = None
        if awaiting:  # looking for one takes a while
            from ingest.ocr import find_engine

            engine = find_engine()
        if engine is None:
            return cls((), "", update)
        worth = {file.path for file in awaiting if update.is_worth_ocr(file, engine.name)}
        return cls([file for file in files if file.path in worth], engine.name, update)

    def read(
        self, database: Database, readers: ReaderPool, folder: Path, tell: ProgressListener
    ) -> Iterator[tuple[Update, list[FileOutcome]]]:
        """Updates, each in a transaction of its own that the caller commits before the next.

        Ends early where somebody else has begun to write: the next sync goes on.
        """
        remaining = Remaining(self.files)
        done = pages = 0

        under_way: Sequence[ReadingProgress] = ()
        queue = tuple(printable(file.path) for file in self.files)

        def listen(recognised: int, now: Sequence[ReadingProgress]) -> None:
            nonlocal pages, under_way
            if (recognised, now) != (pages, under_way):
                pages, under_way = recognised, now
                show()

        def show() -> None:
            path = queue[done] if done < len(queue) else ""
            tell(
                Progress(
                    "ocr",
                    done,
                    len(queue),
                    path,
                    pages,
                    remaining.seconds,
                    reading=tuple(under_way),
                    queue=queue,
                    read=done,
                )
            )

        batch: list[tuple[SourceFile, FileReading]] = []
        with closing(readers.read(self.files, self.engine, listen)) as readings:
            due = time.monotonic() + _BATCH_SECONDS
            if self.files:
                show()
            for file, reading in readings:
                batch.append((file, reading))
                remaining.done(file)
                done += 1
                under_way = ()
                show()
                if time.monotonic() < due and done < len(self.files):
                    continue
                update = self._begin(database, folder, tell)
                if update is None:
                    return
                yield update, [update.apply(*read, self.engine) for read in batch]
                batch = []
                due = time.monotonic() + _BATCH_SECONDS

    def _begin(self, database: Database, folder: Path, tell: ProgressListener) -> Update | None:
        """None where the index is somebody else's by now."""
        try:
            database.begin()
        except IndexBusy:
            return None
        catalog = Catalog(database)
        state, encoder = catalog.state(), self.update.encoder
        if (state.encoder, state.folder) != (encoder.name, str(folder.resolve())):
            return None
        return Update(
            catalog,
            encoder,
            tell,
            self.update.limits,
            weights=state.weights,
            moment=self.update.moment,
        )
