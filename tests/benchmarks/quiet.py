"""Does anything leave the machine? The default run in a network of its own, and what it sent.

    python tests/benchmarks/quiet.py [SECONDS]

A person's first hour with the program, in a home that is as good as new and with no variable that
keeps a library quiet: a folder with a scan is indexed, once by each OCR engine that is installed;
asked from the command line; watched; served by `strategy chat` for SECONDS (60), asked by HTTP,
by the Model Context Protocol and for the picture of a page. Printed are the names that were asked
for, the packets that went beyond loopback, and the files that were left behind; there must be none
but ours. See tests/samples/closed_network.py for how they are seen.
"""

from __future__ import annotations

import asyncio
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pypdfium2 as pdfium
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "tests" / "samples"))

from closed_network import Seen, watched  # noqa: E402

SECONDS = 60
QUESTION = "How many quays get shore power?"
_STEPS_SECONDS = 1500  # that all but the chat may take
_SCALE = 200 / 72  # pixels per point
# Where our own files are, below the home of whoever runs the program.
_OURS = (".cache/strategy-assistant", ".local/share/strategy-assistant", "documents")


@dataclass(frozen=True, slots=True)
class Traces:
    """What the run did, what wanted to leave, and what stayed behind."""

    seen: Seen
    strange: tuple[str, ...]  # files that are not ours, relative to the home

    @property
    def none(self) -> bool:
        return self.seen.nothing and not self.strange


def default_run(seconds: float) -> Traces:
    """Raises RuntimeError where there is no network of its own to be had here."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        write_documents(home / "documents")
        environment = {
            "HOME": folder,
            "LANG": "C.UTF-8",
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "PYTHONUNBUFFERED": "1",
            # Meant for other programs.
            "LANGSMITH_TRACING": "true",
            "LANGSMITH_API_KEY": "of-the-tests",
            "OPENAI_API_KEY": "of-the-tests",
        }
        command = [sys.executable, __file__, "--inside", str(seconds)]
        seen = watched(command, environment, _STEPS_SECONDS + seconds, home)
        files = (path.relative_to(home).as_posix() for path in home.rglob("*") if path.is_file())
        return Traces(seen, tuple(sorted(file for file in files if not file.startswith(_OURS))))


def write_documents(folder: Path) -> None:
    """A text, a PDF, and a PDF that is a picture of its page."""
    folder.mkdir()
    (folder / "harbour.md").write_text("# Harbour\n\nTwelve quays get shore power by 2031.\n")
    text = _pdf(["Ferry plan", "Nine ferries run on hydrogen by 2034."])
    (folder / "ferries.pdf").write_bytes(text)
    with pdfium.PdfDocument(text) as pdf:
        picture = pdf[0].render(scale=_SCALE, grayscale=True).to_pil()
        scan = io.BytesIO()
        canvas = Canvas(scan, pagesize=pdf[0].get_size())
        canvas.drawImage(ImageReader(picture), 0, 0, *pdf[0].get_size())
        canvas.save()
    (folder / "scan.pdf").write_bytes(scan.getvalue())


def _pdf(lines: list[str]) -> bytes:
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=(400, 300))
    for row, line in enumerate(lines):
        canvas.drawString(40, 240 - row * 30, line)
    canvas.save()
    return written.getvalue()


def _inside(seconds: float) -> None:
    """All that a person does first; fails where a step does."""
    documents = Path.home() / "documents"
    if shutil.which("tesseract"):
        said = _strategy("index", documents)
        assert "scan.pdf: pdf, 1 page (1 by OCR)" in said, said
    nothing = Path.home() / "documents" / "none"  # a PATH without Tesseract
    said = _strategy("index", documents, "--rebuild", PATH=str(nothing))
    assert "scan.pdf: pdf, 1 page (1 by OCR)" in said, said
    assert "Twelve quays" in _strategy("ask", QUESTION)
    assert "Nothing leaves this machine." in _strategy("status")
    with _running("watch", documents) as watch:
        assert watch.stdout is not None
        (documents / "late.md").write_text("# Late\n\nThe ferry leaves at noon.\n")
        assert any("late.md" in line for line in watch.stdout)
    with _running("chat", documents, "--port", "0", STRATEGY_MCP="true") as chat:
        assert chat.stdout is not None
        address = next(line.split()[1] for line in chat.stdout if line.startswith("Chat: "))
        address = f"{address.rstrip('/')}/"
        end = time.monotonic() + seconds
        _get(address)
        assert "Twelve quays" in asyncio.run(_by_protocol(f"{address}mcp"))
        while True:
            answer = _asked(address, "How many ferries run on hydrogen?")
            assert "Nine ferries" in answer["text"], answer
            cited = answer["citations"][0]
            place = {"document": cited["document"], "page": 1, "version": cited["content_hash"]}
            _get(f"{address}source/page?{urlencode(place)}")
            if time.monotonic() >= end:
                break
            time.sleep(1)


def _strategy(*arguments: str | Path, **variables: str) -> str:
    _tell(arguments)
    done = subprocess.run(
        [sys.executable, "-m", "ui.cli", *map(str, arguments)],
        env={**os.environ, **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


def _tell(arguments: tuple[str | Path, ...]) -> None:
    """For whoever wants to know how far a run came that fails."""
    print(time.strftime("%H:%M:%S strategy"), *arguments, flush=True)


@contextmanager
def _running(*arguments: str | Path, **variables: str) -> Iterator[subprocess.Popen[str]]:
    _tell(arguments)
    with subprocess.Popen(
        [sys.executable, "-m", "ui.cli", *map(str, arguments)],
        env={**os.environ, **variables},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.send_signal(signal.SIGINT)


def _get(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=60) as response:
        content: bytes = response.read()
    return content


def _asked(address: str, question: str) -> Any:
    request = urllib.request.Request(
        f"{address}api/answer",
        json.dumps({"question": question}).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=60) as response:
        return json.load(response)


async def _by_protocol(address: str) -> str:
    from httpx2 import AsyncClient
    from mcp.client import Client
    from mcp.client.streamable_http import streamable_http_client

    async with (
        AsyncClient() as http,
        Client(streamable_http_client(address, http_client=http)) as client,
    ):
        result = await client.call_tool("answer", {"question": QUESTION})
        return str(result.structured_content)


def main() -> int:
    if sys.argv[1:2] == ["--inside"]:
        _inside(float(sys.argv[2]))
        return 0
    traces = default_run(float(sys.argv[1]) if sys.argv[1:] else SECONDS)
    seen = traces.seen
    if seen.code:
        print(seen.output)
        return seen.code
    for kind, found in (
        ("asked for", seen.names), ("sent to", seen.packets), ("left", traces.strange)
    ):  # fmt: skip
        for each in found:
            print(kind, each)
    print(
        f"{len(seen.packets)} packets beyond loopback, {len(seen.names)} names asked for,"
        f" {len(traces.strange)} strange files left"
    )
    return int(not traces.none)


if __name__ == "__main__":
    sys.exit(main())
