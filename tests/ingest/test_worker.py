"""A file is read in a process of its own: what it does to that process, it does to nobody else."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from ingest import ReaderUnavailable, read, scan, split
from ingest.limits import OUT_OF_MEMORY, ReadingLimits
from ingest.reader_pool import ReaderPool
from ingest.reader_process import ReaderProcess

TROUBLED = (sys.executable, "-P", str(Path(__file__).parents[1] / "samples/troubled_worker.py"))
LIMITS = ReadingLimits(seconds=1, memory_mb=600, file_mb=1)
posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has none of these limits")


@pytest.fixture
def troubled():
    pool = ReaderPool(LIMITS, processes=2, command=TROUBLED)
    yield pool
    pool.close()


def readings(pool, folder, **options):
    return {file.path: reading for file, reading in pool.read(scan(folder), **options)}


def test_a_reading_is_what_reading_here_would_give(samples):
    files = [file for file in scan(samples) if file.supported]
    for file, reading in ReaderPool.shared(ReadingLimits()).read(files):
        data = file.location.read_bytes()
        document = read(file.path, data)
        assert reading.document == document
        assert reading.passages == split(document)
        assert (reading.content_hash, reading.size) == (document.content_hash, len(data))


def test_errors_keep_their_kind_and_their_words(tmp_path, troubled):
    (tmp_path / "empty.md").write_bytes(b"")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 and then nothing")
    for path, reading in readings(troubled, tmp_path).items():
        with pytest.raises(type(reading.error)) as caught:
            read(path, (tmp_path / path).read_bytes())
        assert str(caught.value) == str(reading.error)


@posix
@pytest.mark.parametrize(
    ("trouble", "reason", "remedy"),
    [
        ("loop", "could not be read within 1 s", "`reading_seconds`"),
        ("devour", "more than 600 MB of memory", "`reading_memory_mb`"),
        ("crash", "crashed (SIGSEGV)", "damaged"),
    ],
)
def test_a_file_that_overdoes_it_costs_itself_alone(tmp_path, troubled, trouble, reason, remedy):
    for name in ("a", "b", "d"):
        (tmp_path / f"{name}.md").write_text(f"The {name} lighthouse is sound.\n")
    (tmp_path / "c.md").write_text(trouble)

    read = readings(troubled, tmp_path)

    assert list(read) == ["a.md", "b.md", "c.md", "d.md"]
    assert reason in read["c.md"].error.reason
    assert remedy in read["c.md"].error.remedy
    assert [path for path in read if read[path].document is None] == ["c.md"]


def test_a_reader_that_hangs_is_ended(tmp_path):
    (tmp_path / "a.md").write_text("sleep")
    (file,) = scan(tmp_path)
    process = ReaderProcess(LIMITS, TROUBLED)
    try:
        assert "hung for 4 s" in process.read(file).error.reason
        assert not process.alive
    finally:
        process.close()


@posix
def test_a_reader_gives_way_to_others():
    process = ReaderProcess(LIMITS)
    try:
        here = os.getpriority(os.PRIO_PROCESS, 0)
        assert os.getpriority(os.PRIO_PROCESS, process.pid) > here
    finally:
        process.close()


def test_more_text_than_can_be_taken_is_refused(tmp_path, troubled):
    (tmp_path / "a.md").write_text("flood\n")
    assert "more text than can be taken" in readings(troubled, tmp_path)["a.md"].error.reason


def test_what_libraries_print_is_not_taken_for_an_answer(tmp_path, troubled):
    (tmp_path / "a.md").write_text("chatter\n\nThe ferry leaves at noon.\n")
    assert "noon" in readings(troubled, tmp_path)["a.md"].document.text


def test_each_page_that_is_recognised_is_told_and_has_its_own_time(tmp_path):
    (tmp_path / "a.md").write_text("scan\n" + "work\n" * 4)  # 2.8 s, where 1 s is allowed
    (file,) = scan(tmp_path)
    recognised, pages = [], []
    process = ReaderProcess(LIMITS, TROUBLED)
    try:
        reading = process.read(
            file, "lens 1", lambda: recognised.append(1), lambda *page: pages.append(page)
        )
    finally:
        process.close()
    assert reading.document is not None, reading.error
    assert len(recognised) == 4
    assert pages == [(2, 4), (3, 4), (4, 4)]  # the first one comes too soon to be worth a word


def test_an_engine_that_is_gone_costs_a_sentence(tmp_path, troubled):
    (tmp_path / "a.md").write_text("scan\nThe ferry leaves at noon.")
    read = readings(troubled, tmp_path, ocr="lens 0")
    assert "the OCR engine lens 0 is not installed" in read["a.md"].error.reason


def test_a_process_that_cannot_start_blames_no_document(tmp_path):
    (tmp_path / "a.md").write_text("The ferry leaves at noon.")
    for command in ((str(tmp_path / "missing"),), (sys.executable, "-c", "raise OSError('no')")):
        with pytest.raises(ReaderUnavailable, match="could not be started"):
            readings(ReaderPool(command=command), tmp_path)


@posix
def test_leaving_early_ends_all_processes(tmp_path, troubled):
    (tmp_path / "a.md").write_text("The ferry leaves at noon.")
    for number in range(3):
        (tmp_path / f"b{number}.md").write_text("sleep")
    reading = troubled.read(scan(tmp_path), ocr="lens 1")
    next(reading)

    started = time.monotonic()
    reading.close()

    assert time.monotonic() - started < 5
    assert not [thread.name for thread in threading.enumerate() if thread.name.startswith("read")]


def test_a_worker_knows_few_variables(tmp_path, monkeypatch):
    monkeypatch.setenv("STRATEGY_KEY", "secret")
    told = tmp_path / "environment"
    program = f"import os; open({str(told)!r}, 'w').write(str(dict(os.environ)))"
    with pytest.raises(ReaderUnavailable):  # it says nothing and ends
        ReaderProcess(LIMITS, (sys.executable, "-c", program))
    assert "PATH" in told.read_text()
    assert "'ORT_DISABLE_TELEMETRY': '1'" in told.read_text()
    assert "secret" not in told.read_text()


@posix
def test_memory_is_watched_where_the_kernel_does_not():
    program = (
        "import time; from ingest.limits import watch_memory; watch_memory(100)\n"
        "hoard = [bytearray(b'x') * (200 << 20)]; time.sleep(60)"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=Path(__file__).parents[2])
    assert done.returncode == OUT_OF_MEMORY


@posix
def test_a_worker_ends_with_whoever_started_it():
    program = (
        "import os, signal; from ingest.reader_process import ReaderProcess\n"
        "from ingest.limits import ReadingLimits\n"
        "process = ReaderProcess(ReadingLimits()); print(process.pid, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL
    for _ in range(100):
        try:
            os.kill(int(done.stdout), 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    pytest.fail("the worker is still there")
