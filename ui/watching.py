"""What `strategy watch` does, and Follower, which does the same beside the chat."""

from __future__ import annotations

import signal
import threading
from datetime import datetime
from pathlib import Path
from types import FrameType

from assistant import Settings
from index import Encoder, IndexBusy, NoDocuments, SyncReport, open_encoder, sync
from index.watch import FolderChange, Watch
from ingest.reader_pool import ReaderPool
from ui.background_sync import BackgroundSync
from ui.console import SyncBar, note, say_line
from ui.errors import KNOWN_ERRORS, sentence
from ui.report import outcome_line

_PAUSE = 5.0  # seconds after a sync that failed, before the next try ...
_LONGEST_PAUSE = 300.0  # ... of the Follower, which waits twice as long each time


def watch_folder(folder: Path, index_dir: Path | None, *, polling: bool) -> None:
    """Keep the index of a folder up to date until interrupted; a line for each change.

    Raises what the first sync raises; what goes wrong later is told, and tried again.
    """
    settings = Settings.load(index=index_dir)
    encoder = open_encoder(settings.encoder, settings.cache, note)
    stop = threading.Event()
    watch = Watch(folder, settings.index, stop, polling=polling)
    watch.check()
    note(f"Watching {folder}. Stop it with Ctrl-C.", "dim")

    def end(_number: int, _frame: FrameType | None) -> None:
        stop.set()
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, end)
    news = True  # whether to say so, too, when nothing has changed
    begun = False
    try:
        for change in watch:
            if change.away:
                note(f"{_clock()} {change.away}", "yellow")
                news = True
                continue
            try:
                report = _sync(folder, settings, encoder, change)
            except KNOWN_ERRORS as error:
                if not begun and not isinstance(error, IndexBusy | NoDocuments):
                    raise
                note(f"{_clock()} {sentence(error)}", "yellow")
                if not isinstance(error, NoDocuments) and not stop.wait(_PAUSE):
                    watch.again()
                continue
            _tell(report, news=news)
            begun, news = True, False
    except KeyboardInterrupt:
        if not stop.is_set():  # by Ctrl-C; SIGTERM is how a service is told to end
            raise
    finally:
        signal.signal(signal.SIGTERM, before)


class Follower:
    """Starts a background sync whenever the folder has changed; a context manager."""

    def __init__(self, background: BackgroundSync) -> None:
        self._background = background
        self._stop = threading.Event()
        self._pause = _PAUSE
        self._watch = Watch(background.folder, background.index_dir, self._stop)
        self._thread = threading.Thread(target=self._run, name="watch", daemon=True)

    def __enter__(self) -> Follower:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        try:
            for change in self._watch:
                if change.away:
                    self._background.fail(change.away)
                else:
                    self._follow(change)
        except KNOWN_ERRORS as error:
            self._background.fail(sentence(error))

    def _follow(self, change: FolderChange) -> None:
        while not self._background.start(change.restless):
            self._background.wait(_PAUSE)
            if self._stop.is_set():
                return
        while self._background.state.running and not self._stop.is_set():
            self._background.wait(0.2)
        if not self._background.state.error:
            self._pause = _PAUSE
        elif not self._stop.wait(self._pause):
            self._pause = min(2 * self._pause, _LONGEST_PAUSE)
            self._watch.again()


def _sync(folder: Path, settings: Settings, encoder: Encoder, change: FolderChange) -> SyncReport:
    with SyncBar() as bar:
        return sync(
            folder,
            settings.index,
            encoder=encoder,
            progress=bar,
            readers=ReaderPool.shared(settings.reading_limits),
            leave=change.restless,
        )


def _tell(report: SyncReport, *, news: bool) -> None:
    """A line for each file that changed; what fails again and again only when all is ``news``."""
    told = {"added", "updated", "moved", "deleted"} | ({"failed"} if news else set())
    lines = [
        outcome_line(outcome)
        for outcome in report.outcomes
        if outcome.action in told or (outcome.action == "failed" and outcome.seconds)
    ]
    for line in lines or (["up to date"] if news else []):
        say_line(f"{_clock()} {line}")


def _clock() -> str:
    return f"{datetime.now():%H:%M:%S}"
