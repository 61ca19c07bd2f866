"""Benchmark of readers: they ask without pause while a writer syncs again and again.

    python tests/benchmarks/readers.py [--readers 8] [--syncs 200] [--questions 800] [--seed 1]

The readers are threads that share one open index, as those of the chat's server do; the writer
is a process of its own. Two bulletins say in every generation which one it is: an answer from
an older generation than the last one, or from two at once, is wrong, and so is any error. Prints
how long a question took (encoding included) while all is quiet and while the writer writes; exit
code 1 where something was wrong.
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from edited_folder import QUESTIONS
from index import Encoder, LocalStore, Retriever, open_encoder

ROOT = Path(__file__).parents[2]
BULLETINS = ("bulletin of the port.md", "bulletin of the woods.md")
_BULLETIN = "# Bulletin\n\nThe bulletin of the week has the number {}.\n"
_NUMBER = re.compile(r"has the number (\d+)")
# Makes the index, and when it is told to, the other generations.
_WRITER = """
import sys
from pathlib import Path
from edited_folder import EditedFolder
from index import open_encoder, sync
from readers import write_bulletins

folder, index_dir, syncs, seed = Path(sys.argv[1]), *sys.argv[2:]
edited = EditedFolder(folder / "plans", int(seed))
encoder = open_encoder()
for number in range(1, int(syncs) + 2):
    write_bulletins(folder, number)
    edited.edit(2)
    sync(folder, index_dir, encoder=encoder)
    if number == 1:
        print("ready", flush=True)
        sys.stdin.readline()
"""


def write_bulletins(folder: Path, number: int) -> None:
    for name in BULLETINS:
        (folder / name).write_text(_BULLETIN.format(number), encoding="utf-8")


@dataclass(slots=True)
class Asked:
    """What the readers went through."""

    seconds: list[float] = field(default_factory=list)  # for each question
    generations: set[int] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)

    @property
    def milliseconds(self) -> tuple[float, float]:
        """Median and 95th percentile."""
        return (
            statistics.median(self.seconds) * 1000,
            statistics.quantiles(self.seconds, n=20)[-1] * 1000,
        )


class Readers:
    """``count`` threads over one open index."""

    def __init__(self, store: LocalStore, encoder: Encoder, count: int) -> None:
        self._store = store
        self._retriever = Retriever(store, encoder)
        self._count = count

    def ask_while(self, busy: Callable[[int], bool]) -> Asked:
        """Ask until ``busy``, which is given the number of questions so far, is False."""
        asked = Asked()
        threads = [
            threading.Thread(target=self._ask, args=(number, busy, asked))
            for number in range(self._count)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return asked

    def _ask(self, number: int, busy: Callable[[int], bool], asked: Asked) -> None:
        last = 0
        turn = number
        while busy(len(asked.seconds)):
            turn += 1
            try:
                # A question that nobody has asked before: the encoder has to work.
                question = f"{QUESTIONS[turn % len(QUESTIONS)]} Line {number}, notice {turn}."
                started = time.perf_counter()
                snapshot = self._store.snapshot()
                self._retriever.search(question, k=10, snapshot=snapshot)
                asked.seconds.append(time.perf_counter() - started)
                told = self._retriever.search(
                    "Which number has the bulletin?", 10, BULLETINS, snapshot
                )
            except Exception as error:  # whatever it is, a reader should not have seen it
                asked.wrong.append(f"{type(error).__name__}: {error}")
                continue
            numbers = [int(found) for e in told for found in _NUMBER.findall(e.passage.text)]
            if len(numbers) != len(BULLETINS) or set(numbers) != {snapshot.generation}:
                asked.wrong.append(f"generation {snapshot.generation} has the bulletins {numbers}")
            if snapshot.generation < last:
                asked.wrong.append(f"generation {snapshot.generation} after {last}")
            last = snapshot.generation
            asked.generations.add(last)


class Writer:
    """A process that edits a folder and syncs it; the first generation is there when this is."""

    def __init__(self, place: Path, syncs: int, seed: int) -> None:
        arguments = [str(place / "documents"), str(place / "index"), str(syncs), str(seed)]
        self._process = subprocess.Popen(
            [sys.executable, "-c", _WRITER, *arguments],
            cwd=Path(__file__).parent, env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert self._process.stdout is not None
        self._process.stdout.readline()

    def begin(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write("go\n")
        self._process.stdin.flush()

    @property
    def busy(self) -> bool:
        return self._process.poll() is None

    def close(self) -> int:
        """Its exit code."""
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()
        return self._process.wait()


def run(
    place: Path, encoder: Encoder, readers: int, syncs: int, questions: int, seed: int
) -> tuple[Asked, Asked]:
    """What the readers saw in an empty folder while all was quiet, and while a writer wrote."""
    writer = Writer(place, syncs, seed)
    try:
        with LocalStore.open(place / "index") as store:
            crew = Readers(store, encoder, readers)
            crew.ask_while(lambda asked: asked < 5 * readers)  # warm
            quiet = crew.ask_while(lambda asked: asked < questions)
            writer.begin()
            busy = crew.ask_while(lambda _asked: writer.busy)
            if store.generation != syncs + 1:
                busy.wrong.append(f"generation {store.generation} after {syncs} syncs")
    finally:
        code = writer.close()
    if code:
        busy.wrong.append(f"the writer ended with exit code {code}")
    return quiet, busy


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--readers", type=int, default=8)
    parser.add_argument("--syncs", type=int, default=200)
    parser.add_argument("--questions", type=int, default=800, help="while all is quiet")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as place:
        quiet, busy = run(
            Path(place), open_encoder(), given.readers, given.syncs, given.questions, given.seed
        )
    print(
        f"{given.readers} readers{'':13}{'questions':>11}{'generations':>13}{'p50':>10}{'p95':>10}"
    )
    for words, asked in (("quiet", quiet), (f"{given.syncs} syncs meanwhile", busy)):
        median, high = asked.milliseconds
        print(
            f"{words:22}{len(asked.seconds):11}{len(asked.generations):13}"
            f"{median:7.1f} ms{high:7.1f} ms"
        )
    print(f"p95 is {busy.milliseconds[1] / quiet.milliseconds[1]:.2f} times the quiet one")
    wrong = quiet.wrong + busy.wrong
    print(f"{given.readers} readers, {len(wrong)} wrong; {time.perf_counter() - started:.0f} s")
    for line in wrong[:20]:
        print(f"  {line}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
