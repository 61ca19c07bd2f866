"""Nobody but its owner reads an index: not its text, not its vectors, not an export of it."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from index import sync
from index.archive import export_index, import_index

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such rights")


@pytest.fixture(autouse=True)
def open_umask():
    """Whatever is made is for everybody, unless it says otherwise."""
    before = os.umask(0)
    yield
    os.umask(before)


def open_to_others(place: Path) -> list[str]:
    return [
        path.name
        for path in (place, *place.rglob("*"))
        if stat.S_IMODE(path.stat().st_mode) & 0o077
    ]


def test_what_a_sync_writes_is_for_its_owner(folder, index_dir, encoder):
    assert sync(folder, index_dir, encoder=encoder).made_private == 0
    (folder / "harbour.md").unlink()
    sync(folder, index_dir, encoder=encoder)
    assert open_to_others(index_dir) == []
    assert stat.S_IMODE(index_dir.stat().st_mode) == 0o700
    assert stat.S_IMODE((index_dir / "catalog.sqlite").stat().st_mode) == 0o600


def test_an_index_that_others_could_read_is_closed_by_the_next_sync(folder, index_dir, encoder):
    sync(folder, index_dir, encoder=encoder)
    paths = [index_dir, *index_dir.rglob("*")]
    for path in paths:
        path.chmod(0o755 if path.is_dir() else 0o644)
    assert sync(folder, index_dir, encoder=encoder).made_private >= len(paths)
    assert open_to_others(index_dir) == []
    assert sync(folder, index_dir, encoder=encoder).made_private == 0


def test_what_else_stands_in_the_folder_stays_as_it_is(folder, index_dir, encoder):
    index_dir.mkdir()
    (index_dir / "notes.md").write_text("Somebody else's.")
    sync(folder, index_dir, encoder=encoder)
    kept = {path.name: stat.S_IMODE(path.stat().st_mode) for path in index_dir.iterdir()}
    assert kept["notes.md"] == 0o666
    assert kept["catalog.sqlite"] == 0o600
    assert stat.S_IMODE(index_dir.stat().st_mode) == 0o777


def test_an_export_and_what_is_imported_are_for_their_owner(folder, index_dir, encoder, tmp_path):
    sync(folder, index_dir, encoder=encoder)
    out = tmp_path / "index.zip"
    export_index(index_dir, out)
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    import_index(out, tmp_path / "copy")
    assert open_to_others(tmp_path / "copy") == []
