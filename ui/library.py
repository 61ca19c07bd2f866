"""Library: the Documents tab: what is indexed, what could not be read, and re-indexing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import gradio as gr
from markupsafe import Markup, escape

from assistant import Assistant
from index import DocumentInfo
from ingest.folder import SUFFIXES
from ui.assets import script
from ui.background_sync import BackgroundSync, Change, SyncState
from ui.errors import KNOWN_ERRORS, sentence
from ui.formats import day, language_name, since
from ui.language import _, ngettext, number
from ui.render import in_language
from ui.sync_view import change_words, progress_html
from ui.told import told
from ui.uploads import uploads_to
from ui.worded import worded
from ui.wording import page_states

POLL_SECONDS = 0.6
FOLLOW_SECONDS = 2.0  # between two looks for changes that nobody asked for

AT_ONCE = 200  # rows that the table shows before somebody asks for more


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
            self.reindex = worded(
                gr.Button,
                {"value": lambda: _("Re-index")},
                elem_id="reindex",
                interactive=background is not None,
                scale=0,
            )
        takes = background is not None and uploads_to(background.folder) is not None
        self.upload = worded(
            gr.HTML,
            {
                "value": lambda: upload_html() if takes else "",
                "js_on_load": lambda: script("upload.js"),
            },
            elem_id="upload",
            apply_default_css=False,
        )
        self.progress = gr.HTML(elem_id="progress", apply_default_css=False)
        self.table = worded(
            gr.HTML,
            {"js_on_load": lambda: script("library.js")},
            elem_id="library",
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
        change = self._background.last_change if self._background else None
        return (
            summary_html(documents, folder, change, followed=self._followed),
            progress_html(state),
            table_html(documents, removable=folder is not None),
            gr.update(
                value=_("Re-indexing…") if state.running else _("Re-index"),
                interactive=self._background is not None and not state.running,
            ),
            gr.update(active=state.running or self._followed),
            runs,
        )


def upload_html() -> str:
    """Where files are dropped or chosen; what becomes of each is written below."""
    what = _("Upload documents")
    said = Markup(escape(_("{upload_documents} or drop them here"))).format(
        upload_documents=Markup("<strong>{}</strong>").format(what)
    )
    return str(
        Markup(
            '<label class="drop"><input type="file" multiple accept="{}" aria-label="{}">'
            '<span>{}</span></label><ul class="sent" aria-live="polite"></ul>'
        ).format(",".join(SUFFIXES), what, said)
    )


def summary_html(
    documents: Sequence[DocumentInfo],
    folder: Path | None,
    change: Change | None = None,
    *,
    followed: bool = False,
) -> str:
    """How much is indexed, from where, whether that is watched, and what changed last."""
    failed = sum(document.status == "failed" for document in documents)
    passages = sum(document.passages or 0 for document in documents)
    count = len(documents) - failed
    words = ", ".join(
        (
            ngettext("{count} document", "{count} documents", count),
            ngettext("{count} passage", "{count} passages", passages),
        )
    )
    if failed:
        unread = ngettext("{count} could not be read", "{count} could not be read", failed)
        words = _("{indexed}; {unread}", indexed=words, unread=unread)
    where = str(folder) if folder else _("Start the chat with a folder to re-index from here.")
    last = Markup("")
    if followed:
        last += Markup('<span class="watched">{}</span>').format(
            _("Watched: changes are indexed by themselves.")
        )
    if change is not None:
        last += Markup('<span class="change">{}</span>').format(
            Markup(escape(_("Last change {when}: {what}"))).format(
                when=since(change.moment), what=change_words(change.report)
            )
        )
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
        none = _("No documents are indexed yet.")
        return str(Markup('<p class="none">{}</p>').format(none))
    ordered = sorted(documents, key=lambda d: (d.status != "failed", d.title.casefold(), d.path))
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(name) for name in _columns())
    wanted = _("Filter documents")
    rows = [_row_html(document, removable=removable) for document in ordered]
    return str(
        Markup(
            '<input class="filter" type="search" placeholder="{}" aria-label="{}" '
            'autocomplete="off">'
            '<div class="frame"><table><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>'
            "<template><table><tbody>{}</tbody></table></template>"
            '<p class="none" hidden>{}</p>'
            '<button type="button" class="more" hidden></button>'
        ).format(
            wanted,
            wanted,
            head,
            Markup("").join(rows[:AT_ONCE]),
            Markup("").join(rows[AT_ONCE:]),
            _("No document matches."),
        )
    )


def _columns() -> tuple[str, ...]:
    return (
        _("Document"),
        _("Format"),
        _("Pages"),
        _("Passages"),
        _("Language"),
        _("Date"),
        _("State"),
    )


def _row_html(document: DocumentInfo, *, removable: bool) -> Markup:
    failed = document.status == "failed"
    state = Markup('<span class="{}">{}</span>').format(
        *(("bad", _("Not readable")) if failed else ("good", _("Indexed")))
    )
    if document.reason:
        state += Markup('<span class="why">{}</span>').format(told(document.reason))
    if removable:
        state += Markup(
            '<button type="button" class="remove" data-document="{}" aria-label="{}">{}</button>'
        ).format(document.path, _("Delete {document}", document=document.path), _("Delete"))
    cells = (
        _name_html(document),
        document.format or "–",
        _pages_html(document),
        "–" if failed else number(document.passages),
        language_name(document.language) if document.language else "–",
        day(document.date) if document.date else "–",
        state,
    )
    # On a phone each row becomes a card, where data-name stands in for the column's head.
    inside = Markup("").join(
        Markup('<td data-name="{}">{}</td>').format(name, cell)
        for name, cell in zip(_columns(), cells, strict=True)
    )
    return Markup("<tr>{}</tr>").format(inside)


def _pages_html(document: DocumentInfo) -> Markup:
    """How many, and below it how many of them were not read as text."""
    count = Markup(escape(number(document.pages) if document.pages else "–"))
    states = page_states(document.page_counts)
    return count + Markup('<span class="why">{}</span>').format(states) if states else count


def _name_html(document: DocumentInfo) -> Markup:
    title = document.title or document.path
    written = in_language(document.language)
    name = Markup('<span class="title"{}>{}</span>').format(written, title)
    if document.status == "indexed":
        name = Markup(
            '<button type="button" class="look title" data-document="{}"{}>{}</button>'
        ).format(document.path, written, title)
    if document.title in {"", document.path}:
        return name
    return name + Markup('<span class="file">{}</span>').format(document.path)
