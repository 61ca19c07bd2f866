"""SearchResults: all that an index says, so that two states of it can be compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index import DocumentInfo, Encoder, Evidence, Hit, LocalStore, Retriever

_K = 50  # hits of each search


@dataclass(frozen=True, slots=True)
class SearchResults:
    """Equal only where every hit of every question has the same id, text and score."""

    generation: int
    documents: tuple[DocumentInfo, ...]
    texts: tuple[str, ...]  # of the documents that were read
    dense: tuple[tuple[tuple[Hit, str], ...], ...]  # for each question
    lexical: tuple[tuple[tuple[Hit, str], ...], ...]

    @classmethod
    def of(
        cls, index_dir: Path, questions: Sequence[str], vectors: Sequence[np.ndarray]
    ) -> SearchResults:
        """``vectors``: one float32 [dimension] for each question."""
        with LocalStore.open(index_dir) as store:
            snapshot = store.snapshot()
            documents = tuple(snapshot.documents())
            read = [info.path for info in documents if info.status == "indexed"]

            def told(hits: list[Hit]) -> tuple[tuple[Hit, str], ...]:
                passages = snapshot.passages([hit.passage_id for hit in hits])
                said = [f"{passage.document}: {passage.text}" for passage in passages]
                return tuple(zip(hits, said, strict=True))

            return cls(
                snapshot.generation,
                documents,
                tuple(snapshot.document(path).text for path in read),
                tuple(told(snapshot.dense(vector, _K)) for vector in vectors),
                tuple(told(snapshot.lexical(question, _K)) for question in questions),
            )


def answers(index_dir: Path, encoder: Encoder, questions: Sequence[str]) -> list[list[Evidence]]:
    """The ten best passages for each question."""
    with LocalStore.open(index_dir) as store:
        retriever = Retriever(store, encoder)
        return [retriever.search(question, k=10) for question in questions]


def difference(
    one: Sequence[Sequence[Evidence]], other: Sequence[Sequence[Evidence]], tolerance: float = 1e-3
) -> str:
    """The first place where the answers are not the same, for people; empty: they are."""
    for number, (found, expected) in enumerate(zip(one, other, strict=True)):
        if len(found) != len(expected):
            return f"question {number}: {len(found)} passages against {len(expected)}"
        for rank, (a, b) in enumerate(zip(found, expected, strict=True), start=1):
            scores = [(a.score, b.score), (a.dense, b.dense), (a.lexical, b.lexical)]
            far = any(abs((x or 0.0) - (y or 0.0)) > tolerance for x, y in scores)
            if a.passage != b.passage or far:
                return f"question {number}, rank {rank}: {_short(a)} against {_short(b)}"
    return ""


def _short(evidence: Evidence) -> str:
    score = f"{evidence.score:.5f} ({evidence.dense}, {evidence.lexical})"
    return f"{evidence.passage.document} #{evidence.passage.ordinal} {score}"
