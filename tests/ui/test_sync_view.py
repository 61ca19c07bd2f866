"""A run says how far it is, and what it did."""

from __future__ import annotations

from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser

from index import FileOutcome, SyncReport
from index.report import Progress
from ui.background_sync import SyncState
from ui.sync_view import progress_html, report_html, report_sentence, stage_words

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


def test_a_run_shows_how_far_it_is() -> None:
    state = SyncState(
        running=True, stage=Progress("read", 3, 4), done=3, total=4, recent=("c.md", "b.md")
    )
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


def test_stages_are_said_in_words() -> None:
    assert stage_words(None) == "Looking through the folder"
    assert stage_words(Progress("read", 1, 3, "a.md")) == "Reading"
    assert stage_words(Progress("embed", 1, 3, "a.md")) == "Indexing a.md"
    assert stage_words(Progress("write", 1, 1)) == "Finishing"
    words = stage_words(Progress("ocr", 1, 3, "a.pdf", pages=7))
    assert words == "Reading scanned pages, 7 pages so far; all other documents can be searched"
