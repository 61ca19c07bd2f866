"""Signs: what marks a sentence as the answer to a question: a share, a date, a body, a list."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.definition import defines
from assistant.figure_words import CURRENCIES, MONTHS, NUMBER_WORDS, SPANS
from assistant.kinds import QuestionKind, many_nouns

_STEM = 5  # letters by which "priority" is "priorities"

_BECAUSE = (
    "because|since|therefore|thus|so that|in order to|due to|as a result|by [a-z]+ing|through"
    "|owing to|leads? to|to (?:ensure|enable|allow|avoid|prevent|protect|reduce|improve)"
    "|parce que|afin|car|pour|grâce|weil|damit|um|porque|perché|omdat"
)
_BODIES = (
    "ministr[yi]\\w*|minist[eè]re|ministerium|agenc[yi]\\w*|agence|agentur|office|offices|cent(?:re|er)"
    "|council|conseil|commission(?:er)?|committee|comité|department|département|authorit\\w+"
    "|autorité|army|navy|board|unit|bureau|government|gouvernement|regierung|president|président"
    "|director\\w*|directorate|secretary|secretariat|institut\\w*|association|compan\\w+|group"
    "|team|force|headquarters|commissaire|bank|university|université|society|union|mayor"
)

FIGURE = re.compile(rf"\d|\b(?:{NUMBER_WORDS})\b", re.IGNORECASE)
# A number of things: no year, and not the number of a section or an item.
COUNT = re.compile(
    rf"(?<![\d.,])(?!(?:19|20)\d\d(?!\d))\d[\d.,\u00a0’' ]*(?![).])|\b(?:{NUMBER_WORDS})\b",
    re.IGNORECASE,
)
MONEY = re.compile(
    rf"[€$£¥]\s?\d|\d[\d.,\s]*(?:million|billion|milliard|mio|bn|m|k)?\s?(?:[€$£¥]|(?:{CURRENCIES})\b)"
    r"|\d[\d.,]*\s?(?:millions?|billions?|milliards?|bn)\b",
    re.IGNORECASE,
)
SHARE = re.compile(r"\d\s?%|\b(?:per ?cent|pour ?cent|prozent|por ciento|per cento)\b", re.I)
DATE = re.compile(rf"(?<!\d)(?:19|20)\d\d(?!\d)|\b\d{{1,2}}\.?\s(?:{MONTHS})\b", re.IGNORECASE)
SPAN = re.compile(rf"\b(?:{SPANS})\b", re.IGNORECASE)
_REASON = re.compile(rf"\b(?:{_BECAUSE})\b", re.IGNORECASE)
_BODY = re.compile(rf"\b(?:{_BODIES})\b", re.IGNORECASE)
_NAME = re.compile(r"(?<=[\w,;:)(] )(?:the )?[A-ZÀ-Ý][\w’'-]+|\b[A-Z]{2,}\b")
# Three things side by side, with commas or with semicolons.
_LISTED = re.compile(
    r"(?:[^,;:]+[,;] ){2,}(?:[^,;]+ )?(?:and|or|et|ou|und|oder|y|o|ed?|en|of) |(?:[^;]+;){2}"
)

_ASKS_MONEY = re.compile(
    r"\b(?:budgets?|costs?|money|funding|spen[dt]|spending|prices?|salar(?:y|ies)|fines?|fees?"
    r"|penalt(?:y|ies)|salaires?|coûte\w*|coûts?|financement|amendes?|montants?|prix|kosten|kostet"
    r"|bußgeld(?:er)?|gehalt|presupuesto|costo|cuesta|multas?|bilancio|costa|multe|boetes?"
    rf"|begroting|{CURRENCIES})\b|[€$£¥]",
    re.IGNORECASE,
)
# What sort of figure a question asks for; the first that matches.
_FIGURES: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (
        re.compile(
            r"\bpercent|\b(?:what|which) (?:share|proportion|part)\b|%|pourcent|prozent|porcentaje"
            r"|percentuale|\bquelle part\b|\bwelcher anteil\b",
            re.IGNORECASE,
        ),
        SHARE,
    ),
    (_ASKS_MONEY, MONEY),
    (
        re.compile(
            r"^(?:and |but |et |und )?(?:by |since |until |depuis |seit )?(?:when|quand|wann|cuándo"
            r"|quando|wanneer)\b|\b(?:what|which) (?:year|date|day)|\bquelles? (?:année|date)"
            r"|\bwelche[ms]? (?:jahr|datum)\b|\bqué año\b",
            re.IGNORECASE,
        ),
        DATE,
    ),
    (
        re.compile(r"\bhow many\b|\bcombien d|\bwie ?viele\b|\bcuánt[oa]s\b|\bquant[ie]\b", re.I),
        COUNT,
    ),
    (
        re.compile(
            r"\bhow (?:quickly|often|fast|soon)\b|\bwie oft\b|\bcombien de temps\b", re.IGNORECASE
        ),
        SPAN,
    ),
)


def fit(kind: QuestionKind, question: str, text: str) -> float:
    """How far ``text`` holds what a question of this kind asks for, 0 to 1.

    The expected type of the answer, as question answering has it: a share, a sum, a date, a body.
    """
    match kind:
        case QuestionKind.NUMBER:
            return float(holds_figure(question, text))
        case QuestionKind.WHO:
            return _names_somebody(question, text)
        case QuestionKind.LIST:
            return float(bool(_LISTED.search(text)))
        case QuestionKind.REASON:
            return float(bool(_REASON.search(text)))
        case QuestionKind.DEFINITION:
            return defines(question, text)
        case QuestionKind.FACT | QuestionKind.YES_NO:
            return 1.0


# "In line with these five principles": they were listed before, and no list of them follows.
_AGAIN = re.compile(
    r"\b(?:these|those|such|ces|diese[nr]?|est[ao]s|quest[ei]|deze)(?:\s+[^\W\d_][\w-]*){1,3}",
    re.IGNORECASE,
)


def lists_what_is_asked(question: str, text: str) -> bool:
    """Whether ``text`` enumerates, and names what the question asks for: pillars, goals ..."""
    asked = {noun[:_STEM] for noun in many_nouns(question)}
    said = many_nouns(_AGAIN.sub("", text))
    return bool(_LISTED.search(text)) and any(noun[:_STEM] in asked for noun in said)


def holds_figure(question: str, text: str) -> bool:
    """Whether ``text`` holds a figure of the sort that the question asks for."""
    return _holds(figure_asked(question), text)


@lru_cache(maxsize=1 << 13)  # a sentence is looked at again with the next question
def _holds(sign: re.Pattern[str], text: str) -> bool:
    return bool(sign.search(text))


@lru_cache(maxsize=256)  # asked for with every sentence that may answer the question
def figure_asked(question: str) -> re.Pattern[str]:
    """The sign of the sort of figure that a question asks for: SHARE, MONEY, DATE ... or FIGURE."""
    return next((sign for asked, sign in _FIGURES if asked.search(question)), FIGURE)


def _names_somebody(question: str, text: str) -> float:
    """1 for a body or an office with a name, half for any name; what the question has, not."""
    known = {word.lower() for word in re.findall(r"[\w’'-]+", question)}
    names = [name.removeprefix("the ").lower() for name in _NAME.findall(text)]
    if all(name in known for name in names):
        return 0.0
    return 1.0 if _BODY.search(text) else 0.5
