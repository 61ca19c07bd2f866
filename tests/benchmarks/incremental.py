"""Benchmark of incremental syncs: an index that grew answers as one that was built at once.

    python tests/benchmarks/incremental.py [--sequences 200] [--seed 1]

Each sequence edits a folder (add, change, rename, delete, spoil, repair) and syncs, several
times; then the folder is indexed anew beside it. The ten best passages of twenty questions must
be the same, texts and scores, and so must the list of documents. Exit code 1 where they differ.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import numpy as np

from edited_folder import QUESTIONS, EditedFolder
from index import Encoder, LocalStore, VectorForm, open_encoder, sync
from index.encoder import EncodingProgress
from search_results import answers, difference

_SYNCS = 5  # of a sequence


class RememberingEncoder:
    """The real encoder; a text that it was given before is not computed again."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._known: dict[str, np.ndarray] = {}
        self.name = encoder.name
        self.dimension = encoder.dimension

    @property
    def form(self) -> VectorForm:
        return self._encoder.form

    def encode_documents(
        self, texts: Sequence[str], progress: EncodingProgress | None = None
    ) -> np.ndarray:
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        self._known.update(zip(new, self._encoder.encode_documents(new, progress), strict=True))
        return np.array([self._known[text] for text in texts])

    def encode_queries(self, texts: Sequence[str]) -> np.ndarray:
        keys = [f"query: {text}" for text in texts]
        for key, text in zip(keys, texts, strict=True):
            if key not in self._known:
                self._known[key] = self._encoder.encode_queries([text])[0]
        return np.array([self._known[key] for key in keys])


def run(place: Path, seed: int, encoder: Encoder) -> tuple[Counter[str], str]:
    """One sequence in an empty folder: what became of the files, and the first difference."""
    edited = EditedFolder(place / "documents", seed)
    chance = random.Random(seed)
    actions: Counter[str] = Counter()
    sync(edited.folder, place / "grown", encoder=encoder)
    for _ in range(_SYNCS):
        edited.edit(chance.randint(1, 3))
        report = sync(edited.folder, place / "grown", encoder=encoder)
        actions.update(outcome.action for outcome in report.outcomes)
    sync(edited.folder, place / "built", encoder=encoder)
    with LocalStore.open(place / "grown") as grown, LocalStore.open(place / "built") as built:
        if grown.documents() != built.documents():
            return actions, "the lists of documents"
        if grown.passage_count != built.passage_count:
            return actions, f"{grown.passage_count} passages against {built.passage_count}"
    return actions, difference(
        answers(place / "grown", encoder, QUESTIONS), answers(place / "built", encoder, QUESTIONS)
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sequences", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    encoder = RememberingEncoder(open_encoder())
    started = time.perf_counter()
    actions: Counter[str] = Counter()
    differing = 0
    for seed in range(given.seed, given.seed + given.sequences):
        with tempfile.TemporaryDirectory() as place:
            done, different = run(Path(place), seed, encoder)
        actions += done
        if different:
            differing += 1
            print(f"sequence {seed} differs: {different}")
    print(f"{given.sequences} sequences of {_SYNCS} syncs, {len(QUESTIONS)} questions each")
    print("files: " + ", ".join(f"{count} {action}" for action, count in sorted(actions.items())))
    print(f"{differing} differ from a clean build; {time.perf_counter() - started:.0f} s")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
