"""Nothing leaves this machine unless a setting says so, and then it goes there alone."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.destination import STAYS
from model_server import saying

ROOT = Path(__file__).parents[2]
# Read by every Python process at its start, the readers of documents too.
GUARD = """
import os, sys

def watch(event, arguments):
    if event in {"socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname"}:
        place = arguments[0] if event.startswith("socket.get") else arguments[1]
        if isinstance(place, (str, bytes)) and not event.startswith("socket.get"):
            return  # a socket of this machine's file system
        with open(os.environ["SEEN"], "a", encoding="utf-8") as seen:
            seen.write(f"{event} {place!r}\\n")
        if os.environ.get("ALLOWED", "none") not in repr(place):
            raise OSError("the network is blocked")

sys.addaudithook(watch)
"""


@pytest.fixture
def guarded(tmp_path: Path) -> dict[str, str]:
    """The environment of a process without a network, and with variables of other programs."""
    (tmp_path / "guard").mkdir()
    (tmp_path / "guard" / "sitecustomize.py").write_text(GUARD, encoding="utf-8")
    (tmp_path / "seen").touch()
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(tmp_path / "guard"), str(ROOT)]),
        "SEEN": str(tmp_path / "seen"),
        "LANGSMITH_TRACING": "true",
        "LANGSMITH_API_KEY": "of-the-tests",
        "OPENAI_API_KEY": "of-the-tests",
    }


def strategy(environment: dict[str, str], *arguments: str | Path) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "ui.cli", *map(str, arguments)],
        env=environment, capture_output=True, text=True, encoding="utf-8", timeout=100,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_guard_sees_a_program_that_calls_out(guarded: dict[str, str]) -> None:
    program = "import socket; socket.create_connection(('norvale.example', 80))"
    done = subprocess.run([sys.executable, "-c", program], env=guarded, capture_output=True)
    assert done.returncode != 0
    assert "norvale.example" in Path(guarded["SEEN"]).read_text()


def test_by_default_nothing_tries_to_leave(
    guarded: dict[str, str], folder: Path, tmp_path: Path
) -> None:
    index = tmp_path / "index"
    strategy(guarded, "index", folder, "--index", index)
    said = strategy(guarded, "ask", "How many quays get shore power?", "--index", index)
    assert "Twelve quays" in said
    assert STAYS in strategy(guarded, "status", "--index", index)
    assert Path(guarded["SEEN"]).read_text() == ""


def test_with_a_model_words_go_to_its_address_alone(
    guarded: dict[str, str], folder: Path, tmp_path: Path
) -> None:
    index = tmp_path / "index"
    strategy(guarded, "index", folder, "--index", index)
    with saying("Twelve quays get shore power by 2031 [1].") as server:
        port = server.address.rpartition(":")[2]
        told = {
            "STRATEGY_CHAT_MODEL": "openai:m",
            "STRATEGY_CHAT_BASE_URL": f"{server.address}/v1",
            "ALLOWED": "127.0.0.1",
        }
        environment = guarded | told
        said = strategy(environment, "ask", "How many quays get shore power?", "--index", index)
        assert f"sent to {server.address}/v1" in strategy(environment, "status", "--index", index)
    assert "Twelve quays get shore power by 2031. [1]" in said
    assert len(server.requests) == 1
    seen = Path(guarded["SEEN"]).read_text().splitlines()
    assert seen
    assert all("127.0.0.1" in line for line in seen)
    assert all(port in line for line in seen if "connect" in line)
