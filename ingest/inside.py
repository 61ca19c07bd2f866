"""inside: where a path that was stored meets the disk: within its folder, by no link out of it.

A path comes from a catalog, which anybody may have made or edited. Whoever opens, serves or
deletes a document by its path asks here.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from ingest.errors import OutsideFolder

_WALKS = os.open in os.supports_dir_fd and os.unlink in os.supports_dir_fd  # Windows does not
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
# Without O_NONBLOCK, opening a FIFO that took the file's place would wait for a writer.
_READ = os.O_RDONLY | _NO_LINK | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_ENTER = getattr(os, "O_PATH", os.O_RDONLY) | getattr(os, "O_DIRECTORY", 0) | _NO_LINK
_HIDDEN = (".", "~$")


def is_document_path(path: str) -> bool:
    """Whether a document can have this path: relative, forwards only, and not hidden.

    ``ingest.folder.scan`` finds no other ones.
    """
    if "\0" in path or (os.name == "nt" and ("\\" in path or ":" in path)):
        return False
    return all(part and not part.startswith(_HIDDEN) for part in path.split("/"))


def open_inside(folder: Path, path: str) -> int:
    """A descriptor, for reading, of what stands at ``path`` in the folder.

    A link is followed where it leads to another place in the folder, and nowhere else, also where
    one is put in the way meanwhile. What stands there may be no regular file.

    Raises OutsideFolder, OSError.
    """
    root = folder.resolve()
    try:
        within = _checked(root, path).resolve(strict=True).relative_to(root)
    except ValueError as error:
        raise _outside(path) from error
    except RuntimeError as error:  # links in a circle
        raise OSError(str(error)) from error
    if not _WALKS:
        return os.open(root / within, _READ)
    with _entered(root, within.parts[:-1]) as parent:
        return os.open(within.name, _READ, dir_fd=parent)


def find_inside(folder: Path, path: str) -> Path | None:
    """Where a regular file stands that ``open_inside`` would open; None where there is none."""
    try:
        descriptor = open_inside(folder, path)
    except (OSError, OutsideFolder):
        return None
    try:
        return folder / path if stat.S_ISREG(os.fstat(descriptor).st_mode) else None
    finally:
        os.close(descriptor)


def remove_inside(folder: Path, path: str) -> None:
    """Delete a regular file of the folder that is reached without any link.

    Raises OutsideFolder, OSError.
    """
    root = folder.resolve()
    location = _checked(root, path)
    if not _WALKS:
        if location.resolve(strict=True) != location or not location.is_file():
            raise _linked(path)
        location.unlink()
        return
    *folders, name = location.relative_to(root).parts
    for depth in range(1, len(folders) + 1):
        if root.joinpath(*folders[:depth]).is_symlink():
            raise _linked(path)
    with _entered(root, folders) as parent:
        if not stat.S_ISREG(os.stat(name, dir_fd=parent, follow_symlinks=False).st_mode):
            raise _linked(path)
        os.unlink(name, dir_fd=parent)


def _checked(root: Path, path: str) -> Path:
    if not is_document_path(path):
        raise _outside(path)
    return root / path


@contextmanager
def _entered(root: Path, folders: Sequence[str]) -> Iterator[int]:
    """The last of the folders as a descriptor, one entered from the other by no link."""
    descriptor = os.open(root, _ENTER)
    try:
        for name in folders:
            inner = os.open(name, _ENTER, dir_fd=descriptor)
            os.close(descriptor)
            descriptor = inner
        yield descriptor
    finally:
        os.close(descriptor)


def _outside(path: str) -> OutsideFolder:
    return OutsideFolder(
        path,
        "this path leads out of the folder of the documents",
        "Look at where the index comes from; `strategy check` names what is wrong with it.",
    )


def _linked(path: str) -> OutsideFolder:
    return OutsideFolder(
        path, "this is a link, which is not followed", "Look after it where the folder stands."
    )
