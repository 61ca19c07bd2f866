"""The page is built once, and sent to each reader in their language."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from ui.assets import script
from ui.guard import LOGIN
from ui.language import speaking

FIXED = ("New conversation", "Ask about your documents", "Copy link to share", "Log out")
IN_GERMAN = ("Neues Gespräch", "Frage zu Ihren Dokumenten", "Link zum Teilen kopieren", "Abmelden")


@pytest.fixture(scope="module")
def served(app: FastAPI) -> Iterator[FastAPI]:
    with TestClient(app):
        yield app


@pytest.fixture
def ada(served: FastAPI) -> TestClient:
    client = TestClient(served, follow_redirects=False)
    response = client.post(LOGIN, data={"name": "ada", "password": "twelve quays"})
    assert response.status_code == 303
    return client


def in_language(tag: str) -> dict[str, str]:
    return {"Accept-Language": tag}


def test_a_page_is_sent_in_the_language_of_whoever_opens_it(ada: TestClient) -> None:
    english, german, none = (
        ada.get("/", headers=in_language(tag)).text for tag in ("en", "de-AT", "ja")
    )
    assert all(words in english for words in FIXED)
    assert all(words in german for words in IN_GERMAN)
    assert not any(words in german for words in FIXED)
    assert all(words in none for words in FIXED)
    assert r"documentElement.lang = \"de-AT\"" in german


def test_the_login_is_in_that_language_too(served: FastAPI) -> None:
    client = TestClient(served)
    shown = client.get(LOGIN, headers=in_language("fr")).text
    assert '<html lang="fr">' in shown
    assert "Mot de passe" in shown
    wrong = {"name": "ada", "password": "eleven quays"}
    refused = client.post(LOGIN, data=wrong, headers=in_language("de"))
    assert "Name oder Kennwort ist falsch." in refused.text


def test_what_the_page_fetches_is_in_its_language(ada: TestClient) -> None:
    wanted = {"document": "nowhere.pdf"}
    english, german = (
        ada.get("/library/document", params=wanted, headers=in_language(tag)).json()["detail"]
        for tag in ("en", "de")
    )
    assert "no such document in the index" in english
    assert "nicht eingelesen" in german


def test_a_script_brings_its_own_messages_and_no_others() -> None:
    with speaking("de"):
        text = script("upload.js")
    words = text.partition("\n")[0]
    assert '"Waiting": "Wartet"' in words
    assert "Gespräche" not in words
