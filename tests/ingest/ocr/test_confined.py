"""Both engines read scans from within a confined process."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest import ReadingLimits, scan
from ingest.ocr.engines import program_of
from ingest.ocr.rapidocr import RapidOcr
from ingest.reader_pool import ReaderPool

tesseract = pytest.mark.skipif(program_of("tesseract") is None, reason="needs tesseract-ocr")
rapidocr = pytest.mark.skipif(not RapidOcr().installed, reason="needs the extra `ocr`")


@pytest.mark.parametrize(
    "engine",
    [pytest.param("tesseract", marks=tesseract), pytest.param("rapidocr", marks=rapidocr)],
)
def test_scans_are_read_by_a_confined_process(tmp_path: Path, printed, engine: str) -> None:
    printed(["The harbour keeps two lamps.", "Both are lit at dusk."]).save(
        tmp_path / "scan.pdf", resolution=200
    )
    pool = ReaderPool(ReadingLimits(), processes=1)
    try:
        ((_, reading),) = pool.read(scan(tmp_path), ocr=engine)
    finally:
        pool.close()
    assert reading.error is None, reading.error
    assert "two lamps" in reading.document.text
