"""Nobody comes in who has not logged in: not to the page, its calls, the API, or anything else."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response

from ui.access import COOKIE
from ui.token_scope import TokenScope
from ui.users import Users

PASSWORD = "twelve quays of Norvale"
PAGE = {"Accept": "text/html,application/xhtml+xml"}


@pytest.fixture(scope="module")
def users(tmp_path_factory: pytest.TempPathFactory) -> Users:
    users = Users(tmp_path_factory.mktemp("users") / "users.json")
    users.add("ada", PASSWORD)
    users.add("bo", PASSWORD)
    return users


@pytest.fixture(scope="module")
def served(app: FastAPI) -> Iterator[FastAPI]:
    with TestClient(app):
        yield app


@pytest.fixture
def stranger(served: FastAPI) -> TestClient:
    return TestClient(served, follow_redirects=False)


@pytest.fixture
def ada(stranger: TestClient) -> TestClient:
    assert log_in(stranger).status_code == 303
    return stranger


def log_in(
    client: TestClient, password: str = PASSWORD, next: str = "/", name: str = "ada"
) -> Response:
    return client.post("/login", data={"name": name, "password": password, "next": next})


def paths_of(app: FastAPI, parameter: str = "x") -> set[str]:
    """Everything that is served, also by what is mounted."""
    found = set()
    for route in app.routes:
        path = re.sub(r"\{[^}]+\}", parameter, getattr(route, "path", ""))
        inner = getattr(route, "app", None) or getattr(route, "original_router", None)
        if hasattr(inner, "routes"):
            found |= {path.rstrip("/") + each for each in paths_of(inner)}
        found.add(path or "/")
    return found


def test_every_route_there_is_is_closed_to_strangers(app: FastAPI, stranger: TestClient) -> None:
    closed = paths_of(app) - {"/login", "/logout", "/healthz", "/favicon.ico"}
    assert {"/", "/config", "/gradio_api/queue/join", "/gradio_api/upload", "/api/answer"} <= closed
    for path in sorted(closed):
        for method in ("GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS"):
            response = stranger.request(method, path)
            assert response.status_code == 401, (method, path)


@pytest.mark.parametrize(
    "path",
    [
        "/login/",
        "//login",
        "/login/../config",
        "/LOGIN",
        "/healthz/",
        "/%6cogin/x",
        "/config?/login",
    ],
)
def test_a_path_like_an_open_one_is_not_open(stranger: TestClient, path: str) -> None:
    assert stranger.get(path).status_code == 401


def test_a_person_is_sent_to_the_login_and_on_from_there(stranger: TestClient) -> None:
    sent = stranger.get("/?c=abc&d=1", headers=PAGE)
    assert sent.status_code == 303
    assert sent.headers["location"] == "/login?next=%2F%3Fc%3Dabc%26d%3D1"
    page = stranger.get(sent.headers["location"])
    assert page.status_code == 200
    assert 'name="next" value="/?c=abc&amp;d=1"' in page.text
    assert log_in(stranger, next="/?c=abc&d=1").headers["location"] == "/?c=abc&d=1"
    assert stranger.get("/", headers=PAGE).status_code == 200


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(stranger: TestClient) -> None:
    cookie = log_in(stranger).headers["set-cookie"]
    assert cookie.startswith(f"{COOKIE}=")
    assert {"HttpOnly", "SameSite=strict", "Path=/"} <= set(cookie.split("; "))
    assert "Secure" not in cookie
    by_https = TestClient(stranger.app, "https://testserver", follow_redirects=False)
    assert "Secure" in log_in(by_https).headers["set-cookie"].split("; ")


def test_logging_out_ends_the_session_on_the_server(ada: TestClient) -> None:
    session = ada.cookies[COOKIE]
    assert ada.get("/api/documents").status_code == 200
    assert ada.post("/logout").headers["location"] == "/login"
    assert COOKIE not in ada.cookies
    kept = TestClient(ada.app, cookies={COOKIE: session})
    assert kept.get("/api/documents").status_code == 401


def test_whoever_is_logged_in_is_not_asked_again(ada: TestClient) -> None:
    assert ada.get("/login?next=/api/").headers["location"] == "/api/"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "/\t/x",
        "",
    ],
)
def test_the_login_leads_to_no_other_site(ada: TestClient, elsewhere: str) -> None:
    assert log_in(ada, next=elsewhere).headers["location"] == "/"


def test_a_wrong_password_says_so_and_many_have_to_wait(stranger: TestClient) -> None:
    wrong = log_in(stranger, "no", name="carl")
    assert wrong.status_code == 401
    assert "The name or the password is wrong." in wrong.text
    assert 'value="carl"' in wrong.text
    for _ in range(12):  # the waits double: a slow machine meets one of them
        waits = log_in(stranger, "no", name="carl")
        if waits.status_code != 401:
            break
    assert waits.status_code == 429
    assert int(waits.headers["retry-after"]) >= 1
    assert "Too many wrong tries" in waits.text
    assert COOKIE not in stranger.cookies


def test_endless_fields_are_refused_and_not_shown_again(stranger: TestClient) -> None:
    page = log_in(stranger, "y" * 100_000, "/" + "z" * 100_000, "x" * 100_000)
    assert page.status_code == 401
    assert len(page.text) < 20_000


def test_a_program_shows_its_token(stranger: TestClient, users: Users) -> None:
    token = users.give_token("bo", TokenScope.READ)
    shown = {"Authorization": f"Bearer {token}"}
    assert stranger.get("/api/documents", headers=shown).status_code == 200
    for other in (f"Bearer {token}x", f"Basic {token}", token, "Bearer", "Bearer \xff"):
        headers = {"Authorization": other.encode("latin-1")}
        response = stranger.get("/api/documents", headers=headers)
        assert response.status_code == 401
        assert "strategy user token NAME" in response.json()["error"]


@pytest.mark.parametrize(
    ("scope", "opened"),
    [
        (TokenScope.ASK, {"ask"}),
        (TokenScope.READ, {"ask", "read"}),
        (TokenScope.MANAGE, {"ask", "read", "manage"}),
    ],
)
def test_a_token_opens_its_scope_and_no_more(
    stranger: TestClient, users: Users, scope: TokenScope, opened: set[str]
) -> None:
    shown = {"Authorization": f"Bearer {users.give_token('bo', scope)}"}
    for needed, method, path in (
        ("ask", "POST", "/api/answer"),
        ("ask", "POST", "/api/search"),
        ("ask", "GET", "/api/openapi.json"),
        ("ask", "GET", "/gradio_api/info"),
        ("read", "GET", "/api/documents"),
        ("read", "GET", "/api/documents/no.md"),
        ("read", "GET", "/source/file?document=no.md"),
        ("read", "GET", "/library/document?document=no.md"),
        ("manage", "POST", "/api/documents"),
        ("manage", "DELETE", "/api/documents/no.md"),
        ("manage", "POST", "/library/remove?document=no.md"),
        ("manage", "POST", "/library/again?document=no.md"),
        ("manage", "POST", "/gradio_api/upload"),
        ("manage", "GET", "/a-route-that-nobody-thought-of"),
    ):
        response = stranger.request(method, path, headers={**shown, "X-Strategy": "1"})
        assert (response.status_code != 403) == (needed in opened), (method, path)
        if response.status_code == 403:
            assert f"--scope {needed}" in response.json()["error"]
            assert "insufficient_scope" in response.headers["www-authenticate"]


def test_a_new_password_shuts_the_token_out(stranger: TestClient, users: Users) -> None:
    users.add("cleo", PASSWORD)
    shown = {"Authorization": f"Bearer {users.give_token('cleo', TokenScope.READ)}"}
    assert stranger.get("/api/documents", headers=shown).status_code == 200
    users.add("cleo", "another of Norvale")
    assert stranger.get("/api/documents", headers=shown).status_code == 401


def test_requests_of_other_sites_are_refused(ada: TestClient) -> None:
    for headers in (
        {"Origin": "https://evil.example"},
        {"Origin": "http://testserver:81"},
        {"Origin": "null"},
        {"Origin": "http://[testserver"},
        {"Origin": "http://testserver@evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ):
        for path in ("/login", "/logout", "/api/answer", "/gradio_api/queue/join"):
            assert ada.post(path, headers=headers).status_code == 403
    assert ada.get("/api/documents").status_code == 200  # still logged in


def test_a_link_of_another_site_and_the_page_itself_are_answered(ada: TestClient) -> None:
    assert ada.get("/", headers=PAGE | {"Sec-Fetch-Site": "cross-site"}).status_code == 200
    own = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}
    assert ada.post("/api/search", json={"question": "Quays?"}, headers=own).status_code == 200


def test_health_says_nothing_more_than_that_it_is_well(stranger: TestClient) -> None:
    assert stranger.get("/healthz").json() == {"status": "ok"}


def test_a_broken_file_of_users_lets_nobody_in(stranger: TestClient, users: Users) -> None:
    content = users.file.read_bytes()
    token = users.give_token("bo")
    try:
        users.file.write_bytes(b"{")
        for response in (
            stranger.get("/api/documents", headers={"Authorization": f"Bearer {token}"}),
            log_in(stranger, name="dora"),
        ):
            assert response.status_code == 503
            assert "Nobody can log in now" in response.text
            assert str(users.file.parent) not in response.text
    finally:
        users.file.write_bytes(content)


def test_gradio_knows_who_asks(ada: TestClient, users: Users) -> None:
    known = users.user("ada")
    assert known is not None
    assert ada.get("/gradio_api/user").json() == known.id


def test_a_request_too_large_is_refused_before_it_is_read(ada: TestClient) -> None:
    large = ada.post("/api/search", content=b"x" * 5_000_000)
    assert large.status_code == 413
    chunked = ada.post("/api/search", content=iter([b"x" * 1_000_000] * 5))
    assert chunked.status_code == 413
    assert "may have" in chunked.json()["error"]
