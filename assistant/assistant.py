"""Assistant: an open index that can be searched and asked."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from assistant.answer import Answer, History
from assistant.errors import UnknownPage
from assistant.examples import example_questions
from assistant.extractive import COMPARED, ExtractiveAnswerer
from assistant.question import understand
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

Limits = Sequence[str] | Scope  # paths or patterns of documents; or folders, languages, years ...


class Assistant:
    """Answers questions from one index. Safe across threads; sees new generations by itself."""

    def __init__(self, store: LocalStore, encoder: Encoder, settings: Settings) -> None:
        self._store = store
        self._retriever = Retriever(store, encoder)
        self._answerer = ExtractiveAnswerer(encoder)
        self.settings = settings

    @classmethod
    def open(
        cls,
        index_dir: str | os.PathLike[str] | None = None,
        settings: Settings | None = None,
        encoder: Encoder | None = None,
    ) -> Self:
        """Open an index; without a folder, the one that the settings name.

        Raises a kind of IndexingError where there is no index, or where it cannot be read or
        was made by another encoder.
        """
        settings = settings or Settings.load()
        encoder = encoder or open_encoder(settings.encoder, settings.cache)
        store = LocalStore.open(Path(index_dir) if index_dir is not None else settings.index)
        try:
            return cls(store, encoder, settings)
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
        k, asked = self.settings.passages, understood.standalone
        within = limited(documents, store)
        compared: list[str] = []
        if understood.compares and within is None:
            compared = self._retriever.compared(asked, COMPARED, store)
        if compared:
            evidence = self._retriever.search_each(asked, k, compared, store)
        else:
            evidence = self._retriever.search(asked, k, within, store)
        searched = tuple(compared or within or ())
        yield from self._answerer.stream(
            understood, evidence, store, searched, compared=bool(compared)
        )

    def search(self, question: str, k: int = 10, documents: Limits | None = None) -> list[Evidence]:
        """The ``k`` passages that most likely answer the question, best first."""
        return self._retriever.search(understand(question).standalone, k, documents)

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
