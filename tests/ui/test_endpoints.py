"""Gradio's own client gets the same as the API, through the same guard."""

from __future__ import annotations

import gc
import warnings
from collections.abc import Callable, Iterator

import pytest
from fastapi import FastAPI
from httpx2 import Response, post

from assistant import Assistant
from ui.token_scope import TokenScope
from ui.users import Users
from web_server import serving

DOMAINS = "What are the five policy domains?"


@pytest.fixture(scope="module")
def address(app: FastAPI) -> Iterator[str]:
    with serving(app) as address:
        yield address


@pytest.fixture
def predict(address: str, users: Users) -> Iterator[Callable[..., dict[str, object]]]:
    """Calls a named endpoint with a token."""
    from gradio_client import Client

    token = users.give_token("ada", TokenScope.READ)
    headers = {"Authorization": f"Bearer {token}"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its connections are left to the collector
        client = Client(address, headers=headers, verbose=False)
        yield client.predict
        client.close()
        del client
        gc.collect()


def test_the_endpoints_answer_search_and_list(
    predict: Callable[..., dict[str, object]], assistant: Assistant
) -> None:
    answer = predict(DOMAINS, api_name="/answer")
    assert answer["text"] == assistant.answer(DOMAINS).text
    found = predict("flood protection", k=2, api_name="/search")
    assert isinstance(found["passages"], list)
    assert len(found["passages"]) == 2
    listed = predict(api_name="/documents")
    assert isinstance(listed["documents"], list)
    assert [each["document"] for each in listed["documents"]] == [
        info.path for info in assistant.documents()
    ]


def test_they_say_what_is_wrong(predict: Callable[..., dict[str, object]]) -> None:
    with pytest.raises(Exception, match="The question is empty"):
        predict("?!", api_name="/answer")
    with pytest.raises(Exception, match=r"no\.pdf: no such document"):
        predict("Who?", documents=["no.pdf"], api_name="/search")
    with pytest.raises(Exception, match="less than or equal to 100"):
        predict("Who?", k=1_000, api_name="/search")


@pytest.mark.parametrize("route", ["run", "api"])
def test_a_token_to_ask_asks_and_lists_no_documents(address: str, users: Users, route: str) -> None:
    headers = {"Authorization": f"Bearer {users.give_token('ada')}"}

    def call(name: str, *data: object) -> Response:
        body = {"data": data, "session_hash": "x"}
        return post(f"{address}gradio_api/{route}/{name}", json=body, headers=headers)

    assert call("search", DOMAINS, 1, None).json()["data"][0]["passages"]
    refused = call("documents")
    assert refused.status_code == 500
    assert "its scope is ask, and this asks for read" in refused.json()["error"]


def test_no_token_opens_what_the_page_does_by_its_numbers(
    app: FastAPI, address: str, users: Users
) -> None:
    headers = {"Authorization": f"Bearer {users.give_token('ada', TokenScope.MANAGE)}"}
    mounted = (getattr(route, "app", None) for route in app.routes)
    page = next(each.get_blocks() for each in mounted if hasattr(each, "get_blocks"))
    private = [number for number, fn in page.fns.items() if fn.api_visibility != "public"]
    assert len(private) > 10
    for number in private:
        body = {"data": [], "fn_index": number, "session_hash": "x", "event_data": {"id": "x"}}
        refused = post(f"{address}gradio_api/run/predict", json=body, headers=headers)
        assert refused.status_code == 500
        assert refused.json()["error"] == "A token opens no part of the page.", number


def test_without_a_token_there_is_no_way_in(address: str) -> None:
    body = {"data": [DOMAINS], "session_hash": "x"}
    for path in ("run/answer", "call/answer", "api/answer", "queue/join"):
        assert post(f"{address}gradio_api/{path}", json=body).status_code == 401


def test_nothing_else_can_be_called_by_name(predict: Callable[..., dict[str, object]]) -> None:
    with pytest.raises(ValueError, match="Cannot find a function"):
        predict("x", api_name="/_ask")
