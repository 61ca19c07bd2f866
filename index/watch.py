"""Watch: says when the documents of a folder have changed and have come to rest."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from ingest import FolderError, scan
from ingest.folder import is_below

REST_SECONDS = 1.0  # for so long a file keeps size and time before it counts as whole
LOOK_SECONDS = 30.0  # without a word from the system: network drives may change silently
_RETURN_SECONDS = 60.0  # in which a folder that was away may come back bit by bit
_DEBOUNCE = 200  # milliseconds in which the system's events are gathered
_LOG = logging.getLogger(__name__)

FileState = tuple[int, int] | None  # size in bytes and mtime_ns; None: no such file


@dataclass(frozen=True, slots=True)
class FolderChange:
    """The folder wants a sync, or it is away."""

    restless: frozenset[str] = frozenset()  # paths that are still being written: leave them
    away: str = ""  # why the folder cannot be looked at now, for people; then nothing is to be done


class Watch:
    """Iterate over it to wait for the next change; it ends when ``stop`` is set.

    The first change comes as soon as the files are at rest, so that a first sync need not be
    started otherwise. A folder that vanishes (a network drive) is waited for, and its documents
    do not count as deleted. Raises FolderError where there is no folder to begin with.

    ``polling``: look at all files again and again, for where the system tells of no changes; it
    is done without being asked where the system refuses to tell.
    """

    def __init__(
        self,
        folder: Path,
        index_dir: Path,
        stop: threading.Event,
        *,
        rest: float = REST_SECONDS,
        polling: bool = False,
    ) -> None:
        self._folder = folder
        self._index_dir = index_dir.resolve()  # in the folder perhaps: a sync is no change
        self._stop = stop
        self._rest = rest
        self._polling = polling
        self._synced: dict[str, FileState] = {}  # the files as they were told to be synced
        self._owed = True  # whether to tell of them although nothing differs
        self._seen: dict[str, FileState] = {}
        self._since: dict[str, float] = {}  # path -> when it was first seen as it is
        self._restless: frozenset[str] = frozenset()
        self._away = ""  # why the folder could not be looked at the last time
        self._back = float("-inf")  # when it could be again

    def again(self) -> None:
        """What was told last was not done: tell it once more."""
        self._owed = True

    def check(self) -> None:
        """Raises FolderError where there is no folder."""
        scan(self._folder)

    def __iter__(self) -> Iterator[FolderChange]:
        self.check()
        while not self._stop.is_set():
            try:
                yield from self._present()
            except FolderError as error:
                if self._away != str(error):
                    self._away = str(error)
                    yield FolderChange(away=self._away)
                while not self._stop.wait(self._rest) and not self._folder.is_dir():
                    pass
                # Nothing is at rest, or gone, before it was seen so.
                self._seen.clear()
                self._since.clear()
                self._owed = True
                self._back = time.monotonic()

    def _present(self) -> Iterator[FolderChange]:
        """Changes for as long as the folder is there; raises FolderError when it is not."""
        looked = float("-inf")
        identity = self._identity()
        with closing(self._events()) as events:
            for told in events:
                if self._identity() != identity:  # another folder in its place is not watched
                    raise self._gone()
                now = time.monotonic()
                due = self._restless or self._owed or now - looked >= LOOK_SECONDS
                if not told and not due:
                    continue
                looked = now
                change = self._look(now)
                if change is not None:
                    yield change

    def _identity(self) -> tuple[int, int]:
        try:
            state = self._folder.stat()
        except OSError as error:
            raise self._gone() from error
        return state.st_dev, state.st_ino

    def _gone(self) -> FolderError:
        return FolderError(
            f"{self._folder}: this folder is gone. It is waited for, and the index stays as it is."
        )

    def _events(self) -> Generator[bool]:
        """True for news from the system, False for none; ends when it is to stop."""
        from watchfiles import watch

        wait = max(int(self._rest * 500), 20)
        while not self._stop.is_set():
            try:
                for changes in watch(
                    self._folder,
                    watch_filter=None,
                    debounce=_DEBOUNCE,
                    step=20,
                    stop_event=self._stop,
                    rust_timeout=wait,
                    yield_on_timeout=True,
                    force_polling=self._polling or None,
                    ignore_permission_denied=True,
                ):
                    yield bool(changes)
            except OSError as error:
                if not self._folder.is_dir():
                    raise self._gone() from error
                if self._polling:
                    raise FolderError(f"{self._folder}: it cannot be watched ({error}).") from error
                _LOG.info("%s is looked through again and again: %s", self._folder, error)
                self._polling = True

    def _files(self) -> dict[str, FileState]:
        files = scan(self._folder, leave=self._index_dir)
        closed = [file.path for file in files if file.closed]
        # What stands in a folder that cannot be opened now is not gone.
        present: dict[str, FileState] = {
            path: state
            for path, state in self._seen.items()
            if state is not None and is_below(path, closed)
        }
        present.update((file.path, (file.size, file.mtime_ns)) for file in files if file.supported)
        return present

    def _look(self, now: float) -> FolderChange | None:
        """Look at all files; a change where those at rest are others than those synced."""
        present = self._files()
        if present != {path: state for path, state in self._seen.items() if state is not None}:
            # To look takes a while: what was renamed meanwhile was seen under both names, or none.
            present = self._files()
        self._away = ""
        for path in present.keys() | self._seen.keys() | self._synced.keys():
            state = present.get(path)  # what is gone rests, too: to save, programs write anew
            if path not in self._since or self._seen.get(path) != state:
                self._since[path] = now
            self._seen[path] = state
        self._restless = frozenset(
            path for path, since in self._since.items() if now - since < self._rest
        )
        resting = {
            path: self._synced.get(path) if path in self._restless else state
            for path, state in self._seen.items()
        }
        if self._restless and now - self._back < _RETURN_SECONDS:
            return None  # a folder that is copied back is whole when all of it rests
        differs = any(self._synced.get(path) != state for path, state in resting.items())
        if not differs and not (self._owed and any(resting.values())):
            return None
        self._owed = False
        self._synced = {path: state for path, state in resting.items() if state is not None}
        for path in resting.keys() - self._synced.keys() - self._restless:
            del self._seen[path], self._since[path]  # long gone, and told
        return FolderChange(self._restless)
