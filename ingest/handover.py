"""Handover: files handed open to a process that could not open them itself."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

from ingest.opening import opened


class Handover:
    """One end of the way that open files go, one at a time. Raises OSError where it is broken.

    A Unix socket, made before the other process is confined; where the system has none that can
    do this, ``descriptor`` is -1, nothing is handed over, and the other side opens files by their
    location.
    """

    def __init__(self, end: socket.socket | None) -> None:
        self._end = end

    @classmethod
    def pair(cls) -> tuple[Handover, Handover]:
        """The end that gives, and the one that takes."""
        if sys.platform == "win32":
            return cls(None), cls(None)
        gives, takes = socket.socketpair()
        return cls(gives), cls(takes)

    @classmethod
    def inherited(cls, descriptor: int) -> Handover:
        """The end that this process was started with."""
        return cls(socket.socket(fileno=descriptor) if descriptor >= 0 else None)

    @property
    def descriptor(self) -> int:
        return self._end.fileno() if self._end is not None else -1

    def give(self, path: str, location: Path) -> None:
        """Open the file at ``location`` and hand it over; messages call it ``path``.

        Raises UnopenedDocument where it cannot be opened.
        """
        if self._end is None or sys.platform == "win32":
            return
        file = opened(path, location)
        try:
            socket.send_fds(self._end, [b"f"], [file])
        finally:
            os.close(file)

    def take(self, path: str, location: Path) -> int:
        """The descriptor of the next file, to be closed by the caller."""
        if self._end is None or sys.platform == "win32":
            return opened(path, location)
        said, files, _, _ = socket.recv_fds(self._end, 1, 1)
        if not said or not files:
            raise OSError("no file was handed over")
        return files[0]

    def close(self) -> None:
        if self._end is not None:
            self._end.close()
