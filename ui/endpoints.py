"""The same operations as named endpoints of Gradio, for gradio_client."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import gradio as gr
from gradio.events import api
from pydantic import BaseModel, ValidationError

from ui.api_models import Ask, Find
from ui.errors import KNOWN_ERRORS, TokenRefused, sentence
from ui.problems import problem_of
from ui.programs import Programs
from ui.token_scope import TokenScope, require, shown_by
from ui.worded import WordedPage

M = TypeVar("M", bound=BaseModel)


_NEEDED = {
    "answer": TokenScope.ASK,
    "search": TokenScope.ASK,
    "documents": TokenScope.READ,
}


class ProgramsPage(WordedPage):
    """A page of which a program that shows a token reaches the endpoints below, and nothing else.

    Gradio's client may name any function of a page by its number, also those that read and change
    a person's conversations.
    """

    async def process_api(self, block_fn: Any, *arguments: Any, **named: Any) -> dict[str, Any]:
        """What every call goes through, in the queue or beside it."""
        request = named.get("request")
        shown = shown_by(request) if isinstance(request, gr.Request) else None
        if shown is not None:
            called = self.fns[block_fn] if isinstance(block_fn, int) else block_fn
            public = called.api_visibility == "public"
            needed = _NEEDED.get(str(called.api_name)) if public else None
            if needed is None:
                raise gr.Error("A token opens no part of the page.", print_exception=False)
            try:
                require(shown, needed)
            except TokenRefused as error:
                raise gr.Error(sentence(error), print_exception=False) from error
        return await super().process_api(block_fn, *arguments, **named)


def add_endpoints(programs: Programs) -> None:
    """``answer``, ``search`` and ``documents``; call inside ``gr.Blocks``."""

    async def answer(
        question: str,
        history: list[dict[str, str]] | None = None,
        documents: list[str] | None = None,
        request: gr.Request = None,  # type: ignore[assignment] # Gradio hands it in
    ) -> dict[str, Any]:
        """Answer a question, with the exact words and their place."""

        async def work() -> BaseModel:
            ask = Ask.model_validate(
                {"question": question, "history": history or [], "documents": documents or []}
            )
            return await programs.answer(ask, _client(request))

        return await _told(work)

    async def search(
        question: str,
        k: int = 10,
        documents: list[str] | None = None,
        request: gr.Request = None,  # type: ignore[assignment]
    ) -> dict[str, Any]:
        """Find the passages that most likely answer a question."""

        async def work() -> BaseModel:
            find = Find.model_validate({"question": question, "k": k, "documents": documents or []})
            return await programs.search(find, _client(request))

        return await _told(work)

    async def documents() -> dict[str, Any]:
        """List all documents, also those that could not be read."""

        async def work() -> BaseModel:
            return programs.documents()

        return await _told(work)

    for endpoint in (answer, search, documents):
        api(endpoint, api_name=endpoint.__name__, queue=False, concurrency_limit=None)


async def _told(work: Callable[[], Awaitable[BaseModel]]) -> dict[str, Any]:
    try:
        return (await work()).model_dump(mode="json")
    except (*KNOWN_ERRORS, ValidationError) as error:
        raise gr.Error(problem_of(error).said, print_exception=False) from error


def _client(request: gr.Request) -> str:
    """Who waits for a turn: the user, or without a login the machine."""
    return request.username or (request.client.host if request.client else "")
