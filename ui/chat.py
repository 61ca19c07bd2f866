"""Chat: the Ask tab: questions, answers, and moving from conversation to conversation."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from typing import Any, NamedTuple

import gradio as gr

from assistant import Assistant
from ui import stage
from ui.answering import Answering, Job, history_of
from ui.assets import script
from ui.choices import scope_of_limits
from ui.conversation import Conversation, Exchange
from ui.conversations import Conversations
from ui.errors import KNOWN_ERRORS, UnknownConversation, sentence
from ui.foreign_ids import of_the_page
from ui.limits import Limits
from ui.reader_language import speak_to
from ui.reading import Reading
from ui.sidebar import Sidebar
from ui.stage import QUIET, Stage, Update
from ui.thread import thread_html, welcome_html
from ui.worded import worded

UPDATE_SECONDS = 0.08  # between two updates of a streamed answer: twelve a second look fluent
SOON_SECONDS = 0.02  # between two looks for its first words
NO_SOURCE = ""  # what the source panel shows when another conversation does

_LOG = logging.getLogger(__name__)


class Begun(NamedTuple):
    """An answer under way, and what stands before it."""

    conversation: Conversation
    earlier: list[Exchange]
    job: Job
    put_back: str | None = None  # a question that has to wait for it


class Chat:
    """Builds the tab's components and connects them; call inside ``gr.Blocks``."""

    def __init__(
        self, assistant: Assistant, conversations: Conversations, names: Callable[[str], str]
    ) -> None:
        """``names`` tells the name of a user from their id; empty where they are gone."""
        self._names = names
        self._assistant = assistant
        self._conversations = conversations
        self._answering = Answering(assistant, conversations)
        self.stage = Stage()
        with gr.Column(elem_id="composer"):
            self.limits = Limits(assistant, conversations)
            self.stage.build_question()
        self._reading = Reading(assistant, conversations, self.stage)

    def add_panel(self) -> None:
        """What stands beside the tabs, so that it is made outside of them."""
        self.sidebar = Sidebar(self._conversations)
        self.panel = worded(
            gr.HTML,
            {"js_on_load": lambda: script("source.js")},
            elem_id="source",
            apply_default_css=False,
        )

    def connect(self, page: gr.Blocks, new_conversation: gr.Button) -> None:
        """Join the components to what they do. Only answering goes through the queue."""
        errand, shown = self.stage.errand, self.stage.components
        # How many are answered at once is Answering's to say; here they only wait for words.
        queued: dict[str, Any] = {
            "show_progress": "hidden",
            "trigger_mode": "once",
            "concurrency_limit": None,
            "api_visibility": "private",
        }
        running: list[Any] = [
            errand.ask(self._ask, None, shown, **queued),
            errand.follow(self._follow, None, shown, **queued),
        ]
        # A cancelled generator skips what follows it, so all is set back here.
        errand.halt(self._stop, None, shown, cancels=running, **QUIET)
        view = [*shown, self.panel]
        new_conversation.click(self._begin, None, view, cancels=running, **QUIET)
        errand.open(self._open, None, view, cancels=running, **QUIET)
        errand.adopt(self._adopt, None, view, cancels=running, **QUIET)
        page.load(self._greet, None, [self.stage.welcome], **QUIET)
        self._reading.connect(self.panel)
        self.limits.connect()
        self.sidebar.connect(page)

    @of_the_page
    async def _ask(self, event: gr.EventData, request: gr.Request) -> AsyncIterator[Update]:
        """What the page shows from a question to its whole answer.

        ``event`` holds the question, or with ``again`` the exchange that is asked once more; the
        exchange that it ``replaces``; the conversation ("": a new one) and the limits for it.
        """
        speak_to(request)
        try:
            begun = await asyncio.to_thread(self._start, event, request.username or "")
        except KNOWN_ERRORS as error:
            earlier = await asyncio.to_thread(self._earlier, event, request.username or "")
            yield stage.failed(earlier, sentence(error))
            return
        if begun is None:
            return
        shown = stage.asked(begun.conversation, begun.earlier, begun.job, put_back=begun.put_back)
        yield shown
        async for update in _words(shown, begun.job):
            yield update

    def _start(self, event: gr.EventData, reader: str) -> Begun | None:
        """Keep the question and begin to answer it; None where there is none."""
        kept, id, everywhere = self._conversations, str(event.conversation), bool(event.everywhere)
        replaces = int(event.replaces) if event.replaces is not None else None
        question = str(event.question).strip()
        if event.again is not None:
            replaces = int(event.again)
            question = kept.exchange(replaces, reader).question
        if not question:
            return None
        if not id:
            id = kept.begin(reader, question, [str(limit) for limit in event.limits]).id
        known = kept.exchanges(id)
        under_way = self._answering.job(known[-1].id) if known else None
        if under_way is not None:  # asked on another page: one after the other
            return Begun(kept.conversation(id, reader), known[:-1], under_way, put_back=question)
        if everywhere and kept.conversation(id, reader).limits:
            kept.limit(id, reader, ())
            everywhere = False  # nothing limits the search any more
        asked = kept.ask(id, reader, question, replaces)
        conversation = kept.conversation(id, reader)
        earlier = [exchange for exchange in kept.exchanges(id) if exchange.id < asked.id]
        limits = scope_of_limits(conversation.limits) if conversation.limits else None
        job = self._answering.start(asked, history_of(earlier), limits, everywhere=everywhere)
        return Begun(conversation, earlier, job)

    def _earlier(self, event: gr.EventData, reader: str) -> str:
        """What was said before a question that failed."""
        try:
            conversation = self._conversations.conversation(str(event.conversation), reader)
        except UnknownConversation:
            return ""
        return thread_html(self._conversations.exchanges(conversation.id))

    @of_the_page
    async def _follow(self, event: gr.EventData, request: gr.Request) -> AsyncIterator[Update]:
        """An answer that was under way when its conversation was opened."""
        speak_to(request)
        reader = request.username or ""
        try:
            conversation = self._conversations.conversation(str(event.conversation), reader)
        except UnknownConversation:
            return
        exchanges = self._conversations.exchanges(conversation.id)
        shown = self._whole(conversation, exchanges, reader)
        job = self._answering.job(exchanges[-1].id) if exchanges else None
        if job is None:  # it has just been finished
            yield shown
            return
        shown = stage.asked(conversation, exchanges[:-1], job)
        yield shown
        async for update in _words(shown, job):
            yield update

    @of_the_page
    def _stop(self, event: gr.EventData, request: gr.Request) -> Update:
        reader = request.username or ""
        try:
            conversation = self._conversations.conversation(str(event.conversation), reader)
        except UnknownConversation as error:
            return stage.empty(sentence(error))
        if conversation.owner == reader:
            for exchange in self._conversations.exchanges(conversation.id)[-1:]:
                self._answering.stop(exchange.id)
        return self._whole(conversation, self._conversations.exchanges(conversation.id), reader)

    def _begin(self) -> tuple[str, ...]:
        return *stage.empty(), NO_SOURCE

    @of_the_page
    def _open(self, event: gr.EventData, request: gr.Request) -> tuple[str, ...]:
        """The conversation that was chosen, or that the page's address names; or a new one."""
        id, reader = str(event.id), request.username or ""
        if not id:
            return self._begin()
        try:
            conversation = self._conversations.conversation(id, reader)
        except UnknownConversation as error:
            return *stage.empty(sentence(error)), NO_SOURCE
        return *self._whole(conversation, self._conversations.exchanges(id), reader), NO_SOURCE

    @of_the_page
    def _adopt(self, event: gr.EventData, request: gr.Request) -> tuple[str, ...]:
        """Go on with another user's conversation in a copy."""
        reader = request.username or ""
        try:
            copied = self._conversations.copy(str(event.conversation), reader)
        except UnknownConversation as error:
            return *stage.empty(sentence(error)), NO_SOURCE
        exchanges = self._conversations.exchanges(copied.id)
        return *self._whole(copied, exchanges, reader), NO_SOURCE

    def _whole(self, conversation: Conversation, exchanges: list[Exchange], reader: str) -> Update:
        by = self._names(conversation.owner) if conversation.owner != reader else ""
        return stage.whole(conversation, exchanges, reader, self._answering, by)

    def _greet(self) -> str:
        """Questions that today's documents answer; they are seen while nothing has been asked."""
        try:
            return welcome_html(self._assistant.examples())
        except KNOWN_ERRORS as error:
            _LOG.warning("no example questions: %s", error)
            return welcome_html(())


async def _words(shown: Update, job: Job) -> AsyncIterator[Update]:
    """The words of an answer as they come, a few times a second, then the whole of it."""
    seen = job.exchange
    while not job.done.is_set():
        if job.exchange is not seen:
            seen = job.exchange
            yield stage.words(shown, job)
        await asyncio.sleep(SOON_SECONDS if seen.answer is None else UPDATE_SECONDS)
    yield stage.answered(shown, job)
