"""Benchmark of size: search and answers in indexes of ten thousand to a million passages.

    python tests/benchmarks/scale.py [10000 100000 1000000] [--questions 100] [--keep FOLDER]

For each size, in a process of its own: seconds to open, milliseconds of a warm search (k = 10,
the encoding of the question included; no question is asked twice), of its parts and of a whole
answer, memory, bytes of index per passage, and the seconds until one document of 40 passages that
is changed can be found, its embedding included. The passages are synthetic (see synthetic.py).
Indexes are made in FOLDER and kept there; without it, in a temporary folder.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from assistant import Assistant, Settings  # noqa: E402
from index import LocalStore, Retriever, open_encoder  # noqa: E402
from synthetic import questions, replace_document, write_index  # noqa: E402

SIZES = (10_000, 100_000, 1_000_000)
_WARM = 5  # searches before the clock runs
_CHANGES = 3


def milliseconds(action: Callable[[str], object], asked: Iterable[str]) -> list[float]:
    taken = []
    for question in asked:
        started = time.perf_counter()
        action(question)
        taken.append((time.perf_counter() - started) * 1000)
    return taken


def spread(taken: list[float]) -> dict[str, float]:
    return {"p50": statistics.median(taken), "p95": statistics.quantiles(taken, n=20)[-1]}


def memory() -> dict[str, float]:
    """Megabytes resident: of the process's own, and of mapped files, which the kernel may drop."""
    status = Path("/proc/self/status").read_text("utf-8")
    fields = dict(line.split(":", 1) for line in status.splitlines())
    return {
        name: int(fields[field].split()[0]) / 1024
        for name, field in (("own", "RssAnon"), ("mapped", "RssFile"))
    }


def changed_seconds(index_dir: Path, retriever: Retriever) -> float:
    """Until a search finds what one document says now."""
    started = time.perf_counter()
    new = replace_document(index_dir, retriever.encoder)
    found = retriever.search(new.text)
    taken = time.perf_counter() - started
    # Not always first: words of its text may be the name of another document.
    if new.text not in {item.passage.text for item in found}:
        raise RuntimeError(f"{index_dir}: the new text of {new.document} is not found")
    return taken


def measure(index_dir: Path, count: int) -> dict[str, object]:
    """All figures of one index, in this process."""
    encoder = open_encoder(Settings.load().encoder, Settings.load().cache)
    encoder.encode_queries(["warm"])
    before = memory()
    started = time.perf_counter()
    store = LocalStore.open(index_dir)
    opened = time.perf_counter() - started
    retriever = Retriever(store, encoder)
    asked = iter(questions(_WARM + 3 * count))
    first = milliseconds(retriever.search, [next(asked)])[0]
    milliseconds(retriever.search, [next(asked) for _ in range(_WARM - 1)])
    whole = milliseconds(retriever.search, [next(asked) for _ in range(count)])
    apart = [next(asked) for _ in range(count)]
    encoding = milliseconds(lambda question: encoder.encode_queries([question]), apart)
    vectors = {question: encoder.encode_queries([question])[0] for question in apart}
    snapshot = store.snapshot()
    dense = milliseconds(lambda question: snapshot.dense(vectors[question], 100), apart)
    lexical = milliseconds(lambda question: snapshot.lexical(question, 100), apart)
    used = memory()
    with Assistant.open(index_dir, encoder=encoder) as assistant:
        assistant.answer("Who leads the work?")
        answers = milliseconds(assistant.answer, [next(asked) for _ in range(min(count, 40))])
    size = sum(path.stat().st_size for path in index_dir.rglob("*") if path.is_file())
    changes = [changed_seconds(index_dir, retriever) for _ in range(_CHANGES)]
    store.close()
    return {
        "passages": snapshot.passage_count,
        "open_s": opened,
        "first_ms": first,
        "search_ms": spread(whole),
        "parts_ms": {
            "encode": statistics.median(encoding),
            "dense": statistics.median(dense),
            "lexical": statistics.median(lexical),
        },
        "answer_ms": spread(answers),
        "memory_mb": used,
        "before_mb": before,
        "bytes_per_passage": size / snapshot.passage_count,
        "change_s": statistics.median(changes),
    }


def show(found: dict[str, object]) -> None:
    def values(name: str) -> str:
        figures = found[name]
        assert isinstance(figures, dict)
        return "  ".join(f"{key} {value:.1f}" for key, value in figures.items())

    print(f"\n{found['passages']:,} passages")
    print(f"  search, ms        {values('search_ms')}")
    print(f"  its parts, ms     {values('parts_ms')}")
    print(f"  answer, ms        {values('answer_ms')}")
    print(f"  to open, s        {found['open_s']:.3f}  (first search: {found['first_ms']:.0f} ms)")
    print(f"  resident, MB      {values('memory_mb')}  (unopened: {values('before_mb')})")
    print(f"  bytes a passage   {found['bytes_per_passage']:.0f}")
    print(f"  one changed, s    {found['change_s']:.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sizes", type=int, nargs="*", default=SIZES)
    parser.add_argument("--questions", type=int, default=100)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure:
        print(json.dumps(measure(given.measure, given.questions)))
        return
    with tempfile.TemporaryDirectory() as temporary:
        for size in given.sizes:
            index_dir = (given.keep or Path(temporary)) / str(size)
            if not (index_dir / "made").exists():
                started = time.perf_counter()
                settings = Settings.load()
                write_index(index_dir, size, open_encoder(settings.encoder, settings.cache))
                (index_dir / "made").touch()
                print(f"made {size:,} passages in {time.perf_counter() - started:.0f} s")
            command = [sys.executable, __file__, "--measure", str(index_dir)]
            command += ["--questions", str(given.questions)]
            done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
            show(json.loads(done.stdout.splitlines()[-1]))
    print(f"\nload: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


if __name__ == "__main__":
    main()
