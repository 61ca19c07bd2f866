"""A file that changed is read again, also where its size and its time are the old ones."""

from __future__ import annotations

import os
import sqlite3
import sys
import time
from contextlib import closing
from types import SimpleNamespace

import pytest

from index import LocalStore, sync


def old(file):
    """A file of some time ago."""
    os.utime(file, (1_000_000_000, 1_000_000_000))


def changed_with_its_time_set_back(file):
    state = file.stat()
    file.write_text(file.read_text().replace("fifteen", "sixteen"))
    os.utime(file, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert (file.stat().st_size, file.stat().st_mtime_ns) == (state.st_size, state.st_mtime_ns)


def as_if_settled(index_dir, file):
    """What the catalog remembers of a file: just what the file system says now."""
    state = file.stat()
    with closing(sqlite3.connect(index_dir / "catalog.sqlite")) as catalog, catalog:
        catalog.execute(
            "UPDATE documents SET mtime_ns = ?, ctime_ns = ?, inode = ? WHERE path = ?",
            (state.st_mtime_ns, state.st_ctime_ns, state.st_ino, file.name),
        )


@pytest.mark.skipif(sys.platform == "win32", reason="keeps no time of changes")
def test_a_changed_figure_is_seen_though_size_and_time_are_the_old_ones(folder, index_dir, encoder):
    file = folder / "library.txt"
    old(file)
    sync(folder, index_dir, encoder=encoder)
    as_if_settled(index_dir, file)
    changed_with_its_time_set_back(file)
    assert sync(folder, index_dir, encoder=encoder).updated == 1
    with LocalStore.open(index_dir) as store:
        assert "under sixteen" in store.document("library.txt").text


def test_verifying_sees_what_the_file_system_does_not_tell(folder, index_dir, encoder):
    file = folder / "library.txt"
    sync(folder, index_dir, encoder=encoder)
    file.write_text(file.read_text().replace("fifteen", "sixteen"))
    as_if_settled(index_dir, file)
    assert sync(folder, index_dir, encoder=encoder).unchanged == 3
    assert sync(folder, index_dir, encoder=encoder, verify=True).updated == 1


def test_a_file_as_young_as_the_sync_is_compared_however_long_that_takes(
    folder, index_dir, encoder, monkeypatch
):
    clock = [0]

    class Slow:
        """An encoder that takes a minute."""

        def __getattr__(self, name):
            return getattr(encoder, name)

        @property
        def form(self):
            clock[0] += 60_000_000_000
            return encoder.form

    later = SimpleNamespace(
        perf_counter=time.perf_counter, time_ns=lambda: time.time_ns() + clock[0]
    )
    for module in ("sync", "update"):
        monkeypatch.setattr(sys.modules[f"index.{module}"], "time", later)
    file = folder / "library.txt"
    os.utime(file)
    sync(folder, index_dir, encoder=Slow())
    # A change within one tick of a coarse clock would show in the content alone.
    with closing(sqlite3.connect(index_dir / "catalog.sqlite")) as catalog, catalog:
        known = catalog.execute("SELECT mtime_ns FROM documents WHERE path = 'library.txt'")
        assert known.fetchone() == (-1,)
