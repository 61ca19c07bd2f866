"""Every format is read by a process that can open no file of its own."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

from docx import Document as WordDocument
from openpyxl import Workbook
from pptx import Presentation

from ingest import ReadingLimits, scan
from ingest.reader_pool import ReaderPool
from tests.ingest.test_epub import epub
from tests.ingest.test_odt import odt
from tests.ingest.test_rtf import rtf


def test_every_format_is_read_by_a_confined_process(tmp_path: Path, samples: Path) -> None:
    words = "The ferry leaves at noon."
    office = io.BytesIO(), io.BytesIO(), io.BytesIO()
    word = WordDocument()
    word.add_paragraph(words)
    word.save(office[0])
    book = Workbook()
    book.active.append(["Ferry", words])
    book.save(office[1])
    slides = Presentation()
    slides.slides.add_slide(slides.slide_layouts[5]).shapes.title.text = words
    slides.save(office[2])
    for name, data in {
        "a.csv": f"what,when\nferry,{words}\n".encode(),
        "a.docx": office[0].getvalue(),
        "a.epub": epub(f"<p>{words}</p>"),
        "a.html": f"<p>{words}</p>".encode(),
        "a.md": words.encode(),
        "a.odt": odt(f"<text:p>{words}</text:p>"),
        "a.pptx": office[2].getvalue(),
        "a.rst": words.encode(),
        "a.rtf": rtf(words),
        "a.txt": words.encode(),
        "a.xlsx": office[1].getvalue(),
    }.items():
        (tmp_path / name).write_bytes(data)
    shutil.copy(next(samples.glob("*.pdf")), tmp_path / "a.pdf")
    pool = ReaderPool(ReadingLimits(memory_mb=1024), processes=1)
    try:
        read = dict(pool.read(scan(tmp_path)))
    finally:
        pool.close()
    assert [str(each.error) for each in read.values() if each.error] == []
    assert len(read) == 12
    texts = [each.document.text for file, each in read.items() if file.path != "a.pdf"]
    assert [text for text in texts if words not in text] == []
