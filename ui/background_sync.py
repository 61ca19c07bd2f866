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
from datetime import datetime
from pathlib import Path

from index import Encoder, SyncReport, sync
from index.report import Progress
from ingest import ReadingLimits
from ingest.reader_pool import ReaderPool
from ui.deletions import Deletions
from ui.errors import KNOWN_ERRORS, sentence
from ui.wording import counted

_NAMED = 4  # files that a sentence names
RECENT = 6  # file names that the page shows while it works
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SyncState:
    """What the page shows of the latest run."""

    running: bool = False
    stage: str = ""  # for people
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
        self.last_change = ""  # for people: what the latest run with changes changed, and when
        self.runs = 0  # that have ended
        self._encoder = encoder
        self._lock = threading.Lock()
        self._state = SyncState()
        self._recent: deque[str] = deque(maxlen=RECENT)
        self._thread: threading.Thread | None = None
        self._again = False  # whether something has come since the run under way began

    @property
    def state(self) -> SyncState:
        return self._state

    def start(self, leave: Collection[str] = ()) -> bool:
        """Begin a run that leaves these paths alone; False where one is under way."""
        with self._lock:
            if self._state.running:
                return False
            self._recent.clear()
            self._state = SyncState(running=True, stage="Looking through the folder")
        # A daemon: a killed sync leaves the index as it was, so it need not hold up the exit.
        self._thread = threading.Thread(
            target=self._run, args=(leave,), name="re-index", daemon=True
        )
        self._thread.start()
        return True

    def request(self) -> None:
        """Begin a run now, or as soon as the one under way has ended."""
        with self._lock:
            self._again = self._state.running
            again = self._again
        if not again:
            self.start()

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

    def _run(self, leave: Collection[str]) -> None:
        try:
            report = self.deletions.after(
                lambda: sync(
                    self.folder,
                    self.index_dir,
                    encoder=self._encoder,
                    progress=self._progress,
                    readers=self._readers,
                    leave=leave,
                )
            )
        except KNOWN_ERRORS as error:
            self._state = SyncState(error=sentence(error))
        except Exception:
            # A bug must not leave the page waiting for ever; its traceback goes to the log.
            _LOG.exception("re-indexing %s failed", self.folder)
            self._state = SyncState(
                error="Re-indexing failed unexpectedly; the terminal that runs the chat shows why."
            )
        else:
            if report.changed:
                self.last_change = change_sentence(report, datetime.now())
            self._state = SyncState(report=report)
        self.runs += 1
        with self._lock:
            again, self._again = self._again, False
        if again:
            self.start()

    def _progress(self, event: Progress) -> None:
        if event.path and (not self._recent or self._recent[0] != event.path):
            self._recent.appendleft(event.path)
        self._state = replace(
            self._state,
            stage=stage_words(event),
            done=event.done,
            total=event.total,
            seconds_left=event.seconds_left,
            recent=tuple(self._recent),
        )


def change_sentence(report: SyncReport, moment: datetime) -> str:
    """ "16:20: plan.pdf added, old.md deleted and 3 more" """
    changed = [
        f"{outcome.path} {outcome.action}"
        for outcome in report.outcomes
        if outcome.action in ("added", "updated", "moved", "deleted")
    ]
    more = f" and {len(changed) - _NAMED} more" if len(changed) > _NAMED else ""
    return f"{moment:%H:%M}: {', '.join(changed[:_NAMED])}{more}"


def stage_words(event: Progress) -> str:
    """What a sync is doing, for people."""
    match event.stage:
        case "read":
            return "Reading"
        case "embed":
            return f"Indexing {event.path}"
        case "write":
            return "Finishing"
        case "ocr":
            recognised = f", {counted(event.pages, 'page')} so far" if event.pages else ""
            return f"Reading scanned pages{recognised}; all other documents can be searched"
