"""Leftovers: what a process that was killed has left half-written; swept where one works next."""

from __future__ import annotations

import re
import shutil
import stat
import time
from contextlib import suppress
from pathlib import Path

_OLD = 24 * 3600.0  # seconds; nobody who is still alive has been writing for so long
_RANDOM = re.compile(r"[a-z0-9_]{8}")  # what tempfile ends names with


def sweep_leftovers(folder: Path, prefix: str) -> None:
    """Remove the old files and folders that ``tempfile`` made in ``folder`` with this prefix."""
    with suppress(OSError):
        for path in folder.glob(f"{prefix}*"):
            if _RANDOM.fullmatch(path.name.removeprefix(prefix)):
                remove_if_old(path)


def remove_if_old(path: Path) -> None:
    """Remove a file or folder that nobody has changed for a day; a link stays as it is."""
    with suppress(OSError):
        state = path.lstat()
        if time.time() - state.st_mtime < _OLD:
            return
        if stat.S_ISDIR(state.st_mode):
            shutil.rmtree(path, ignore_errors=True)
        elif stat.S_ISREG(state.st_mode):
            path.unlink()
