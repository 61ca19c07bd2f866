"""Assistant: an open index that can be searched and asked."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from assistant.answer import Answer, History
from assistant.chat_model import open_chat_model
from assistant.destination import Destination, destinations
from assistant.errors import UnknownPage
from assistant.examples import example_questions
from assistant.extractive import ExtractiveAnswerer
from assistant.generative import GenerativeAnswerer
from assistant.inquiry import inquire
from assistant.question import understand
from assistant.reader.opening import open_reader, open_reranker
from assistant.reader.reader import Reader
from assistant.reader.reranker import Reranker, best_passages
from assistant.settings import Settings
from index import (
    DocumentInfo,
    Encoder,
    Evidence,
    LocalStore,
    Retriever,
    Scope,
    open_encoder,
)
from index.retriever import limited
from ingest import Document, Page

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

Limits = Sequence[str] | Scope  # paths or patterns of documents; or folders, languages, years ...


class Assistant:
    """Answers questions from one index. Safe across threads; sees new generations by itself."""

    def __init__(
        self,
        store: LocalStore,
        encoder: Encoder,
        settings: Settings,
        chat_model: BaseChatModel | None = None,
        reader: Reader | None = None,
        reranker: Reranker | None = None,
    ) -> None:
        self._store = store
        self.retriever = Retriever(store, encoder)
        self._reranker = reranker or open_reranker(settings.reranker)
        self._answerer = ExtractiveAnswerer(encoder, reader or open_reader(settings.reader))
        self._chat = open_chat_model(settings, chat_model)
        self._writer = (
            GenerativeAnswerer(
                self._chat, self._answerer, encoder, drop=settings.unsupported == "drop"
            )
            if self._chat is not None
            else None
        )
        self.settings = settings

    @classmethod
    def open(
        cls,
        index_dir: str | os.PathLike[str] | None = None,
        settings: Settings | None = None,
        encoder: Encoder | None = None,
        chat_model: BaseChatModel | None = None,
        reader: Reader | None = None,
        reranker: Reranker | None = None,
    ) -> Self:
        """Open an index; without a folder, the one that the settings name.

        ``chat_model``, any of LangChain's, writes the answers in place of the settings' one;
        ``reader`` and ``reranker`` stand in place of the settings' too.
        Raises a kind of IndexingError where there is no index, or where it cannot be read or
        was made by another encoder; ChatModelUnavailable and ReaderModelUnavailable where there
        is no such model.
        """
        settings = settings or Settings.load()
        encoder = encoder or open_encoder(settings.encoder, settings.cache)
        store = LocalStore.open(Path(index_dir) if index_dir is not None else settings.index)
        try:
            return cls(store, encoder, settings, chat_model, reader, reranker)
        except BaseException:
            store.close()
            raise

    def answer(
        self, question: str, history: History | None = None, documents: Limits | None = None
    ) -> Answer:
        """What the documents say, with citations; or an answer whose ``found`` is False.

        ``history`` holds earlier turns, oldest first; ``documents`` limits the search to these
        paths, to patterns ("kenya/*", "*.pdf"), or to a ``Scope``. Raises UnknownDocument where
        there are none such, and QuestionError for an empty or an endless question.
        """
        *_, last = self.stream(question, history, documents)
        return last

    def stream(
        self, question: str, history: History | None = None, documents: Limits | None = None
    ) -> Iterator[Answer]:
        """The same, as a series of answers each more complete than the last."""
        understood = understand(question, history)
        store = self._store.snapshot()  # so that evidence and documents are of one generation
        inquiry = inquire(
            understood,
            self.retriever,
            store,
            self.settings.passages,
            limited(documents, store),
            self._reranker,
        )
        if self._writer is None:
            yield from self._answerer.stream(inquiry)
        else:
            yield from self._writer.stream(inquiry, history)

    async def answer_async(
        self, question: str, history: History | None = None, documents: Limits | None = None
    ) -> Answer:
        """``answer`` in a thread, so that an event loop goes on meanwhile."""
        return await asyncio.to_thread(self.answer, question, history, documents)

    async def stream_async(
        self, question: str, history: History | None = None, documents: Limits | None = None
    ) -> AsyncIterator[Answer]:
        """``stream`` in a thread; leaving it ends the model's request."""
        answers = iter(self.stream(question, history, documents))
        try:
            while (answer := await asyncio.to_thread(next, answers, None)) is not None:
                yield answer
        finally:
            if hasattr(answers, "close"):
                await asyncio.to_thread(answers.close)

    def search(self, question: str, k: int = 10, documents: Limits | None = None) -> list[Evidence]:
        """The ``k`` passages that most likely answer the question, best first."""
        asked = understand(question).standalone
        return best_passages(self.retriever, self._reranker, asked, k, documents)

    def documents(self) -> list[DocumentInfo]:
        """All documents of the index and those that could not be read."""
        return self._store.documents()

    def document(self, path: str) -> Document:
        """A document as it was read. Raises UnknownDocument."""
        return self._store.document(path)

    def page(self, path: str, number: int) -> Page:
        """A page by its physical number, from 1. Raises UnknownDocument, UnknownPage."""
        document = self.document(path)
        if not 1 <= number <= len(document.pages):
            raise UnknownPage(f"{path} has pages 1 to {len(document.pages)}, not {number}.")
        return document.pages[number - 1]

    def examples(self, count: int = 4) -> list[str]:
        """Questions that the indexed documents answer, to begin with."""
        return example_questions(self._store, count)

    @property
    def destinations(self) -> list[Destination]:
        """All that gets questions and passages: models that run elsewhere, and those here."""
        told = destinations(self.settings)
        if self._chat is None:
            return told
        own = self._chat.destination
        return [own, *(each for each in told if not each.what.startswith("Answers by "))]

    @property
    def generation(self) -> int:
        """The number of the index's state that answers now; each sync that changes it adds one."""
        return self._store.generation

    def close(self) -> None:
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def answer(
    question: str, history: History | None = None, documents: Limits | None = None
) -> Answer:
    """Ask the default index: opens it, asks once, and closes it."""
    with Assistant.open() as assistant:
        return assistant.answer(question, history, documents)
