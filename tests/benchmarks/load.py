"""Many programs that ask at once: whose answer is lost or mixed up, and how long each waits.

    python tests/benchmarks/load.py [CLIENTS [QUESTIONS]] [--against FOLDER]

A real `strategy chat` on this machine, asked by CLIENTS threads over the REST API, QUESTIONS each,
one after the other. Each question is about an invented place that one sentence names, with a
figure that no other place has: an answer is right if it says that figure and quotes that sentence.
All are asked twice: a second time, sentences and questions are known by their vectors.

With FOLDER, another checkout of this program, both chats run and are asked the same in turns of
some seconds, and what is told is the ratio of the two: a machine that is busy slows down both.
"""

from __future__ import annotations

import argparse
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
from contextlib import ExitStack, contextmanager
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
def chat(folder: Path | None, index: Path, program: Path = ROOT) -> Iterator[tuple[str, int]]:
    """A chat of its own process over a folder; its address and its process id.

    Without a folder it serves what is in the index, or the samples where that is empty.
    ``program`` is the checkout whose chat it is.
    """
    served = [] if folder is None else [str(folder)]
    # Without -P Python would take the modules of the folder that it is run in.
    command = [sys.executable, "-P", "-m", "ui.cli", "chat", *served, "--index", str(index)]
    environment = os.environ | {"PYTHONPATH": str(program), "PYTHONUNBUFFERED": "1"}
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


def cpu_seconds(process: int) -> float:
    """Seconds of processors that a process has used, in all its threads."""
    fields = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("clients", type=int, nargs="?", default=CLIENTS)
    parser.add_argument("questions", type=int, nargs="?", default=QUESTIONS)
    parser.add_argument("--against", type=Path, help="another checkout of this program")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        facts = write_documents(Path(place, "documents"), given.clients * given.questions)
        if given.against is None:
            measure(Path(place), facts, given.clients)
        else:
            compare(Path(place), facts, given.clients, given.against.resolve())


def measure(place: Path, facts: Sequence[Fact], clients: int) -> None:
    with chat(place / "documents", place / "index") as (address, process):
        ask_all(address, facts[:clients], clients)  # everything is loaded by then
        before = resident_mb(process)
        begun = time.perf_counter()
        records = ask_all(address, facts, clients)
        seconds = time.perf_counter() - begun
        after = resident_mb(process)
        begun = time.perf_counter()
        ask_all(address, facts, clients)
        again = time.perf_counter() - begun
        later = resident_mb(process)
    report(records, seconds, clients)
    print(f"asked again: {len(records) / again:.1f} a second")
    print(
        f"server's memory: {before:.0f} MB, {after:.0f} MB after these,"
        f" {later:.0f} MB after as many again"
    )


def compare(place: Path, facts: Sequence[Fact], clients: int, other: Path) -> None:
    """Ask both programs the same questions, in turns, all of them twice."""
    sides = {"the other": other, "this one": ROOT}
    with ExitStack() as stack:
        running = {
            name: stack.enter_context(chat(place / "documents", place / name, program))
            for name, program in sides.items()
        }
        for address, _ in running.values():
            ask_all(address, facts[:clients], clients)  # everything is loaded by then
        print(f"{'':18}{'a second':>10}{'CPU ms':>8}{'p50 s':>8}{'right':>8}")
        for asked in ("asked first", "asked again"):
            seconds, used = dict.fromkeys(sides, 0.0), dict.fromkeys(sides, 0.0)
            records: dict[str, list[Record]] = {name: [] for name in sides}
            for start in range(0, len(facts), 2 * clients):
                for name, (address, process) in running.items():
                    begun, before = time.perf_counter(), cpu_seconds(process)
                    records[name] += ask_all(address, facts[start : start + 2 * clients], clients)
                    seconds[name] += time.perf_counter() - begun
                    used[name] += cpu_seconds(process) - before
            for name, of_it in records.items():
                p50 = statistics.median(record.seconds for record in of_it)
                print(
                    f"{asked}, {name:9}{len(facts) / seconds[name]:8.1f}"
                    f"{used[name] / len(facts) * 1000:8.1f}{p50:8.2f}"
                    f"{sum(record.right for record in of_it):8}",
                    flush=True,
                )
            print(
                f"{seconds['the other'] / seconds['this one']:.2f} times as many answers a second"
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
