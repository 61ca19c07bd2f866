"""QuestionKind: what sort of answer a question asks for, told by its words in six languages."""

from __future__ import annotations

import re
from enum import StrEnum

from assistant.yes_no import asks_yes_or_no


class QuestionKind(StrEnum):
    FACT = "fact"
    LIST = "list"
    NUMBER = "number"  # how many, how much, when: the answer holds a figure
    WHO = "who"
    REASON = "reason"  # why and how
    DEFINITION = "definition"
    YES_NO = "yes_no"


# Nouns that come several at a time, and nouns for those who act.
_MANY = (
    "areas|principles|goals|objectives|pillars|priorities|measures|actions|sectors|themes|threats"
    "|companies|bodies|frameworks|services|programmes|programs|domains|steps|partners|values"
    "|kinds|types|aims|targets|axes|objectifs|principes|piliers|mesures|domaines|priorités|secteurs"
    "|valeurs|orientations|ziele|grundsätze|säulen|maßnahmen|bereiche|handlungsfelder|prioritäten"
    "|objetivos|principios|pilares|medidas|ámbitos|ejes|obiettivi|principi|pilastri|misure"
    "|doelen|doelstellingen|beginselen|pijlers|maatregelen|gebieden"
)
_BODIES = (
    "body|authority|ministry|agency|office|centre|center|organisation|organization|department"
    "|institution|company|firm|unit|branch|country"
)
_FIGURES = "year|date|percentage|share|number|amount|budget|proportion|rank"

# The first kind with a pattern that is found is the question's.
_PATTERNS: dict[QuestionKind, tuple[str, ...]] = {
    QuestionKind.DEFINITION: (
        r"\bstands? for\b",
        r"\bdefin(?:e[sd]?|itions?|ing)\b",
        r"\bmeaning of\b|\bmeant by\b",
        r"\bwhat (?:does|do) .* (?:mean|understand)",
        r"^what is an? [\w-]+(?: [\w-]+){0,3}\??$",
        r"\bgloss(?:ary|aire)\b",
        r"\bdéfini|\bsignifie|\bbedeutet\b|\bsignifica\b|\bbetekent\b|^was heißt\b",
        r"\bwhat (?:counts|qualifies) as\b|\bappelle-t-on\b|\bentend-on par\b",
        r"\bversteht man unter\b",
        r"\bse entiende por\b|\bsi intende per\b|\bonder verstaan\b|\bverstaat men onder\b",
        r"^(?:qu[’']est-ce qu[’']une?|was ist eine?|¿?qué es una?|cos[’']è una?|wat is een) "
        r"[\w-]+(?: [\w-]+){0,3} ?\??$",
    ),
    QuestionKind.NUMBER: (
        r"\bhow (?:many|much|often|long|large|big|high|far|fast|quickly|old)\b",
        r"\bwhen\b|\bby what date\b|\brank(?:ed)?\b|\bbudgets?\b",
        r"^compare the (?:costs?|money|funding|spending|figures|numbers|sums)\b",
        rf"\b(?:what|which) (?:{_FIGURES})\b",
        r"\bwhat (?:is|was|were) the (?:budget|cost|total|number|target)",
        r"\bwhat (?:[\w-]+ ){0,4}(?:money|funding)\b",
        r"^what (?:do|does|did|will|would) .*\bcosts?\b",
        r"^what (?:is|are|was|were) the (?:[\w-]+ )?(?:fine|penalty|fee|price|salary)\b",
        r"^quel(?:le)? (?:est|était) l(?:[ea] |[’'])(?:montant|amende|coût|prix|budget|salaire)\b",
        r"^was kostet\b|^wie hoch\b|^cuánto cuesta\b|^quanto costa\b",
        r"\bcombien\b|\bquand\b|\bquelles? (?:années?|date|part|longueur)\b",
        r"\bwie ?viele?\b|\bwann\b|\bcuánt|\bcuándo\b|\bquant[oiae]\b|\bhoeveel\b|\bwanneer\b",
    ),
    QuestionKind.WHO: (
        r"\bwho(?:m|se)?\b|\bresponsible for\b",
        rf"\bwhich (?:\w+ ){{0,2}}(?:{_BODIES})\b",
        # Within a sentence it is no question: "les entités qui dirigent".
        r"^(?:[àa] |de |par |pour |avec |chez |et )?qui\b",
        r"\bquel(?:le)? (?:organisme|ministère|autorité|agence)\b",
        r"\bwe[rm]\b|\bwie is\b|\bquién|\bchi\b",
    ),
    QuestionKind.LIST: (
        r"^(?:please )?(?:list|name|enumerate)\b|\bcan you (?:list|name)\b",
        r"\b(?:what|which) (?:are|were)\b",
        rf"\b(?:what|which) (?:[\w-]+ ){{0,2}}(?:{_MANY})\b",
        r"\bquel(?:le)?s sont\b|^énumérez\b|^citez\b",
        r"\bwelche\b.*\bsind\b|^nennen?\b|\bcuáles son\b|\bquali sono\b|\bwelke\b.*\bzijn\b",
    ),
    QuestionKind.REASON: (
        r"\bwhy\b|\bhow\b|\bin what way\b|\breasons?\b",
        r"\bpourquoi\b|\bcomment\b|\bwarum\b|\bwieso\b|\bpor qué\b|\bperché\b|\bwaarom\b",
    ),
}
_COMPILED = {
    kind: re.compile("|".join(patterns), re.IGNORECASE) for kind, patterns in _PATTERNS.items()
}


# "Why does nobody say how many?" asks for a reason, whatever else it names.
_WHY = re.compile(
    r"^(?:(?:and|but|so|et|mais|und|aber|y|pero|e|ma|en|maar) )?¿?(?:why|how come|pourquoi|warum"
    r"|wieso|weshalb|por qué|perché|waarom)\b",
    re.IGNORECASE,
)


def kind_of(question: str) -> QuestionKind:
    """The kind of a question."""
    if asks_yes_or_no(question):
        return QuestionKind.YES_NO
    if _WHY.match(question.strip()):
        return QuestionKind.REASON
    kinds = (kind for kind, pattern in _COMPILED.items() if pattern.search(question))
    return next(kinds, QuestionKind.FACT)


_MANY_NOUNS = re.compile(rf"\b(?:{_MANY})\b", re.IGNORECASE)


def many_nouns(text: str) -> list[str]:
    """The nouns of a text for things that come several at a time, in lower case: "pillars"."""
    return [noun.lower() for noun in _MANY_NOUNS.findall(text)]
