"""Thousands of broken files: each is read or refused, within limits, and none stops the rest."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from ingest import ReadingLimits, ReadingStopped, UnreadableDocument, scan
from ingest.reader_pool import ReaderPool
from ingest.reader_process import ReaderProcess
from mutation import mutations

LIMITS = ReadingLimits(seconds=10, memory_mb=1024, file_mb=50)
SEED = 20_260_101


def read_mutants(folder, samples, count, seed=SEED):
    """What became of ``count`` broken files, by kind; each file has its row."""
    originals = [file.location for file in scan(samples) if file.supported]
    for name, data in mutations(originals, count, seed):
        (folder / name).write_bytes(data)
    pool = ReaderPool(LIMITS)
    kinds = Counter()
    slowest = 0.0
    try:
        for file, reading in pool.read(scan(folder)):
            assert (reading.document is None) == isinstance(reading.error, UnreadableDocument)
            if reading.error is not None:
                assert reading.error.reason
                assert reading.error.remedy
                kind = type(reading.error).__name__
                if isinstance(reading.error, ReadingStopped) or kind == "UnreadableDocument":
                    print(reading.error)
            else:
                assert reading.document.path == file.path
                kind = "read"
            kinds[kind] += 1
            slowest = max(slowest, reading.seconds)
    finally:
        pool.close()
    print(f"{dict(kinds)}, the slowest took {slowest:.1f} s")
    assert kinds.total() == count
    assert slowest < LIMITS.wall_seconds(0)
    return kinds


def test_broken_files_are_read_or_refused(tmp_path, samples):
    kinds = read_mutants(tmp_path, samples, 60)
    assert kinds["read"] > 10
    assert kinds.total() - kinds["read"] > 10


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_two_thousand_broken_files_are_read_or_refused(tmp_path, samples):
    kinds = read_mutants(tmp_path, samples, 2000)
    # A reader that stumbles where it should refuse is a defect, if a small one.
    assert kinds["UnreadableDocument"] + kinds["ReadingStopped"] <= 20


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_memory_stays_bounded_whatever_the_number_of_pages(tmp_path):
    pages = 2000
    canvas = Canvas(str(tmp_path / "book.pdf"))
    for number in range(pages):
        text = canvas.beginText(72, 760)
        text.textLine(f"Chapter {number} of the harbour book")
        for line in range(40):
            text.textLine(f"On day {line} of year {number} the pilots bring {line * 7} ships in.")
        canvas.drawText(text)
        canvas.showPage()
    canvas.save()
    (file,) = scan(tmp_path)
    process = ReaderProcess(ReadingLimits())
    try:
        reading = process.read(file)
        status = Path(f"/proc/{process.pid}/status").read_text()
    finally:
        process.close()

    assert reading.document is not None, reading.error
    assert len(reading.document.pages) == pages
    peak = int(status.split("VmHWM:")[1].split()[0]) / 1024
    print(f"{pages} pages: {peak:.0f} MB at most, {pages / reading.seconds:.0f} pages/s")
    assert peak < 1024
