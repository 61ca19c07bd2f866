"""A watched folder wants a sync when its documents have changed and rest, and at no other time."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from queue import Empty, Queue

import pytest

from index import LocalStore, sync
from index.watch import FolderChange, Watch
from ingest import FolderError, SourceFile, scan

REST = 0.3  # seconds; the tests write faster than people do
LONG_REST = 1.0  # for tests that write bit by bit: between two bits a loaded machine may rest, too
PATIENCE = 60  # seconds until a test gives up


class Watched:
    """A watch in a thread, and what it told."""

    def __init__(self, watch: Watch, stop: threading.Event) -> None:
        self.watch = watch
        self.told: Queue[FolderChange] = Queue()
        self._stop = stop
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        for change in self.watch:
            self.told.put(change)

    def next(self) -> FolderChange:
        return self.told.get(timeout=PATIENCE)

    def is_quiet(self, seconds: float = 3 * REST) -> bool:
        try:
            self.told.get(timeout=seconds)
        except Empty:
            return True
        return False

    def close(self) -> None:
        self._stop.set()
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive()


Start = Callable[..., Watched]


@pytest.fixture
def start(folder: Path, index_dir: Path) -> Iterator[Start]:
    running = []

    def begin(polling: bool = False, index: Path = index_dir, rest: float = REST) -> Watched:
        stop = threading.Event()
        watched = Watched(Watch(folder, index, stop, rest=rest, polling=polling), stop)
        running.append(watched)
        return watched

    yield begin
    for watched in running:
        watched.close()


@pytest.fixture
def put(tmp_path: Path) -> Callable[[Path, str], None]:
    """Writes a file elsewhere and moves it to its place: it is there at once and whole."""
    seconds = count(int(time.time()) + 1)  # of the files' times: polling sees whole ones that grow

    def write(location: Path, text: str) -> None:
        written = tmp_path / "written"
        written.write_text(text)
        os.utime(written, (second := next(seconds), second))
        written.rename(location)

    return write


@pytest.mark.parametrize("polling", [False, True])
def test_what_arrives_changes_and_goes_is_told_once(
    start: Start, folder: Path, put: Callable[[Path, str], None], polling: bool
):
    watched = start(polling)
    assert watched.next() == FolderChange()  # the first sync
    (folder / "new").mkdir()
    for act in (
        lambda: put(folder / "new" / "beacons.md", "# Beacons\n\nForty lamps.\n"),
        lambda: put(folder / "harbour.md", "# Harbour plan 2032\n\nA new crane.\n"),
        lambda: (folder / "library.txt").unlink(),
        lambda: (folder / "forest.md").rename(folder / "woods.md"),
    ):
        act()
        assert watched.next() == FolderChange()
    assert watched.is_quiet()


@pytest.mark.parametrize("seen", [[], ["forest.md", "woods.md"]], ids=["neither", "both"])
def test_a_file_that_is_renamed_while_one_looks_is_told_once(
    start: Start, folder: Path, monkeypatch: pytest.MonkeyPatch, seen: list[str]
):
    renamed = threading.Event()

    def torn(root: Path, leave: Path | None = None) -> list[SourceFile]:
        files = scan(root, leave)
        new = [file for file in files if file.path == "woods.md"]
        if not new or renamed.is_set():
            return files
        renamed.set()
        others = [file for file in files if file not in new]
        return others + [replace(new[0], path=path) for path in seen]

    monkeypatch.setattr("index.watch.scan", torn)
    watched = start()
    assert watched.next() == FolderChange()
    (folder / "forest.md").rename(folder / "woods.md")
    assert watched.next() == FolderChange()
    assert watched.is_quiet()


def test_what_nobody_reads_is_no_change(start: Start, folder: Path):
    watched = start()
    watched.next()
    (folder / "plan.pdf.part").write_bytes(b"%PDF-1.7 and more to come")
    (folder / ".hidden.md").write_text("A swap file.\n")
    assert watched.is_quiet()


def test_an_index_inside_the_folder_does_not_set_off_its_own_sync(start: Start, folder, encoder):
    index_dir = folder / "index"
    watched = start(index=index_dir)
    watched.next()
    sync(folder, index_dir, encoder=encoder)
    assert watched.is_quiet()


def test_a_file_that_is_still_being_copied_is_left_until_it_rests(start: Start, folder: Path):
    watched = start(rest=LONG_REST)
    watched.next()
    copied = threading.Event()

    def copy() -> None:
        with (folder / "long.txt").open("w", buffering=1) as file:
            while not copied.wait(REST / 10):
                file.write("The tide gate opens in spring.\n")

    copying = threading.Thread(target=copy)
    copying.start()
    try:
        (folder / "short.md").write_text("# Beacons\n\nForty lamps along the coast.\n")
        assert watched.next() == FolderChange(frozenset({"long.txt"}))
        assert watched.is_quiet()
    finally:
        copied.set()
        copying.join()
    assert watched.next() == FolderChange()


def test_a_sync_leaves_restless_files_as_they_are_in_the_index(folder, index_dir, encoder):
    sync(folder, index_dir, encoder=encoder)
    (folder / "harbour.md").unlink()  # replaced, perhaps, in a moment
    (folder / "forest.md").write_text("# For")
    (folder / "half.md").write_text("# Bea")
    report = sync(folder, index_dir, encoder=encoder, leave=["harbour.md", "forest.md", "half.md"])
    assert not report.changed
    with LocalStore.open(index_dir) as store:
        assert [info.path for info in store.documents()] == [
            "forest.md",
            "harbour.md",
            "library.txt",
        ]
        assert "native oaks" in store.document("forest.md").text


def test_a_folder_that_vanishes_is_waited_for(start: Start, folder: Path):
    watched = start()
    watched.next()
    folder.rename(folder.with_name("elsewhere"))
    assert str(folder) in watched.next().away
    assert watched.is_quiet()

    folder.with_name("elsewhere").rename(folder)
    assert watched.next() == FolderChange()  # who waits for it learns that it is back
    assert watched.is_quiet()
    (folder / "new.md").write_text("# Beacons\n\nForty lamps along the coast.\n")
    assert watched.next() == FolderChange()


def test_a_folder_that_comes_back_bit_by_bit_counts_when_it_is_whole(start: Start, folder: Path):
    watched = start(rest=LONG_REST)
    watched.next()
    elsewhere = folder.with_name("elsewhere")
    folder.rename(elsewhere)
    assert watched.next().away
    folder.mkdir()
    for file in sorted(elsewhere.iterdir()):
        file.rename(folder / file.name)
        assert watched.is_quiet(REST / 4)
    assert watched.next() == FolderChange()
    assert watched.is_quiet()


def test_what_was_not_done_is_told_again(start: Start):
    watched = start()
    assert watched.next() == FolderChange()
    watched.watch.again()
    assert watched.next() == FolderChange()


def test_there_must_be_a_folder_to_begin_with(tmp_path: Path):
    with pytest.raises(FolderError, match="no such folder"):
        next(iter(Watch(tmp_path / "none", tmp_path / "index", threading.Event())))
