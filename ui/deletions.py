"""Deletions: what people delete leaves the index, even where it was the last document."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from glob import escape
from pathlib import Path

from index import FileOutcome, NoDocuments, SyncReport, UnknownDocument
from index.forgetting import forget, remember
from ingest.inside import find_inside


class Deletions:
    """The files that were deleted on purpose since the latest sync.

    A sync takes a folder in which nothing can be read any more for one that broke, and leaves
    the index as it was. Of these files it is known better.
    """

    def __init__(self, folder: Path, index_dir: Path) -> None:
        self._folder = folder
        self._index_dir = index_dir
        self._lock = threading.Lock()
        self._paths: set[str] = set()

    def add(self, path: str) -> None:
        with self._lock:
            self._paths.add(path)

    def after(self, run: Callable[[], SyncReport]) -> SyncReport:
        """Run a sync and take out what it left of them; the report of both.

        Raises what ``run`` raises, but NoDocuments only where there was nothing to take out.
        """
        with self._lock:
            paths, self._paths = self._paths, set()
        try:
            report = run()
        except NoDocuments:
            if gone := self._take_out(paths):
                return SyncReport(gone, generation=0, embedded=0, seconds=0.0)
            raise
        except BaseException:
            with self._lock:
                self._paths |= paths  # for the next run
            raise
        outcomes = (*report.outcomes, *self._take_out(paths))
        return replace(report, outcomes=tuple(sorted(outcomes, key=lambda each: each.path)))

    def _take_out(self, paths: set[str]) -> tuple[FileOutcome, ...]:
        gone = []
        for path in sorted(paths):
            if find_inside(self._folder, path) is not None:  # again
                continue
            try:
                forget(self._index_dir, [escape(path)])  # in which "*" is a character
                remember(self._index_dir, [escape(path)])  # so that it is read should it come back
            except UnknownDocument:
                continue  # the sync took it out
            gone.append(FileOutcome(path, "deleted"))
        return tuple(gone)
