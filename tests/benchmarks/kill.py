"""Benchmark of kills: whenever a sync dies, the index is the old generation or the new one.

    python tests/benchmarks/kill.py [--kills 300] [--seed 1]

A folder of small documents is edited, a process that syncs it gets SIGKILL at a random moment,
and the index is opened: every hit of twenty questions in both searches must have the id, text
and score that it had before, or those that it has when the next sync is done. Half of the
moments are anywhere in the sync, half of them from where the search files are written. Prints
how often it was which; exit code 1 where it was neither, or where a sync did not complete.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from edited_folder import QUESTIONS, EditedFolder
from index import Encoder, open_encoder, sync
from search_results import SearchResults

ROOT = Path(__file__).parents[2]
# Says when it begins and when it writes; what takes long to load is loaded before.
_SYNC = """
import sys
import faiss, tantivy
from index import open_encoder, sync

encoder = open_encoder()
encoder.encode_queries(["warm"])

def say(event):
    if event.stage == "write":
        print("write", flush=True)

print("begin", flush=True)
sync(sys.argv[1], sys.argv[2], encoder=encoder, progress=say)
print("end", flush=True)
"""
STAGES = ("begin", "write")


@dataclass(slots=True)
class Tally:
    """What was found after each kill."""

    kills: Counter[str] = field(default_factory=Counter)  # stage that the clock ran from
    found: Counter[tuple[str, str]] = field(default_factory=Counter)  # (stage, "old" or "new")
    too_late: int = 0  # syncs that were done before their kill
    wrong: list[str] = field(default_factory=list)  # what should never be


class SyncProcess:
    """A sync in a process group of its own."""

    def __init__(self, folder: Path, index_dir: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", _SYNC, str(folder), str(index_dir)],
            cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True,
        )  # fmt: skip

    def reach(self, stage: str) -> bool:
        """Wait until it says so; False where it ends first."""
        assert self._process.stdout is not None
        return any(line.strip() == stage for line in self._process.stdout)

    def signal(self, number: signal.Signals) -> None:
        """To the group. Its reading processes have groups of their own: they see the pipe close."""
        os.killpg(self._process.pid, number)

    def kill(self) -> bool:
        """Whether it was still at it."""
        self.signal(signal.SIGKILL)
        return self.wait() == -signal.SIGKILL

    def wait(self) -> int:
        assert self._process.stdout is not None
        self._process.stdout.close()
        return self._process.wait()


class KillTrial:
    """One folder and its index, which live through many kills."""

    def __init__(self, place: Path, encoder: Encoder, seed: int) -> None:
        self._chance = random.Random(seed)
        self._encoder = encoder
        self._vectors = list(encoder.encode_queries(QUESTIONS))
        self._edited = EditedFolder(place / "documents", seed)
        self._index_dir = place / "index"
        self.tally = Tally()
        sync(self._edited.folder, self._index_dir, encoder=encoder)
        self._seconds = {stage: self._measure(stage) for stage in STAGES}

    def run(self, kills: int, tell: Callable[[int], None] = lambda _done: None) -> None:
        """Kill so often; less often where something is wrong: nothing is sure after that."""
        while (done := self.tally.kills.total()) < kills and not self.tally.wrong:
            tell(done)
            self._kill_once(STAGES[done % len(STAGES)])

    def results(self) -> SearchResults:
        return SearchResults.of(self._index_dir, QUESTIONS, self._vectors)

    def _kill_once(self, stage: str) -> None:
        old = self.results()
        edits = self._edited.edit(self._chance.randint(2, 5))
        process = SyncProcess(self._edited.folder, self._index_dir)
        process.reach(stage)
        time.sleep(self._chance.uniform(0, self._seconds[stage]))
        if not process.kill():
            self.tally.too_late += 1
            self._seconds[stage] *= 0.9
            return
        self.tally.kills[stage] += 1
        try:
            found = self.results()
            sync(self._edited.folder, self._index_dir, encoder=self._encoder)
            new = self.results()
        except Exception as error:  # whatever it is, nobody should have seen it
            self.tally.wrong.append(f"{edits}: {type(error).__name__}: {error}")
            return
        if found in (old, new):
            self.tally.found[stage, "old" if found == old else "new"] += 1
        else:
            self.tally.wrong.append(f"{edits}: generation {found.generation} is neither")

    def _measure(self, stage: str) -> float:
        """Seconds from there to the end of a sync, when nobody kills it."""
        self._edited.edit(4)
        process = SyncProcess(self._edited.folder, self._index_dir)
        process.reach(stage)
        started = time.perf_counter()
        process.reach("end")
        process.wait()
        return time.perf_counter() - started


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    started = time.perf_counter()

    def tell(done: int) -> None:
        if done % 20 == 0:
            print(f"{done} of {given.kills} kills", file=sys.stderr)

    with tempfile.TemporaryDirectory() as place:
        trial = KillTrial(Path(place), open_encoder(), given.seed)
        trial.run(given.kills, tell)
    tally = trial.tally
    print(f"{'killed':28}{'times':>7}{'old':>7}{'new':>7}")
    for stage, words in zip(STAGES, ("anywhere in the sync", "from the writing on"), strict=True):
        old, new = (tally.found[stage, state] for state in ("old", "new"))
        print(f"{words:28}{tally.kills[stage]:7}{old:7}{new:7}")
    print(f"{tally.too_late} syncs were done before their kill came")
    print(f"{len(tally.wrong)} wrong; {time.perf_counter() - started:.0f} s")
    for wrong in tally.wrong:
        print(f"  {wrong}")
    return 1 if tally.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
