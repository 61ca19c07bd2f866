"""Retriever: a question -> evidence, by meaning and by words, fused."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from index.encoder import Encoder
from index.naming import Naming
from index.store import Hit, PassageStore
from ingest.document import Passage

import os
BOOST=float(os.environ.get("BOOST","0"))
CANDIDATES = 100  # from each search
# Reciprocal rank fusion (Cormack et al., 2009): 1 / (constant + rank). On short lists 10 was
# better than the usual 60.
RANK_CONSTANT = 10


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage that may answer a question; higher scores are better."""

    passage: Passage
    score: float  # of the fusion; comparable within one search only
    dense: float | None = None  # cosine; None where the dense search did not find it
    lexical: float | None = None  # BM25; None where the lexical search did not find it


class Retriever:
    """Searches a store with the encoder that it was made by.

    Raises EncoderMismatch at once, and later if the index was rebuilt with another encoder.
    """

    def __init__(self, store: PassageStore, encoder: Encoder) -> None:
        store.check_encoder(encoder.name)
        self.store = store
        self.encoder = encoder

    def search(
        self, question: str, k: int = 10, documents: Collection[str] | None = None
    ) -> list[Evidence]:
        """The ``k`` best passages, best first; ``documents`` limits the search to these paths.

        Raises UnknownDocument for a path that is not in the index.
        """
        if not question.strip() or k < 1:
            return []
        store = self.store.snapshot()  # so that all steps see the same index
        store.check_encoder(self.encoder.name)
        candidates = max(CANDIDATES, k)
        vector = self.encoder.encode_queries([question])[0]
        dense = store.dense(vector, candidates, documents)
        lexical = store.lexical(question, candidates, documents)
        fused = fuse([dense, lexical])
        passages = dict(zip([h.passage_id for h in fused], store.passages([h.passage_id for h in fused]), strict=True))
        named = Naming(store.documents()).named(question)
        best = sorted([Hit(h.passage_id, h.score*(1+BOOST*named.get(passages[h.passage_id].document,0.0))) for h in fused], key=lambda h:-h.score)[:k]
        cosines = {hit.passage_id: hit.score for hit in dense}
        bm25 = {hit.passage_id: hit.score for hit in lexical}
        passages = [passages[hit.passage_id] for hit in best]
        return [
            Evidence(passage, hit.score, cosines.get(hit.passage_id), bm25.get(hit.passage_id))
            for hit, passage in zip(best, passages, strict=True)
        ]


def fuse(rankings: Sequence[Sequence[Hit]], constant: int = RANK_CONSTANT) -> list[Hit]:
    """Reciprocal rank fusion of rankings, best first; equal scores in the order of the ids."""
    scores: dict[int, float] = {}
    for ranking in rankings:
        for rank, hit in enumerate(ranking, start=1):
            scores[hit.passage_id] = scores.get(hit.passage_id, 0.0) + 1 / (constant + rank)
    hits = [Hit(passage_id, score) for passage_id, score in scores.items()]
    return sorted(hits, key=lambda hit: (-hit.score, hit.passage_id))
