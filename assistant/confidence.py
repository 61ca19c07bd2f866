"""Confidence: how sure it is that the evidence answers the question at all."""

from __future__ import annotations

import re

from assistant.counts import counted_thing
from assistant.kinds import QuestionKind
from assistant.question import Question
from assistant.relevance import Rated
from assistant.signs import holds_figure
from assistant.statements import Statement
from index.countries import countries_in
from index.lexical import terms
from index.spelling import other_spelling
from ingest import Document

CONFIDENT = 0.45  # below it the documents count as silent

# Meaning and words of a statement, on a scale on which 0.5 is the least that will do.
_MEANING, _WORDS, _OFFSET = 0.9, 0.6, 0.05
# What a thing that the question names, and the evidence lacks, leaves of the confidence.
_MISSING_NAME, _MISSING_YEAR, _MISSING_FIGURE, _MISSING_NOBODY = 0.4, 0.4, 0.5, 0.6
_UNCOUNTED = 0.5  # the same where the figure counts something else than the question
_UNDEFINED = 0.4  # what is left where a term is used, and nothing near it looks like a definition
_OFTEN = 2  # mentions that make a name one of the document's subjects

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_CAPITALISED = re.compile(r"(?<![.?!:] )(?<!^)(?<![“\"«] )\b[A-ZÀ-Ý][\w’'-]*[\w]")
_MOSTLY_CAPITALS = 0.5  # share of capitalised words above which they are no sign of a name
_GERMAN = re.compile(
    r"\b(?:de[rmns]|die|das|eine?[rmns]?|und|ist|sind|wie|wer|was|welche[rmns]?|wann|warum|wo"
    r"|auf|im|in|für|von|vom|zu[rm]?|bei|mit|nach|aus|über|unter|vor|nicht|w[iu]rd(?:en?)?)\b"
)
_STEM = 5  # letters by which "Estonian" is Estonia


def sureness(question: Question, item: Rated, *, compared: bool = False) -> float:
    """How sure it is that a statement answers the question, 0 to 1.

    A near miss (the right document without the fact) looks much like an answer. What gives it
    away is a name, a year, a sum or a figure that the question is about and the evidence lacks.
    With ``compared`` the question names other documents too: names and years prove nothing.
    """
    sure = min(_MEANING * item.meaning + _WORDS * (item.words + item.surroundings) + _OFFSET, 1.0)
    statement = item.statement
    around = " ".join(
        [
            statement.document.known_as,
            statement.document.date or "",
            *statement.section,
            statement.around,
        ]
    )
    names = () if compared else _names(question.standalone)
    years = set() if compared else set(_YEAR.findall(question.standalone))
    if any(not _mentions(name, around, statement.document) for name in names):
        sure *= _MISSING_NAME
    # "Is it done by 2035?" is decided by the sentence that says 2040.
    asserted = question.kind is QuestionKind.YES_NO
    if years and not asserted and not years & set(_YEAR.findall(around)):
        sure *= _MISSING_YEAR
    if question.kind is QuestionKind.NUMBER and not holds_figure(
        question.asked, statement.text + statement.lead
    ):
        sure *= _MISSING_FIGURE
    if question.kind is QuestionKind.NUMBER and _counts_something_else(question, statement):
        sure *= _UNCOUNTED
    if question.kind is QuestionKind.WHO and not item.fit:
        sure *= _MISSING_NOBODY
    if question.kind is QuestionKind.DEFINITION and not item.fit:
        sure *= _UNDEFINED
    return sure


def _counts_something_else(question: Question, statement: Statement) -> bool:
    """Whether the thing that "how many" asks for is nowhere near: cyclists, not all the dead."""
    language = statement.document.language
    thing = counted_thing(question.standalone)
    if thing is None:
        return False
    spelt = [thing, other_spelling(thing) or thing]
    near = terms(" ".join([statement.told, statement.lead, *statement.section]), language)
    return set(terms(" ".join(spelt), language)).isdisjoint(near)


def _names(question: str) -> set[str]:
    """Words with a capital within the sentence: names, as far as one can tell."""
    words = question.split()
    found = set(_CAPITALISED.findall(question))
    if len(found) > _MOSTLY_CAPITALS * len(words) or len(_GERMAN.findall(question)) > 1:
        return set()  # a heading, or German, where every noun has one
    return {re.sub(r"[’']s?$", "", name) for name in found}


def _mentions(name: str, around: str, document: Document) -> bool:
    """Whether the name stands near the statement, or often in its document."""
    text = around.lower()
    if any(known in text for country in countries_in(name) for known in country.names):
        return True
    stem = name.lower()[: max(_STEM, len(name) - 3)] if len(name) > _STEM else name.lower()
    return stem in text or document.text.lower().count(stem) >= _OFTEN
