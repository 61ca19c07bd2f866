"""ReaderProcess: one worker process, fed with files through pipes and ended when it overdoes it."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ingest.confinement import Confinement
from ingest.errors import ReaderUnavailable, ReadingStopped, UnopenedDocument
from ingest.exchange import (
    FileReading,
    ReadingRequest,
    largest_answer,
    read_frame,
    write_frame,
)
from ingest.folder import SourceFile
from ingest.handover import Handover
from ingest.limits import OUT_OF_MEMORY, ReadingLimits
from ingest.telemetry import SWITCHES

# -P: the folder in which somebody works is no place to import from.
COMMAND = (sys.executable, "-P", "-m", "ingest.worker")
_START_SECONDS = 60.0
_END_SECONDS = 5.0
# What readers and OCR engines need of the environment; keys and tokens are not among it.
_ENVIRONMENT = {
    "DYLD_LIBRARY_PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "LD_LIBRARY_PATH", "PATH",
    "PATHEXT", "PYTHONHOME", "PYTHONPATH", "SYSTEMROOT", "TESSDATA_PREFIX", "TZ", "USERPROFILE",
}  # fmt: skip
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "OMP_THREAD_LIMIT": "1"}


class ReaderProcess:
    """Reads one file at a time; once it was ended it is ``alive`` no more, and of no use."""

    def __init__(
        self, limits: ReadingLimits, command: Sequence[str] = COMMAND, program: str | None = None
    ) -> None:
        """``program``: the path of one that it may start. Raises ReaderUnavailable."""
        self._limits = limits
        self._overdue = False
        self.files = 0  # that it was asked to read
        self.program = program
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115 - closed by ``close``
        # The one folder that it may write to.
        self._scratch = tempfile.TemporaryDirectory(prefix="reader-", ignore_cleanup_errors=True)
        self._handover, theirs = Handover.pair()
        arguments = [str(limits.memory_mb), str(theirs.descriptor), *filter(None, (program,))]
        try:
            self._process = subprocess.Popen(
                [*command, *arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._complaints,
                env=_environment(self._scratch.name),
                pass_fds=[theirs.descriptor] if theirs.descriptor >= 0 else [],
                **_apart(),
            )
        except OSError as error:
            self._complaints.close()
            self._scratch.cleanup()
            self._handover.close()
            raise _unavailable(str(error)) from error
        finally:
            theirs.close()
        with self._deadline(_START_SECONDS):
            ready = self._next()
        if ready is None:
            self._complaints.seek(0)
            said = self._complaints.read().decode(errors="replace").strip().splitlines()
            self.close()
            raise _unavailable(said[-1] if said else f"exit code {self._process.returncode}")
        self.confinement = Confinement(**ready.get("confinement", {}))

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    @property
    def timed_out(self) -> bool:
        """Whether it was ended because its last file took too long."""
        return self._overdue or self._out_of_time

    @property
    def _out_of_time(self) -> bool:
        return sys.platform != "win32" and self._process.returncode == -signal.SIGXCPU

    def read(
        self,
        file: SourceFile,
        ocr: str | None = None,
        on_recognised: Callable[[], None] | None = None,
        on_page: Callable[[int, int], None] | None = None,
    ) -> FileReading:
        """Read ``file``.

        ``on_recognised`` is called after each page that the engine ``ocr`` has read, ``on_page``
        now and then with the page that is being read, and of how many.

        Where the process overdoes it or dies, the reading holds a ReadingStopped.
        """
        started = time.perf_counter()
        self.files += 1
        limits = self._limits
        request = ReadingRequest(
            path=file.path,
            location=str(file.location),
            largest=limits.largest_file,
            seconds=limits.processor_seconds(file.size),
            page_seconds=limits.processor_seconds(0),
            ocr=ocr,
        )
        try:
            assert self._process.stdin is not None
            self._handover.give(file.path, file.location)
            write_frame(self._process.stdin, request.to_json())
            due = time.monotonic() + limits.wall_seconds(file.size)
            while True:
                with self._deadline(max(due - time.monotonic(), 0)):
                    message = self._next()
                if message is None:
                    self._await_end()
                    break
                if "reading" in message:
                    seconds = time.perf_counter() - started
                    return FileReading.from_json(file.path, message["reading"], seconds)
                if "page" in message:
                    if on_page is not None:
                        on_page(int(message["page"]), int(message["pages"]))
                    continue
                due = time.monotonic() + limits.wall_seconds(0)
                if on_recognised is not None:
                    on_recognised()
        except UnopenedDocument as error:
            return FileReading(error=error, seconds=time.perf_counter() - started)
        except (OSError, ValueError, TypeError, KeyError, IndexError):
            pass  # either it is dead, or a document has made it say what makes no sense
        self.kill()
        seconds = time.perf_counter() - started
        return FileReading(error=self._stopped(file), seconds=seconds)

    def ask(self, request: dict[str, Any], seconds: float) -> dict[str, Any] | None:
        """What another kind of worker answers within ``seconds``, of the file that ``request``
        names; None: it has overdone it, and was ended. Raises UnopenedDocument."""
        try:
            assert self._process.stdin is not None
            self._handover.give(request["path"], Path(request["location"]))
            write_frame(self._process.stdin, request)
            with self._deadline(seconds):
                answer = self._next()
        except (OSError, ValueError):
            answer = None
        if answer is None:
            self.kill()
        return answer

    def kill(self) -> None:
        """End it, with whatever it has started."""
        if self._process.poll() is None:
            with contextlib.suppress(OSError):
                if sys.platform == "win32":
                    self._process.kill()
                else:
                    os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def close(self) -> None:
        self.kill()
        for stream in (self._process.stdin, self._process.stdout, self._complaints):
            if stream is not None:
                with contextlib.suppress(OSError):  # what it did not take any more
                    stream.close()
        self._handover.close()
        self._scratch.cleanup()

    def _next(self) -> dict[str, Any] | None:
        assert self._process.stdout is not None
        return read_frame(self._process.stdout, largest_answer(self._limits.memory_mb))

    @contextmanager
    def _deadline(self, seconds: float) -> Iterator[None]:
        """End the process when this takes longer: whoever waits for it sees its pipe closed."""

        def end() -> None:
            self._overdue = True
            self.kill()

        timer = threading.Timer(seconds, end)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _await_end(self) -> None:
        """Its pipe closes a moment before it has ended, and how it ended is worth knowing."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=_END_SECONDS)

    def _stopped(self, file: SourceFile) -> ReadingStopped:
        """Why this file was the last one of the process."""
        limits = self._limits
        code = self._process.returncode
        if self._overdue:
            wall = limits.wall_seconds(file.size)
            return ReadingStopped(
                file.path,
                f"reading it hung for {wall} s",
                "Open it to see whether it is sound, save it anew, or raise `reading_seconds`.",
            )
        if self._out_of_time:
            seconds = limits.processor_seconds(file.size)
            return ReadingStopped(
                file.path,
                f"could not be read within {seconds} s",
                "Raise `reading_seconds`, split the file, or save it in another format.",
            )
        if code == OUT_OF_MEMORY:
            return ReadingStopped(
                file.path,
                f"reading it needs more than {limits.memory_mb:,} MB of memory",
                "Raise `reading_memory_mb`, split the file, or save it in another format.",
            )
        return ReadingStopped(
            file.path,
            f"its reader crashed ({_cause(code)})",
            "The file is probably damaged: open it and save it anew, or raise "
            "`reading_memory_mb` if it is very large.",
        )


def _environment(scratch: str) -> dict[str, str]:
    """Few variables, one thread, a folder of its own, and this very copy of the program."""
    kept = {name: value for name, value in os.environ.items() if name.upper() in _ENVIRONMENT}
    home = str(Path(__file__).parents[1])
    path = os.pathsep.join(filter(None, (home, kept.get("PYTHONPATH"))))
    places = {"PYTHONPATH": path, "TEMP": scratch, "TMP": scratch, "TMPDIR": scratch}
    return kept | _ONE_THREAD | SWITCHES | places


def _apart() -> dict[str, Any]:
    """A process group of its own: Ctrl-C is for us, and its end is the end of its children."""
    if sys.platform == "win32":
        below_normal = subprocess.BELOW_NORMAL_PRIORITY_CLASS
        return {"creationflags": below_normal | subprocess.CREATE_NEW_PROCESS_GROUP}
    return {"process_group": 0}


def _cause(code: int) -> str:
    """ "SIGSEGV", or "exit code 3"."""
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"exit code {code}"


def _unavailable(reason: str) -> ReaderUnavailable:
    return ReaderUnavailable(
        f"The process that reads documents could not be started ({reason}). Check that "
        f"{sys.executable} runs, and that memory and processes are left; nothing was changed."
    )
