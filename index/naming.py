"""Naming: which documents a question names, by the words of their titles and file names."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache, lru_cache

from index.countries import countries_in, token
from index.name_words import folded, name_words
from index.question_words import QUESTION_WORDS
from index.store import DocumentInfo
from ingest import known_as

_BEGINNING = 5  # letters that two forms of a name share at least ...
_UNSHARED = 1  # ... and how many of the shorter one they may not share ("Kenya", "Kenyan")
_LONGER_BY = 5  # letters that one form may have more ("Mauritania", "mauritanienne")
_COMMON = 0.5  # share of the documents: a word in the names of more of them tells none apart
_RARE = 0.15  # share of the documents, at least 2: a word in the names of fewer is a name in itself


class Naming:
    """The names of all documents of an index, and what a question has of them."""

    def __init__(self, documents: Sequence[DocumentInfo]) -> None:
        self._forms: dict[str, list[str]] = defaultdict(list)  # beginning of a word -> words known
        known = cache(self._known)  # most names are made of the same words
        self._names = {
            info.path: frozenset(
                known(word) for word in _name_words(info.title, info.path, info.date)
            )
            for info in documents
            if info.status == "indexed"
        }
        self._counts = Counter(word for names in self._names.values() for word in names)
        most = max(len(self._names) * _COMMON, 1)
        self._weights = {
            word: math.log(1 + len(self._names) / count)
            for word, count in self._counts.items()
            if count <= most
        }
        # What no document has in its name, but some are about.
        self._rarest = math.log(1 + len(self._names))
        self._bearers: dict[str, list[str]] = {word: [] for word in self._weights}
        for path, names in self._names.items():
            for word in names & self._weights.keys():
                self._bearers[word].append(path)

    def named(self, question: str) -> dict[str, float]:
        """Path -> how well the question names the document: 1 for the best, above 0 for the others.

        Empty where the question names none.
        """
        scores = self._scores(set(self._names_in(question)))
        best = max(scores.values(), default=0.0)
        return {path: score / best for path, score in scores.items()}

    def without(self, question: str, path: str, others: Collection[str]) -> str:
        """A question without the words that name ``others`` and not the document at ``path``."""
        names = set[str]().union(*(self._names[other] for other in others)) - self._names[path]
        parts = _parts(question, names)

        def only_names(word: str) -> bool:
            forms = [folded(part) for part in name_words(word) if part != "s"]
            return bool(forms) and all(self._form(p) in names or p in parts for p in forms)

        return " ".join(word for word in question.split() if not only_names(word))

    def unnamed(self, text: str, path: str, also: Collection[str] = ()) -> list[str]:
        """The words of a text that are not in the name of the document at ``path``.

        ``also`` are further names of it.
        """
        names = self._names[path] | set(map(self._kept, also))
        parts = _parts(text, names)
        return [
            word
            for word in name_words(text)
            if self._form(folded(word)) not in names and folded(word) not in parts
        ]

    def held(self, names: Iterable[str]) -> bool:
        """Whether some document has one of these, or the ``token`` of a country, in its name."""
        return any(name in self._counts for name in names)

    def covering(
        self,
        question: str,
        among: Sequence[str],
        most: int,
        about: Mapping[str, Collection[str]] | None = None,
    ) -> list[str]:
        """Up to ``most`` of the documents ``among`` that the question names side by side.

        For "the 2021 and the 2025 edition", or "Kenya's and Estonia's": each further document
        has a proper name or a year that the ones before it lack. ``among`` is best first; the
        order decides between equals. ``about`` are further names that documents have by what
        they are about.
        """
        asked = self._names_in(question)
        subjects = {path: set(map(self._kept, names)) for path, names in (about or {}).items()}
        for names in (about or {}).values():
            asked |= {self._kept(name): name for name in names if self._kept(name) not in asked}
        every = set(asked)
        proper = {name for name, word in asked.items() if word[0].isupper() or " " in name}
        own = {
            path: every & (self._names[path] | subjects.get(path, set()))
            for path in among
            if path in self._names
        }
        left = every
        chosen: list[str] = []
        while len(chosen) < most:
            fit = [
                path
                for path in own
                if path not in chosen and self._tells_apart(own[path], left, proper)
            ]
            if not fit:
                break
            # Editions share most of their names; a stranger has the same year and little else.
            chosen.append(
                max(fit, key=lambda path: self._sum(own[path] & left) + self._sum(own[path]))
            )
            left = left - own[chosen[-1]]
        return chosen

    def _tells_apart(self, own: set[str], left: set[str], proper: set[str]) -> bool:
        """Whether one of the names ``left`` is reason to take a document into a comparison."""
        rare = max(len(self._names) * _RARE, 2)
        if any(self._counts[name] <= rare for name in own & left & proper):
            return True
        # Many documents have the same year: it names one together with another word.
        return any(name.isdigit() for name in own & left) and any(
            not name.isdigit() for name in own
        )

    def _sum(self, names: Iterable[str]) -> float:
        return sum(self._weights.get(name, self._rarest) for name in sorted(names))

    def _scores(self, names: set[str]) -> dict[str, float]:
        scores: dict[str, float] = defaultdict(float)
        for name in sorted(names):  # sums of fractions depend on the order
            for path in self._bearers[name]:
                scores[path] += self._weights[name]
        return scores

    def _names_in(self, question: str) -> dict[str, str]:
        """Names of documents that the question has, each with the word that it is there."""
        words = {folded(word): word for word in name_words(question)}
        found = {
            self._form(form): word for form, word in words.items() if form not in QUESTION_WORDS
        }
        found |= {token(country): word for country, word in countries_in(question).items()}
        return {name: word for name, word in found.items() if name in self._weights}

    def _kept(self, name: str) -> str:
        """A name in the form under which it is kept; the ``token`` of a country as it is."""
        return name if " " in name else self._form(folded(name))

    def _known(self, word: str) -> str:
        """The form under which a word of a name is kept."""
        form = self._form(word)
        if form == word and word not in self._forms[word[:_BEGINNING]]:
            self._forms[word[:_BEGINNING]].append(word)
        return form

    def _form(self, word: str) -> str:
        for form in self._forms.get(word[:_BEGINNING], ()):
            if _same_name(form, word):
                return form
        return word


def _parts(text: str, names: Collection[str]) -> set[str]:
    """The words by which a text calls those countries whose ``token`` is among the names."""
    return {
        folded(word)
        for country, mention in countries_in(text).items()
        if token(country) in names
        for word in name_words(mention)
    }


def _same_name(one: str, other: str) -> bool:
    if one == other:
        return True
    shared = next(
        (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
    longest, shortest = max(len(one), len(other)), min(len(one), len(other))
    alphabetic = one.isalpha() and other.isalpha()
    return (
        alphabetic
        and shared >= max(_BEGINNING, shortest - _UNSHARED)
        and longest - shortest <= _LONGER_BY
    )


@lru_cache(maxsize=1 << 16)  # they are asked for again in every generation
def _name_words(title: str, path: str, date: str | None) -> tuple[str, ...]:
    """The words of a document's name; of two letters only those in capitals ("EU")."""
    years = re.findall(r"^\d{4}", date or "")
    name = known_as(title, path)
    words = (
        folded(word)
        for word in [*name_words(name), *years]
        if len(word) > 2 or (len(word) == 2 and word.isupper())
    )
    return (*words, *map(token, countries_in(name)))
