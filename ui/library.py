"""Library: the Documents tab: what is indexed, what could not be read, and re-indexing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import gradio as gr
from markupsafe import Markup, escape

from assistant import Assistant
from index import DocumentInfo, SyncReport
from ingest.folder import SUFFIXES
from ui.assets import asset
from ui.background_sync import BackgroundSync, SyncState
from ui.errors import KNOWN_ERRORS, sentence
from ui.uploads import uploads_to
from ui.wording import counted, ended, left_words, page_states

POLL_SECONDS = 0.6
FOLLOW_SECONDS = 2.0  # between two looks for changes that nobody asked for

AT_ONCE = 200  # rows that the table shows before somebody asks for more
_COLUMNS = ("Document", "Format", "Pages", "Passages", "Language", "Date", "State")


class Library:
    """Builds the tab's components and connects them; call inside ``gr.Blocks``."""

    def __init__(
        self, assistant: Assistant, background: BackgroundSync | None, *, followed: bool = False
    ) -> None:
        self._assistant = assistant
        self._followed = followed  # whether runs begin by themselves
        self._background = background
        with gr.Row(elem_id="library-head"):
            self.summary = gr.HTML(elem_id="library-summary", apply_default_css=False)
            self.reindex = gr.Button(
                "Re-index", elem_id="reindex", interactive=background is not None, scale=0
            )
        self.upload = gr.HTML(
            upload_html() if background and uploads_to(background.folder) else "",
            elem_id="upload",
            js_on_load=asset("upload.js"),
            apply_default_css=False,
        )
        self.progress = gr.HTML(elem_id="progress", apply_default_css=False)
        self.table = gr.HTML(
            elem_id="library",
            js_on_load=asset("library.js"),
            apply_default_css=False,
        )
        self.timer = gr.Timer(FOLLOW_SECONDS if followed else POLL_SECONDS, active=False)
        self.seen = gr.State(-1)  # how many runs had ended when this page was last shown

    def connect(self, page: gr.Blocks) -> None:
        """Join the components to what they do; nothing here waits in the queue."""
        shown = [self.summary, self.progress, self.table, self.reindex, self.timer, self.seen]
        quiet: dict[str, Any] = {
            "queue": False,
            "show_progress": "hidden",
            "api_visibility": "private",
        }
        page.load(self._show, None, shown, **quiet)
        self.reindex.click(self._start, None, shown, **quiet)
        self.upload.sent(self._came, None, shown, **quiet)
        self.table.removed(self._came, None, shown, **quiet)
        self.timer.tick(self._tick, self.seen, shown, **quiet)

    def _start(self) -> tuple[Any, ...]:
        if self._background is not None:
            self._background.start()
        return self._show()

    def _came(self) -> tuple[Any, ...]:
        """Files were added or deleted, perhaps while a run is under way."""
        if self._background is not None:
            self._background.request()
        return self._show()

    def _tick(self, seen: int) -> tuple[Any, ...]:
        state = self._background.state if self._background else SyncState()
        runs = self._background.runs if self._background else 0
        if not state.running and runs != seen:
            return self._show()
        # The table stays as it is, with whatever somebody is typing into its filter.
        progress = progress_html(state) if state.running else gr.skip()
        return gr.skip(), progress, gr.skip(), gr.skip(), gr.skip(), gr.skip()

    def _show(self) -> tuple[Any, ...]:
        runs = self._background.runs if self._background else 0
        state = self._background.state if self._background else SyncState()
        try:
            documents: Sequence[DocumentInfo] = self._assistant.documents()
        except KNOWN_ERRORS as error:
            documents, state = (), SyncState(running=state.running, error=sentence(error))
        folder = self._background.folder if self._background else None
        change = self._background.last_change if self._background else ""
        return (
            summary_html(documents, folder, change, followed=self._followed),
            progress_html(state),
            table_html(documents, removable=folder is not None),
            gr.update(
                value="Re-indexing…" if state.running else "Re-index",
                interactive=self._background is not None and not state.running,
            ),
            gr.update(active=state.running or self._followed),
            runs,
        )


def upload_html() -> str:
    """Where files are dropped or chosen; what becomes of each is written below."""
    kinds = ",".join(SUFFIXES)
    return str(
        Markup(
            '<label class="drop"><input type="file" multiple accept="{}" '
            'aria-label="Upload documents"><span><strong>Upload documents</strong> or drop them '
            'here</span></label><ul class="sent" aria-live="polite"></ul>'
        ).format(kinds)
    )


def summary_html(
    documents: Sequence[DocumentInfo],
    folder: Path | None,
    change: str = "",
    *,
    followed: bool = False,
) -> str:
    """How much is indexed, from where, whether that is watched, and what changed last."""
    failed = sum(document.status == "failed" for document in documents)
    passages = sum(document.passages or 0 for document in documents)
    count = len(documents) - failed
    words = f"{counted(count, 'document')}, {counted(passages, 'passage')}"
    if failed:
        words += f"; {failed} could not be read"
    where = str(folder) if folder else "Start the chat with a folder to re-index from here."
    last = Markup("")
    if followed:
        last += Markup('<span class="watched">Watched: changes are indexed by themselves.</span>')
    if change:
        last += Markup('<span class="change">Last change {}</span>').format(change)
    return str(
        Markup('<div class="summary"><strong>{}</strong><span>{}</span>{}</div>').format(
            words, where, last
        )
    )


