"""The chat speaks https where it is given a certificate, and says so where it should."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from httpx2 import Client

from assistant import Settings
from tests.ui.certificate import Certificate
from tests.ui.chat_process import chatting
from ui.errors import ServeError
from ui.tls import is_in_clear, tls_of

if TYPE_CHECKING:
    from typer.testing import Result


@pytest.fixture
def certificate(tmp_path: Path) -> Certificate:
    return Certificate.write(tmp_path)


def test_without_a_certificate_there_is_no_https() -> None:
    assert tls_of(Settings()) is None


def test_a_certificate_with_its_key_is_taken(certificate: Certificate) -> None:
    assert tls_of(Settings(tls_cert=certificate.cert, tls_key=certificate.key)) is not None


def test_files_that_cannot_be_used_are_named(certificate: Certificate, tmp_path: Path) -> None:
    other = Certificate.write(tmp_path, "other")
    closed = Certificate.write(tmp_path, "closed", password="quay")
    (tmp_path / "none.pem").write_text("no certificate at all")
    cert, key, none = certificate.cert, certificate.key, tmp_path / "none.pem"
    for given, said in (
        ((cert, None), "tls_cert is set and tls_key is not"),
        ((None, key), "tls_key is set and tls_cert is not"),
        ((cert, tmp_path / "away.key"), "away.key: it cannot be read (No such file"),
        ((tmp_path / "away.crt", key), "away.crt: it cannot be read (No such file"),
        ((tmp_path, key), "it cannot be read (Is a directory"),
        ((cert, other.key), "other.key is not the one of the certificate"),
        ((none, key), "Both have to be PEM files"),
        ((cert, none), "Both have to be PEM files"),
        ((closed.cert, closed.key), "the key without a password"),
    ):
        with pytest.raises(ServeError) as refused:
            tls_of(Settings(tls_cert=given[0], tls_key=given[1]))
        assert said in str(refused.value)


def test_the_command_says_so_before_it_reads_anything(
    run: Callable[..., Result], folder: Path, tmp_path: Path
) -> None:
    refused = run("chat", folder, "--port", "0", "--tls-cert", tmp_path / "away.crt")
    assert refused.exit_code == 1
    assert "tls_key is not" in refused.stderr
    assert refused.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("address", "given", "in_clear"),
    [
        ("127.0.0.1", {}, False),
        ("::1", {}, False),
        ("0.0.0.0", {}, True),
        ("192.0.2.1", {}, True),
        ("::", {}, True),
        ("0.0.0.0", {"tls_cert": "a.crt", "tls_key": "a.key"}, False),
        ("0.0.0.0", {"public_name": "plans.example"}, False),
    ],
)
def test_what_others_reach_in_clear_is_known(
    address: str, given: dict[str, str], in_clear: bool
) -> None:
    assert is_in_clear(Settings(**given), address) == in_clear  # type: ignore[arg-type]


@pytest.mark.slow
@pytest.mark.timeout(400)  # it indexes in a process of its own
@pytest.mark.parametrize("secure", [False, True])
def test_a_chat_that_others_reach_warns_or_speaks_https(
    folder: Path, tmp_path: Path, certificate: Certificate, secure: bool
) -> None:
    given = ["--tls-cert", certificate.cert, "--tls-key", certificate.key] if secure else []
    # On every address of this machine, of which only its own is used.
    with chatting(folder, tmp_path, "--host", "0.0.0.0", *given) as chat:
        assert ("cross the network in clear" in chat.said) != secure
        assert chat.address.startswith("https:" if secure else "http:")
        with Client(base_url=chat.address, verify=certificate.trusted(), timeout=60) as client:
            cookie = chat.log_in(client).headers["set-cookie"]
            assert ("Secure" in cookie.split("; ")) == secure
            found = client.post("/api/answer", json={"question": "When do quays get power?"})
            assert "2031" in found.text
