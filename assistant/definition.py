"""Definition: the term that a question asks the meaning of, and how far a text defines it."""

from __future__ import annotations

import re
from functools import lru_cache

_STEM, _SHORTEST_STEM = 5, 3  # letters by which "tachographs" is "tachograph", and "aids" "aid"
_MOST_WORDS = 5  # of a term; a whole sentence in quotation marks is none
_ARTICLE = (
    r"(?:(?:the|an?|l[ae]s?|une?|des|d(?:er|ie|as|en|em)|eine?[rnm]?|el|los|un[ao]?|il|lo|gli|het"
    r"|een|de)\s+|l[’'])"
)
_WORD = r"[^\W_][\w’'-]*"
_TERM = rf"({_WORD}(?:\s{_WORD}){{0,3}}?)"
# What ends a term that stands without quotation marks: what or who gives it that meaning.
_ENDED = (
    r"\s*(?:[?,.!]|$|(?= (?:in|at|à|by|for|under|according|exactly|dans|selon|im|nach|en|nel)"
    r" ))"
)
_ASKED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"[“\"«„‘]\s*([^”\"»“’]{2,60}?)\s*[”\"»“’]",
        rf"\b(?:understands? by|means? by|meant by|meaning of|defin(?:e[sd]?|ition of)|counts? as"
        rf"|définit(?:-\w+)?|définition d[eu’']|appelle-t-on|entend(?:-on)? par|unter"
        rf"|se entiende por|si intende per|onder|was heißt) (?:{_ARTICLE})?{_TERM}{_ENDED}",
        rf"\b(?:what (?:does|do)|que signifie|was bedeutet|qué significa|che cosa significa"
        rf"|wat betekent) (?:{_ARTICLE})?{_TERM}(?: (?:mean|stand)\b|{_ENDED})",
        rf"\b(?:what (?:is|are)|qu[’']est-ce qu(?:e |[’'])|(?:was|wer) (?:ist|sind)|qué (?:es|son)"
        rf"|cos[’']è|wat (?:is|zijn)) ?(?:{_ARTICLE})?{_TERM}{_ENDED}",
    )
)
_SAYS = (
    r"(?:(?:is|are) (?:an?|the|any|one|those|that|what|who(?:ever)?|where|when|all|every|defined as"
    r"|understood (?:as|to)|described as)\b|means?\b|refers? to\b|denotes?\b|stands? for\b"
    r"|désignent?\b|signifien?t?\b|(?:est|sont) (?:une?|l[ae]s?|des|ce(?:lui|lle|ux|lles)?)\b"
    r"|(?:ist|sind) (?:eine?|d(?:er|ie|as)|wer|was|alle)\b|bezeichne[tn]\b|bedeute[tn]\b"
    r"|es (?:una?|el|la)\b|son (?:los|las)\b|significan?\b|è (?:una?|il|la|lo)\b"
    r"|sono (?:i|gli|le)\b|(?:is|zijn) (?:een|de|het|alle)\b|beteken(?:t|en)\b)"
)
_THAT_IS = (
    r"(?:that is|i\.e\.|meaning|c[’']est-à-dire|das heißt|d\. ?h\.|es decir|cioè|dat wil zeggen)"
)
_BY = (
    r"(?:on entend par|on appelle|(?:versteht|verstehen)(?: \w+){0,2} unter|se entiende por"
    r"|si intende per|verstaa\w*(?: \w+){0,2} onder)"
)
_MAY = (
    r"(?:can|may|might|must|shall|should|will|would|could|was|were|has|had|peut|doit|kann|darf|muss"
    r"|soll|puede|debe|può|deve|kan|mag|moet)"
)
_CALLED = r"(?:we call|called|known as|referred to as|termed|appelée?s?|genannt|so genannte\w*)"


@lru_cache(maxsize=256)
def asked_term(question: str) -> str:
    """What a question asks the meaning of; empty where no term shows."""
    found = next(filter(None, (pattern.search(question) for pattern in _ASKED)), None)
    term = found[1] if found else ""
    return term if len(term.split()) <= _MOST_WORDS else ""


def defines(question: str, text: str, heading: str = "") -> float:
    """How far a text below a heading says what the asked term means.

    1 where it says so in so many words, or below the term as a heading; 0.7 where it speaks of
    the term as such; 0.4 where a sign of a definition stands by the term; 0 where it is only used.
    """
    term = asked_term(question)
    if not term:
        return 0.5
    named = re.compile(_pattern(term), re.IGNORECASE)
    if re.fullmatch(rf"[\W\d]*{named.pattern}\W*", heading, re.IGNORECASE) and not named.search(
        text
    ):
        return 1.0
    return next((share for pattern, share in _forms(term) if pattern.search(text)), 0.0)


def _pattern(term: str) -> str:
    """The term in any of its forms: "points noirs" is "point noir"."""
    stems = [word[: min(_STEM, max(len(word) - 1, _SHORTEST_STEM))] for word in term.split()]
    words = [re.escape(stem) + r"[\w’'-]*" for stem in stems]
    return r"(?<!\w)" + r"[\s-]+".join(words)


@lru_cache(maxsize=64)
def _forms(term: str) -> tuple[tuple[re.Pattern[str], float], ...]:
    """The forms of a definition, each with how far it is one."""
    named = _pattern(term)
    head = _pattern(term.split()[-1])
    begins = rf"^\W*(?:\w[.)]\s+)?(?:{_ARTICLE})?{named}[”\"»’']?(?:\s*\([^)]*\))?"
    strong = (
        rf"{begins}[\s,]+{_SAYS}",
        rf"{begins}\s+(?:is|are|sind|sont|son|sono|zijn)\s+{head}",
        rf"{begins}\s*(?:[:–—]|, {_THAT_IS})\s",
        rf"{begins}\s+(?-i:[A-ZÀ-Ý])\w*\s+\w+\s+\w+",  # a glossary: the term, and a sentence
        rf"{named}, {_THAT_IS}",
        rf"\b{_BY} (?:{_ARTICLE})?[“\"«„]?{named}",
        rf"\bby (?:{_ARTICLE})?[“\"]?{named}[^.;]{{0,20}} (?:mean|understand|understood)",
        rf"\bals (?:{_ARTICLE})?[„]?{named}[“]? (?:gilt|gelten|wird|werden|bezeichne\w+)\b",
        rf"(?:\||:)\s*{named}\s*\|",
        rf"(?-i:[A-Z])\w+ \({named}\)",
    )
    speaks = (
        rf"^\W*(?:an?|une?|eine?|un[ao]?|een) {named}\s+(?!{_MAY}\b)\w+",
        rf"^\W*(?:an?|une?|eine?|un[ao]?|een) {head}\s+{_SAYS}",
        rf"\b{_CALLED} (?:{_ARTICLE})?[“\"«„]?{named}",
        # "A death on the road is" speaks of a road death.
        "^"
        + "".join(rf"(?=[^,;:]{{0,60}}{_pattern(word)})" for word in term.split())
        + r"(?:an?|the) (?:\w+ ){0,5}?(?:is|are|means?)\b",
    )
    possible = (rf"{named}\W{{0,3}}[:–—(]", rf"[–—(]\W{{0,3}}{named}", rf"{named}\W+{_SAYS}")
    return tuple(
        (re.compile("|".join(forms), re.IGNORECASE), share)
        for forms, share in ((strong, 1.0), (speaks, 0.7), (possible, 0.4))
    )