def table_html(documents: Sequence[DocumentInfo], *, removable: bool = False) -> str:
    """Every file with its state; those that could not be read come first.

    Of thousands only the first stand in the table: a browser lays those out at once. The others
    lie in a template, where the script finds them.
    """
    if not documents:
        return str(Markup('<p class="none">No documents are indexed yet.</p>'))
    ordered = sorted(documents, key=lambda d: (d.status != "failed", d.title.casefold(), d.path))
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(name) for name in _COLUMNS)
    rows = [_row_html(document, removable=removable) for document in ordered]
    return str(
        Markup(
            '<input class="filter" type="search" placeholder="Filter documents" '
            'aria-label="Filter documents" autocomplete="off">'
            '<div class="frame"><table><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>'
            "<template><table><tbody>{}</tbody></table></template>"
            '<p class="none" hidden>No document matches.</p>'
            '<button type="button" class="more" hidden>Show more</button>'
        ).format(head, Markup("").join(rows[:AT_ONCE]), Markup("").join(rows[AT_ONCE:]))
    )


def progress_html(state: SyncState) -> str:
    """The run under way with the files it reached, or the report of the latest one."""
    if state.running:
        share = 100 * state.done / state.total if state.total else 0
        count = f"{state.done} of {state.total}" if state.total else ""
        left = left_words(state.seconds_left)
        recent = Markup("").join(Markup("<li>{}</li>").format(path) for path in state.recent)
        return str(
            Markup(
                '<div class="run" role="status"><p><strong>{}</strong> <span>{}</span></p>'
                '<div class="bar"><div style="width:{}%"></div></div><ul>{}</ul></div>'
            ).format(state.stage, ", ".join(filter(None, (count, left))), f"{share:.0f}", recent)
        )
    if state.error:
        return str(Markup('<p class="failed" role="alert">{}</p>').format(state.error))
    return report_html(state.report) if state.report is not None else ""


def report_html(report: SyncReport) -> str:
    """What a finished run did, with every file that it changed or could not read."""
    rows = Markup("").join(
        Markup("<li><em class={}>{}</em> {}{}{}</li>").format(
            outcome.action,
            outcome.action,
            outcome.path,
            f" (was {outcome.moved_from})" if outcome.moved_from else "",
            f": {ended(outcome.reason)} {outcome.remedy}".rstrip() if outcome.reason else "",
        )
        for outcome in report.outcomes
        if outcome.action != "unchanged" or outcome.remedy
    )
    listed = Markup("<ul>{}</ul>").format(rows) if rows else ""
    return str(
        Markup('<div class="report" role="status"><p>{}</p>{}</div>').format(
            report_sentence(report), listed
        )
    )


def report_sentence(report: SyncReport) -> str:
    """ "2 added, 1 could not be read in 3.1 s" """
    counts = (
        (report.added, "added"),
        (report.updated, "updated"),
        (report.moved, "moved"),
        (report.deleted, "deleted"),
        (report.failed, "could not be read"),
    )
    done = ", ".join(f"{count} {word}" for count, word in counts if count)
    return f"{done or 'Nothing has changed'} ({report.seconds:.1f} s)"


def _row_html(document: DocumentInfo, *, removable: bool) -> Markup:
    failed = document.status == "failed"
    state = Markup('<span class="{}">{}</span>').format(
        *(("bad", "Not readable") if failed else ("good", "Indexed"))
    )
    if document.reason:
        state += Markup('<span class="why">{}</span>').format(document.reason)
    if removable:
        state += Markup(
            '<button type="button" class="remove" data-document="{}" aria-label="Delete {}">'
            "Delete</button>"
        ).format(document.path, document.path)
    cells = (
        _name_html(document),
        document.format or "–",
        _pages_html(document),
        "–" if failed else document.passages,
        document.language or "–",
        document.date or "–",
        state,
    )
    # On a phone each row becomes a card, where data-name stands in for the column's head.
    inside = Markup("").join(
        Markup('<td data-name="{}">{}</td>').format(name, cell)
        for name, cell in zip(_COLUMNS, cells, strict=True)
    )
    return Markup("<tr>{}</tr>").format(inside)


def _pages_html(document: DocumentInfo) -> Markup:
    """How many, and below it how many of them were not read as text."""
    count = Markup(escape(document.pages or "–"))
    told = page_states(document.page_counts)
    return count + Markup('<span class="why">{}</span>').format(told) if told else count


def _name_html(document: DocumentInfo) -> Markup:
    name = Markup('<span class="title">{}</span>').format(document.title or document.path)
    if document.status == "indexed":
        name = Markup(
            '<button type="button" class="look title" data-document="{}">{}</button>'
        ).format(document.path, document.title or document.path)
    if document.title in {"", document.path}:
        return name
    return name + Markup('<span class="file">{}</span>').format(document.path)
