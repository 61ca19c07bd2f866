"""The Documents tab says what is indexed, what is not, and what a re-index did."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from index import DocumentInfo, FileOutcome, SyncReport
from ingest import PageCounts
from ui.background_sync import SyncState
from ui.library import progress_html, report_html, report_sentence, summary_html, table_html

PLAN = DocumentInfo("plans/harbour.pdf", "Harbour plan", "2023", "en", "pdf", 12, 30, "indexed")
SCAN = DocumentInfo("scan.pdf", "", None, None, "pdf", 0, 0, "failed", "no text on its 4 pages")
REPORT = SyncReport(
    outcomes=(
        FileOutcome("a.md", "added", "markdown", 0, 4),
        FileOutcome("b.md", "unchanged", "markdown", 0, 4),
        FileOutcome(
            "c.pdf", "failed", "pdf", reason="needs a password", remedy="Save a copy without one."
        ),
    ),
    generation=2,
    embedded=4,
    seconds=3.14,
)


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
        "en",
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
    state = SyncState(running=True, stage=hostile, recent=(hostile,))
    for html in (
        table_html([info]),
        summary_html([info], Path(hostile)),
        report_html(report),
        progress_html(state),
        progress_html(SyncState(error=hostile)),
    ):
        assert not LexborHTMLParser(html).css("img")


def test_a_run_shows_how_far_it_is() -> None:
    state = SyncState(running=True, stage="Reading", done=3, total=4, recent=("c.md", "b.md"))
    shown = LexborHTMLParser(progress_html(state))
    assert shown.css_first(".bar div").attributes["style"] == "width:75%"
    assert "3 of 4" in shown.css_first("p").text()
    later = progress_html(replace(state, seconds_left=130.0))
    assert "3 of 4, about 2 min left" in LexborHTMLParser(later).css_first("p").text()
    assert [item.text() for item in shown.css("li")] == ["c.md", "b.md"]


def test_a_report_lists_what_changed_and_what_failed() -> None:
    shown = LexborHTMLParser(progress_html(SyncState(report=REPORT)))
    assert [item.text() for item in shown.css("li")] == [
        "added a.md",
        "failed c.pdf: needs a password. Save a copy without one.",
    ]


def test_a_renamed_document_is_shown_with_both_names() -> None:
    moved = FileOutcome("archive/<i>.md", "moved", "markdown", 0, 4, moved_from="a <b>.md")
    report = replace(REPORT, outcomes=(moved,))
    (item,) = LexborHTMLParser(report_html(report)).css("li")
    assert item.text() == "moved archive/<i>.md (was a <b>.md)"
    assert report_sentence(report) == "1 moved (3.1 s)"


def test_a_report_in_one_sentence() -> None:
    assert report_sentence(REPORT) == "1 added, 1 could not be read (3.1 s)"
    assert report_sentence(SyncReport((), 2, 0, 0.0)) == "Nothing has changed (0.0 s)"
