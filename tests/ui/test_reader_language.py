"""A request is answered in the language that its browser asks for, or in the one that is set."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from ui.language import _, language
from ui.reader_language import ReaderLanguage


def greeting(request: Request) -> PlainTextResponse:
    return PlainTextResponse(f"{_('Documents')} {request.state.language}")


def client(fixed: str = "") -> TestClient:
    application = Starlette(routes=[Route("/", greeting)])
    application.add_middleware(ReaderLanguage, fixed=fixed)
    return TestClient(application)


@pytest.mark.parametrize(
    ("accepted", "said"),
    [("de-AT,de;q=0.9", "Dokumente de-AT"), ("fr", "Documents fr"), ("ja", "Documents en")],
)
def test_a_request_is_answered_in_its_language(accepted: str, said: str) -> None:
    assert client().get("/", headers={"Accept-Language": accepted}).text == said
    assert language() == "en"  # and nothing of it stays


def test_a_language_that_is_set_is_everybodys() -> None:
    assert client("de").get("/", headers={"Accept-Language": "fr"}).text == "Dokumente de"


def test_whoever_keeps_a_response_is_told_that_others_get_another() -> None:
    assert client().get("/").headers["Vary"] == "Accept-Language"
    assert "Vary" not in client("de").get("/").headers
