"""The server answers for its health, keeps to itself, and serves nothing but the page."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant import Assistant
from ui.errors import ServeError
from ui.listener import listen


@pytest.fixture(scope="module")
def client(
    make_app: Callable[[Assistant, Path, Path], FastAPI],
    assistant: Assistant,
    samples: Path,
    sample_index: Path,
) -> Iterator[TestClient]:
    with TestClient(make_app(assistant, samples, sample_index)) as client:
        yield client


def test_health_says_generation_and_documents(client: TestClient, samples: Path) -> None:
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.json() == {
        "status": "ok",
        "generation": 1,
        "documents": sum(1 for path in samples.iterdir() if path.is_file()),
    }


def test_the_page_is_served_with_headers_that_keep_it_to_itself(client: TestClient) -> None:
    response = client.get("/")
    assert response.status_code == 200
    assert "Strategy assistant" in response.text
    policy = response.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert response.headers["x-content-type-options"] == "nosniff"


def test_the_page_itself_names_no_font_or_script_of_others(client: TestClient) -> None:
    page = client.get("/").text
    assert "fonts.googleapis" not in page
    assert "fonts.gstatic" not in page
    assert "cdnjs" not in page


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/file=/etc/passwd",
        "/gradio_api/file={index}/catalog.sqlite",
        "/gradio_api/file={index}/conversations.sqlite",
        "/gradio_api/file={samples}/norvale-open-data-policy-2024.docx",
        "/file=/etc/passwd",
        "/static/../../server.py",
    ],
)
def test_no_file_of_the_machine_can_be_read(
    client: TestClient, path: str, sample_index: Path, samples: Path
) -> None:
    response = client.get(path.format(index=sample_index, samples=samples))
    assert response.status_code in {403, 404}


def test_only_this_machines_own_names_and_the_proxys_are_answered() -> None:
    from ui.server import answer_to_own_names

    app = FastAPI()
    answer_to_own_names(app, "plans.example")
    client = TestClient(app)
    for name in ("127.0.0.1:7860", "localhost", "[::1]:7860", "plans.example"):
        assert client.get("/", headers={"Host": name}).status_code == 404
    for name in ("evil.example", "127.0.0.1.evil.example", "plans.example.evil.example", ""):
        assert client.get("/", headers={"Host": name}).status_code == 400


def test_there_is_a_picture_for_the_tab(client: TestClient) -> None:
    response = client.get("/favicon.ico")
    assert response.headers["content-type"].startswith("image/svg+xml")


def test_a_taken_port_is_named_with_a_way_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ServeError, match=f"Port {port} is taken .* --port"):
            listen("127.0.0.1", port)


def test_an_address_of_another_machine_is_named() -> None:
    with pytest.raises(ServeError, match=r"192\.0\.2\.1"):
        listen("192.0.2.1", 0)


# What Gradio answers with a traceback in the terminal unless somebody looks after it.
_FOREIGN = [
    ("GET", "queue/data?session_hash=foreign", None),
    ("GET", "call/answer/no-such-event", None),
    ("POST", "queue/join", {"data": [], "fn_index": 9999, "session_hash": "foreign"}),
    ("POST", "run/predict", {"data": [], "fn_index": 9999, "session_hash": "foreign"}),
    ("POST", "run/nothing", {"data": [], "session_hash": "foreign"}),
    ("POST", "component_server", {"data": [], "component_id": 9999, "fn_name": "x"}),
]


@pytest.mark.parametrize(("method", "path", "body"), _FOREIGN)
def test_an_id_that_is_not_ours_costs_a_line_of_the_log_and_no_traceback(
    client: TestClient,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    method: str,
    path: str,
    body: dict[str, object] | None,
) -> None:
    response = client.request(method, f"/gradio_api/{path}", json=body)
    assert response.status_code in (200, 400, 404, 422)  # 200: a stream that had begun, and ends
    assert "Traceback" not in capfd.readouterr().err + caplog.text


@pytest.mark.parametrize(
    "event",
    [None, {}, {"conversation": "foreign", "exchange": "foreign", "id": "foreign"}],
    ids=["none", "empty", "foreign"],
)
def test_an_event_with_foreign_ids_costs_a_line_of_the_log_and_no_traceback(
    client: TestClient, capfd: pytest.CaptureFixture[str], event: dict[str, str] | None
) -> None:
    refused = 0
    for function in client.get("/config").json()["dependencies"]:
        given = {"fn_index": function["id"], "data": [None] * len(function["inputs"])}
        if function["queue"] or not function["backend_fn"]:
            continue
        sent = given | {"event_data": event, "session_hash": "foreign"}
        refused += client.post("/gradio_api/run/predict", json=sent).status_code == 500
    assert refused > 5
    said = capfd.readouterr().err.splitlines()
    assert [line for line in said if "Error" in line or "Exception" in line] == []
