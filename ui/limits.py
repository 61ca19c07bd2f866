"""Limits: the documents that a conversation is limited to, shown above the question and chosen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import gradio as gr
from markupsafe import Markup

from assistant import Assistant
from index import DocumentInfo
from ui.assets import asset
from ui.conversation import limits_of, limits_to_json
from ui.conversations import Conversations
from ui.errors import KNOWN_ERRORS, UnknownConversation, sentence
from ui.icons import icon
from ui.stage import QUIET
from ui.wording import counted

SHOWN = 100  # choices at once; more are found by their words
_CHIPS = 3  # documents that stand above the question
_BELOW = "/*"  # ends the pattern of all documents below a folder

_CHOOSER = """<div class="chooser" role="dialog" aria-label="Documents to search">
<input class="words" type="search" placeholder="Find a document or folder"
 aria-label="Find a document or folder" autocomplete="off">
<div class="choices">${value}</div>
<footer><button type="button" class="plain none">Search all</button>
<button type="button" class="plain shown">Select these</button>
<button type="button" class="done">Done</button></footer></div>"""


@dataclass(frozen=True, slots=True)
class Choice:
    """A document, or all below a folder."""

    limit: str  # a path, or a pattern
    title: str
    where: str


class Limits:
    """Builds the line above the question, and what opens from it; call inside ``gr.Blocks``."""

    def __init__(self, assistant: Assistant, conversations: Conversations) -> None:
        self._assistant = assistant
        self._conversations = conversations
        self.value = gr.Textbox("[]", visible=False)  # JSON, so that the page holds the state
        self.line = gr.HTML(limits_html((), {}), elem_id="limits", apply_default_css=False,
                            js_on_load=None)  # fmt: skip
        self.chooser = gr.HTML(
            elem_id="chooser",
            html_template=_CHOOSER,
            js_on_load=asset("limits.js"),
            apply_default_css=False,
        )

    def connect(self, opened: gr.Textbox) -> None:
        """``opened`` holds the id of the conversation."""
        self.chooser.find(
            self._find, [self.value], [self.chooser], trigger_mode="always_last", **QUIET
        )
        self.chooser.limit(self._limit, [opened], [self.value, self.line], **QUIET)

    def shown(self, limits: Sequence[str]) -> tuple[str, str]:
        """(value, line) for these limits."""
        try:
            titles = {info.path: info.title or info.path for info in self._assistant.documents()}
        except KNOWN_ERRORS:
            titles = {}
        return limits_to_json(limits), limits_html(limits, titles)

    def _find(self, value: str, event: gr.EventData) -> str:
        try:
            documents = self._assistant.documents()
        except KNOWN_ERRORS as error:
            return str(Markup('<p class="remark">{}</p>').format(sentence(error)))
        return choices_html(choices(documents), str(event.words), set(limits_of(value)))

    def _limit(self, opened: str, event: gr.EventData, request: gr.Request) -> tuple[str, str]:
        limits = tuple(str(limit) for limit in event.limits)
        if opened:
            try:
                self._conversations.limit(opened, request.username or "", limits)
            except UnknownConversation:
                limits = ()
        return self.shown(limits)


def choices(documents: Sequence[DocumentInfo]) -> list[Choice]:
    """The folders, then the documents by title."""
    indexed = [document for document in documents if document.status == "indexed"]
    below: Counter[str] = Counter()
    for document in indexed:
        parts = document.path.split("/")
        below.update("/".join(parts[:depth]) for depth in range(1, len(parts)))
    folders = [
        Choice(f"{folder}{_BELOW}", folder, counted(count, "document"))
        for folder, count in sorted(below.items())
    ]
    titled = sorted(indexed, key=lambda document: (document.title.casefold(), document.path))
    return folders + [
        Choice(
            document.path,
            document.title or document.path,
            " · ".join(filter(None, (document.path, (document.date or "")[:4]))),
        )
        for document in titled
    ]


def choices_html(choices: Sequence[Choice], words: str, chosen: set[str]) -> str:
    """Those that hold all the words, the chosen ones first."""
    wanted = words.casefold().split()
    found = [
        choice
        for choice in choices
        if all(word in f"{choice.title} {choice.where}".casefold() for word in wanted)
    ]
    found.sort(key=lambda choice: choice.limit not in chosen)
    rows = Markup("").join(
        Markup(
            '<label class="choice"><input type="checkbox" value="{}"{}>'
            '<span class="title">{}</span><span class="where">{}</span></label>'
        ).format(
            choice.limit,
            Markup(" checked") if choice.limit in chosen else "",
            choice.title,
            choice.where,
        )
        for choice in found[:SHOWN]
    )
    more = len(found) - SHOWN
    if more > 0:
        rows += Markup('<p class="remark">{} more: type to narrow them down.</p>').format(more)
    return str(rows or Markup('<p class="remark">No document matches.</p>'))


def limits_html(limits: Sequence[str], titles: dict[str, str]) -> str:
    """The line above the question: what is searched, with a chip for each document chosen."""
    label = "All documents" if not limits else "Searching only"
    chips = Markup("").join(_chip_html(limit, titles) for limit in limits[:_CHIPS])
    more = len(limits) - _CHIPS
    if more > 0:
        chips += Markup('<span class="more">and {} more</span>').format(more)
    return str(
        Markup(
            '<button type="button" class="choose" aria-haspopup="dialog" data-limits="{}"'
            ' title="Choose the documents to search">{}<span>{}</span></button>{}'
        ).format(limits_to_json(limits), icon("document"), label, chips)
    )


def _chip_html(limit: str, titles: dict[str, str]) -> Markup:
    name = titles.get(limit) or limit.removesuffix(_BELOW)
    return Markup(
        '<span class="chip" title="{}"><span>{}</span><button type="button" data-limit="{}"'
        ' aria-label="No longer only {}">×</button></span>'
    ).format(limit, name, limit, name)
