"""`strategy chat` in a process of its own, with one user, until a test is done with it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from httpx2 import Client, Response

from assistant import Settings
from ui.users import Users

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class ChatProcess:
    address: str  # what it says of itself
    said: str  # all it said until it was ready, on one line
    users: Users

    def log_in(self, client: Client) -> Response:
        return client.post("/login", data={"name": "ada", "password": "twelve quays"})


@contextmanager
def chatting(
    folder: Path, place: Path, *arguments: object, **variables: str
) -> Iterator[ChatProcess]:
    """Serves ``folder`` from an index in ``place``, on any free port."""
    users = Users(Settings(index=place / "index").users_file)
    users.add("ada", "twelve quays")
    command = [sys.executable, "-m", "ui.cli", "chat", folder, "--index", place / "index"]
    with subprocess.Popen(
        [str(each) for each in (*command, "--port", "0", *arguments)],
        cwd=place, env={**os.environ, "PYTHONPATH": str(ROOT), **variables}, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        said: list[str] = []
        try:
            while not said or not said[-1].startswith("Chat: "):
                line = process.stdout.readline()
                assert line, "".join(said)
                said.append(line)
            address = said[-1].removeprefix("Chat: ").strip()
            yield ChatProcess(address, " ".join("".join(said).split()), users)
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(60)
