"""ReadingLimits: how much time, memory and file one document may cost, and how that is enforced."""

from __future__ import annotations

import math
import os
import sys
import threading
import time
from dataclasses import dataclass

MEGABYTE = 1 << 20
OUT_OF_MEMORY = 86  # exit code of a worker that was stopped because it outgrew its limit
_SECONDS_PER_MEGABYTE = 2  # of file: a book of maps takes longer than a leaflet
# Workers give way to the encoder (see ``NICENESS``) and then get a quarter of a core.
_WALL_CLOCK = 4
NICENESS = 5
_OPEN_FILES = 256
# The language model is unpacked into a file, and an OCR engine may be handed images in files.
_LARGEST_WRITE = 256 * MEGABYTE
_WATCH_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class ReadingLimits:
    """What reading one file may cost; whatever needs more costs itself, and the rest goes on."""

    seconds: int = 60  # of processor time, for a small file; for each page that OCR reads
    memory_mb: int = 2048  # of the process that reads
    file_mb: int = 500  # larger files are not opened

    @property
    def largest_file(self) -> int:
        """Bytes."""
        return self.file_mb * MEGABYTE

    def processor_seconds(self, size: int) -> int:
        """Processor time for a file of ``size`` bytes."""
        return self.seconds + size // MEGABYTE * _SECONDS_PER_MEGABYTE

    def wall_seconds(self, size: int) -> int:
        """After this time on the clock, whoever reads is not working but hanging."""
        return _WALL_CLOCK * self.processor_seconds(size)

    def __str__(self) -> str:
        """What a failure is remembered with: other limits are worth another try."""
        return f"{self.seconds} s, {self.memory_mb} MB"


def confine(memory_mb: int) -> None:
    """Limit this process for good, and let others go first; what the system lacks is left out."""
    if sys.platform == "win32":
        return  # the process was started with a low priority; the clock is watched from outside
    import resource

    os.nice(NICENESS)
    for kind, limit in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
        (resource.RLIMIT_FSIZE, _LARGEST_WRITE),
        (resource.RLIMIT_AS, memory_mb * MEGABYTE),
    ):
        _, highest = resource.getrlimit(kind)
        if highest != resource.RLIM_INFINITY:
            limit = min(limit, highest)
        try:
            resource.setrlimit(kind, (limit, limit))
        except (ValueError, OSError):
            continue  # macOS knows RLIMIT_AS and does not take it
    if sys.platform == "darwin":
        watch_memory(memory_mb)


def watch_memory(memory_mb: int) -> None:
    """End this process with ``OUT_OF_MEMORY`` once it held more; where the kernel does not."""
    import resource

    unit = 1 if sys.platform == "darwin" else 1024  # bytes or kilobytes

    def watch() -> None:
        while resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit < memory_mb * MEGABYTE:
            time.sleep(_WATCH_SECONDS)
        os._exit(OUT_OF_MEMORY)

    threading.Thread(target=watch, name="memory", daemon=True).start()


def allow_processor_seconds(seconds: int) -> None:
    """Let the kernel end this process (SIGXCPU) after so much more processor time."""
    if sys.platform == "win32":
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = math.ceil(used.ru_utime + used.ru_stime + seconds)
    _, highest = resource.getrlimit(resource.RLIMIT_CPU)
    if highest != resource.RLIM_INFINITY:
        limit = min(limit, highest)
    resource.setrlimit(resource.RLIMIT_CPU, (limit, highest))
