"""Nothing leaves this machine unless a setting says so, and then it goes there alone."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import quiet
from closed_network import watched, why_not
from ingest.telemetry import SWITCHES
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


@pytest.fixture(scope="module")
def closed() -> None:
    """A network of its own can be had here."""
    if why := why_not():
        pytest.skip(why)


@pytest.mark.usefixtures("closed")
def test_what_native_code_sends_is_seen(tmp_path: Path) -> None:
    plain = {"PATH": os.environ["PATH"]}
    seen = watched(["getent", "ahostsv4", "norvale.example"], plain, 60, tmp_path)
    assert seen.code == 0
    assert set(seen.names) == {"norvale.example"}
    program = (
        "import socket; socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('203.0.113.9', 9))"
    )
    seen = watched([sys.executable, "-I", "-c", program], plain, 60, tmp_path)
    assert seen.packets == ("udp 203.0.113.9:9",)


@pytest.mark.slow
@pytest.mark.timeout(1200)
@pytest.mark.usefixtures("closed")
def test_by_default_nothing_tries_to_leave() -> None:
    traces = quiet.default_run(seconds=20)
    seen = traces.seen
    assert seen.code == 0, seen.output
    assert (seen.names, seen.packets, traces.strange) == ((), (), ())


# A library's own files: onnxruntime keeps an identifier of the machine, and what it wants to send.
@pytest.mark.parametrize("room", ["ingest", "index", "assistant", "ui"])
def test_a_program_that_imports_a_part_of_this_one_is_kept_quiet(room: str, tmp_path: Path) -> None:
    assert left_behind(f"import {room}, onnxruntime", tmp_path) == []


def test_the_files_of_a_library_that_is_not_told_to_be_quiet_are_seen(tmp_path: Path) -> None:
    left = left_behind("import onnxruntime", tmp_path)
    if not left:
        pytest.skip("this onnxruntime keeps no files")
    assert any("onnxruntime" in name for name in left)


def left_behind(program: str, home: Path) -> list[str]:
    """The files that a program leaves in the home of its user."""
    plain = {"HOME": str(home), "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", program], env=plain, cwd=home, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return [str(path) for path in home.rglob("*") if path.is_file()]


def test_what_was_set_before_does_not_count(tmp_path: Path) -> None:
    program = "import os, assistant; print([os.environ[name] for name in sorted(%r)])"
    done = subprocess.run(
        [sys.executable, "-c", program % list(SWITCHES)],
        env={**os.environ, "PYTHONPATH": str(ROOT), "ORT_DISABLE_TELEMETRY": "0"},
        cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == str([SWITCHES[name] for name in sorted(SWITCHES)])


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
