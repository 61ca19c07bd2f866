"""ReaderPool: reads files in worker processes, ahead of whoever takes the readings in order."""

from __future__ import annotations

import atexit
import functools
import os
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import count

from ingest.errors import ReadingStopped
from ingest.exchange import FileReading, ReadingProgress
from ingest.folder import SourceFile
from ingest.limits import MEGABYTE, ReadingLimits
from ingest.ocr.engines import program_of
from ingest.reader_process import COMMAND, ReaderProcess

_AHEAD = 2  # readings that wait to be taken, beside those under way
_SHARE_AHEAD = 4  # of the memory for reading: the files under way have no more bytes together
_FILES_PER_PROCESS = 200  # libraries that leak, leak no longer than that
_IDLE_SECONDS = 30.0  # a process that was idle for so long is ended
_TICK = 0.25  # seconds

# Gets the number of pages that OCR has read, and the files that are being read now.
WhileWaiting = Callable[[int, Sequence[ReadingProgress]], None]


class ReaderPool:
    """Worker processes; they start when there is something to read, and end when idle.

    ``processes``: at most so many at a time; 0: one for each core. Safe across threads.
    """

    def __init__(
        self,
        limits: ReadingLimits | None = None,
        processes: int = 0,
        command: Sequence[str] = COMMAND,
    ) -> None:
        self.limits = limits or ReadingLimits()
        self._most = processes or _cores()
        self._command = command
        self._lock = threading.Lock()  # over what follows
        self._idle: list[ReaderProcess] = []
        self._timer: threading.Timer | None = None
        atexit.register(self.close)

    @staticmethod
    @functools.cache
    def shared(limits: ReadingLimits) -> ReaderPool:
        """The one pool with these limits: one sync after the other finds its processes warm."""
        return ReaderPool(limits)

    def read(
        self,
        files: Sequence[SourceFile],
        ocr: str | None = None,
        while_waiting: WhileWaiting | None = None,
    ) -> Generator[tuple[SourceFile, FileReading]]:
        """The files with their readings, in the order of ``files``; close it when done.

        ``ocr`` names the engine for pages without honest text. ``while_waiting`` is called now
        and then, in the thread of the caller, with the number of pages that the engine has read
        and the files that are being read.
        Raises ReaderUnavailable.
        """
        size = self._useful_processes(files, ocr)
        with _Crew(self, size, ocr) as crew:
            yield from crew.readings(files, while_waiting or _ignore)

    def take(self, program: str | None = None) -> ReaderProcess:
        """A process that is free and may start ``program`` and no other, or a new one."""
        with self._lock:
            for process in [idle for idle in self._idle if idle.program == program]:
                self._idle.remove(process)
                if process.alive:
                    return process
                process.close()
        return self.start(program)

    def start(self, program: str | None = None) -> ReaderProcess:
        return ReaderProcess(self.limits, self._command, program)

    def give_back(self, process: ReaderProcess) -> None:
        if not process.alive or process.files >= _FILES_PER_PROCESS:
            process.close()
            return
        with self._lock:
            self._idle.append(process)
            if self._timer is not None:
                self._timer.cancel()
            self._timer = threading.Timer(_IDLE_SECONDS, self.close)
            self._timer.daemon = True
            self._timer.start()

    def close(self) -> None:
        """End the idle processes; the pool can still be used."""
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()
            while self._idle:
                self._idle.pop().close()

    def _useful_processes(self, files: Sequence[SourceFile], ocr: str | None) -> int:
        """Starting one costs as much as reading a megabyte; recognising a page costs more."""
        enough = len(files)
        if ocr is None:
            enough = min(enough, 1 + sum(file.size for file in files) // MEGABYTE)
        return max(min(enough, self._most), 1)


class _Crew:
    """The processes at work on one ``read``, and a thread for each, which waits for its answers."""

    def __init__(self, pool: ReaderPool, size: int, ocr: str | None) -> None:
        self._pool = pool
        self._size = size
        self._ocr = ocr
        self._program = program_of(ocr) if ocr is not None else None
        self._threads = ThreadPoolExecutor(size, thread_name_prefix="read")
        self._busy: set[ReaderProcess] = set()
        self._counter = count(1)  # of pages that OCR has read; it counts well across threads
        self._pages = 0
        self._progress: dict[str, ReadingProgress] = {}  # by path: what is being read
        self._over = False

    def __enter__(self) -> _Crew:
        return self

    def __exit__(self, *_: object) -> None:
        self._over = True
        for process in self._busy.copy():
            process.kill()  # its thread sees the pipe closed, and ends
        self._threads.shutdown(cancel_futures=True)

    def readings(
        self, files: Sequence[SourceFile], while_waiting: WhileWaiting
    ) -> Iterator[tuple[SourceFile, FileReading]]:
        under_way: deque[tuple[SourceFile, Future[FileReading]]] = deque()
        # What was read and not yet taken is in the memory of this process.
        most = self._pool.limits.memory_mb * MEGABYTE // _SHARE_AHEAD
        for file in files:
            while under_way and (
                len(under_way) == self._size + _AHEAD
                or sum(waiting.size for waiting, _ in under_way) + file.size > most
            ):
                yield self._first(under_way, while_waiting)
            under_way.append((file, self._threads.submit(self._read, file)))
        while under_way:
            yield self._first(under_way, while_waiting)

    def _first(
        self,
        under_way: deque[tuple[SourceFile, Future[FileReading]]],
        while_waiting: WhileWaiting,
    ) -> tuple[SourceFile, FileReading]:
        file, future = under_way.popleft()
        while True:
            try:
                return file, future.result(_TICK)
            except TimeoutError:
                while_waiting(self._pages, tuple(self._progress.copy().values()))

    def _read(self, file: SourceFile) -> FileReading:
        process = self._pool.take(self._program)
        reading = self._read_by(process, file)
        died = isinstance(reading.error, ReadingStopped) and not process.alive
        if not died or process.timed_out or process.files == 1 or self._over:
            return reading
        # Perhaps what it had read before was too much for it: the file has its own chance.
        return self._read_by(self._pool.start(self._program), file)

    def _read_by(self, process: ReaderProcess, file: SourceFile) -> FileReading:
        def on_page(page: int, pages: int) -> None:
            self._progress[file.path] = ReadingProgress(file.path, page, pages)

        self._busy.add(process)
        try:
            if self._over:
                process.kill()
            self._progress[file.path] = ReadingProgress(file.path)
            return process.read(file, self._ocr, self._on_recognised, on_page)
        finally:
            self._progress.pop(file.path, None)
            self._busy.remove(process)
            self._pool.give_back(process)

    def _on_recognised(self) -> None:
        self._pages = next(self._counter)


def _cores() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _ignore(_pages: int, _reading: Sequence[ReadingProgress]) -> None:
    """Nobody wants to know how far it is."""
