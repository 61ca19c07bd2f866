"""A generation knows its files again, and takes over those of the one before that stay."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from index import LocalStore, generation, sync


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    (folder / "lexical").mkdir(parents=True)
    (folder / "vectors").write_bytes(b"lighthouse")
    (folder / "lexical" / "terms").write_bytes(b"harbour")
    return folder


def overwrite(path: Path, content: bytes) -> None:
    """Other content, with the old time."""
    before = path.stat()
    path.write_bytes(content)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def test_files_are_known_again_by_their_content(files):
    marks = generation.marks(files)
    assert generation.is_whole(files, marks)
    os.utime(files / "vectors")
    assert generation.is_whole(files, marks)
    overwrite(files / "vectors", b"lighthOuse")
    assert not generation.is_whole(files, marks)


def test_a_file_that_is_missing_or_shorter_is_not_whole(files):
    marks = generation.marks(files)
    overwrite(files / "vectors", b"light")
    assert not generation.is_whole(files, marks)
    (files / "vectors").unlink()
    assert not generation.is_whole(files, marks)


def test_a_large_file_is_read_only_where_its_time_is_another(files, monkeypatch):
    monkeypatch.setattr(generation, "_LARGE", 5)
    marks = generation.marks(files)
    overwrite(files / "vectors", b"lighthOuse")
    assert generation.is_whole(files, marks)  # not read
    os.utime(files / "vectors")
    assert not generation.is_whole(files, marks)
    (files / "vectors").write_bytes(b"lighthouse")  # as when an index is copied elsewhere
    assert generation.is_whole(files, marks)
    overwrite(files / "vectors", b"light")
    assert not generation.is_whole(files, marks)


def test_a_file_that_stays_is_not_read_for_its_mark_again(files, tmp_path):
    marks = generation.marks(files)
    new = tmp_path / "new"
    new.mkdir()
    os.link(files / "vectors", new / "vectors")
    (new / "lexical").write_bytes(b"ferry")
    overwrite(files / "vectors", b"lighthOuse")
    known = generation.marks(new, files, marks)
    assert known["vectors"] == marks["vectors"]
    assert known["lexical"] == generation.marks(new)["lexical"]


def test_a_sync_that_changes_one_document_keeps_the_files_of_the_others(
    folder, index_dir, encoder, monkeypatch
):
    for name in ("SMALL", "_GROWTH"):
        monkeypatch.setattr(f"index.vectors.{name}", 1)
    sync(folder, index_dir, encoder=encoder)
    with LocalStore.open(index_dir) as store:
        before = store.snapshot()
        kept = {path.stat().st_ino for path in vectors_of(index_dir)}
        (folder / "harbour.md").write_text("# Harbour plan 2040\n\nAll quays become parks.\n")
        assert sync(folder, index_dir, encoder=encoder).updated == 1
        assert kept < {path.stat().st_ino for path in vectors_of(index_dir)}

        vector = encoder.encode_queries(["quays"])[0]
        old = {hit.passage_id for hit in before.dense(vector, 10)}
        new = {hit.passage_id for hit in store.dense(vector, 10)}
        assert len(old) == len(new) == 3
        assert len(old & new) == 2


def vectors_of(index_dir: Path) -> list[Path]:
    return list(index_dir.glob("generation-*/vectors/*.faiss"))
