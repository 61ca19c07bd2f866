"""Gradio's own client gets the same as the API, through the same guard."""

from __future__ import annotations

import gc
import warnings
from collections.abc import Callable, Iterator

import pytest
from fastapi import FastAPI
from httpx2 import post

from assistant import Assistant
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

    headers = {"Authorization": f"Bearer {users.give_token('ada')}"}
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


def test_without_a_token_there_is_no_way_in(address: str) -> None:
    body = {"data": [DOMAINS], "session_hash": "x"}
    for path in ("run/answer", "call/answer", "api/answer", "queue/join"):
        assert post(f"{address}gradio_api/{path}", json=body).status_code == 401


def test_nothing_else_can_be_called_by_name(predict: Callable[..., dict[str, object]]) -> None:
    with pytest.raises(ValueError, match="Cannot find a function"):
        predict("x", api_name="/_ask")
