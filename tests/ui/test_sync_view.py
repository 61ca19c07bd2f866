"""A run says how far it is, and what it did."""

from __future__ import annotations

from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser

from index import FileOutcome, SyncReport
from index.report import Progress
from ingest.exchange import ReadingProgress
from ui.background_sync import SyncState
from ui.sync_view import file_states, progress_html, report_html, report_sentence, stage_words

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


def test_of_thousands_of_files_a_report_lists_the_first() -> None:
    many = tuple(FileOutcome(f"{number:04d}.md", "added") for number in range(5_000))
    items = LexborHTMLParser(report_html(replace(REPORT, outcomes=many))).css("li")
    assert [items[0].text(), items[-1].text()] == ["added 0000.md", "and 4,800 more"]
    assert len(items) == 201


def told(state: SyncState, *later: str) -> list[tuple[str, str]]:
    return [(file.path, file.words) for file in file_states(state, later)]


def test_each_file_of_a_run_says_what_is_done_with_it() -> None:
    queue = ("a.pdf", "b.pdf", "c.pdf", "d.pdf")
    pages = (ReadingProgress("b.pdf", 12, 80), ReadingProgress("c.pdf"))
    event = Progress("read", 3, 9, "b.pdf", reading=pages, queue=queue, read=1)
    state = SyncState(running=True, stage=event, files=event)
    assert told(state, "e.pdf") == [
        ("b.pdf", "Reading page 12 of 80"),
        ("c.pdf", "Reading"),
        ("d.pdf", "Waiting"),
        ("a.pdf", "Done"),
        ("e.pdf", "Waiting"),
    ]
    embedding = replace(state, stage=Progress("embed", 5, 30, "b.pdf"))
    assert told(embedding)[0] == ("b.pdf", "Indexing 5 of 30")
    assert [file.at_work for file in file_states(state)] == [True, True, False, False]


def test_pages_that_ocr_reads_are_told_as_such() -> None:
    event = Progress("ocr", 0, 2, "a.pdf", queue=("a.pdf", "b.pdf"))
    state = SyncState(running=True, stage=event, files=event)
    assert told(state) == [("a.pdf", "Reading scanned pages"), ("b.pdf", "Waiting")]
    event = replace(event, reading=(ReadingProgress("a.pdf", 3, 12),))
    state = SyncState(running=True, stage=event, files=event)
    assert told(state)[0] == ("a.pdf", "Reading scanned page 3 of 12")


def test_of_thousands_of_files_those_near_are_told() -> None:
    queue = tuple(f"{number:04d}.md" for number in range(5_000))
    event = Progress("read", 2_500, 5_000, queue[2_500], queue=queue, read=2_500)
    states = file_states(SyncState(running=True, stage=event, files=event))
    assert states[0].path == "2500.md"
    assert len(states) == 40


def test_a_run_of_one_file_shows_it_waiting_from_the_start() -> None:
    state = SyncState(running=True, only=frozenset({"a.pdf"}))
    assert told(state) == [("a.pdf", "Waiting")]
    assert told(SyncState(only=frozenset())) == []
