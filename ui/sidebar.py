"""Sidebar: the list of conversations, where they are found, renamed, shared and deleted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby

import gradio as gr
from markupsafe import Markup

from ui.assets import script
from ui.conversation import Conversation
from ui.conversations import LISTED, Conversations
from ui.errors import KNOWN_ERRORS, sentence
from ui.foreign_ids import of_the_page
from ui.icons import icon
from ui.language import _
from ui.stage import QUIET
from ui.told import told
from ui.worded import worded

# What stands still, whatever is listed: the field keeps what is typed into it.
_FRAME = Markup("""<button type="button" class="drawer" aria-label="{title}" title="{title}"
 aria-expanded="false" aria-controls="history-list">{icon}</button>
<nav class="history" id="history-list" aria-label="{title}">
<input class="words" type="search" placeholder="{search}" aria-label="{search}" autocomplete="off">
<div class="list">${{value}}</div>
<div class="menu" role="menu" hidden>{items}</div></nav>""")
_ITEM = Markup('<button type="button" role="menuitem" data-do="{}">{}</button>')


class Sidebar:
    """Builds the sidebar and connects it; call inside ``gr.Blocks``."""

    def __init__(self, conversations: Conversations) -> None:
        self._conversations = conversations
        self.list = worded(
            gr.HTML,
            {"html_template": frame_html, "js_on_load": lambda: script("sidebar.js")},
            elem_id="history",
            apply_default_css=False,
        )

    def connect(self, page: gr.Blocks) -> None:
        """Join the list to what it does. Every event brings the words that are searched for."""
        page.load(self._load, None, [self.list], **QUIET)
        self.list.find(self._find, None, [self.list], trigger_mode="multiple", **QUIET)
        self.list.rename(self._rename, None, [self.list], **QUIET)
        self.list.sharing(self._share, None, [self.list], **QUIET)
        self.list.remove(self._remove, None, [self.list], **QUIET)
        self.list.restore(self._restore, None, [self.list], **QUIET)

    def _load(self, request: gr.Request) -> str:
        return self._listed(request, "")

    @of_the_page
    def _find(self, event: gr.EventData, request: gr.Request) -> str:
        return self._listed(request, str(event.words))

    @of_the_page
    def _rename(self, event: gr.EventData, request: gr.Request) -> str:
        title = str(event.title)
        return self._done(
            event, request, lambda id, owner: self._conversations.rename(id, owner, title)
        )

    @of_the_page
    def _share(self, event: gr.EventData, request: gr.Request) -> str:
        shared = bool(event.shared)
        return self._done(
            event, request, lambda id, owner: self._conversations.share(id, owner, shared=shared)
        )

    @of_the_page
    def _remove(self, event: gr.EventData, request: gr.Request) -> str:
        return self._done(event, request, self._conversations.delete, undo=str(event.id))

    @of_the_page
    def _restore(self, event: gr.EventData, request: gr.Request) -> str:
        return self._done(event, request, self._conversations.restore)

    def _done(
        self,
        event: gr.EventData,
        request: gr.Request,
        act: Callable[[str, str], None],
        undo: str = "",
    ) -> str:
        """Do something with the conversation that an event names, then list them anew."""
        try:
            act(str(event.id), request.username or "")
        except KNOWN_ERRORS as error:
            return self._listed(request, str(event.words), notice=told(sentence(error)))
        return self._listed(request, str(event.words), undo=undo)

    def _listed(self, request: gr.Request, words: str, notice: str = "", undo: str = "") -> str:
        found = self._conversations.listed(request.username or "", words)
        if not self._conversations.kept:
            notice = notice or _(
                "Nothing can be written here: these are gone when the server ends."
            )
        return list_html(found, date.today(), words=words, notice=notice, undo=undo)


def frame_html() -> str:
    """What stands around the list: the button of the drawer, the search, and the menu of a row."""
    items = {
        "rename": _("Rename"),
        "link": _("Copy link to share"),
        "unshare": _("Stop sharing"),
        "docx": _("Save as Word"),
        "md": _("Save as Markdown"),
        "remove": _("Delete"),
    }
    return str(
        _FRAME.format(
            title=_("Conversations"),
            search=_("Search conversations"),
            icon=icon("history"),
            items=Markup("").join(_ITEM.format(*item) for item in items.items()),
        )
    )


def list_html(
    conversations: Sequence[Conversation],
    today: date,
    *,
    words: str = "",
    notice: str = "",
    undo: str = "",
) -> str:
    """The conversations by age, the latest first; ``undo`` is one that was just deleted."""
    parts = []
    if undo:
        parts.append(
            Markup(
                '<p class="undone" role="status">{} <button type="button" class="plain"'
                ' data-restore="{}">{}</button></p>'
            ).format(_("Deleted."), undo, _("Undo"))
        )
    if notice:
        parts.append(Markup('<p class="remark" role="status">{}</p>').format(notice))
    if not conversations:
        none = _("No conversation holds these words.") if words.strip() else _("Nothing asked yet.")
        parts.append(Markup('<p class="remark">{}</p>').format(none))
    for age, group in groupby(conversations, key=lambda each: _age(each.changed_at, today)):
        rows = Markup("").join(_row_html(conversation) for conversation in group)
        parts.append(Markup("<h2>{}</h2><ul>{}</ul>").format(age, rows))
    if len(conversations) == LISTED:
        older = _("Older ones are found by their words.")
        parts.append(Markup('<p class="remark">{}</p>').format(older))
    return str(Markup("").join(parts))


def _row_html(conversation: Conversation) -> Markup:
    shared = Markup("")
    if conversation.shared:
        shared = Markup('<span class="shared">{}</span>').format(_("shared"))
    return Markup(
        '<li data-id="{}"{}><a href="?c={}" title="{}"><span class="title">{}</span>{}</a>'
        '<button type="button" class="more" aria-haspopup="menu" aria-label="{}">{}'
        "</button></li>"
    ).format(
        conversation.id,
        Markup(" data-shared") if conversation.shared else "",
        conversation.id,
        conversation.title,
        conversation.title,
        shared,
        _("More on {title}", title=conversation.title),
        icon("more"),
    )


def _age(moment: datetime, today: date) -> str:
    day = moment.astimezone().date()
    if day >= today:
        return _("Today")
    if day == today - timedelta(days=1):
        return _("Yesterday")
    return _("Last seven days") if day > today - timedelta(days=7) else _("Earlier")
