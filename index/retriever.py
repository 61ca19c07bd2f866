"""Retriever: a question -> evidence, by meaning and by words, fused."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from index.countries import countries_in, token
from index.encoder import Encoder
from index.naming import Naming
from index.scope import Scope, is_pattern
from index.store import Hit, PassageStore
from index.subjects import Subjects
from ingest import Passage

CANDIDATES = 100  # from each search
# Reciprocal rank fusion (Cormack et al., 2009): 1 / (constant + rank). On short lists 10 was
# better than the usual 60.
RANK_CONSTANT = 10
POOL = 40  # passages whose documents may take part in a comparison
NAMED = 0.5  # how much more the passages of a document count that the question names


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage that may answer a question; higher scores are better."""

    passage: Passage
    score: float  # of the fusion; comparable within one search only. An answer quotes from 1 on
    dense: float | None = None  # cosine; None where the dense search did not find it
    lexical: float | None = None  # BM25; None where the lexical search did not find it
    named: float = 0.0  # how well the question names its document, 0 to 1


class Retriever:
    """Searches a store with the encoder that it was made by.

    Raises EncoderMismatch at once, and later if the index was rebuilt with another encoder.
    """

    def __init__(self, store: PassageStore, encoder: Encoder) -> None:
        store.check_encoder(encoder.name)
        self.store = store
        self.encoder = encoder
        self._naming: tuple[int, Naming] | None = None
        self._subjects: tuple[int, Subjects] | None = None

    def search(
        self,
        question: str,
        k: int = 10,
        documents: Collection[str] | Scope | None = None,
        snapshot: PassageStore | None = None,
    ) -> list[Evidence]:
        """The ``k`` best passages, best first; ``documents`` limits the search, see ``limited``.

        ``snapshot`` is searched in place of the newest state, so that several calls fit
        together. Raises UnknownDocument for a path that is not in the index.
        """
        if not question.strip() or k < 1:
            return []
        store = snapshot or self.store.snapshot()
        store.check_encoder(self.encoder.name)
        within = limited(documents, store)
        candidates = max(CANDIDATES, k)
        vector = self.encoder.encode_queries([question])[0]
        store.check_encoder(self.encoder.name, self.encoder.form)
        rankings = [
            store.dense(vector, candidates, within),
            store.lexical(question, candidates, within),
        ]
        places = store.places({hit.passage_id for ranking in rankings for hit in ranking})
        # Equals stand in the order of the documents, not of the ids: those tell in what order
        # the documents came, and an index that grew must answer as one built at once.
        dense, lexical = (
            sorted(
                (hit for hit in ranking if hit.passage_id in places),
                key=lambda hit: (-hit.score, places[hit.passage_id]),
            )
            for ranking in rankings
        )
        named = self.named(question, store)
        weighted = [
            (-score * (1 + NAMED * named.get(places[id].document, 0.0)), places[id], id)
            for id, score in fuse([dense, lexical])
        ]
        best = [Hit(id, -score) for score, _, id in sorted(weighted)[:k]]
        cosines = {hit.passage_id: hit.score for hit in dense}
        bm25 = {hit.passage_id: hit.score for hit in lexical}
        # The text of the best alone: it stands in whole documents, which can be books.
        passages = store.passages([hit.passage_id for hit in best])
        return [
            Evidence(
                passage,
                hit.score,
                cosines.get(hit.passage_id),
                bm25.get(hit.passage_id),
                named.get(passage.document, 0.0),
            )
            for hit, passage in zip(best, passages, strict=True)
        ]

    def named(self, question: str, store: PassageStore) -> dict[str, float]:
        """Path -> how well a question names the document, by its name or its subject, 0 to 1."""
        named = self._names(store).named(question)
        about = self._subjects_of(store).about(question)
        best = {path: max(shares.values()) for path, shares in about.items()}
        return {
            path: max(named.get(path, 0.0), best.get(path, 0.0)) for path in named.keys() | best
        }

    def meant(self, question: str, store: PassageStore) -> list[str]:
        """The paths of the documents that a question names best, by their name and their subject.

        By either, where no document is best by both: two editions have one subject, and the years
        of the one.
        """
        named = self._names(store).named(question)
        by_name = {path for path, share in named.items() if share >= 1.0}
        subjects = self._subjects_of(store).about(question)
        by_subject = {path for path, shares in subjects.items() if max(shares.values()) >= 1.0}
        return sorted(by_name & by_subject or by_name | by_subject)

    def asked_of(
        self, path: str, compared: Collection[str], question: str, store: PassageStore
    ) -> str:
        """A question about several documents as one about the document at ``path``."""
        others = [other for other in compared if other != path]
        return self._names(store).without(question, path, others)

    def unnamed(
        self, text: str, paths: Collection[str], store: PassageStore
    ) -> dict[str, list[str]]:
        """Path -> the words of a text that neither name that document nor are its subject."""
        about, names = self._subjects_of(store).about(text), self._names(store)
        return {path: names.unnamed(text, path, about.get(path, {})) for path in paths}

    def absent(self, question: str, store: PassageStore) -> list[str]:
        """The countries that a question names, where no document is about any of them."""
        countries = countries_in(question)
        if not countries:
            return []
        tokens = set(map(token, countries))
        about = self._subjects_of(store).about(question).values()
        if self._names(store).held(tokens) or any(tokens & names.keys() for names in about):
            return []
        return [country.called[0] for country in countries]

    def compared(self, question: str, most: int, snapshot: PassageStore | None = None) -> list[str]:
        """Up to ``most`` documents that the question names side by side; none if not two."""
        store = snapshot or self.store.snapshot()
        pool = self.search(question, POOL, snapshot=store)
        speaking = list(dict.fromkeys(item.passage.document for item in pool))
        about = self._subjects_of(store).about(question)
        named = self._names(store).covering(question, speaking, most, about)
        return named if len(named) > 1 else []

    def _subjects_of(self, store: PassageStore) -> Subjects:
        known = self._subjects
        if known is None or known[0] != store.generation:
            known = self._subjects = (store.generation, Subjects(store))
        return known[1]

    def _names(self, store: PassageStore) -> Naming:
        """The names of the documents; made once for each generation."""
        known = self._naming
        if known is None or known[0] != store.generation:
            known = self._naming = (store.generation, Naming(store.documents()))
        return known[1]


def limited(documents: Collection[str] | Scope | None, store: PassageStore) -> list[str] | None:
    """The paths that a search is limited to; None: it is not, as with a scope without limits.

    ``documents`` are paths, patterns ("kenya/*", "*.pdf"), or a scope. Raises UnknownDocument
    where something of that is not in the store.
    """
    if documents is None or isinstance(documents, Scope):
        return store.within(documents) if documents else None
    paths = [documents] if isinstance(documents, str) else list(documents)
    if any(is_pattern(path) for path in paths):
        return store.within(Scope(documents=paths))
    return paths


def fuse(rankings: Sequence[Sequence[Hit]], constant: int = RANK_CONSTANT) -> list[Hit]:
    """Reciprocal rank fusion of rankings, best first; equal scores in the order of the ids."""
    scores: dict[int, float] = {}
    for ranking in rankings:
        for rank, hit in enumerate(ranking, start=1):
            scores[hit.passage_id] = scores.get(hit.passage_id, 0.0) + 1 / (constant + rank)
    hits = [Hit(passage_id, score) for passage_id, score in scores.items()]
    return sorted(hits, key=lambda hit: (-hit.score, hit.passage_id))
