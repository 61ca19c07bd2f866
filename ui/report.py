"""What the command line says of documents: what a sync did, what is indexed, how it was read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from index.check import CheckReport
from index.report import FileOutcome, SyncReport
from index.status import IndexStatus
from ingest.document import Document, PageStatus
from ingest.page_runs import PageRun, page_runs
from ui.console import say_line
from ui.wording import counted, ended, pages_words

_NAMED = 4  # files named for each thing to do


def print_report(report: SyncReport) -> None:
    """One line for each file that changed or needs attention, the sum, and what to do."""
    for outcome in report.outcomes:
        if outcome.action in {"added", "updated", "moved", "deleted"}:
            say_line(outcome_line(outcome), "yellow" if outcome.reason else None)
    for outcome in report.outcomes:
        if outcome.action == "failed" or (outcome.action == "unchanged" and outcome.remedy):
            say_line(outcome_line(outcome), "yellow")
        elif outcome.action == "skipped":
            say_line(outcome_line(outcome), "dim")
    counts = [
        f"{count} {word}"
        for count, word in (
            (report.added, "added"),
            (report.updated, "updated"),
            (report.moved, "moved"),
            (report.deleted, "deleted"),
            (report.unchanged, "unchanged"),
            (report.failed, "could not be read"),
            (report.skipped, "skipped"),
        )
        if count
    ]
    say_line(f"{', '.join(counts)} in {report.seconds:.1f} s", "bold")
    if report.made_private:
        say_line("Other users of this machine could read the index; now only you can.", "yellow")
    _print_remedies(report.outcomes)


def print_plan(report: SyncReport) -> None:
    """What a sync would do with the files that it would not leave as they are."""
    for outcome in report.outcomes:
        if outcome.action != "unchanged":
            say_line(outcome_line(outcome), "dim" if outcome.action == "skipped" else None)
    counts = [
        f"{count} to be {word}"
        for count, word in (
            (report.added, "added"),
            (report.updated, "updated"),
            (report.moved, "moved"),
            (report.deleted, "deleted"),
        )
        if count
    ]
    say_line(f"{', '.join(counts) or 'Nothing to do'}; nothing was changed", "bold")


def print_check(report: CheckReport) -> None:
    """Which documents were damaged and what came of them, the search files, and the sum."""
    for document in report.damaged:
        path = document.path or "passages of no document"
        if document.repaired:
            say_line(f"{path}: was damaged in the index; it was read again", "yellow")
        else:
            say_line(f"{path}: could not be read again: {document.reason}", "yellow")
    if not report.search_files:
        say_line("The search files were damaged, or of an older version; they were written anew")
    left = [document for document in report.damaged if not document.repaired]
    held = f"{counted(report.documents, 'document')}, {counted(report.passages, 'passage')}"
    what = f"{counted(len(left), 'document')} could not be mended" if left else "all is sound"
    say_line(f"{held} checked in {report.seconds:.1f} s: {what}", "bold")
    for remedy in dict.fromkeys(document.remedy for document in left):
        say_line(f"  {ended(remedy)}")


def print_status(status: IndexStatus) -> None:
    """The documents of an index, one a line; those that could not be read last; then the sums."""
    documents = status.documents
    indexed = [document for document in documents if document.status == "indexed"]
    for document in indexed:
        facts = [
            pages_words(document.pages, document.page_counts),
            counted(document.passages, "passage"),
            document.format,
            document.language or "",
            document.date or "",
        ]
        say_line(f"{document.path}: {', '.join(filter(None, facts))}")
        if document.title and document.title != document.path:
            say_line(f"    {document.title}", "dim")
        if document.reason:
            say_line(f"    {document.reason}", "yellow")
    for document in documents:
        if document.status == "failed":
            say_line(f"{document.path}: could not be read: {document.reason}", "yellow")
    for path in status.forgotten:
        say_line(
            f"{path}: forgotten; not read until it changes, or after strategy forget --undo", "dim"
        )
    sums = [
        counted(status.indexed, "document"),
        pages_words(sum(document.pages for document in indexed), status.page_counts),
        counted(status.passages, "passage"),
    ]
    line = ", ".join(filter(None, sums))
    say_line(f"{line}; {status.failed} could not be read" if status.failed else line, "bold")
    say_line(f"Index {status.index} of {status.folder or 'no folder'}", "dim")
    facts = [
        f"Last synced {local_time(status.synced_at)}" if status.synced_at else "",
        size_words(status.size),
        f"encoder {status.encoder}",
    ]
    say_line(", ".join(filter(None, facts)), "dim")


def size_words(size: int) -> str:
    """Bytes for people: "218 kB", "12.3 MB"."""
    return f"{size / 1e3:,.0f} kB" if size < 1e6 else f"{size / 1e6:,.1f} MB"


def local_time(moment: str) -> str:
    """ISO 8601 as the clock on the wall shows it: "2031-05-14 16:20"."""
    return f"{datetime.fromisoformat(moment).astimezone():%Y-%m-%d %H:%M}"


def print_pages(document: Document) -> None:
    """How each page of a document was read."""
    if not document.paged:
        say_line(f"{document.path}: {document.format} files have no pages; its text was read")
        return
    say_line(f"{document.path}: {pages_words(len(document.pages), document.page_counts)}", "bold")
    runs = page_runs(document.pages)
    width = max(len(run.numbers) for run in runs)
    for run in runs:
        style = "yellow" if run.status is PageStatus.UNREADABLE else None
        say_line(f"  {run.numbers:>{width}}  {_state(run)}", style)


def _state(run: PageRun) -> str:
    match run.status:
        case PageStatus.OCR:
            sure = f", {run.confidence:.0%} sure" if run.confidence is not None else ""
            return f"read by OCR{sure}"
        case PageStatus.UNREADABLE:
            return f"unreadable: {run.reason}"
        case status:
            return str(status)


def outcome_line(outcome: FileOutcome) -> str:
    """ "added     plan.pdf: pdf, 12 pages (1 unreadable), 30 passages, 1.2 s; page 7: damaged"."""
    read = outcome.action in {"added", "updated", "failed"}
    facts = [
        f"was {outcome.moved_from}" if outcome.moved_from else "",
        outcome.format,
        pages_words(outcome.pages, outcome.page_counts),
        counted(outcome.passages, "passage") if outcome.passages else "",
        f"{outcome.seconds:.1f} s" if read and outcome.seconds else "",
    ]
    parts = [", ".join(filter(None, facts)), outcome.reason]
    said = "; ".join(filter(None, parts))
    return f"{outcome.action:9} {outcome.path}{f': {said}' if said else ''}"


def _print_remedies(outcomes: Sequence[FileOutcome]) -> None:
    """What to do about the files that failed: each thing once, with the files that want it."""
    wanting: dict[str, list[str]] = {}
    for outcome in outcomes:
        if outcome.remedy and outcome.action != "skipped":
            wanting.setdefault(outcome.remedy, []).append(outcome.path)
    if not wanting:
        return
    say_line("What to do:", "bold")
    for remedy, paths in wanting.items():
        more = f" and {len(paths) - _NAMED} more" if len(paths) > _NAMED else ""
        say_line(f"  {', '.join(paths[:_NAMED])}{more}: {ended(remedy)}")
    say_line("They are read again when they change. At once: strategy index FOLDER --retry", "dim")
