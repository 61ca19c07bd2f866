"""Benchmark of the encoder: compiled and by sentence-transformers, side by side in one run.

    python tests/benchmarks/encoder.py [--passages 300] [--queries 100] [--model NAME] [--index DIR]

Prints passages a second, milliseconds a query, the seconds and the megabytes until the first
query is embedded in a new process, and the cosines between both. With --index also the seconds
of whole `strategy ask` commands. Passages are made of invented words by a seeded generator.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402

from index import DEFAULT_MODEL, Encoder, SentenceTransformerEncoder  # noqa: E402
from index.local_encoder import LocalEncoder  # noqa: E402

_WORDS = """
    the of and to in a for on with by harbour lighthouse forest council ministry strategy action
    plan target budget million crowns 2030 2027 permit quay ferry ranger oak river flood energy
    reduce protect invest support train publish review annual regional electrify cycling library
""".split()  # noqa: SIM905 - a list of as many strings says no more
_COLD = (
    "import sys, time; start = time.perf_counter()\n"
    "from index import SentenceTransformerEncoder\n"
    "from index.local_encoder import LocalEncoder\n"
    "kind, model, cache = sys.argv[1:]\n"
    "encoder = LocalEncoder(model, cache) if kind == 'compiled' "
    "else SentenceTransformerEncoder(model)\n"
    "encoder.encode_queries(['Who leads the work?'])\n"
    "taken = time.perf_counter() - start\n"
    "status = open('/proc/self/status').read()\n"  # Linux; ru_maxrss would count the parent too
    "memory = int(status.split('VmHWM:')[1].split()[0]) / 1024\n"
    "print(taken, memory, 'torch' in sys.modules)\n"
)
_COLD_RUNS = 3


def texts(count: int, shortest: int, longest: int, seed: int) -> list[str]:
    """Texts of ``shortest`` to ``longest`` words."""
    chance = random.Random(seed)
    return [
        " ".join(chance.choices(_WORDS, k=chance.randint(shortest, longest))) for _ in range(count)
    ]


def passages_per_second(encoder: Encoder, passages: list[str]) -> float:
    encoder.encode_documents(passages[:8])  # warm
    started = time.perf_counter()
    encoder.encode_documents(passages)
    return len(passages) / (time.perf_counter() - started)


def query_milliseconds(encoder: Encoder, queries: list[str]) -> tuple[float, float]:
    """Median and 95th percentile."""
    taken = []
    for query in queries:
        started = time.perf_counter()
        encoder.encode_queries([query])
        taken.append((time.perf_counter() - started) * 1000)
    return statistics.median(taken), statistics.quantiles(taken, n=20)[-1]


def cold(kind: str, model: str, cache: Path) -> tuple[float, float, bool]:
    """Seconds and megabytes to the first query in a new process; whether torch was imported."""
    best: tuple[float, float, bool] | None = None
    for _ in range(_COLD_RUNS):
        done = subprocess.run(
            [sys.executable, "-c", _COLD, kind, model, str(cache)],
            cwd=ROOT, capture_output=True, text=True, check=True,
        )  # fmt: skip
        seconds, memory, torch = done.stdout.split()[-3:]
        found = float(seconds), float(memory), torch == "True"
        best = found if best is None else min(best, found)
    assert best is not None
    return best


def ask_seconds(index: Path, cache: Path) -> float:
    """The least of several whole `strategy ask` commands."""
    taken = []
    for _ in range(_COLD_RUNS):
        started = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "ui.cli", "ask", "What are the goals?", "--index", str(index)],
            cwd=ROOT, capture_output=True, check=True,
            env={**os.environ, "STRATEGY_CACHE": str(cache)},
        )  # fmt: skip
        taken.append(time.perf_counter() - started)
    return min(taken)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--passages", type=int, default=300)
    parser.add_argument("--queries", type=int, default=100)
    parser.add_argument("--model", default=DEFAULT_MODEL)
    parser.add_argument("--index", type=Path, help="an index of that model, to be asked")
    given = parser.parse_args()
    passages, queries = texts(given.passages, 60, 160, 1), texts(given.queries, 5, 15, 2)
    with tempfile.TemporaryDirectory() as folder:
        cache = Path(folder)
        compiled = LocalEncoder(given.model, cache)
        started = time.perf_counter()
        form = compiled.form
        print(f"compiled as {form.arithmetic} in {time.perf_counter() - started:.1f} s, once\n")
        columns = {
            "compiled": compiled,
            "sentence-transformers": SentenceTransformerEncoder(given.model),
        }
        print(f"{'':26}{'passages/s':>11}{'query p50':>12}{'p95':>10}{'cold':>9}{'memory':>10}")
        for kind, encoder in columns.items():
            rate = passages_per_second(encoder, passages)
            median, high = query_milliseconds(encoder, queries)
            seconds, memory, torch = cold(kind, given.model, cache)
            print(
                f"{kind:26}{rate:11.1f}{median:9.2f} ms{high:7.2f} ms{seconds:7.2f} s"
                f"{memory:7.0f} MB{'  (torch imported)' if torch else ''}"
            )
        ours, theirs = (encoder.encode_documents(passages) for encoder in columns.values())
        cosines = np.sum(ours * theirs, axis=1)
        print(f"\ncosine of both: mean {cosines.mean():.4f}, least {cosines.min():.4f}")
        if given.index is not None:
            print(f"strategy ask, cold: {ask_seconds(given.index, cache):.2f} s")


if __name__ == "__main__":
    main()
