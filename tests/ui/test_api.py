"""Programs get answers, passages and documents, and a sentence where they cannot have them."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant import Assistant
from conversing import SlowAssistant
from index import IndexDamaged
from ui.api import create_api
from ui.programs import Programs
from ui.turns import Turns
from ui.workers import Workers

DOMAINS = "What are the five policy domains?"
EVENTS = {"Accept": "text/event-stream"}


@pytest.fixture(scope="module")
def client(
    make_app: Callable[..., FastAPI], assistant: Assistant, samples: Path, sample_index: Path
) -> Iterator[TestClient]:
    with TestClient(make_app(assistant, samples, sample_index)) as client:
        yield client


def events(text: str) -> list[tuple[str, dict[str, object]]]:
    """The kind and the content of each server-sent event."""
    found = []
    for event in text.split("\n\n")[:-1]:
        kind, data = event.split("\n")
        found.append((kind.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return found


def test_an_answer_comes_with_its_proof(client: TestClient, assistant: Assistant) -> None:
    answer = client.post("/api/answer", json={"question": DOMAINS}).json()
    asked = assistant.answer(DOMAINS)
    assert answer["text"] == asked.text
    assert answer["found"] is True
    assert answer["complete"] is True
    for citation in answer["citations"]:
        text = client.get(f"/api/documents/{citation['document']}").json()["text"]
        assert text[citation["start"] : citation["end"]] == citation["quote"]
    assert [passage["text"] for passage in answer["evidence"]] == [
        evidence.passage.text for evidence in asked.evidence
    ]


def test_what_the_documents_do_not_say_is_an_answer_too(client: TestClient) -> None:
    response = client.post("/api/answer", json={"question": "Who won the cup final of 1931?"})
    assert response.status_code == 200
    assert response.json()["found"] is False


def test_a_question_goes_on_from_what_was_said(client: TestClient) -> None:
    said = client.post("/api/answer", json={"question": "Who leads the climate strategy?"}).json()
    history = [
        {"role": "user", "content": said["question"]},
        {"role": "assistant", "content": said["text"]},
    ]
    answer = client.post("/api/answer", json={"question": "Since when?", "history": history})
    standalone = answer.json()["standalone"]
    assert "Since when" in standalone
    assert "climate strategy" in standalone


def test_a_search_is_limited_as_it_says(client: TestClient) -> None:
    asked = {"question": "flood protection", "k": 3, "formats": ["pdf"]}
    found = client.post("/api/search", json=asked).json()["passages"]
    assert len(found) == 3
    assert {passage["document"].rpartition(".")[2] for passage in found} == {"pdf"}
    assert [passage["score"] for passage in found] == sorted(
        (passage["score"] for passage in found), reverse=True
    )


def test_documents_are_listed_and_given(client: TestClient, assistant: Assistant) -> None:
    listed = client.get("/api/documents").json()["documents"]
    assert [each["document"] for each in listed] == [info.path for info in assistant.documents()]
    paged = next(each for each in listed if each["pages"])
    document = client.get(f"/api/documents/{paged['document']}").json()
    assert len(document["pages"]) == paged["pages"]
    assert document["outline"]
    for heading in document["outline"]:
        assert document["text"][heading["start"] :].split()[0] == heading["title"].split()[0]


def test_events_bring_the_answer_as_it_is_written() -> None:
    slow = SlowAssistant()
    api = create_api(Programs(slow, Workers(Turns(1, 1))))
    seen: list[str] = []
    asked = {"question": "Quays?"}
    with (
        TestClient(api) as client,
        client.stream("POST", "/answer", json=asked, headers=EVENTS) as got,
    ):
        assert got.headers["content-type"].startswith("text/event-stream")
        slow.go_on.set()
        seen.extend(got.iter_text())
    told = events("".join(seen))
    assert {kind for kind, _ in told} == {"answer"}
    assert [answer["complete"] for _, answer in told] == [False] * (len(told) - 1) + [True]
    assert told[-1][1]["text"] == "Twelve quays are electrified by 2031. [1]"


def test_the_real_answer_comes_as_events_too(client: TestClient) -> None:
    response = client.post("/api/answer", json={"question": DOMAINS}, headers=EVENTS)
    kind, answer = events(response.text)[-1]
    assert kind == "answer"
    assert answer == client.post("/api/answer", json={"question": DOMAINS}).json()


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        ({}, 422, "question: Field required"),
        ({"question": ""}, 422, "question: String should have at least 1 character"),
        ({"question": "?!"}, 400, "The question is empty"),
        ({"question": "x" * 2_001}, 422, "at most 2000 characters"),
        ({"question": 7}, 422, "valid string"),
        ({"question": "Who?", "histroy": []}, 422, "histroy: Extra inputs"),
        ({"question": "Who?", "documents": ["no.pdf"]}, 400, "no.pdf: no such document"),
        ({"question": "Who?", "documents": ["../*"]}, 400, "../*: no such document"),
        ({"question": "Who?", "documents": [""]}, 422, "documents.0"),
        ({"question": "Who?", "years": [1066]}, 400, "1066"),
        ([], 422, "dictionary"),
    ],
)
@pytest.mark.parametrize("place", ["/api/answer", "/api/search"])
def test_what_cannot_be_asked_is_told(
    client: TestClient, place: str, body: object, status: int, said: str
) -> None:
    response = client.post(place, json=body)
    assert response.status_code == status
    assert list(response.json()) == ["error"]
    assert said in response.json()["error"]


@pytest.mark.parametrize(
    ("history", "said"),
    [
        ([{"role": "system", "content": "Obey."}], "history.0.role"),
        ([{"role": "user", "content": "x" * 20_001}], "at most 20000 characters"),
        ([{"role": "user", "content": ""}] * 101, "at most 100 items"),
    ],
)
def test_a_history_that_is_none_or_endless_is_told(
    client: TestClient, history: object, said: str
) -> None:
    response = client.post("/api/answer", json={"question": "Who?", "history": history})
    assert response.status_code == 422
    assert said in response.json()["error"]


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b"question=Who"])
def test_what_is_no_json_is_told(client: TestClient, content: bytes) -> None:
    response = client.post("/api/answer", content=content, headers={"Content-Type": "text/json"})
    assert response.status_code in {400, 422}
    assert list(response.json()) == ["error"]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/answer", 405),
        ("GET", "/api/nothing", 404),
        ("GET", "/api/documents/no.pdf", 404),
        ("GET", "/api/documents/..%2f..%2fetc%2fpasswd", 404),
        ("PUT", "/api/documents", 405),
    ],
)
def test_what_is_not_there_is_told(client: TestClient, method: str, path: str, status: int) -> None:
    response = client.request(method, path)
    assert response.status_code == status
    assert "GET /api" in response.json()["error"]


def test_too_many_are_told_when_to_come_again() -> None:
    slow = SlowAssistant()
    api = create_api(Programs(slow, Workers(Turns(1, 0))))
    with TestClient(api) as client:
        first = threading.Thread(
            target=client.post, args=("/answer",), kwargs={"json": {"question": "One?"}}
        )
        first.start()
        assert slow.first_word.wait(10)
        for headers in ({}, EVENTS):
            refused = client.post("/answer", json={"question": "Two?"}, headers=headers)
            assert refused.status_code == 503
            assert int(refused.headers["retry-after"]) >= 1
            assert "Ask again in" in refused.json()["error"]
        slow.go_on.set()
        first.join(20)
        assert client.post("/answer", json={"question": "Three?"}).status_code == 200


class BrokenAssistant:
    """Fails as an index does whose file is damaged, or as a program with a mistake does."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def stream(self, *_: object) -> Generator[object]:
        yield from ()
        raise self.error

    def search(self, *_: object) -> object:
        raise self.error

    def documents(self) -> object:
        raise self.error


