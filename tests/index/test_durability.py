"""Killed at any point, the index opens as the old state or the new one, and the next sync mends."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from index import LocalStore, sync

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills by signal")

# Dies by SIGKILL at the nth event of a stage, or right after the commit.
SYNC_AND_DIE = """
import os, signal, sys
from index import generation, sync

folder, index_dir, stage, count = *sys.argv[1:4], int(sys.argv[4])
seen = 0

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

def listen(event):
    global seen
    seen += event.stage == stage
    if seen == count:
        die()

if stage == "sweep":  # what comes first after the commit
    generation.sweep = lambda path, keep, below=None: die() if below else None
sync(folder, index_dir, progress=listen)
"""
OLD = ["forest.md", "harbour.md", "library.txt"]
NEW = ["forest.md", "moved/library.txt"]


@pytest.mark.parametrize(
    ("stage", "count", "expected"),
    [
        ("read", 2, OLD),
        ("write", 1, OLD),  # before the search files are written
        ("write", 2, OLD),  # after that, and before the commit
        ("sweep", 1, NEW),
    ],
)
def test_a_killed_sync_leaves_the_old_state_or_the_new(
    folder, index_dir, encoder, stage, count, expected
):
    sync(folder, index_dir, encoder=encoder)
    # Changes that need no embedding, so that the process that dies need not load the model.
    (folder / "harbour.md").unlink()
    (folder / "moved").mkdir()
    (folder / "library.txt").rename(folder / "moved" / "library.txt")

    command = [sys.executable, "-c", SYNC_AND_DIE, str(folder), str(index_dir), stage, str(count)]
    died = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert died.returncode == -signal.SIGKILL, died.stderr

    with LocalStore.open(index_dir) as store:
        assert [info.path for info in store.documents()] == expected
        assert store.passage_count == len(expected)
        assert len(store.lexical("ranger library quays", 10)) == len(expected)

    sync(folder, index_dir, encoder=encoder)
    with LocalStore.open(index_dir) as store:
        assert [info.path for info in store.documents()] == NEW
        assert len(store.lexical("ranger library quays", 10)) == 2
    assert len(list(index_dir.glob("generation-*"))) == 1


def test_a_first_sync_that_is_killed_can_be_run_again(folder, index_dir, encoder):
    command = [sys.executable, "-c", SYNC_AND_DIE, str(folder), str(index_dir), "read", "1"]
    died = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert died.returncode == -signal.SIGKILL, died.stderr

    assert sync(folder, index_dir, encoder=encoder).added == 3


def vectors_of(folder: Path) -> Path:
    return next((folder / "vectors").glob("*.faiss"))


def remove(folder: Path) -> None:
    shutil.rmtree(folder)


def remove_vectors(folder: Path) -> None:
    vectors_of(folder).unlink()


def truncate_vectors(folder: Path) -> None:
    file = vectors_of(folder)
    file.write_bytes(file.read_bytes()[:-100])


def flip_a_bit_of_the_vectors(folder: Path) -> None:
    flip_a_bit(vectors_of(folder))


def flip_a_bit_of_the_postings(folder: Path) -> None:
    flip_a_bit(next((folder / "lexical").glob("*.idx")))


def garble_the_lexical_meta(folder: Path) -> None:
    (folder / "lexical" / "meta.json").write_text("{}")


def flip_a_bit(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(bytes(data))


@pytest.fixture(
    params=[
        remove,
        remove_vectors,
        truncate_vectors,
        flip_a_bit_of_the_vectors,
        flip_a_bit_of_the_postings,
        garble_the_lexical_meta,
    ]
)
def damaged(request, folder, index_dir, encoder):
    """An index whose search files are damaged."""
    sync(folder, index_dir, encoder=encoder)
    request.param(next(index_dir.glob("generation-*")))
    return index_dir


def test_damaged_search_files_are_mended_at_opening(damaged, encoder):
    vector = encoder.encode_queries(["electrify the quays"])[0]
    for _ in range(2):
        with LocalStore.open(damaged) as store:
            assert len(store.dense(vector, 10)) == 3
            assert len(store.lexical("quays", 10)) == 1
            assert store.generation == 1


def test_damaged_search_files_are_mended_by_a_sync_without_embedding(folder, damaged, counting):
    (folder / "harbour.md").unlink()

    report = sync(folder, damaged, encoder=counting)

    assert counting.texts == []
    assert report.generation == 2
    with LocalStore.open(damaged) as store:
        assert len(store.lexical("oaks sundays quays", 10)) == 2


def test_a_sync_with_nothing_changed_mends_too(folder, damaged, counting):
    report = sync(folder, damaged, encoder=counting)
    assert counting.texts == []
    assert (report.unchanged, report.generation) == (3, 2)


def test_lock_files_of_a_dead_writer_hold_nobody_back(folder, index_dir, encoder):
    sync(folder, index_dir, encoder=encoder)
    lexical = next(index_dir.glob("generation-*")) / "lexical"
    for name in (".tantivy-writer.lock", ".tantivy-meta.lock"):
        (lexical / name).write_text("")
    (folder / "harbour.md").unlink()

    assert sync(folder, index_dir, encoder=encoder).deleted == 1


def test_leftovers_of_a_dead_sync_are_swept(folder, index_dir, encoder):
    sync(folder, index_dir, encoder=encoder)
    (index_dir / "generation-0000002").mkdir()
    (index_dir / "generation-0000001.part").mkdir()
    (index_dir / "generation-0000002" / "half.faiss").write_bytes(b"half of one")
    (folder / "harbour.md").unlink()

    assert sync(folder, index_dir, encoder=encoder).generation == 2
    assert [path.name for path in index_dir.glob("generation-*")] == ["generation-0000002"]
    with LocalStore.open(index_dir) as store:
        assert store.passage_count == 2


def test_an_index_on_a_path_of_spaces_and_other_letters_is_mended_as_any_other(
    folder, tmp_path, encoder
):
    index_dir = tmp_path / "مجلد  стратегия 战略 #1?" / "é%20 'x'"
    sync(folder, index_dir, encoder=encoder)
    truncate_vectors(next(index_dir.glob("generation-*")))
    (folder / "harbour.md").unlink()
    with LocalStore.open(index_dir) as store:
        assert store.passage_count == 3
        sync(folder, index_dir, encoder=encoder)
        assert len(store.lexical("oaks sundays quays", 10)) == 2
        assert len(store.dense(encoder.encode_queries(["oaks"])[0], 10)) == 2


# Syncs as soon as it is told to, and says what came of it.
SYNC_AT_ONCE = """
import sys
from index import IndexBusy, sync
print("ready", flush=True)
sys.stdin.readline()
try:
    print(sync(*sys.argv[1:]).generation)
except IndexBusy as error:
    print(error)
"""


def test_of_two_writers_at_once_both_succeed_or_one_is_told_to_wait(folder, index_dir, encoder):
    sync(folder, index_dir, encoder=encoder)
    (folder / "harbour.md").unlink()
    (folder / "library.txt").rename(folder / "moved.txt")
    command = [sys.executable, "-c", SYNC_AT_ONCE, str(folder), str(index_dir)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    writers = [subprocess.Popen(command, cwd=ROOT, text=True, **pipes) for _ in range(2)]
    for writer in writers:
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        writer.stdin.write("go\n")
        writer.stdin.flush()
    said = [writer.communicate()[0].strip() for writer in writers]

    assert "2" in said
    assert all(line == "2" or "Wait until it is done" in line for line in said)
    with LocalStore.open(index_dir) as store:
        assert [info.path for info in store.documents()] == ["forest.md", "moved.txt"]
        assert store.generation == 2
    assert sync(folder, index_dir, encoder=encoder).unchanged == 2
