"""What a killed process has left is swept, and nothing else."""

from __future__ import annotations

import os
import time

from ingest.leftovers import sweep_leftovers


def test_only_what_is_old_and_named_by_us_is_removed(tmp_path):
    old, young, others, longer = (
        tmp_path / name
        for name in (".upload-abc_1234", ".upload-abcd5678", ".upload-notes.md", ".uploads")
    )
    folder = tmp_path / ".upload-zyxw4321"
    folder.mkdir()
    (folder / "packed").write_bytes(b"x")
    outside = tmp_path / "kept"
    outside.mkdir()
    (tmp_path / ".upload-lnk12345").symlink_to(outside)
    for path in (old, young, others, longer):
        path.write_bytes(b"x")
    yesterday = time.time() - 25 * 3600
    for path in (old, others, longer, folder):
        os.utime(path, (yesterday, yesterday))

    sweep_leftovers(tmp_path, ".upload-")

    assert sorted(path.name for path in tmp_path.iterdir()) == [
        ".upload-abcd5678",
        ".upload-lnk12345",
        ".upload-notes.md",
        ".uploads",
        "kept",
    ]
