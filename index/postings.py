"""Postings: how many passages of an open lexical index have a term, and how telling that is."""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

_PRIOR = 10  # passages that the whole index counts as, in what a document tells of its words
# Terms, of all passages or of a document: the next question asks for many of them again. 8 MB.
_REMEMBERED = 1 << 15


class Postings:
    """Counts in one state of an index; ``languages`` is all that its field of languages holds."""

    def __init__(self, schema: Any, searcher: Any, languages: Iterable[str]) -> None:
        self._schema = schema
        self._searcher = searcher
        self._passages = int(searcher.num_docs)
        # Postings of passages that were taken out stay until the index is written anew.
        held = sum(searcher.doc_freq("language", name) for name in languages)
        self.stale = held - self._passages  # passages
        self.rarity = lru_cache(_REMEMBERED)(self._rarity)
        self._size = lru_cache(_REMEMBERED)(self._passages_of)

    def frequency(self, field: str, term: str, document: str | None = None) -> int:
        """How many passages have this term; those that were taken out are not among them."""
        from tantivy import Occur, Query

        if document is None and not self.stale:
            return int(self._searcher.doc_freq(field, term))
        query = Query.term_query(self._schema, field, term, "basic")
        if document is not None:
            own = Query.term_query(self._schema, "document", document, "basic")
            query = Query.boolean_query([(Occur.Must, query), (Occur.Must, own)])
        return int(self._searcher.search(query, limit=1, count=True).count)

    def _rarity(self, term: str, document: str | None = None) -> float:
        """BM25's inverse document frequency of a term, remembered as ``rarity``.

        Among all passages; or within one document, as far as it has passages enough to tell.
        """
        if document is None:
            return _inverse(self.frequency("text", term), self._passages)
        everywhere = self.rarity(term, None)
        count = self._size(document)
        within = _inverse(self.frequency("text", term, document), count)
        return (count * within + _PRIOR * everywhere) / (count + _PRIOR)

    def _passages_of(self, document: str) -> int:
        return self.frequency("document", document)


def _inverse(frequency: int, count: int) -> float:
    """The inverse document frequency of what so many of ``count`` passages have."""
    return math.log(1 + (count - frequency + 0.5) / (frequency + 0.5))
