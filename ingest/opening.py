"""Reads the content of one file with suspicion: regular, of bounded size, at rest meanwhile."""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import OversizedDocument, UnopenedDocument
from ingest.file_mark import FileMark
from ingest.inside import open_inside

_CHUNK = 1 << 20
_ATTEMPTS = 2  # at a file that changes while it is read


@dataclass(frozen=True, slots=True)
class FileContent:
    """The bytes of a file, and the state that the file was in while they were read."""

    data: bytes
    mark: FileMark

    @property
    def mtime_ns(self) -> int:
        return self.mark.mtime_ns

    @property
    def size(self) -> int:
        return len(self.data)

    @property
    def content_hash(self) -> str:
        """SHA-256 of the bytes, hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()


def read_content(path: str, location: Path, largest: int) -> FileContent:
    """The content of the file at ``location``, which messages call ``path``.

    It ends in ``path``; what comes before is the folder, out of which no link may lead.
    ``largest``: bytes. Raises OversizedDocument, OutsideFolder, and UnopenedDocument where it
    cannot be opened, is no regular file (any more), or does not rest.
    """
    file = opened(path, location)
    try:
        return read_opened(path, file, largest)
    finally:
        os.close(file)


def opened(path: str, location: Path) -> int:
    """A descriptor of the file at ``location``, to be closed by the caller.

    It ends in ``path``; what comes before is the folder, out of which no link may lead. Raises
    OutsideFolder, and UnopenedDocument where it cannot be opened.
    """
    folder = location.parents[path.count("/")]
    try:
        return open_inside(folder, path)
    except (OSError, RuntimeError) as error:  # RuntimeError: links in a circle
        raise _not_opened(path, error) from error


def read_opened(path: str, file: int, largest: int) -> FileContent:
    """The content of the file with the descriptor ``file``; else as ``read_content``."""
    for _ in range(_ATTEMPTS):
        try:
            content = _read_once(path, file, largest)
        except OSError as error:
            raise _not_opened(path, error) from error
        if content is not None:
            return content
    raise UnopenedDocument(
        path,
        "this file was being written while it was read",
        "Index again when whatever writes it is done.",
    )


def unopened(path: str, reason: str) -> UnopenedDocument:
    return UnopenedDocument(
        path, reason, "Check its permissions, and whether another program has it open."
    )


def _not_opened(path: str, error: OSError | RuntimeError) -> UnopenedDocument:
    why = getattr(error, "strerror", None) or str(error)
    return unopened(path, f"this file cannot be opened ({why})")


def oversized(path: str, size: int, largest: int) -> OversizedDocument:
    return OversizedDocument(
        path,
        f"its {size / (1 << 20):,.0f} MB are more than the limit of {largest >> 20:,} MB",
        "Split the file, or raise `reading_file_mb`.",
    )


def _read_once(path: str, descriptor: int, largest: int) -> FileContent | None:
    """None where the file changed meanwhile."""
    with os.fdopen(descriptor, "rb", buffering=0, closefd=False) as file:
        before = os.fstat(file.fileno())
        if not stat.S_ISREG(before.st_mode):
            raise unopened(path, "this is no regular file any more")
        if before.st_size > largest:
            raise oversized(path, before.st_size, largest)
        file.seek(0)
        # One byte more than it should have shows that it grew, and no file is read for ever.
        data = bytearray()
        while chunk := file.read(min(_CHUNK, before.st_size + 1 - len(data))):
            data += chunk
        after = os.fstat(file.fileno())
    mark = FileMark.of(after)
    if FileMark.of(before) != mark or len(data) != after.st_size:
        return None
    return FileContent(bytes(data), mark)
