"""Limits: what a conversation is limited to, shown above the question and chosen."""

from __future__ import annotations

from collections.abc import Sequence

import gradio as gr
from markupsafe import Markup

from assistant import Assistant
from ui.assets import script
from ui.choices import choices, choices_html, name_of
from ui.conversation import limits_to_json
from ui.conversations import Conversations
from ui.errors import KNOWN_ERRORS, UnknownConversation, sentence
from ui.foreign_ids import of_the_page
from ui.icons import icon
from ui.language import _, ngettext
from ui.stage import QUIET
from ui.told import told
from ui.worded import worded

_CHIPS = 3  # limits that stand above the question

_CHOOSER = Markup("""<div class="chooser" role="dialog" aria-label="{title}">
<input class="words" type="search" placeholder="{find}" aria-label="{find}" autocomplete="off">
<div class="choices">${{value}}</div>
<footer><button type="button" class="plain none">{all}</button>
<button type="button" class="plain shown">{these}</button>
<button type="button" class="done">{done}</button></footer></div>""")


class Limits:
    """Builds the line above the question, and what opens from it; call inside ``gr.Blocks``."""

    def __init__(self, assistant: Assistant, conversations: Conversations) -> None:
        self._assistant = assistant
        self._conversations = conversations
        self.line = worded(
            gr.HTML,
            {"value": lambda: limits_html((), {})},
            elem_id="limits",
            apply_default_css=False,
            js_on_load=None,
        )
        self.chooser = worded(
            gr.HTML,
            {"html_template": chooser_html, "js_on_load": lambda: script("limits.js")},
            elem_id="chooser",
            apply_default_css=False,
        )

    def connect(self) -> None:
        """Join the components to what they do."""
        self.chooser.find(self._find, None, [self.chooser], trigger_mode="multiple", **QUIET)
        self.chooser.limit(self._limit, None, [self.line], **QUIET)
        self.chooser.tell(self._tell, None, [self.line], trigger_mode="multiple", **QUIET)

    @of_the_page
    def _find(self, event: gr.EventData) -> str:
        try:
            documents = self._assistant.documents()
        except KNOWN_ERRORS as error:
            return str(Markup('<p class="remark">{}</p>').format(told(sentence(error))))
        chosen = {str(limit) for limit in event.chosen}
        return choices_html(choices(documents), str(event.words), chosen)

    @of_the_page
    def _limit(self, event: gr.EventData, request: gr.Request) -> str:
        """Keep what was chosen, with a conversation that has begun already."""
        limits = [str(limit) for limit in event.limits]
        if event.conversation:
            try:
                reader = request.username or ""
                self._conversations.limit(str(event.conversation), reader, limits)
            except UnknownConversation:
                limits = []
        return self._line(limits)

    @of_the_page
    def _tell(self, event: gr.EventData) -> str:
        """What the conversation that is shown is limited to."""
        return self._line([str(limit) for limit in event.limits])

    def _line(self, limits: Sequence[str]) -> str:
        try:
            titles = {info.path: info.title or info.path for info in self._assistant.documents()}
        except KNOWN_ERRORS:
            titles = {}
        return limits_html(limits, titles)


def chooser_html() -> str:
    """The frame of the choice; what is chosen from stands in its value."""
    return str(
        _CHOOSER.format(
            title=_("Documents to search"),
            find=_("Find a document or folder"),
            all=_("Search all"),
            these=_("Select these"),
            done=_("Done"),
        )
    )


def limits_html(limits: Sequence[str], titles: dict[str, str]) -> str:
    """The line above the question: what is searched, with a chip for each document chosen."""
    label = _("Searching only") if limits else _("All documents")
    chips = Markup("").join(_chip_html(limit, titles) for limit in limits[:_CHIPS])
    more = len(limits) - _CHIPS
    if more > 0:
        said = ngettext("and {count} more", "and {count} more", more)
        chips += Markup('<span class="more">{}</span>').format(said)
    return str(
        Markup(
            '<button type="button" class="choose" aria-haspopup="dialog" data-limits="{}"'
            ' title="{}">{}<span>{}</span></button>{}'
        ).format(
            limits_to_json(limits),
            _("Choose the documents to search"),
            icon("document"),
            label,
            chips,
        )
    )


def _chip_html(limit: str, titles: dict[str, str]) -> Markup:
    name = titles.get(limit) or name_of(limit)
    return Markup(
        '<span class="chip" title="{}"><span>{}</span><button type="button" data-limit="{}"'
        ' aria-label="{}">×</button></span>'
    ).format(limit, name, limit, _("No longer only {document}", document=name))
