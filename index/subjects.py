"""Subjects: which documents are about something that a question names, by how often they say it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from index.countries import countries_in, token
from index.lexical import names_in
from index.name_words import name_words
from index.store import PassageStore

# Share of a document's passages that say a name, from which on the document is about it; from
# twice that on it is nothing less than its subject. A report on two countries names each in half
# of its passages.
_SAID = 0.25
_FEWEST = 2  # passages that say it
# Share of the documents, at least two: what more of them are about tells none apart.
_RARE = 0.15
_READ = 600  # passages with a word, those that say it most: of some documents, and quickly read
_REMEMBERED = 1_024  # names


class Subjects:
    """What the documents of one generation are about."""

    def __init__(self, store: PassageStore) -> None:
        self._store = store
        self._sizes = {
            info.path: info.passages for info in store.documents() if info.status == "indexed"
        }
        self._of_name = lru_cache(_REMEMBERED)(self._about)

    def about(self, question: str) -> dict[str, dict[str, float]]:
        """Path -> the names of the question that the document is about, each with how much.

        How much is above 0 and at most 1; documents about none of them are left out. Finds the
        strategy of Luxembourg where neither its title nor its file name has the word. Countries
        stand under their ``token``, whatever they are called.
        """
        found: dict[str, dict[str, float]] = {}
        for name, called in _called(question).items():
            for path, share in self._of_name(called).items():
                found.setdefault(path, {})[name] = share
        return found

    def _about(self, called: Sequence[str]) -> dict[str, float]:
        ids = set[int]()
        for name in called:
            ids |= set.intersection(*map(self._saying, name_words(name)))
        counts = Counter(place.document for place in self._store.places(ids).values())
        shares = {
            path: min(count / self._sizes[path] / (2 * _SAID), 1.0)
            for path, count in counts.items()
            if count >= max(_FEWEST, _SAID * self._sizes[path])
        }
        return shares if len(shares) <= max(_RARE * len(self._sizes), 2) else {}

    def _saying(self, word: str) -> set[int]:
        return {hit.passage_id for hit in self._store.lexical(word, _READ)}


@lru_cache(maxsize=256)  # asked for several times with each question
def _called(question: str) -> dict[str, tuple[str, ...]]:
    """The names in a question, each with all that it is called by."""
    countries = countries_in(question)
    parts = {word for mention in countries.values() for word in name_words(mention)}
    # Without capitals every word may be a name; where a country is named, the others are none.
    marked = question != question.lower() or not countries
    names = {
        word: (word,)
        for name in (names_in(question) if marked else ())
        for word in name_words(name)
        if word not in parts
    }
    return names | {token(country): country.called for country in countries}
