"""The Documents tab says what is indexed, what is not, and what a re-index did."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from index import DocumentInfo, FileOutcome, SyncReport
from index.report import Progress
from ingest import PageCounts
from ui.background_sync import SyncState
from ui.library import summary_html, table_html
from ui.sync_view import progress_html, report_html

PLAN = DocumentInfo("plans/harbour.pdf", "Harbour plan", "2023", "en", "pdf", 12, 30, "indexed")
SCAN = DocumentInfo("scan.pdf", "", None, None, "pdf", 0, 0, "failed", "no text on its 4 pages")


def test_the_summary_counts_documents_and_failures() -> None:
    shown = LexborHTMLParser(summary_html([PLAN, SCAN], Path("/srv/plans")))
    assert shown.css_first("strong").text() == "1 document, 30 passages; 1 could not be read"
    assert shown.css_first("span").text() == "/srv/plans"


def test_the_table_lists_the_unreadable_first_with_the_reason() -> None:
    rows = LexborHTMLParser(table_html([PLAN, SCAN])).css("tbody tr")
    assert [row.css_first(".title").text() for row in rows] == ["scan.pdf", "Harbour plan"]
    assert "no text on its 4 pages" in rows[0].text()
    assert [cell.text() for cell in rows[1].css("td")][1:] == [
        "pdf",
        "12",
        "30",
        "English",
        "2023",
        "Indexed",
    ]


def test_the_table_says_how_pages_were_read() -> None:
    counts = PageCounts(text=9, ocr=2, unreadable=1)
    mixed = replace(PLAN, page_counts=counts, reason="page 7: an image without text")
    row = LexborHTMLParser(table_html([mixed])).css_first("tbody tr")
    assert row.css("td")[2].text() == "122 by OCR, 1 unreadable"
    assert row.css("td")[6].text() == "Indexedpage 7: an image without text"


def test_an_empty_index_says_so() -> None:
    assert "No documents are indexed yet" in table_html([])


def test_names_of_files_are_inert() -> None:
    hostile = "<img src=x onerror=alert(1)>.md"
    info = DocumentInfo(hostile, hostile, hostile, hostile, hostile, 1, 1, "failed", hostile)
    report = SyncReport((FileOutcome(hostile, "failed", reason=hostile),), 1, 0, 0.1)
    state = SyncState(running=True, stage=Progress("embed", 0, 1, hostile), recent=(hostile,))
    for html in (
        table_html([info]),
        summary_html([info], Path(hostile)),
        report_html(report),
        progress_html(state),
        progress_html(SyncState(error=hostile)),
    ):
        assert not LexborHTMLParser(html).css("img")
