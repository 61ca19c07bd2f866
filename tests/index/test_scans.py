"""Scanned documents are read by OCR when all else can be searched, and only when it may help."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from index import LocalStore, Progress, sync
from index.catalog import Catalog
from index.database import Database
from ingest import ReadingLimits
from ingest.exchange import ReadingProgress
from ingest.reader_pool import ReaderPool

TROUBLED = (sys.executable, "-P", str(Path(__file__).parents[1] / "samples/troubled_worker.py"))
SCAN = "scan\nThe dredger deepens the northern channel every spring.\n"


@dataclass(frozen=True)
class Engine:
    """What ``find_engine`` finds; the worker process opens its own."""

    name: str = "lens 1"


@pytest.fixture(scope="module")
def readers():
    pool = ReaderPool(ReadingLimits(seconds=1, memory_mb=600), command=TROUBLED)
    yield pool
    pool.close()


@pytest.fixture
def with_ocr(monkeypatch):
    monkeypatch.setattr("ingest.ocr.find_engine", Engine)


@pytest.fixture
def scanned(folder):
    """A folder with a scan, which stands before the other documents."""
    (folder / "channel.md").write_text(SCAN)
    return folder


def searched(index_dir, words):
    with LocalStore.open(index_dir) as store:
        return len(store.lexical(words, 5))


def outcome(report, path="channel.md"):
    return next(outcome for outcome in report.outcomes if outcome.path == path)


@pytest.mark.usefixtures("with_ocr")
def test_text_is_searchable_while_scans_are_read(scanned, index_dir, encoder, readers):
    found = []

    def listen(event: Progress) -> None:
        if event.stage == "ocr" and not found:
            found.append(searched(index_dir, "quays"))
            found.append(searched(index_dir, "dredger"))

    report = sync(scanned, index_dir, encoder=encoder, readers=readers, progress=listen)

    assert found == [1, 0]
    assert searched(index_dir, "dredger") == 1
    assert (report.added, report.failed, report.generation, report.embedded) == (4, 0, 2, 4)
    assert outcome(report).action == "added"


def test_without_an_engine_a_scan_fails_and_waits_for_one(
    scanned, index_dir, encoder, readers, monkeypatch
):
    first = sync(scanned, index_dir, encoder=encoder, readers=readers)
    assert outcome(first).action == "failed"
    assert sync(scanned, index_dir, encoder=encoder, readers=readers).generation == 1

    monkeypatch.setattr("ingest.ocr.find_engine", Engine)
    report = sync(scanned, index_dir, encoder=encoder, readers=readers)
    assert outcome(report).action == "added"
    assert (report.unchanged, report.generation) == (3, 2)


@pytest.mark.usefixtures("with_ocr")
def test_a_sync_that_dies_between_is_gone_on_with(scanned, index_dir, encoder, readers):
    def die(event: Progress) -> None:
        if event.stage == "ocr":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sync(scanned, index_dir, encoder=encoder, readers=readers, progress=die)
    assert searched(index_dir, "quays") == 1

    report = sync(scanned, index_dir, encoder=encoder, readers=readers)
    assert (report.added, report.unchanged) == (1, 3)
    assert searched(index_dir, "dredger") == 1


def test_what_ocr_could_not_read_waits_for_another_engine_other_limits_or_to_be_asked(
    folder, index_dir, encoder, readers, monkeypatch
):
    (folder / "channel.md").write_text("scan\ncrash")
    engine = Engine()

    def tried(**options):
        """Whether one more sync reads the scan by OCR."""
        events = []
        options = {"readers": readers, **options}
        sync(folder, index_dir, encoder=encoder, progress=events.append, **options)
        return any(event.stage == "ocr" for event in events)

    monkeypatch.setattr("ingest.ocr.find_engine", lambda: engine)
    assert tried()
    with LocalStore.open(index_dir) as store:
        (failed,) = [info for info in store.documents() if info.status == "failed"]
    assert "crashed (SIGSEGV)" in failed.reason
    assert not tried()
    assert tried(retry=True)
    more = ReaderPool(ReadingLimits(seconds=2, memory_mb=600), command=TROUBLED)
    assert tried(readers=more)
    more.close()
    engine = Engine("lens 2")  # the worker has it not: that is an answer too
    assert tried()
    assert not tried()


@pytest.mark.usefixtures("with_ocr")
def test_what_ocr_has_read_stays_until_it_is_read_anew(
    scanned, index_dir, encoder, readers, monkeypatch
):
    sync(scanned, index_dir, encoder=encoder, readers=readers)
    monkeypatch.setattr("index.update.TEXT_PIPELINE", 1_000_000)
    monkeypatch.setattr("ingest.ocr.find_engine", lambda: None)

    report = sync(scanned, index_dir, encoder=encoder, readers=readers)

    assert outcome(report).action == "unchanged"
    assert outcome(report, "forest.md").action == "updated"
    assert searched(index_dir, "dredger") == 1


@pytest.mark.usefixtures("with_ocr")
def test_whoever_began_to_write_meanwhile_is_left_alone(scanned, index_dir, encoder, readers):
    others = []

    def begin(event: Progress) -> None:
        if event.stage == "ocr" and not others:
            others.append(Database.writing(index_dir))

    report = sync(scanned, index_dir, encoder=encoder, readers=readers, progress=begin)
    others[0].close()

    assert outcome(report).action == "failed"
    assert report.generation == 1
    assert sync(scanned, index_dir, encoder=encoder, readers=readers).added == 1


@pytest.mark.usefixtures("with_ocr")
def test_a_folder_of_scans_alone_is_indexed(tmp_path, index_dir, encoder, readers):
    (tmp_path / "scans").mkdir()
    (tmp_path / "scans" / "channel.md").write_text(SCAN)
    assert sync(tmp_path / "scans", index_dir, encoder=encoder, readers=readers).added == 1
    database = Database.reading(index_dir)
    known = Catalog(database).files.known()["channel.md"]
    database.close()
    assert (known.ocr, known.failed) == ("lens 1", False)


@pytest.mark.usefixtures("with_ocr")
def test_a_scan_that_is_named_is_read_by_ocr_once_more(scanned, index_dir, encoder, readers):
    sync(scanned, index_dir, encoder=encoder, readers=readers)
    events = []
    report = sync(
        scanned,
        index_dir,
        encoder=encoder,
        readers=readers,
        only=["channel.md"],
        progress=events.append,
    )
    assert next(event.path for event in events if event.stage == "ocr") == "channel.md"
    assert [(each.path, each.action) for each in report.outcomes] == [("channel.md", "updated")]
    assert searched(index_dir, "dredger") == 1


@pytest.mark.usefixtures("with_ocr")
def test_the_page_that_is_being_read_is_told(scanned, index_dir, encoder, readers):
    (scanned / "channel.md").write_text("scan\nwork\nwork\n")
    events = []
    sync(scanned, index_dir, encoder=encoder, readers=readers, progress=events.append)
    told = [event for event in events if event.stage == "ocr" and event.reading]
    assert ReadingProgress("channel.md", 2, 2) in [each for event in told for each in event.reading]
    assert {(event.queue, event.read) for event in told} == {(("channel.md",), 0)}
