"""SyncView: the run under way, and what the latest one did, in words and as HTML."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from markupsafe import Markup

from index import FileOutcome, SyncReport
from index.report import Progress
from ingest.exchange import ReadingProgress
from ui.background_sync import SyncState
from ui.language import _, ngettext, number
from ui.told import told
from ui.wording import ended, left_words

_NAMED = 4  # files that a sentence names
_LISTED = 200  # files that a report lists
_NEAR = 20  # files behind, and ahead of, those that are being read, which a page is told of


@dataclass(frozen=True, slots=True)
class FileState:
    """What a run is doing with one file, in words."""

    path: str
    words: str
    at_work: bool = False  # whether it is being read now


def progress_html(state: SyncState) -> str:
    """The run under way with the files it reached, or the report of the latest one."""
    if state.running:
        share = 100 * state.done / state.total if state.total else 0
        count = ""
        if state.total:
            count = _("{done} of {all}", done=number(state.done), all=number(state.total))
        left = left_words(state.seconds_left)
        recent = Markup("").join(Markup("<li>{}</li>").format(path) for path in state.recent)
        return str(
            Markup(
                '<div class="run" role="status"><p><strong>{}</strong> <span>{}</span></p>'
                '<div class="bar"><div style="width:{}%"></div></div><ul>{}</ul></div>'
            ).format(
                stage_words(state.stage),
                ", ".join(filter(None, (count, left))),
                f"{share:.0f}",
                recent,
            )
        )
    if state.error:
        return str(Markup('<p class="failed" role="alert">{}</p>').format(told(state.error)))
    return report_html(state.report) if state.report is not None else ""


def file_states(state: SyncState, later: Collection[str] = ()) -> list[FileState]:
    """The files that a run is reading, with some before and behind them; those ``later``, too."""
    waits = [FileState(path, _("Waiting")) for path in sorted(later)]
    event, stage = state.files, state.stage
    if not state.running or event is None or stage is None:
        return [FileState(path, _("Waiting")) for path in sorted(state.only)] + waits
    behind = [FileState(path, _("Done")) for path in event.queue[: event.read][-_NEAR:]]
    under_way = {each.path: each for each in event.reading}
    ahead = event.queue[event.read :]
    if ahead and ahead[0] not in under_way:
        under_way = {ahead[0]: ReadingProgress(ahead[0]), **under_way}
    now = [
        FileState(path, _pages_words(each, stage), at_work=True)
        for path, each in under_way.items()
        if path in ahead[:_NEAR]
    ]
    rest = [FileState(path, _("Waiting")) for path in ahead[:_NEAR] if path not in under_way]
    return now + rest + behind[::-1] + waits


def _pages_words(file: ReadingProgress, stage: Progress) -> str:
    """What is being done with a file under way."""
    if stage.stage == "embed" and stage.path == file.path:
        return _("Indexing {done} of {all}", done=number(stage.done), all=number(stage.total))
    page, pages = number(file.page), number(file.pages)
    if stage.stage == "ocr":
        if not file.page:
            return _("Reading scanned pages")
        return _("Reading scanned page {page} of {pages}", page=page, pages=pages)
    if not file.page:
        return _("Reading")
    return _("Reading page {page} of {pages}", page=page, pages=pages)


def report_html(report: SyncReport) -> str:
    """What a finished run did, with the files that it changed or could not read."""
    told_of = [each for each in report.outcomes if each.action != "unchanged" or each.remedy]
    rows = Markup("").join(
        Markup("<li><em class={}>{}</em> {}</li>").format(
            outcome.action, _action_words(outcome.action), _file_words(outcome)
        )
        for outcome in told_of[:_LISTED]
    )
    more = len(told_of) - _LISTED
    if more > 0:
        rows += Markup("<li>{}</li>").format(ngettext("and {count} more", "and {count} more", more))
    listed = Markup("<ul>{}</ul>").format(rows) if rows else ""
    return str(
        Markup('<div class="report" role="status"><p>{}</p>{}</div>').format(
            report_sentence(report), listed
        )
    )


def report_sentence(report: SyncReport) -> str:
    """ "2 added, 1 could not be read in 3.1 s" """
    counts = (
        (report.added, ngettext("{count} added", "{count} added", report.added)),
        (report.updated, ngettext("{count} updated", "{count} updated", report.updated)),
        (report.moved, ngettext("{count} moved", "{count} moved", report.moved)),
        (report.deleted, ngettext("{count} deleted", "{count} deleted", report.deleted)),
        (
            report.failed,
            ngettext("{count} could not be read", "{count} could not be read", report.failed),
        ),
    )
    done = ", ".join(words for count, words in counts if count)
    done = done or _("Nothing has changed")
    return f"{done} ({number(report.seconds, 1)} s)"


def change_words(report: SyncReport) -> str:
    """ "plan.pdf added, old.md deleted and 3 more" """
    words = {
        "added": _("{path} added"),
        "updated": _("{path} updated"),
        "moved": _("{path} moved"),
        "deleted": _("{path} deleted"),
    }
    changed = [
        words[outcome.action].format(path=outcome.path)
        for outcome in report.outcomes
        if outcome.action in words
    ]
    named, more = ", ".join(changed[:_NAMED]), len(changed) - _NAMED
    if more <= 0:
        return named
    return ngettext("{named} and {count} more", "{named} and {count} more", more, named=named)


def stage_words(event: Progress | None) -> str:
    """What a sync is doing, for people; None: it has just begun."""
    match event.stage if event is not None else None:
        case "read":
            return _("Reading")
        case "embed" if event is not None:
            return _("Indexing {path}", path=event.path)
        case "write":
            return _("Finishing")
        case "ocr" if event is not None and event.pages:
            return ngettext(
                "Reading scanned pages, {count} page so far; all other documents can be searched",
                "Reading scanned pages, {count} pages so far; all other documents can be searched",
                event.pages,
            )
        case "ocr":
            return _("Reading scanned pages; all other documents can be searched")
        case _unknown:
            return _("Looking through the folder")


def _file_words(outcome: FileOutcome) -> str:
    """ "plan.pdf (was old.pdf)", or "plan.pdf: needs a password. Save a copy without one." """
    file = outcome.path
    if outcome.moved_from:
        file = _("{path} (was {former})", path=file, former=outcome.moved_from)
    if not outcome.reason:
        return file
    reason = " ".join(filter(None, (ended(told(outcome.reason)), told(outcome.remedy))))
    return _("{path}: {reason}", path=file, reason=reason)


def _action_words(action: str) -> str:
    words = {
        "added": _("added"),
        "updated": _("updated"),
        "moved": _("moved"),
        "deleted": _("deleted"),
        "failed": _("failed"),
        "skipped": _("skipped"),
        "unchanged": _("unchanged"),
    }
    return words.get(action, action)
