"""BackgroundSync: brings the index up to date beside the chat, one run at a time.

It lives in the server, not in a browser tab: closing the tab changes nothing, and every tab sees
the same progress.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from index import Encoder, SyncReport, sync
from index.report import Progress
from ingest import ReadingLimits
from ingest.reader_pool import ReaderPool
from ui.deletions import Deletions
from ui.errors import KNOWN_ERRORS, sentence
from ui.language import gettext_noop

_UNEXPECTED = gettext_noop(
    "Re-indexing failed unexpectedly; the terminal that runs the chat shows why."
)
RECENT = 6  # file names that the page shows while it works
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Change:
    """A run that changed something."""

    report: SyncReport
    moment: datetime  # UTC; when it had ended


@dataclass(frozen=True, slots=True)
class Run:
    """What one run is to do: bring all up to date, or read some files again."""

    leave: frozenset[str] = frozenset()  # paths that are left as they are
    only: frozenset[str] = frozenset()  # paths that are read again, and no others
    retry: bool = False  # whether to read again what could not be read


@dataclass(frozen=True, slots=True)
class SyncState:
    """What the page shows of the latest run."""

    running: bool = False
    stage: Progress | None = None  # the latest that is known of it
    files: Progress | None = None  # the latest that tells of the files to be read
    only: frozenset[str] = frozenset()  # what alone is read in this run; empty: all that changed
    done: int = 0  # of ``total`` files, or of the passages of one
    total: int = 0
    seconds_left: float | None = None  # an estimate; None where there is none
    recent: tuple[str, ...] = ()  # the latest paths, newest first
    report: SyncReport | None = None  # of the latest run that finished
    error: str = ""  # why the latest run failed


class BackgroundSync:
    """Runs ``sync(folder, index_dir)`` in a thread; ``state`` may be read at any time."""

    def __init__(
        self,
        folder: Path,
        index_dir: Path,
        encoder: Encoder,
        limits: ReadingLimits | None = None,
    ) -> None:
        self.folder = folder
        self._readers = ReaderPool.shared(limits or ReadingLimits())
        self.index_dir = index_dir
        self.deletions = Deletions(folder, index_dir)
        self.last_change: Change | None = None
        self.runs = 0  # that have ended
        self._encoder = encoder
        self._lock = threading.Lock()
        self._state = SyncState()
        self._recent: deque[str] = deque(maxlen=RECENT)
        self._thread: threading.Thread | None = None
        # What was asked for since the run under way began.
        self._later: Run | None = None  # over the whole folder
        self._later_only: frozenset[str] = frozenset()

    @property
    def state(self) -> SyncState:
        return self._state

    @property
    def waiting(self) -> frozenset[str]:
        """The paths that were asked for by name, and come after the run under way."""
        return self._later_only

    def start(self, leave: Collection[str] = ()) -> bool:
        """Begin a run that leaves these paths alone; False where one is under way."""
        with self._lock:
            if self._state.running:
                return False
            self._begin(Run(leave=frozenset(leave)))
        return True

    def request(self, only: Collection[str] = (), *, retry: bool = False) -> None:
        """Begin a run now, or as soon as the one under way has ended.

        With ``only`` it reads the files at these paths again, and no others; with ``retry`` also
        what could not be read.
        """
        with self._lock:
            if not self._state.running:
                self._begin(Run(only=frozenset(only), retry=retry))
            elif only:
                self._later_only |= frozenset(only)
            else:
                self._later = Run(retry=retry or (self._later is not None and self._later.retry))

    def wait(self, timeout: float | None = None) -> SyncState:
        """Wait for the run under way, if any; ``timeout`` in seconds."""
        if self._thread is not None:
            self._thread.join(timeout)
        return self._state

    def fail(self, reason: str) -> None:
        """Say that there can be no run now, and why."""
        with self._lock:
            if not self._state.running:
                self._state = SyncState(error=reason)
                self.runs += 1

    def _begin(self, run: Run) -> None:
        """With the lock held, and no run under way."""
        self._recent.clear()
        self._state = SyncState(running=True, only=run.only)
        # A daemon: a killed sync leaves the index as it was, so it need not hold up the exit.
        thread = threading.Thread(target=self._run, args=(run,), name="re-index", daemon=True)
        thread.start()
        self._thread = thread

    def _run(self, run: Run) -> None:
        ended = self._synced(run)
        with self._lock:
            self._state = ended
            self.runs += 1
            if self._later_only:
                self._begin(Run(only=self._later_only))
                self._later_only = frozenset()
            elif self._later is not None:
                later, self._later = self._later, None
                self._begin(later)

    def _synced(self, run: Run) -> SyncState:
        """The state after a run."""
        try:
            report = self.deletions.after(
                lambda: sync(
                    self.folder,
                    self.index_dir,
                    encoder=self._encoder,
                    progress=self._progress,
                    readers=self._readers,
                    retry=run.retry,
                    leave=run.leave,
                    only=run.only,
                )
            )
        except KNOWN_ERRORS as error:
            return SyncState(error=sentence(error))
        except Exception:
            # A bug must not leave the page waiting for ever; its traceback goes to the log.
            _LOG.exception("re-indexing %s failed", self.folder)
            return SyncState(error=_UNEXPECTED)
        if report.changed:
            self.last_change = Change(report, datetime.now(UTC))
        return SyncState(report=report)

    def _progress(self, event: Progress) -> None:
        if event.path and (not self._recent or self._recent[0] != event.path):
            self._recent.appendleft(event.path)
        self._state = replace(
            self._state,
            stage=event,
            files=event if event.stage in ("read", "ocr") else self._state.files,
            done=event.done,
            total=event.total,
            seconds_left=event.seconds_left,
            recent=tuple(self._recent),
        )
