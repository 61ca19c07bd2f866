"""Chat: the Ask tab, with the source panel beside it."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import gradio as gr

from assistant import Answer, Assistant, AssistantError, Turn
from ingest.document import Document
from ui.assets import asset
from ui.errors import KNOWN_ERRORS, sentence
from ui.render import answer_html, error_html, parse_reference, question_html, sources, working_html
from ui.source import Place, source_html

UPDATE_SECONDS = 0.08  # between two updates of a streamed answer: twelve a second look fluent
ANSWERS_AT_ONCE = 4
STOPPED = "Stopped before its end. What has no number is not checked."

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question of the conversation, and what came of it."""

    question: str
    answer: Answer | None = None  # None until the first words are there
    error: str = ""


class Chat:
    """Builds the tab's components and connects them; call inside ``gr.Blocks``."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self.exchanges = gr.State([])
        self.conversation = gr.Chatbot(
            elem_id="conversation",
            show_label=False,
            label="Conversation",
            container=False,
            height=None,
            layout="bubble",
            buttons=[],
            feedback_options=None,
            latex_delimiters=[],  # documents hold dollar signs, not formulas
            allow_tags=False,
            group_consecutive_messages=False,
            placeholder=_welcome_html(),
        )
        with gr.Row(elem_id="composer"):
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

    def add_panel(self) -> None:
        """The source panel stands beside the tabs, so it is made outside of them."""
        self.panel = gr.HTML(
            elem_id="source",
            js_on_load=asset("source.js"),
            apply_default_css=False,
        )

    def connect(self, page: gr.Blocks, new_conversation: gr.Button) -> None:
        """Join the components to what they do. Only answering goes through the queue."""
        shown = [self.conversation, self.exchanges, self.question]
        asked = self.question.submit(
            self._ask,
            [self.question, self.exchanges],
            shown,
            show_progress="hidden",
            trigger_mode="once",
            concurrency_limit=ANSWERS_AT_ONCE,
            api_visibility="private",
        )
        from_example = self.conversation.example_select(
            self._ask_example,
            [self.exchanges],
            shown,
            show_progress="hidden",
            trigger_mode="once",
            concurrency_limit=ANSWERS_AT_ONCE,
            api_visibility="private",
        )
        running: list[Any] = [asked, from_example]
        quiet: dict[str, Any] = {
            "queue": False,
            "show_progress": "hidden",
            "api_visibility": "private",
        }
        # A cancelled generator skips what follows it, so the buttons are set back here.
        self.question.stop(self._stop, [self.exchanges], shown, cancels=running, **quiet)
        new_conversation.click(self._clear, None, [*shown, self.panel], cancels=running, **quiet)
        self.panel.cite(self._open_source, [self.exchanges], [self.panel], **quiet)
        page.load(self._greet, None, [self.conversation], **quiet)

    def _ask_example(
        self, exchanges: list[Exchange], event: gr.SelectData
    ) -> Iterator[tuple[Any, ...]]:
        yield from self._ask(event.value["text"], exchanges)

    def _ask(self, question: str, exchanges: list[Exchange]) -> Iterator[tuple[Any, ...]]:
        question = question.strip()
        if not question:
            yield gr.skip(), gr.skip(), gr.skip()
            return
        busy = gr.update(value="", submit_btn=False, stop_btn="Stop")
        yield *self._show([*exchanges, Exchange(question)]), busy
        exchange = Exchange(question)
        try:
            shown_at = time.monotonic()
            for answer in self._assistant.stream(question, history=_history(exchanges)):
                exchange = Exchange(question, answer)
                if time.monotonic() - shown_at >= UPDATE_SECONDS:
                    yield *self._show([*exchanges, exchange]), gr.skip()
                    shown_at = time.monotonic()
        except KNOWN_ERRORS as error:
            exchange = Exchange(question, error=sentence(error))
        except Exception:
            # The page is the last place to catch a bug; its traceback goes to the log.
            _LOG.exception("answering failed")
            exchange = Exchange(
                question,
                error="Answering failed unexpectedly; the terminal that runs the chat shows why.",
            )
        yield *self._show([*exchanges, exchange]), _ready()

    def _stop(self, exchanges: list[Exchange]) -> tuple[Any, ...]:
        if exchanges and exchanges[-1].answer is None and not exchanges[-1].error:
            stopped = Exchange(exchanges[-1].question, error="Stopped.")
            exchanges = [*exchanges[:-1], stopped]
        elif exchanges and exchanges[-1].answer is not None and not exchanges[-1].answer.complete:
            answer = replace(exchanges[-1].answer, note=STOPPED)
            exchanges = [*exchanges[:-1], Exchange(exchanges[-1].question, answer)]
        return *self._show(exchanges), _ready()

    def _clear(self) -> tuple[Any, ...]:
        return *self._show([]), gr.update(value="", submit_btn="Ask", stop_btn=False), ""

    def _greet(self) -> Any:
        """Fill the empty chat with questions that today's documents answer."""
        try:
            questions = self._assistant.examples()
        except KNOWN_ERRORS as error:
            _LOG.warning("no example questions: %s", error)
            questions = []
        return gr.update(examples=[{"text": question} for question in questions])

    def _open_source(self, exchanges: list[Exchange], event: gr.EventData) -> str:
        found = parse_reference(str(event.ref))
        if found is None:
            return ""
        answer_number, number = found
        # The address comes from the browser: anything may stand in it.
        if not 1 <= answer_number <= len(exchanges):
            return ""
        answer = exchanges[answer_number - 1].answer
        listed = sources(answer) if answer is not None else ()
        numbers = tuple(citation.number for citation in listed)
        if number not in numbers:
            return ""
        position = numbers.index(number)
        citation = listed[position]
        place = Place(answer_number, position, numbers)
        return source_html(citation, place, self._document(citation.document))

    def _document(self, path: str) -> Document | None:
        try:
            return self._assistant.document(path)
        except AssistantError:
            return None

    @staticmethod
    def _show(exchanges: Sequence[Exchange]) -> tuple[list[dict[str, str]], list[Exchange]]:
        """(messages, exchanges) for the chatbot and the state."""
        messages: list[dict[str, str]] = []
        for number, exchange in enumerate(exchanges, start=1):
            messages.append({"role": "user", "content": question_html(exchange.question)})
            if exchange.error:
                content = error_html(exchange.error)
            elif exchange.answer is None:
                content = working_html()
            else:
                content = answer_html(exchange.answer, number)
            messages.append({"role": "assistant", "content": content})
        return messages, list(exchanges)


def _ready() -> Any:
    return gr.update(submit_btn="Ask", stop_btn=False)


def _history(exchanges: Sequence[Exchange]) -> list[Turn]:
    turns: list[Turn] = []
    for exchange in exchanges:
        if exchange.answer is not None:
            turns.append({"role": "user", "content": exchange.question})
            turns.append({"role": "assistant", "content": exchange.answer.text})
    return turns


def _welcome_html() -> str:
    return (
        '<div class="welcome"><h1>What would you like to know?</h1>'
        "<p>Every statement in an answer comes with the exact words on their page.</p></div>"
    )
