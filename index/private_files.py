"""Private files: what an index holds of the documents is for its owner alone (not on Windows).

A document may be readable by one person only; its text in a catalog that all may read would not
be. Folders get the mode 0700, files 0600, whatever the umask is. Nothing else is touched that
may stand in the same folder.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

OWN = ("catalog.sqlite*", "conversations.sqlite*", "generation-*", "import.part")
_FOLDER, _FILE = 0o700, 0o600


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it, if it is not there. Raises OSError."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=_FOLDER, exist_ok=True)


def make_file(file: Path) -> None:
    """Make an empty file, if there is none. Raises OSError."""
    os.close(os.open(file, os.O_RDWR | os.O_CREAT, _FILE))


def keep_private(place: Path) -> int:
    """Take everybody else's rights to a folder with all in it, or to a file; how many had some."""
    if sys.platform == "win32":
        return 0
    mended = 0
    for path in (place, *place.rglob("*")) if place.is_dir() else (place,):
        # What another user owns stays as it is; what is swept away meanwhile needs nothing.
        with suppress(OSError):
            state = path.lstat()
            mode = _FOLDER if stat.S_ISDIR(state.st_mode) else _FILE
            if not stat.S_ISLNK(state.st_mode) and stat.S_IMODE(state.st_mode) & 0o077:
                path.chmod(mode)
                mended += 1
    return mended


def keep_index_private(index_dir: Path) -> int:
    """The same for an index; its folder too, unless other things stand in it."""
    if sys.platform == "win32":
        return 0
    own = set(_own(index_dir))
    mended = sum(map(keep_private, own))
    with suppress(OSError):
        alone = all(path in own or path.name.startswith(".") for path in index_dir.iterdir())
        if alone and stat.S_IMODE(index_dir.stat().st_mode) & 0o077:
            index_dir.chmod(_FOLDER)
            mended += 1
    return mended


def _own(index_dir: Path) -> Iterator[Path]:
    for pattern in OWN:
        yield from index_dir.glob(pattern)
