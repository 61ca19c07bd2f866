"""Questions of yes or no: told by their form in six languages; and what of them nobody says.

The answer is the sentence that decides, and never begins with "Yes" or "No". Whether a sentence
says yes hangs on words that look like any other: "close 600 of them" does not say that all are
closed, "chaired by the Prime Minister" not by the Minister, and what an older edition says may be
over. A person sees that at once, and no rule over words does.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from index import Evidence
from index.lexical import terms
from ingest import Document

# A question for something else in the form of one of yes or no: "Does it say who pays?"
_INDIRECT = re.compile(
    r"^(?:can|could|will|would) you\b|\b(?:say|tell|explain|state|describe|specify|define|list"
    r"|name|know|dit|précise|explique|sagt|erklärt|nennt|dice|explica|spiega|zegt)s? "
    r"(?:who|how|what|which|when|where|why|qui|comment|quand|quel\w*|pourquoi|wer|wie|was|wann"
    r"|welche\w*|warum|quién|cómo|cuándo|chi|come|quando|hoe|wanneer|welke)\b",
    re.IGNORECASE,
)
_INTERROGATIVE = re.compile(
    r"\b(?:qui|que|quoi|quels?|quelles?|où|quand|comment|pourquoi|combien|lequel|laquelle|wer"
    r"|wem|wen|was|wann|wo|warum|wieso|weshalb|wie|welche[rsnm]?|wo\w+|inwie\w+|qué|cuál\w*"
    r"|quién\w*|cuándo|dónde|cómo|cuánt\w*|cosa|quale|quali|chi|dove|perché|quant[oaie]|wat"
    r"|welke?|wanneer|waar\w*|hoe\w*)\b|\bqu[’']",
    re.IGNORECASE,
)
_ENGLISH = re.compile(
    r"^(?:(?:and|but|so) )?(?:(?:is|are|were|do|does|did|has|have|had|can|could|may|might|must"
    r"|shall|should|will|would)(?:n[’']t)? [^\W\d]|was(?:n[’']t)? (?:the|there|it|any|an?|this|that"
    r"|one)\b|was [A-Z]\w*[’']s\b)",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"^est-ce qu|^(?:(?:et|und|y|e|en) )?(?:y a-t-il|existe-t-il)\b"
    r"|\w+-(?:t-)?(?:ils?|elles?|on)\b"
    r"|^(?:ist|sind|war|waren|hat|haben|gibt es|gab es|kann|können|darf|dürfen|muss|müssen|soll"
    r"|sollen|wird|werden|will|wollen|gilt|gelten|besteht|bestehen)\b"
    r"|^\w{3,}(?:t|en) (?:d(?:ie|er|as|en)|eine?[rn]?|es|man|sich)\b"
    r"|^¿\s?(?:y )?(?:hay|había|existen?|tienen?|es|son|está[n]?|puede[n]?|deben?|hay|ha|han|se|el"
    r"|la|los|las|prevé|permite|incluye|contiene|establece|exige|prohíbe)\b"
    r"|^(?:c[’']è|ci sono|esist\w+|è|sono|ha|hanno|può|possono|deve|devono|si|prevede"
    r"|(?:il|la|lo|gli|le|i) .*\b(?:prevede|è|ha|sono|hanno|vieta|consente|include|contiene))\b"
    r"|^(?:is|zijn|was|waren|heeft|hebben|kan|kunnen|mag|mogen|moet|moeten|wordt|worden|zal|bestaa\w+"
    r"|geldt|gelden|staat) \w",
    re.IGNORECASE,
)
# Shares of a question's telling words that the evidence must have: always, and below so close a
# meaning.
_LEAST_SAID, _SAID, _MEANT = 0.45, 0.6, 0.5


def asks_yes_or_no(question: str) -> bool:
    """Whether a question asks if something is so."""
    text = question.strip()
    if _INDIRECT.search(text):
        return False
    if _ENGLISH.match(text):
        return True
    return bool(_OTHERS.search(text)) and not _INTERROGATIVE.search(_without_est_ce(text))


def _without_est_ce(text: str) -> str:
    """The "que" of "est-ce que" asks for nothing."""
    return re.sub(r"^est-ce qu(?:e |[’'])", "", text, flags=re.IGNORECASE)


def said_share(
    weights: Mapping[str, float], document: Document, evidence: Sequence[Evidence]
) -> float:
    """Share of what a question asserts that the document's passages in the evidence speak of.

    ``weights`` are the question's terms with what they tell; 0 to 1, and 1 where they tell nothing.
    """
    said = set(terms(document.known_as, document.language))
    for item in evidence:
        if item.passage.document == document.path:
            said.update(terms(item.passage.text, document.language))
    total = sum(weights.values())
    return sum(weights[term] for term in weights.keys() & said) / total if total else 1.0


def is_left_unsaid(share: float, meaning: float) -> bool:
    """Whether a document speaks of something else than what a question asserts.

    Words that it lacks must be made up for by the ``meaning`` of a statement, a cosine, and not too
    many of them can be: a document without a word on phones neither bans nor allows them.
    """
    return share < (_SAID if meaning < _MEANT else _LEAST_SAID)
