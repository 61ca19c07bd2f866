"""The Documents tab says what is indexed, what is not, and what a re-index did."""

from __future__ import annotations

from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from index import DocumentInfo, FileOutcome, SyncReport
from index.report import Progress
from ui.background_sync import SyncState
from ui.library import summary_html, upload_html
from ui.sync_view import progress_html, report_html

PLAN = DocumentInfo("plans/harbour.pdf", "Harbour plan", "2023", "en", "pdf", 12, 30, "indexed")
SCAN = DocumentInfo("scan.pdf", "", None, None, "pdf", 0, 0, "failed", "no text on its 4 pages")


def test_the_summary_counts_documents_and_failures() -> None:
    shown = LexborHTMLParser(summary_html([PLAN, SCAN], Path("/srv/plans")))
    assert shown.css_first("strong").text() == "1 document, 30 passages; 1 could not be read"
    assert shown.css_first("span").text() == "/srv/plans"


def test_what_could_not_be_read_can_be_tried_again_where_there_is_a_folder() -> None:
    def tries(folder: Path | None, *documents: DocumentInfo) -> int:
        return len(LexborHTMLParser(summary_html(documents, folder)).css("button.retry"))

    assert tries(Path("/srv/plans"), PLAN, SCAN) == 1
    assert tries(Path("/srv/plans"), PLAN) == 0
    assert tries(None, PLAN, SCAN) == 0


def test_names_of_files_are_inert() -> None:
    hostile = "<img src=x onerror=alert(1)>.md"
    info = DocumentInfo(hostile, hostile, hostile, hostile, hostile, 1, 1, "failed", hostile)
    report = SyncReport((FileOutcome(hostile, "failed", reason=hostile),), 1, 0, 0.1)
    state = SyncState(running=True, stage=Progress("embed", 0, 1, hostile), recent=(hostile,))
    for html in (
        summary_html([info], Path(hostile)),
        report_html(report),
        progress_html(state),
        progress_html(SyncState(error=hostile)),
    ):
        assert not LexborHTMLParser(html).css("img")


def test_the_place_for_uploads_says_how_many_go_at_once() -> None:
    field = LexborHTMLParser(upload_html(25)).css_first("input[type=file]")
    assert field.attributes["data-most"] == "25"
