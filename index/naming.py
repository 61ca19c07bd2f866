"""Naming: which documents a question names, by the words of their titles and file names."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

from index.lexical import question_terms, terms
from index.store import DocumentInfo
from ingest import known_as

_SHARED_BEGINNING = 5  # letters by which "Estonian" names Estonia, and "mauritanienne" Mauritania
_LONGER_BY = 5  # letters that such a form of a name may have more or less
_TELLING = 0.5  # share of the documents: a word in the names of more of them tells none apart


class Naming:
    """The names of all documents of an index; ``named`` tells how well a question names each."""

    def __init__(self, documents: Sequence[DocumentInfo]) -> None:
        self._names = {
            info.path: frozenset(_name_terms(info)) for info in documents if info.status == "indexed"
        }
        counts = Counter(term for names in self._names.values() for term in names)
        most = max(len(self._names) * _TELLING, 1)
        self._weights = {
            term: math.log(1 + len(self._names) / count) for term, count in counts.items() if count <= most
        }

    def named(self, question: str) -> dict[str, float]:
        """Path -> how well the question names the document: 1 for the best, above 0 for the others.

        Empty where the question names none.
        """
        asked = set(question_terms(question, "en")) | set(question_terms(question, "fr"))
        meant = {name for term in asked for name in self._meant(term)}
        scores = {
            path: sum(self._weights[term] for term in meant & names) for path, names in self._names.items()
        }
        best = max(scores.values(), default=0.0)
        return {path: score / best for path, score in scores.items() if score > 0} if best else {}

    def _meant(self, term: str) -> list[str]:
        if term in self._weights:
            return [term]
        if len(term) < _SHARED_BEGINNING or not term.isalpha():
            return []
        return [
            name
            for name in self._weights
            if name[:_SHARED_BEGINNING] == term[:_SHARED_BEGINNING] and abs(len(name) - len(term)) <= _LONGER_BY
        ]


def _name_terms(info: DocumentInfo) -> list[str]:
    years = re.findall(r"\d{4}", info.date or "")[:1]
    return terms(f"{known_as(info.title, info.path)} {' '.join(years)}", info.language)
