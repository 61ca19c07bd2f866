"""Chat: the Ask tab: questions, answers, and moving from conversation to conversation."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from typing import Any

import gradio as gr

from assistant import Assistant
from ui.answering import Answering, Job, history_of
from ui.assets import asset
from ui.conversation import Conversation, Exchange, limits_of
from ui.conversations import Conversations
from ui.errors import KNOWN_ERRORS, UnknownConversation, sentence
from ui.limits import Limits
from ui.reading import Reading
from ui.sidebar import Sidebar
from ui.stage import QUIET, Stage, Update

UPDATE_SECONDS = 0.08  # between two updates of a streamed answer: twelve a second look fluent
SOON_SECONDS = 0.02  # between two looks for its first words

# Run in the browser: which conversation the address names.
ADDRESS = "() => [new URLSearchParams(location.search).get('c') ?? '']"

_LOG = logging.getLogger(__name__)


class Chat:
    """Builds the tab's components and connects them; call inside ``gr.Blocks``."""

    def __init__(self, assistant: Assistant, conversations: Conversations) -> None:
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
        self.panel = gr.HTML(
            elem_id="source",
            js_on_load=asset("source.js"),
            apply_default_css=False,
        )

    def connect(self, page: gr.Blocks, new_conversation: gr.Button) -> None:
        """Join the components to what they do. Only answering goes through the queue."""
        stage = self.stage
        # How many are answered at once is Answering's to say; here they only wait for words.
        queued: dict[str, Any] = {
            "show_progress": "hidden",
            "trigger_mode": "once",
            "concurrency_limit": None,
            "api_visibility": "private",
        }
        view = [*stage.components, self.limits.value, self.limits.line, self.panel]
        asked = [stage.question, stage.opened, stage.revised, self.limits.value]
        running: list[Any] = [
            stage.question.submit(self._ask, asked, view, **queued),
            stage.errand.ask(self._ask_this, asked[1:], view, **queued),
            stage.errand.follow(self._follow, [stage.opened], view, **queued),
        ]
        # A cancelled generator skips what follows it, so the buttons are set back here.
        stage.question.stop(self._stop, [stage.opened], view, cancels=running, **QUIET)
        new_conversation.click(self._begin, None, view, cancels=running, **QUIET)
        stage.errand.open(self._open, None, view, cancels=running, **QUIET)
        stage.errand.adopt(self._adopt, [stage.opened], view, cancels=running, **QUIET)
        page.load(self._arrive, [stage.opened], view, js=ADDRESS, **QUIET)
        page.load(self._greet, None, [stage.welcome], **QUIET)
        self._reading.connect(self.panel)
        self.limits.connect(stage.opened)
        self.sidebar.connect(page)

    async def _ask(
        self, question: str, opened: str, revised: str, limits: str, request: gr.Request
    ) -> AsyncIterator[Update]:
        replaces = int(revised) if revised.isdecimal() else None
        async for update in self._answer(question, opened, replaces, limits, request):
            yield update

    async def _ask_this(
        self, opened: str, _revised: str, limits: str, event: gr.EventData, request: gr.Request
    ) -> AsyncIterator[Update]:
        """A question that was not typed: an example, or the latest once more."""
        question, replaces = str(event.question or ""), None
        if event.again is not None:
            replaces = int(event.again)
            exchange = self._conversations.exchange(replaces, request.username or "")
            question = exchange.question
        async for update in self._answer(
            question, opened, replaces, limits, request, everywhere=bool(event.everywhere)
        ):
            yield update

    async def _answer(
        self,
        question: str,
        opened: str,
        replaces: int | None,
        limits: str,
        request: gr.Request,
        *,
        everywhere: bool = False,
    ) -> AsyncIterator[Update]:
        """What the page shows from the question to the whole answer."""
        if not question.strip():
            return
        try:
            begun = await asyncio.to_thread(
                self._start,
                question.strip(),
                opened,
                replaces,
                limits_of(limits),
                request.username or "",
                everywhere=everywhere,
            )
        except KNOWN_ERRORS as error:
            yield self.stage.failed(sentence(error))
            return
        if begun is None:
            return
        conversation, earlier, job = begun
        update = self.stage.asked(conversation, earlier, job)
        if everywhere:
            value, line = self.limits.shown(conversation.limits)
            update |= {self.limits.value: value, self.limits.line: line}
        yield update
        async for update in self._words(job):
            yield update

    def _start(
        self,
        question: str,
        opened: str,
        replaces: int | None,
        limits: tuple[str, ...],
        reader: str,
        *,
        everywhere: bool,
    ) -> tuple[Conversation, list[Exchange], Job] | None:
        """Keep the question and begin to answer it; None where one is under way already."""
        kept = self._conversations
        if not opened:
            opened = kept.begin(reader, question, limits).id
        known = kept.exchanges(opened)
        if known and self._answering.job(known[-1].id) is not None:
            return None
        if everywhere and kept.conversation(opened, reader).limits:
            kept.limit(opened, reader, ())
            everywhere = False  # nothing limits the search any more
        asked = kept.ask(opened, reader, question, replaces)
        conversation = kept.conversation(opened, reader)
        earlier = [exchange for exchange in kept.exchanges(opened) if exchange.id < asked.id]
        job = self._answering.start(
            asked, history_of(earlier), conversation.limits or None, everywhere=everywhere
        )
        return conversation, earlier, job

    async def _follow(self, opened: str, request: gr.Request) -> AsyncIterator[Update]:
        """An answer that was under way when its conversation was opened."""
        conversation = self._conversations.conversation(opened, request.username or "")
        exchanges = self._conversations.exchanges(conversation.id)
        job = self._answering.job(exchanges[-1].id) if exchanges else None
        if job is None:  # it has just been finished
            yield self._shown(conversation, request.username or "")
            return
        async for update in self._words(job):
            yield update

    async def _words(self, job: Job) -> AsyncIterator[Update]:
        """The words of an answer as they come, a few times a second, then the whole of it."""
        seen = job.exchange
        while not job.done.is_set():
            if job.exchange is not seen:
                seen = job.exchange
                yield self.stage.words(job)
            await asyncio.sleep(SOON_SECONDS if seen.answer is None else UPDATE_SECONDS)
        yield self.stage.answered(job)

    def _stop(self, opened: str, request: gr.Request) -> Update:
        conversation = self._conversations.conversation(opened, request.username or "")
        if conversation.owner == (request.username or ""):
            for exchange in self._conversations.exchanges(opened)[-1:]:
                self._answering.stop(exchange.id)
        return self._shown(conversation, request.username or "")

    def _begin(self) -> Update:
        return self._empty()

    def _arrive(self, id: str, request: gr.Request) -> Update:
        """The conversation that the address of the page names.

        Without one nothing changes: somebody may be asking already.
        """
        return self._open_one(id, request.username or "") if id else {self.panel: ""}

    def _open(self, event: gr.EventData, request: gr.Request) -> Update:
        """The conversation that was chosen, or a new one."""
        return self._open_one(str(event.id), request.username or "")

    def _open_one(self, id: str, reader: str) -> Update:
        if not id:
            return self._empty()
        try:
            conversation = self._conversations.conversation(id, reader)
        except UnknownConversation as error:
            return self._empty(sentence(error))
        return self._shown(conversation, reader) | {self.panel: ""}

    def _adopt(self, opened: str, request: gr.Request) -> Update:
        """Go on with another user's conversation in a copy."""
        reader = request.username or ""
        return self._shown(self._conversations.copy(opened, reader), reader)

    def _shown(self, conversation: Conversation, reader: str) -> Update:
        value, line = self.limits.shown(conversation.limits)
        exchanges = self._conversations.exchanges(conversation.id)
        return self.stage.whole(conversation, exchanges, reader, self._answering) | {
            self.limits.value: value,
            self.limits.line: line,
        }

    def _empty(self, notice: str = "") -> Update:
        value, line = self.limits.shown(())
        return self.stage.empty(notice) | {
            self.limits.value: value,
            self.limits.line: line,
            self.panel: "",  # a source of what was shown before
        }

    def _greet(self) -> Update:
        """Questions that today's documents answer."""
        try:
            examples = self._assistant.examples()
        except KNOWN_ERRORS as error:
            _LOG.warning("no example questions: %s", error)
            examples = []
        return self.stage.greeting(examples)
