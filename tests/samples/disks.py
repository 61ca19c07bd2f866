"""Disks of the tests' own: small ones, read-only ones, and one whose power can be cut.

They take a superuser and a kernel that mounts; elsewhere the tests that need them are skipped.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"{command[0]} does not work here: {done.stderr.strip()}")


def _need_root() -> None:
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only a superuser of Linux may mount")


@contextmanager
def small_disk(place: Path, kilobytes: int) -> Iterator[Path]:
    """An empty disk with room for so much."""
    _need_root()
    place.mkdir()
    _run("mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(place))
    try:
        yield place
    finally:
        _unmount(place)


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Meanwhile nothing can be written in ``folder``."""
    if sys.platform == "win32":
        pytest.skip("Windows has no such permissions")
    if os.geteuid() != 0:
        folders = [folder, *(path for path in folder.rglob("*") if path.is_dir())]
        for path in folders:
            path.chmod(0o555)
        try:
            yield
        finally:
            for path in folders:
                path.chmod(0o755)
        return
    _run("mount", "--bind", str(folder), str(folder))
    try:
        _run("mount", "-o", "remount,bind,ro", str(folder))
        yield
    finally:
        _unmount(folder)


@contextmanager
def mounted_within(folder: Path) -> Iterator[None]:
    """Meanwhile ``folder``, with a document, stands in itself once more, as "part/up"."""
    _need_root()
    (folder / "a.md").write_bytes(b"The ferry leaves at noon.")
    place = folder / "part" / "up"
    place.mkdir(parents=True)
    _run("mount", "--bind", str(folder), str(place))
    try:
        yield
    finally:
        _unmount(place)


class JournaledDisk:
    """An ext4 disk in a file: a copy of the file is what the disk holds when its power is cut."""

    def __init__(self, place: Path) -> None:
        _need_root()
        if shutil.which("mkfs.ext4") is None:
            pytest.skip("mkfs.ext4 is missing")
        self._image = place / "disk.img"
        self.folder = place / "disk"
        self._after = place / "after"
        for folder in (self.folder, self._after):
            folder.mkdir()
        with self._image.open("wb") as file:
            file.truncate(24 << 20)
        _run("mkfs.ext4", "-q", str(self._image))
        _run("mount", "-o", "loop", str(self._image), str(self.folder))

    def close(self) -> None:
        _unmount(self.folder)

    def cut(self) -> bytes:
        """What has reached the disk by now; what only the system's memory holds is lost."""
        return self._image.read_bytes()

    @contextmanager
    def after(self, image: bytes) -> Iterator[Path]:
        """The disk at ``folder`` as it is when the power is back."""
        copy = self._after.with_suffix(".img")
        copy.write_bytes(image)
        _run("mount", "-o", "loop", str(copy), str(self._after))
        try:
            yield self._after
        finally:
            _unmount(self._after)


def _unmount(place: Path) -> None:
    # Lazily: what an index has mapped into memory is let go some time later.
    subprocess.run(["umount", "-l", str(place)], check=True)