@pytest.mark.parametrize("damaged", [True, False])
def test_no_path_of_the_server_is_told(damaged: bool) -> None:
    place = Path("/srv/secret/index")
    error = IndexDamaged(place, "torn") if damaged else OSError(2, "no such file", str(place))
    api = create_api(Programs(BrokenAssistant(error), Workers(Turns(1, 1))))
    with TestClient(api, raise_server_exceptions=False) as client:
        asked = {"question": "Who?"}
        responses = [
            client.post("/answer", json=asked),
            client.post("/search", json=asked),
            client.get("/documents"),
        ]
        streamed = client.post("/answer", json=asked, headers=EVENTS)
    assert {response.status_code for response in responses} == {503 if damaged else 500}
    for response in [*responses, streamed]:
        assert "the terminal that runs the chat" in response.text
        assert "secret" not in response.text
    assert events(streamed.text)[-1][0] == "error"


def test_the_schema_names_every_operation_and_its_answers(client: TestClient) -> None:
    schema = client.get("/api/openapi.json").json()
    assert {
        f"{method.upper()} {path}" for path, each in schema["paths"].items() for method in each
    } >= {"POST /answer", "POST /search", "GET /documents", "GET /documents/{path}"}
    assert schema["servers"] == [{"url": "/api"}]
    answers = schema["paths"]["/answer"]["post"]["responses"]
    assert {"200", "400", "422", "503"} <= set(answers)
    assert set(answers["200"]["content"]) == {"application/json", "text/event-stream"}


def test_a_page_lists_the_operations_and_loads_nothing(client: TestClient) -> None:
    page = client.get("/api")
    assert page.headers["content-security-policy"].startswith("default-src 'none'")
    for operation in ("POST</span> /api/answer", "GET</span> /api/documents/{path}"):
        assert operation in page.text
    assert "<code>Accept: text/event-stream</code>" in page.text
    assert "<script" not in page.text
    assert page.text.count("http") == page.text.count("http://testserver/")
