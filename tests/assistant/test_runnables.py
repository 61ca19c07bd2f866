"""The assistant in chains and agents built with LangChain."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from langchain_core.runnables import RunnableLambda

from assistant.runnables import answer_tool, answerer, retriever

if TYPE_CHECKING:
    from assistant import Answer, Assistant

LEADER = "Who leads the lighthouse plan?"


def test_the_answerer_is_invoked_streamed_and_batched(coast: Assistant) -> None:
    own = coast.answer(LEADER)
    runnable = answerer(coast)
    assert runnable.invoke(LEADER) == own
    assert list(runnable.stream(LEADER))[-1] == own
    assert [answer.text for answer in runnable.batch([LEADER, LEADER])] == [own.text] * 2


def test_and_asynchronously(coast: Assistant) -> None:
    own = coast.answer(LEADER)
    runnable = answerer(coast)

    async def all_ways() -> list[Answer]:
        streamed = [answer async for answer in runnable.astream(LEADER)]
        (batched,) = await runnable.abatch([LEADER])
        return [await runnable.ainvoke(LEADER), streamed[-1], batched]

    assert asyncio.run(all_ways()) == [own] * 3


def test_a_question_may_come_with_history_and_documents(coast: Assistant) -> None:
    said = answerer(coast).invoke({"question": LEADER, "documents": ["note.md"]})
    assert said.searched == ("note.md",)
    assert not said.found


def test_it_is_a_link_of_a_chain(coast: Assistant) -> None:
    chain = answerer(coast) | RunnableLambda(lambda answer: answer.citations[0].quote)
    assert "Ada Thorne" in chain.invoke(LEADER)


def test_the_retriever_gives_langchains_documents(coast: Assistant) -> None:
    best, *_ = retriever(coast, k=2).invoke(LEADER)
    assert "Ada Thorne" in best.page_content
    assert best.metadata["document"] == "lighthouse-plan-2031.md"
    assert asyncio.run(retriever(coast, k=1).ainvoke(LEADER)) == [best]


def test_the_tool_gives_an_agent_the_text_and_its_sources(coast: Assistant) -> None:
    tool = answer_tool(coast)
    said = tool.invoke({"question": LEADER})
    assert "[1] lighthouse-plan-2031.md: “Chief keeper Ada Thorne" in said
    call = {"type": "tool_call", "id": "1", "name": tool.name, "args": {"question": LEADER}}
    assert tool.invoke(call).artifact == coast.answer(LEADER)
