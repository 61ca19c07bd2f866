"""Many programs that ask at once: whose answer is lost or mixed up, and how long each waits.

    python tests/benchmarks/load.py [CLIENTS [QUESTIONS]]

A real `strategy chat` on this machine, asked by CLIENTS threads over the REST API, QUESTIONS each,
one after the other. Each question is about an invented place that one sentence names, with a
figure that no other place has: an answer is right if it says that figure and quotes that sentence.
"""

from __future__ import annotations

import http.client
import itertools
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).parents[2]
CLIENTS, QUESTIONS = 50, 20
_KINDS = ("lighthouse", "harbour", "archive", "reservoir", "school", "ferry", "forest", "museum")
_MEASURES = ("visitors", "permits", "crates", "volumes", "inspections", "lanterns", "barges")
_ONSETS = ("Br", "D", "F", "G", "H", "K", "L", "M", "N", "Qu", "R", "S", "T", "V", "W", "Z")
_MIDDLES = ("ael", "arn", "ebb", "eld", "ing", "iru", "olm", "ond", "oss", "ulv", "urd", "yst")
_ENDS = ("aby", "esk", "holt", "mere", "nora", "stad", "torp", "vik", "wick", "zell")


@dataclass(frozen=True, slots=True)
class Fact:
    """A question, and what only its answer has."""

    place: str
    question: str
    figure: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Record:
    """What became of one question."""

    client: int
    seconds: float
    right: bool
    said: str  # the answer, or why there was none


def write_documents(folder: Path, count: int, seed: int = 7) -> list[Fact]:
    """As many documents, each of another place, and the fact that each holds."""
    chance = random.Random(seed)
    places = [a + b + c for a, b, c in itertools.product(_ONSETS, _MIDDLES, _ENDS)]
    figures = chance.sample(range(1_000, 100_000), count)
    facts = []
    for place, figure in zip(chance.sample(places, count), figures, strict=True):
        kind, measure = chance.choice(_KINDS), chance.choice(_MEASURES)
        facts.append(
            Fact(
                place,
                f"How many {measure} does the {kind} of {place} count a year?",
                f"{figure:,}",
                f"The {kind} of {place} counts {figure:,} {measure} a year.",
            )
        )
    folder.mkdir(parents=True, exist_ok=True)
    for fact in facts:
        text = f"# Report of {fact.place}\n\n{fact.sentence}\n"
        (folder / f"{fact.place.lower()}.md").write_text(text, encoding="utf-8")
    return facts


def ask_all(address: str, facts: Sequence[Fact], clients: int) -> list[Record]:
    """Each client asks its share of the facts, one after the other, all clients at once."""
    records: list[Record] = []
    together = threading.Barrier(clients)

    def client(number: int) -> None:
        place = urlsplit(address)
        connection = http.client.HTTPConnection(str(place.hostname), place.port, timeout=600)
        together.wait()
        for fact in facts[number::clients]:
            begun = time.perf_counter()
            right, said = _asked(connection, fact)
            records.append(Record(number, time.perf_counter() - begun, right, said))
        connection.close()

    threads = [threading.Thread(target=client, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return records


def _asked(connection: http.client.HTTPConnection, fact: Fact) -> tuple[bool, str]:
    body = json.dumps({"question": fact.question})
    try:
        connection.request("POST", "/api/answer", body, {"Content-Type": "application/json"})
        response = connection.getresponse()
        content = response.read().decode("utf-8")
    except OSError as error:
        return False, repr(error)
    if response.status != http.client.OK:
        return False, f"{response.status} {content}"
    answer = json.loads(content)
    quoted = any(fact.sentence in citation["quote"] for citation in answer["citations"])
    right = answer["question"] == fact.question and fact.figure in answer["text"] and quoted
    return right, answer["text"]


@contextmanager
def chat(folder: Path | None, index: Path) -> Iterator[tuple[str, int]]:
    """A chat of its own process over a folder; its address and its process id.

    Without a folder it serves what is in the index, or the samples where that is empty.
    """
    served = [] if folder is None else [str(folder)]
    command = [sys.executable, "-m", "ui.cli", "chat", *served, "--index", str(index)]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        [*command, "--port", "0"], env=environment, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        address = next(line.split()[1] for line in server.stdout if line.startswith("Chat: "))
        try:
            yield address, server.pid
        finally:
            server.terminate()


def resident_mb(process: int) -> float:
    status = Path(f"/proc/{process}/status").read_text("ascii")
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def main() -> None:
    given = [int(argument) for argument in sys.argv[1:]]
    clients, each = [*given, *(CLIENTS, QUESTIONS)[len(given) :]]
    with tempfile.TemporaryDirectory() as place:
        facts = write_documents(Path(place, "documents"), clients * each)
        with chat(Path(place, "documents"), Path(place, "index")) as (address, process):
            ask_all(address, facts[:clients], clients)  # everything is loaded by then
            before = resident_mb(process)
            begun = time.perf_counter()
            records = ask_all(address, facts, clients)
            seconds = time.perf_counter() - begun
            after = resident_mb(process)
            ask_all(address, facts, clients)
            later = resident_mb(process)
    report(records, seconds, clients)
    print(
        f"server's memory: {before:.0f} MB, {after:.0f} MB after these,"
        f" {later:.0f} MB after as many again"
    )


def report(records: Sequence[Record], seconds: float, clients: int) -> None:
    """Print the figures, and the first answers that are not right."""
    waits = sorted(record.seconds for record in records)
    wrong = [record for record in records if not record.right]
    p95 = statistics.quantiles(waits, n=100)[94]
    means = [
        statistics.mean(record.seconds for record in records if record.client == number)
        for number in range(clients)
    ]
    print(
        f"{len(records) - len(wrong)} of {len(records)} right,"
        f" {len(records) / seconds:.1f} a second"
    )
    print(f"waited: p50 {statistics.median(waits):.2f} s, p95 {p95:.2f} s, most {waits[-1]:.2f} s")
    print(f"mean wait of a client: {min(means):.2f} to {max(means):.2f} s")
    for record in wrong[:3]:
        print(f"wrong, client {record.client}: {record.said[:300]}")


if __name__ == "__main__":
    main()
