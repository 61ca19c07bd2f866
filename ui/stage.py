"""Stage: the components that show a conversation, and what each of them shows at a time.

Which conversation it is stays in the page: the server holds nothing for a page that is open, and
may be started anew meanwhile.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import gradio as gr

from ui.answering import Answering, Job
from ui.assets import asset
from ui.conversation import Conversation, Exchange
from ui.errand import Errand
from ui.render import error_html
from ui.thread import exchange_html, notice_html, thread_html, welcome_html

# How whatever waits for nothing is connected. Only answering goes through Gradio's queue: what
# else goes there is lost now and then right after a page was opened.
QUIET: dict[str, Any] = {"queue": False, "show_progress": "hidden", "api_visibility": "private"}
Update = dict[Any, Any]  # component -> what it shows from now on; the others stay as they are

_ERRAND = """<p role="status" class="unseen"></p>
<p class="revising" hidden>Editing your last question
<button type="button" class="plain cancel">Cancel</button></p>
<p class="reading" hidden><span></span>
<button type="button" class="plain adopt">Go on in a copy</button></p>"""


class Stage:
    """Builds the conversation; ``build_question`` adds what is typed into below it."""

    def __init__(self) -> None:
        with gr.Column(elem_id="conversation"):
            # Two, so that a streamed answer is sent without all that was said before it.
            self.welcome = gr.HTML(
                welcome_html(()), elem_id="welcome", apply_default_css=False, js_on_load=None
            )
            self.earlier = gr.HTML(elem_id="earlier", apply_default_css=False, js_on_load=None)
            self.latest = gr.HTML(elem_id="latest", apply_default_css=False, js_on_load=None)

    def build_question(self) -> None:
        self.errand = gr.HTML(
            elem_id="errand",
            html_template=_ERRAND,
            js_on_load=asset("chat.js"),
            apply_default_css=False,
        )
        self.question = gr.Textbox(
            elem_id="question",
            show_label=False,
            label="Your question",
            container=False,
            placeholder="Ask about your documents",
            lines=1,
            max_lines=6,
            autofocus=True,
            submit_btn="Ask",
            stop_btn=False,
        )
        self.opened = gr.Textbox("", visible=False)  # the id of the conversation shown
        self.revised = gr.Textbox("", visible=False)  # what the next question replaces

    @property
    def components(self) -> list[Any]:
        return [
            self.earlier, self.latest, self.question, self.opened, self.revised, self.errand,
        ]  # fmt: skip

    def greeting(self, examples: Sequence[str]) -> Update:
        """Questions to begin with; they are seen while nothing has been asked."""
        return {self.welcome: welcome_html(examples)}

    def empty(self, notice: str = "") -> Update:
        """A new conversation."""
        return {
            self.earlier: notice_html(notice) if notice else "",
            self.latest: "",
            self.question: _ready(),
            self.opened: "",
            self.revised: "",
            self.errand: Errand(conversation="", revising=False, type=True).to_json(),
        }

    def whole(
        self,
        conversation: Conversation,
        exchanges: Sequence[Exchange],
        reader: str,
        answering: Answering,
    ) -> Update:
        """A conversation as it is kept; its latest answer may be under way."""
        own = conversation.owner == reader
        last = exchanges[-1] if exchanges else None
        job = answering.job(last.id) if last is not None else None
        shown = job.exchange if job is not None else last
        return {
            self.earlier: thread_html(exchanges[:-1], own=own),
            self.latest: exchange_html(shown, latest=True, under_way=job is not None, own=own)
            if shown is not None
            else "",
            self.question: _ready() if job is None else _busy(),
            self.opened: conversation.id,
            self.revised: "",
            self.errand: Errand(
                conversation=conversation.id,
                title=conversation.title,
                own=own,
                by=conversation.owner,
                follow=job is not None and own,
                revising=False,
            ).to_json(),
        }

    def asked(self, conversation: Conversation, earlier: Sequence[Exchange], job: Job) -> Update:
        """A question that has just been asked."""
        return {
            self.earlier: thread_html(earlier),
            self.question: _busy(),
            self.opened: conversation.id,
            self.revised: "",
            self.errand: Errand(
                conversation=conversation.id, title=conversation.title, asked=True, revising=False
            ).to_json(),
            **self.words(job),
        }

    def words(self, job: Job) -> Update:
        """The newest words of an answer under way."""
        waiting = not job.begun
        return {self.latest: exchange_html(job.exchange, under_way=True, waiting=waiting)}

    def answered(self, job: Job) -> Update:
        """The whole answer."""
        return {
            self.latest: exchange_html(job.exchange, latest=True),
            self.question: _ready(),
            self.errand: Errand(answered=True).to_json(),
        }

    def failed(self, reason: str) -> Update:
        """A question that could not be kept, so that it could not be asked either."""
        return {self.latest: error_html(reason), self.question: _ready()}

    def revising(self, text: str, exchange: int | None) -> Update:
        """The text to be changed, and what it replaces once it is asked."""
        return {
            self.question: gr.update(value=text),
            self.revised: str(exchange or ""),
            self.errand: Errand(revising=exchange is not None, type=True).to_json(),
        }


def _ready() -> Any:
    return gr.update(submit_btn="Ask", stop_btn=False)


def _busy() -> Any:
    return gr.update(value="", submit_btn=False, stop_btn="Stop")
