"""The assistant for chains and agents built with LangChain: as Runnables and as a tool."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from langchain_core.runnables import Runnable, RunnableConfig
from langchain_core.tools import StructuredTool

from assistant.answer import Answer, History
from index import StrategyRetriever

if TYPE_CHECKING:
    from assistant.assistant import Assistant

Asked = str | Mapping[str, Any]  # a question, or {"question", "history", "documents"}


class StrategyAnswerer(Runnable[Asked, Answer]):
    """``invoke``, ``stream``, ``batch`` and their async twins give Answers with citations."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def invoke(self, input: Asked, config: RunnableConfig | None = None, **_: Any) -> Answer:
        return self._call_with_config(self._answer, input, config, run_type="chain")

    def stream(
        self, input: Asked, config: RunnableConfig | None = None, **_: Any
    ) -> Iterator[Answer]:
        """Answers each more complete than the last, not pieces to be added up."""
        del config  # its callbacks hear of whole answers, by invoke
        yield from self._assistant.stream(*_parts(input))

    async def astream(
        self, input: Asked, config: RunnableConfig | None = None, **_: Any
    ) -> AsyncIterator[Answer]:
        del config
        async for answer in self._assistant.stream_async(*_parts(input)):
            yield answer

    def _answer(self, input: Asked) -> Answer:
        return self._assistant.answer(*_parts(input))


def answerer(assistant: Assistant) -> StrategyAnswerer:
    """Questions in, Answers out, as a Runnable."""
    return StrategyAnswerer(assistant)


def retriever(
    assistant: Assistant, k: int = 10, documents: list[str] | None = None
) -> StrategyRetriever:
    """Questions in, LangChain documents out, best first."""
    return StrategyRetriever(retriever=assistant.retriever, k=k, documents=documents)


def answer_tool(assistant: Assistant) -> StructuredTool:
    """A tool for agents: the text of the answer and its sources; the Answer as its artifact."""

    def ask_documents(question: str) -> tuple[str, Answer]:
        answer = assistant.answer(question)
        sources = [f"[{c.number}] {c.place}: “{c.quote}”" for c in answer.citations]
        return "\n".join([answer.text, *sources]), answer

    return StructuredTool.from_function(
        ask_documents,
        name="ask_documents",
        description=(
            "Answers a question from the indexed strategy and policy documents, with the exact "
            "words and pages as proof. Says so where the documents do not hold the answer."
        ),
        response_format="content_and_artifact",
    )


def _parts(asked: Asked) -> tuple[str, History | None, list[str] | None]:
    if isinstance(asked, str):
        return asked, None, None
    return asked["question"], asked.get("history"), asked.get("documents")
