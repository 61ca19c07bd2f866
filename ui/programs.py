"""Programs: what programs may ask of the assistant, by REST or by Gradio's client."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Generator
from contextlib import closing
from typing import cast

from assistant import Answer, Assistant
from index import UnknownDocument
from ui.api_models import (
    Answered,
    Ask,
    DocumentList,
    DocumentText,
    Find,
    Found,
    FoundPassage,
    ListedDocument,
)
from ui.errors import MissingDocument
from ui.workers import Workers


class Programs:
    """The assistant for programs. ``client`` names who asks, so that turns can be fair."""

    def __init__(self, assistant: Assistant, workers: Workers) -> None:
        self._assistant = assistant
        self._workers = workers

    @property
    def most_documents(self) -> int:
        """How many there may be for one more to be uploaded."""
        return self._assistant.settings.most_documents

    def make_room(self, client: str) -> None:
        """Raises TooBusy where one more of this client's may not wait."""
        self._workers.turns.make_room(client)

    async def answer(self, ask: Ask, client: str) -> Answered:
        """The whole answer. Raises what ``Assistant.answer`` does, and TooBusy."""
        return await self._workers.last(client, self._stream(ask))

    def answers(self, ask: Ask, client: str) -> AsyncIterator[Answered]:
        """States of the answer, each more complete than the last."""
        return self._workers.results(client, self._stream(ask))

    async def search(self, find: Find, client: str) -> Found:
        """Passages, best first. Raises what ``Assistant.search`` does, and TooBusy."""

        def found() -> Generator[Found]:
            evidence = self._assistant.search(find.question, find.k, find.scope)
            yield Found(passages=[FoundPassage.of(each) for each in evidence])

        return await self._workers.last(client, found)

    def documents(self) -> DocumentList:
        """All documents, also those that could not be read."""
        listed = [ListedDocument.of(info) for info in self._assistant.documents()]
        return DocumentList(generation=self._assistant.generation, documents=listed)

    def document(self, path: str, start: int = 0) -> DocumentText:
        """A document as it was read, from a character on. Raises MissingDocument."""
        try:
            return DocumentText.of(self._assistant.document(path), start)
        except UnknownDocument as error:
            raise MissingDocument(path) from error

    def _stream(self, ask: Ask) -> Callable[[], Generator[Answered]]:
        def answers() -> Generator[Answered]:
            stream = self._assistant.stream(ask.question, list(ask.turns), ask.scope)
            with closing(cast("Generator[Answer]", stream)) as states:  # ends a model's request
                yield from map(Answered.of, states)

        return answers
