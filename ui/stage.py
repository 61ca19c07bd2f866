"""Stage: the components that show a conversation, and what they show at a time.

Which conversation it is stays in the page's script, and comes with each event: the server holds
nothing for an open page, and may be started anew meanwhile. Each update gives each component its
value. Gradio keeps one more component in memory for each ``gr.skip`` or ``gr.update`` of one that
is also an input, so nothing here is an input, and nothing is skipped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import gradio as gr
from markupsafe import Markup

from ui.answering import Answering, Job
from ui.assets import script
from ui.conversation import Conversation, Exchange
from ui.errand import Errand
from ui.language import _
from ui.render import error_html
from ui.thread import exchange_html, notice_html, thread_html, welcome_html
from ui.worded import worded

# How whatever waits for nothing is connected. Only answering goes through Gradio's queue: what
# else goes there is lost now and then right after a page was opened.
QUIET: dict[str, Any] = {"queue": False, "show_progress": "hidden", "api_visibility": "private"}

# Run in the browser: the question goes to the page's script, and the field is empty again. While
# an answer is under way it stays there until it can be asked.
_SUBMIT = """(question) => {
    if (document.body.classList.contains("answering")) return question;
    document.dispatchEvent(new CustomEvent("conversation-ask", { detail: question }));
    return "";
}"""
_ERRAND = Markup("""<p role="status" class="unseen"></p>
<p class="revising" hidden>{revising}
<button type="button" class="plain cancel">{cancel}</button></p>
<p class="reading" hidden><span></span>
<button type="button" class="plain adopt">{adopt}</button></p>
<button type="button" class="stop">{stop}</button>""")


class Update(NamedTuple):
    """What the components show from now on."""

    earlier: str  # HTML: all exchanges but the latest
    latest: str  # HTML
    errand: str  # JSON


class Stage:
    """Builds the conversation; ``build_question`` adds what is typed into below it."""

    def __init__(self) -> None:
        with gr.Column(elem_id="conversation"):
            self.welcome = worded(
                gr.HTML,
                {"value": lambda: welcome_html(())},
                elem_id="welcome",
                apply_default_css=False,
                js_on_load=None,
            )
            # Two, so that a streamed answer is sent without all that was said before it.
            self.earlier = gr.HTML(elem_id="earlier", apply_default_css=False, js_on_load=None)
            self.latest = gr.HTML(elem_id="latest", apply_default_css=False, js_on_load=None)

    def build_question(self) -> None:
        self.errand = worded(
            gr.HTML,
            {"html_template": _errand_html, "js_on_load": lambda: script("chat.js")},
            elem_id="errand",
            apply_default_css=False,
        )
        question = worded(
            gr.Textbox,
            {
                "label": lambda: _("Your question"),
                "placeholder": lambda: _("Ask about your documents"),
                "submit_btn": lambda: _("Ask"),
            },
            elem_id="question",
            show_label=False,
            container=False,
            lines=1,
            max_lines=6,
            autofocus=True,
        )
        question.submit(None, [question], [question], js=_SUBMIT, api_visibility="private")

    @property
    def components(self) -> list[gr.HTML]:
        """In the order of an Update."""
        return [self.earlier, self.latest, self.errand]


def _errand_html() -> str:
    return str(
        _ERRAND.format(
            revising=_("Editing your last question"),
            cancel=_("Cancel"),
            adopt=_("Go on in a copy"),
            stop=_("Stop"),
        )
    )


def empty(notice: str = "") -> Update:
    """A new conversation; ``notice`` says why it is not the one that was looked for."""
    errand = Errand(conversation="", limits=(), busy=False, revising=False, question="", type=True)
    return Update(notice_html(notice) if notice else "", "", errand.to_json())


def whole(
    conversation: Conversation,
    exchanges: Sequence[Exchange],
    reader: str,
    answering: Answering,
    by: str = "",
) -> Update:
    """A conversation as it is kept; its latest answer may be under way.

    ``by`` is the name of whose it is, where it is not the reader's.
    """
    own = conversation.owner == reader
    latest = ""
    under_way = False
    for last in exchanges[-1:]:
        job = answering.job(last.id)
        under_way = job is not None
        shown = job.exchange if job is not None else last
        latest = exchange_html(shown, latest=True, under_way=under_way, own=own)
    errand = replace(_naming(conversation), own=own, by=by)
    errand = replace(errand, busy=under_way and own, follow=under_way and own)
    return Update(thread_html(exchanges[:-1], own=own), latest, errand.to_json())


def asked(
    conversation: Conversation,
    earlier: Sequence[Exchange],
    job: Job,
    *,
    put_back: str | None = None,
) -> Update:
    """A question that has just been asked; one that has to wait is ``put_back`` into the field."""
    errand = replace(_naming(conversation), asked=True, busy=True, question=put_back)
    return words(Update(thread_html(earlier), "", errand.to_json()), job)


def words(shown: Update, job: Job) -> Update:
    """The newest words of an answer under way, in place of those shown."""
    latest = exchange_html(job.exchange, under_way=True, waiting=not job.begun)
    return shown._replace(latest=latest)


def answered(shown: Update, job: Job) -> Update:
    """The whole answer."""
    return shown._replace(
        latest=exchange_html(job.exchange, latest=True), errand=Errand(busy=False).to_json()
    )


def failed(earlier: str, reason: str) -> Update:
    """A question that could not be kept, so that it could not be asked either."""
    return Update(earlier, error_html(reason), Errand(busy=False).to_json())


def _naming(conversation: Conversation) -> Errand:
    return Errand(
        conversation=conversation.id,
        title=conversation.title,
        limits=conversation.limits,
        revising=False,
    )
