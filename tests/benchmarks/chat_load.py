"""Many people ask at once: whose answer is wrong or lost, how long it takes, what memory grows.

    python tests/benchmarks/chat_load.py [CLIENTS] [QUESTIONS]

Serves the sample documents on this machine alone, and asks as the chat's page does: through
Gradio's queue, each person in a session and in conversations of their own.
"""

from __future__ import annotations

import asyncio
import html
import json
import re
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2

from load import chat

QUESTIONS = [
    "What are the five policy domains?",
    "What is Port Merrow's target for emissions?",
    "Who leads the climate strategy of Port Merrow?",
    "What are the six principles of open data in Norvale?",
    "What is the melting point of tungsten?",
]
CONVERSATION = 5  # questions, before a new one is begun
PATIENCE = 300.0  # seconds for one answer


@dataclass
class Run:
    """What was measured."""

    seconds: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


async def ask(client: httpx2.AsyncClient, event: dict[str, Any], fn: int, session: str) -> Any:
    """(first, last) messages of one answer."""
    body = {"data": [], "event_data": event, "fn_index": fn, "session_hash": session}
    (await client.post("/gradio_api/queue/join", json=body)).raise_for_status()
    first = None
    path = f"/gradio_api/queue/data?session_hash={session}"
    async with client.stream("GET", path) as stream:
        async for line in stream.aiter_lines():
            if not line.startswith("data:"):
                continue
            message = json.loads(line[5:])
            if message["msg"] == "process_generating" and first is None:
                first = message
            if message["msg"] == "process_completed":
                return first, message
    return first, None


async def person(address: str, number: int, questions: int, fn: int, run: Run) -> None:
    async with httpx2.AsyncClient(base_url=address, timeout=PATIENCE) as client:
        conversation = ""
        for turn in range(questions):
            question = QUESTIONS[(number + turn) % len(QUESTIONS)]
            event = {
                "question": question,
                "again": None,
                "replaces": None,
                "everywhere": False,
                "conversation": conversation if turn % CONVERSATION else "",
                "limits": [],
            }
            started = time.perf_counter()
            first, last = await ask(client, event, fn, f"person{number:04d}")
            run.seconds.append(time.perf_counter() - started)
            shown = last["output"]["data"][1] if last and last["success"] else ""
            conversation = json.loads(first["output"]["data"][2])["conversation"] if first else ""
            asked = re.search(r'<div class="asked">(.*?)</div>', shown)
            whole = 'class="acts"' in shown and 'class="answer' in shown
            if not (whole and asked and html.unescape(asked[1]) == question):
                run.wrong.append(f"person {number}, question {turn}: {shown[:200]!r}")


async def measure(address: str, people: int, questions: int, server: int) -> None:
    config = httpx2.get(f"{address}/config").json()
    (fn,) = [
        each["id"]
        for each in config["dependencies"]
        if any(event == "ask" for _, event in each["targets"])
    ]
    await person(address, people, 2, fn, Run())  # the model is loaded
    run, before, started = Run(), resident(server), time.perf_counter()
    await asyncio.gather(*(person(address, n, questions, fn, run) for n in range(people)))
    run.seconds.sort()
    count = len(run.seconds)
    print(
        f"{people} people x {questions}: {count - len(run.wrong)} of {count} right,"
        f" p50 {run.seconds[count // 2]:.2f} s, p95 {run.seconds[count * 95 // 100]:.2f} s,"
        f" worst {run.seconds[-1]:.2f} s, {count / (time.perf_counter() - started):.0f} answers/s,"
        f" server {before:.0f} -> {resident(server):.0f} MiB"
    )
    print("\n".join(run.wrong[:10]))


def resident(process: int) -> float:
    """MiB of memory that a process holds now."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return int(re.findall(r"VmRSS:\s+(\d+)", status)[0]) / 1024


def main() -> None:
    people, questions = (int(each) for each in (*sys.argv[1:], "50", "20")[:2])
    with tempfile.TemporaryDirectory() as index, chat(None, Path(index)) as (address, process):
        asyncio.run(measure(address, people, questions, process))


if __name__ == "__main__":
    main()
