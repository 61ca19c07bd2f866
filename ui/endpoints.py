"""The same operations as named endpoints of Gradio, for gradio_client."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import gradio as gr
from gradio.events import api
from pydantic import BaseModel, ValidationError

from ui.api_models import Ask, Find
from ui.errors import KNOWN_ERRORS
from ui.problems import problem_of
from ui.programs import Programs

M = TypeVar("M", bound=BaseModel)


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
