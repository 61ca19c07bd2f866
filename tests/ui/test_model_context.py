"""Assistants that call tools get the same answers, through the same guard."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from fastapi import FastAPI
from httpx2 import AsyncClient, post

from assistant import Assistant, Settings
from index import Encoder
from ui.access import Access
from ui.errors import ServeError
from ui.model_context import create_tools
from ui.programs import Programs
from ui.token_scope import TokenScope
from ui.turns import Turns
from ui.users import Users
from ui.workers import Workers
from web_server import serving

if TYPE_CHECKING:
    from mcp.client import Client

DOMAINS = "What are the five policy domains?"


@pytest.fixture(scope="module")
def address(
    make_app: Callable[..., FastAPI],
    sample_index: Path,
    samples: Path,
    encoder: Encoder,
    users: Users,
) -> Iterator[str]:
    settings = Settings(mcp=True)
    with (
        Assistant.open(sample_index, settings, encoder) as assistant,
        serving(make_app(assistant, samples, sample_index, Access(users, 12))) as address,
    ):
        yield address


def with_tools(address: str, token: str, work: Callable[[Client], Any]) -> Any:
    """What ``work`` does with a client that shows a token."""
    from mcp.client import Client
    from mcp.client.streamable_http import streamable_http_client

    async def run() -> Any:
        headers = {"Authorization": f"Bearer {token}"}
        async with (
            AsyncClient(headers=headers) as http,
            Client(streamable_http_client(f"{address}mcp", http_client=http)) as client,
        ):
            return await work(client)

    return asyncio.run(asyncio.wait_for(run(), 60))


def test_the_tools_answer_search_and_list(address: str, users: Users, assistant: Assistant) -> None:
    async def work(client: Client) -> list[Any]:
        tools = await client.list_tools()
        assert {tool.name for tool in tools.tools} == {"answer", "search", "documents"}
        return [
            (await client.call_tool("answer", {"question": DOMAINS})).structured_content,
            (await client.call_tool("search", {"question": DOMAINS, "k": 2})).structured_content,
            (await client.call_tool("documents", {})).structured_content,
        ]

    answer, found, listed = with_tools(address, users.give_token("ada", TokenScope.READ), work)
    assert answer["text"] == assistant.answer(DOMAINS).text
    assert len(found["passages"]) == 2
    assert len(listed["documents"]) == len(assistant.documents())


def test_they_say_what_is_wrong(address: str, users: Users) -> None:
    async def work(client: Client) -> list[Any]:
        return [
            await client.call_tool("answer", {"question": "?!"}),
            await client.call_tool("search", {"question": "Who?", "k": 1_000}),
        ]

    empty, many = with_tools(address, users.give_token("ada"), work)
    assert empty.is_error
    assert "The question is empty" in empty.content[0].text
    assert many.is_error
    assert "less than or equal to 100" in many.content[0].text


def test_a_token_to_ask_lists_no_documents(address: str, users: Users) -> None:
    async def work(client: Client) -> list[Any]:
        return [
            await client.call_tool("search", {"question": DOMAINS, "k": 1}),
            await client.call_tool("documents", {}),
        ]

    found, listed = with_tools(address, users.give_token("ada"), work)
    assert not found.is_error
    assert listed.is_error
    assert "its scope is ask, and this asks for read" in listed.content[0].text


def test_without_a_token_there_is_no_way_in(address: str) -> None:
    call = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
    assert post(f"{address}mcp", json=call).status_code == 401


def test_unless_a_setting_says_so_there_are_no_tools(
    make_app: Callable[..., FastAPI], assistant: Assistant, samples: Path, sample_index: Path
) -> None:
    app = make_app(assistant, samples, sample_index)
    assert "/mcp" not in {getattr(route, "path", "") for route in app.routes}


def test_a_missing_package_is_named_with_the_command_that_installs_it(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "mcp.server.mcpserver", None)
    with pytest.raises(ServeError, match=r"pip install 'strategy-assistant\[mcp\]'"):
        create_tools(Programs(assistant, Workers(Turns(1, 1))))
