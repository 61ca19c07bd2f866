"""Relevance: how well a statement answers a question, by meaning and by words."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from assistant.alike import senses
from assistant.anaphora import language
from assistant.definition import defines
from assistant.kinds import QuestionKind
from assistant.meaning import calibration, on_one_scale
from assistant.question import Question
from assistant.signs import fit
from assistant.statements import Statement
from index import Encoder, PassageStore
from index.lexical import question_terms, terms
from index.spelling import spelt_as_in
from ingest import BlockKind, Document

if TYPE_CHECKING:
    import numpy as np

# Weights of the parts of a statement's score.
_MEANING, _WORDS, _SURROUNDINGS, _RANK, _FIT, _NAMED = 1.0, 1.4, 0.3, 0.35, 0.3, 0.1
_FRAGMENT = 0.3  # what a statement loses that is no whole sentence
_TOO_LONG, _LONGEST = 0.2, 100  # the same for one of more words than an answer should have
_RANK_CONSTANT = 2.0  # the rank part is constant / (constant + rank)
_ALIKE = 0.3  # what a word of the same sense counts: "coordinates" for "leads"
_NAMING = 0.15  # what a word of the document's own name counts: all its sentences imply it


@dataclass(frozen=True, slots=True)
class Rated:
    """A statement with its parts of relevance; each is 0 to 1, higher is better."""

    statement: Statement
    meaning: float  # cosine of question and statement
    words: float  # share of the question's telling words in the statement
    surroundings: float  # the same, in its section, title and neighbours, for words it lacks itself
    fit: float  # how far it holds what such a question asks for: a figure, a name, a reason

    @property
    def score(self) -> float:
        rank = _RANK_CONSTANT / (_RANK_CONSTANT + self.statement.passage)
        return (
            _MEANING * self.meaning
            + _WORDS * self.words
            + _SURROUNDINGS * self.surroundings
            + _RANK * rank
            + _FIT * self.fit
            + _NAMED * self.statement.named
            - _FRAGMENT * self.statement.is_fragment
            - _TOO_LONG * (self.statement.words > _LONGEST)
        )


class Relevance:
    """Rates statements for one question."""

    def __init__(self, question: Question, store: PassageStore, encoder: Encoder) -> None:
        self._question = question
        self._store = store
        self._encoder = encoder
        self._weights: dict[str, Mapping[str, float]] = {}

    @cached_property
    def _vector(self) -> np.ndarray:
        """The question as a vector float32 [dimension]: sentences and lists are held against it."""
        vector: np.ndarray = self._encoder.encode_queries([self._question.focus])[0]
        return vector

    @cached_property
    def _language(self) -> str | None:
        """The question's language; None where the encoder knows no other than its own."""
        known = calibration(self._encoder).multilingual
        return language(self._question.standalone) if known else None

    def weights(self, document: Document) -> Mapping[str, float]:
        """The question's terms with what they tell within this document, above 0.

        A word must be rare among all passages, or it tells nothing at all; and rare in this
        document, or all its sentences imply it: "Estonia" in the strategy of Estonia.
        """
        if document.path not in self._weights:
            focus = self._question.focus
            if document.language == "en":
                focus = spelt_as_in(focus, document.text)
            asked = question_terms(focus, document.language)
            everywhere = self._store.rarity(asked)
            within = self._store.rarity(asked, document.path)
            naming = set(terms(document.known_as, document.language))
            self._weights[document.path] = {
                term: math.sqrt(everywhere[term] * within[term])
                * (_NAMING if term in naming else 1.0)
                for term in asked
            }
        return self._weights[document.path]

    def rate(self, statements: Sequence[Statement]) -> list[Rated]:
        """All statements with their parts of relevance, in the same order."""
        if not statements:
            return []
        vectors = self._encoder.encode_documents([statement.told for statement in statements])
        cosines = on_one_scale(vectors @ self._vector, self._encoder)
        return [
            self._rated(statements, index, float(cosine)) for index, cosine in enumerate(cosines)
        ]

    def _rated(self, statements: Sequence[Statement], index: int, cosine: float) -> Rated:
        statement = statements[index]
        document = statement.document
        own = set(terms(statement.told, document.language))
        near = [
            other.text
            for other in statements[max(index - 1, 0) : index + 2]
            if other is not statement and other.passage == statement.passage
        ]
        around = set(
            terms(" ".join([document.known_as, *statement.section, *near]), document.language)
        )
        meaning, words = max(cosine, 0.0), self._share(own, document)
        if self._is_foreign(document):
            # Its words cannot be those of the question: the meaning has to stand for them too.
            words = max(words, meaning)
        return Rated(
            statement,
            meaning,
            words,
            self._share(around - own, document),
            self._fit(statement),
        )

    def _is_foreign(self, document: Document) -> bool:
        """Whether the question is in another language, and the encoder knows both."""
        asked = self._language
        return asked is not None and asked != (document.language or asked)

    def _fit(self, statement: Statement) -> float:
        kind = self._question.kind
        if kind is QuestionKind.LIST and statement.kind is BlockKind.LIST_ITEM:
            return 1.0
        if kind is QuestionKind.DEFINITION:  # in a glossary the term may be the heading
            heading = "".join(statement.section[-1:])
            return defines(self._question.standalone, statement.text, heading)
        return fit(kind, self._question.standalone, statement.text)

    def _share(self, held: set[str], document: Document) -> float:
        weights = self.weights(document)
        total = sum(weights.values())
        if not total:
            return 0.0
        said = senses(held, document.language)
        shared = 0.0
        for term, weight in weights.items():
            if term in held:
                shared += weight
            elif said and said & senses((term,), document.language):
                shared += _ALIKE * weight
        return shared / total
