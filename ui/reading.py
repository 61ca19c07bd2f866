"""Reading: what can be done with an answer: its sources opened, copied, rated, saved."""

from __future__ import annotations

import gradio as gr

from assistant import Assistant
from index.errors import DocumentDamaged
from ingest.document import Document
from ui.conversations import Conversations
from ui.errand import Errand
from ui.errors import KNOWN_ERRORS, UnknownConversation, sentence
from ui.export import exported
from ui.foreign_ids import of_the_page
from ui.render import answer_text, parse_reference, sources
from ui.source import Place, source_html
from ui.stage import QUIET, Stage
from ui.told import told


class Reading:
    """Handlers that only read what is kept, or note what somebody thinks of it."""

    def __init__(self, assistant: Assistant, conversations: Conversations, stage: Stage) -> None:
        self._assistant = assistant
        self._conversations = conversations
        self._stage = stage

    def connect(self, panel: gr.HTML) -> None:
        """``panel`` shows the sources."""
        stage = self._stage
        panel.cite(self._cite, None, [panel], **QUIET)
        stage.errand.rate(self._rate, None, None, **QUIET)
        stage.errand.copy(self._copy, None, [stage.errand], **QUIET)
        stage.errand.export(self._export, None, [stage.errand], **QUIET)
        stage.errand.revise(self._revise, None, [stage.errand], **QUIET)

    @of_the_page
    def _cite(self, event: gr.EventData, request: gr.Request) -> str:
        found = parse_reference(str(event.ref))
        if found is None:
            return ""
        exchange_id, number = found
        try:
            exchange = self._conversations.exchange(exchange_id, request.username or "")
        except UnknownConversation:
            return ""
        listed = sources(exchange.answer) if exchange.answer is not None else ()
        numbers = tuple(citation.number for citation in listed)
        # The address comes from the browser: anything may stand in it.
        if number not in numbers:
            return ""
        position = numbers.index(number)
        citation = listed[position]
        place = Place(exchange_id, position, numbers)
        document, damaged = self._document(citation.document)
        return source_html(citation, place, document, damaged)

    def _document(self, path: str) -> tuple[Document | None, str]:
        """The document; None where it cannot be had, and what is damaged where that is why."""
        try:
            return self._assistant.document(path), ""
        except DocumentDamaged as error:
            return None, told(sentence(error))
        except KNOWN_ERRORS:
            return None, ""

    @of_the_page
    def _rate(self, event: gr.EventData, request: gr.Request) -> None:
        liked = event.liked if isinstance(event.liked, bool) else None
        self._conversations.like(
            str(event.conversation), request.username or "", int(event.exchange), liked
        )

    @of_the_page
    def _copy(self, event: gr.EventData, request: gr.Request) -> str:
        exchange = self._conversations.exchange(int(event.exchange), request.username or "")
        if exchange.answer is None:
            return Errand().to_json()
        return Errand(text=answer_text(exchange.answer, width=100_000)).to_json()

    @of_the_page
    def _export(self, event: gr.EventData, request: gr.Request) -> str:
        conversation = self._conversations.conversation(str(event.id), request.username or "")
        exchanges = self._conversations.exchanges(conversation.id)
        return Errand(file=exported(conversation, exchanges, str(event.format))).to_json()

    @of_the_page
    def _revise(self, event: gr.EventData, request: gr.Request) -> str:
        """Put a question into the text box; as it was understood, with ``reword``."""
        exchange = self._conversations.exchange(int(event.exchange), request.username or "")
        text = exchange.question
        if event.reword and exchange.answer is not None:
            text = exchange.answer.standalone or text
        return Errand(question=text, revising=bool(event.latest), type=True).to_json()
