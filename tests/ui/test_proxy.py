"""The nginx site of docs/proxy.md does what the page says of it."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator

import pytest
from httpx2 import Client

from tests.ui.certificate import Certificate
from tests.ui.chat_process import ROOT, ChatProcess, chatting
from ui.token_scope import TokenScope

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(400),  # each test starts a chat that indexes
    pytest.mark.skipif(NGINX is None, reason="no nginx (Debian: apt-get install nginx-light)"),
]
EVENTS = "text/event-stream"


def site(certificate: Certificate, port: int, upstream: str) -> str:
    """The page's site with the paths and ports of this test, and nothing else changed."""
    page = (ROOT / "docs" / "proxy.md").read_text(encoding="utf-8")
    (found,) = re.findall(r"```nginx\n(.*?)```", page, re.DOTALL)
    for theirs, ours in (
        ("listen 443 ssl", f"listen 127.0.0.1:{port} ssl"),
        ("/etc/ssl/certs/plans.example.pem", str(certificate.cert)),
        ("/etc/ssl/private/plans.example.key", str(certificate.key)),
        ("http://127.0.0.1:7860", upstream),
    ):
        assert found.count(theirs) == 1
        found = found.replace(theirs, ours)
    return str(found)


@pytest.fixture(scope="module")
def chat(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChatProcess]:
    place = tmp_path_factory.mktemp("proxied")
    folder = place / "documents"
    folder.mkdir()
    (folder / "harbour.md").write_text("# Harbour\n\nTwelve quays get shore power by 2031.\n")
    with chatting(folder, place, STRATEGY_PUBLIC_NAME="plans.example") as chat:
        yield chat


@pytest.fixture(scope="module")
def proxied(chat: ChatProcess, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A client of nginx, which listens on this machine alone and ends with the test."""
    tmp_path = tmp_path_factory.mktemp("nginx")
    certificate = Certificate.write(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    temporary = "".join(
        f"{kind}_temp_path {tmp_path}/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    config = tmp_path / "nginx.conf"
    config.write_text(
        f"daemon off; master_process off; pid {tmp_path}/nginx.pid; error_log stderr;\n"
        f"events {{}}\nhttp {{ access_log off;\n{temporary}"
        f"{site(certificate, port, chat.address)} }}\n",
        encoding="utf-8",
    )
    assert NGINX is not None
    nginx = subprocess.Popen([NGINX, "-e", "stderr", "-p", str(tmp_path), "-c", str(config)])
    try:
        deadline = time.monotonic() + 20
        while True:
            assert nginx.poll() is None
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except ConnectionRefusedError:
                assert time.monotonic() < deadline
                time.sleep(0.05)
        address = f"https://localhost:{port}"
        headers = {"Host": f"plans.example:{port}", "Origin": f"https://plans.example:{port}"}
        trusted = certificate.trusted()
        with Client(base_url=address, verify=trusted, headers=headers, timeout=60) as client:
            yield client
    finally:
        nginx.terminate()
        nginx.wait(20)


def test_people_log_in_by_https_and_programs_ask_and_upload(
    proxied: Client, chat: ChatProcess
) -> None:
    logged_in = chat.log_in(proxied)
    assert logged_in.status_code == 303
    assert "Secure" in logged_in.headers["set-cookie"].split("; ")
    assert logged_in.headers["strict-transport-security"] == "max-age=31536000"
    proxied.cookies.clear()

    token = chat.users.give_token("ada", TokenScope.MANAGE)
    shown = {"Authorization": f"Bearer {token}"}
    question = {"question": "When do quays get power?"}
    with proxied.stream(
        "POST", "/api/answer", json=question, headers={**shown, "Accept": EVENTS}
    ) as answer:
        assert answer.headers["content-type"].startswith(EVENTS)
        assert "2031" in "".join(answer.iter_text())
    padding = b"x" * 2_000_000  # more than nginx takes by itself, and nothing to index
    large = ("large.html", b"<p>The port of Brenholm has nine cranes.</p><!-- %s -->" % padding)
    assert proxied.post("/api/documents", files={"file": large}, headers=shown).status_code == 201
    elsewhere = {"Host": "evil.example", "Origin": "https://evil.example"}
    assert proxied.get("/healthz", headers=elsewhere).status_code == 400


def test_who_guesses_passwords_is_known_whatever_they_say_of_themselves(
    proxied: Client,
) -> None:
    codes = [
        proxied.post(
            "/login",
            data={"name": "bo", "password": "wrong"},
            headers={"X-Forwarded-For": f"198.51.100.{number}"},
        ).status_code
        for number in range(12)  # the waits double: a slow machine meets one of them
    ]
    assert codes[:5] == [401] * 5
    assert 429 in codes
