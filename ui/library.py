"""Library: the Documents tab: what is indexed, what could not be read, and re-indexing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import gradio as gr
from markupsafe import Markup, escape

from index import DocumentInfo
from ingest.folder import SUFFIXES
from ui.assets import script
from ui.background_sync import Change
from ui.document_table import table_html
from ui.formats import since
from ui.language import _, ngettext
from ui.sync_view import change_words
from ui.worded import worded


class Library:
    """Builds the tab's components; call inside ``gr.Blocks``.

    They are the same for everybody: what is in them the page's script asks for (see LibraryView),
    while somebody looks at it.
    """

    def __init__(self, at_once: int) -> None:
        """``at_once``: files that may be uploaded at a time; 0: none may."""
        worded(
            gr.HTML,
            {"html_template": head_html},
            elem_id="library-head",
            apply_default_css=False,
            js_on_load=None,
        )
        worded(
            gr.HTML,
            {
                "value": lambda: upload_html(at_once) if at_once else "",
                "js_on_load": lambda: script("upload.js"),
            },
            elem_id="upload",
            apply_default_css=False,
        )
        worded(
            gr.HTML,
            {
                "html_template": lambda: f'<div id="progress"></div>{table_html()}',
                "js_on_load": lambda: script("library.js"),
            },
            elem_id="library",
            apply_default_css=False,
        )


def head_html() -> str:
    """Where the summary is shown, and the button that re-indexes all."""
    return str(
        Markup(
            '<div id="library-summary"></div>'
            '<button type="button" id="reindex" disabled>{}</button>'
        ).format(_("Re-index"))
    )


def upload_html(at_once: int) -> str:
    """Where files are dropped or chosen, ``at_once`` at most; what becomes of each stands below."""
    what = _("Upload documents")
    said = Markup(escape(_("{upload_documents} or drop them here"))).format(
        upload_documents=Markup("<strong>{}</strong>").format(what)
    )
    return str(
        Markup(
            '<label class="drop"><input type="file" multiple accept="{}" aria-label="{}"'
            ' data-most="{}">'
            '<span>{}</span></label><ul class="sent" aria-live="polite"></ul>'
        ).format(",".join(SUFFIXES), what, at_once, said)
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
    again = Markup("")
    if failed:
        unread = ngettext("{count} could not be read", "{count} could not be read", failed)
        words = _("{indexed}; {unread}", indexed=words, unread=unread)
    if failed and folder:
        again = Markup('<button type="button" class="plain retry">{}</button>').format(
            _("Try again what could not be read")
        )
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
        Markup('<div class="summary"><strong>{}</strong><span>{}</span>{}{}</div>').format(
            words, where, last, again
        )
    )
