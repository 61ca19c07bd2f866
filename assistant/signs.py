"""Signs: what marks a sentence as the answer to a question of some kind."""

from __future__ import annotations

import re

from assistant.kinds import QuestionKind

_NUMBER_WORDS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|hundred|thousand"
    "|million|billion|dozen|half|third|quarter|annual|annually|yearly|monthly|quarterly|weekly"
    "|daily|every|deux|trois|quatre|cinq|sept|huit|neuf|dix|cent|mille|zwei|drei|vier|fünf"
)
_CURRENCIES = "euros?|eur|usd|dollars?|pounds?|francs?|crowns?|chf|yen|marks?|rupees?"
_BECAUSE = (
    "because|since|therefore|thus|so that|in order to|due to|as a result|by [a-z]+ing|through"
    "|owing to|leads? to|to (?:ensure|enable|allow|avoid|prevent|protect|reduce|improve)"
    "|parce que|afin|car|pour|grâce|weil|damit|um"
)
_MEANS = (
    "is|are|means?|refers? to|defined as|understood|denotes?|stands for|désigne|est|signifie"
    "|ist|bezeichnet"
)

FIGURE = re.compile(rf"\d|\b(?:{_NUMBER_WORDS})\b", re.IGNORECASE)
MONEY = re.compile(
    rf"[€$£¥]\s?\d|\d[\d.,\s]*(?:million|billion|milliard|mio|bn|m|k)?\s?(?:[€$£¥]|(?:{_CURRENCIES})\b)"
    r"|\d[\d.,]*\s?(?:millions?|billions?|milliards?|bn)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<=[\w,;:)] )(?:the )?[A-ZÀ-Ý][\w’'-]+|\b[A-Z]{2,}\b")
_REASON = re.compile(rf"\b(?:{_BECAUSE})\b", re.IGNORECASE)
_DEFINITION = re.compile(rf"\b(?:{_MEANS})\b|\(\w+\)|[:–—]", re.IGNORECASE)

_OF_KIND = {
    QuestionKind.NUMBER: FIGURE,
    QuestionKind.WHO: _NAME,
    QuestionKind.REASON: _REASON,
    QuestionKind.DEFINITION: _DEFINITION,
}
_ASKS_MONEY = re.compile(
    r"\b(?:budgets?|costs?|money|funding|spen[dt]|spending|price|salar(?:y|ies)|salaire|coûte\w*"
    rf"|coûts?|financement|kosten|presupuesto|costo|bilancio|{_CURRENCIES})\b|[€$£¥]",
    re.IGNORECASE,
)


def fits(kind: QuestionKind, text: str) -> bool:
    """Whether ``text`` holds what such a question asks for: a figure, a name, a reason."""
    pattern = _OF_KIND.get(kind)
    return pattern is None or bool(pattern.search(text))


def holds_figure(question: str, text: str) -> bool:
    """Whether ``text`` holds a figure, or a sum where the question is about money."""
    return bool((MONEY if _ASKS_MONEY.search(question) else FIGURE).search(text))
