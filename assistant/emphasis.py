"""Emphasis: the few words of an answer that are what was asked for: the sum, the date, the name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.figure_words import CURRENCIES, MONTHS, NUMBER_WORDS, SPANS
from assistant.kinds import QuestionKind
from assistant.question import Question
from assistant.signs import COUNT, DATE, FIGURE, MONEY, SHARE, SPAN, figure_asked
from index.lexical import question_terms, terms
from index.question_words import QUESTION_WORDS
from ingest.sentences import sentence_spans

Span = tuple[int, int]  # offsets into the text of the answer

_MOST_WORDS = 10  # of what is set off; more would be the sentence
_CLOSE = 3  # words between a name and the verb that it goes with
_IN_WORDS = rf"(?<![\w-])(?:[^\W\d_]+-)?(?:{NUMBER_WORDS})(?:-[^\W\d_]+)?(?![\w-])"
_NUMBER = rf"(?:\d[\d.,’'\u00a0]*(?: \d{{3}}\b)*(?<=\d)|{_IN_WORDS})"
_SCALE = (
    r"(?:thousand|million|billion|trillion|milliards?|millions?|millionen|milliarden|mill[oó]n(?:es)?"
    r"|miliardi|milion[ei]|miljoen|miljard|mio|mrd|bn|m|k)\b\.?"
)
_COIN = rf"(?:[€$£¥]|(?:{CURRENCIES})\b)"
_YEAR = r"(?:19|20)\d\d"
_DAY = r"\d{1,2}(?:st|nd|rd|th|er|\.|º)?"
_PERIOD = r"(?:every|each|once|twice|within|all[e]?|tous les|toutes les|cada|ogni|elke|in)"
# How each sort of figure is written as a whole, by the sign that it is told by.
_WRITTEN: dict[re.Pattern[str], str] = {
    SHARE: rf"{_NUMBER}\s?(?:%|(?:per ?cent|pour ?cent|prozent|por ciento|per cento|procent)\b)",
    MONEY: rf"(?:[€$£¥]\s?{_NUMBER}(?:\s?{_SCALE})?|{_NUMBER}\s?{_SCALE}(?:\s(?:de|of|di|d[’']))?"
    rf"(?:\s?{_COIN}|\s[^\W\d_]{{3,}})?|{_NUMBER}\s?{_COIN})",
    DATE: rf"(?:(?<!\d){_DAY}\s(?:de |of )?(?:{MONTHS})\b(?:,?\s(?:de )?{_YEAR})?"
    rf"|(?<!\w)(?:{MONTHS})\s(?:\d{{1,2}}(?:st|nd|rd|th)?,?\s)?{_YEAR}|(?<!\d){_YEAR}(?!\d))",
    SPAN: rf"(?:{_PERIOD}\s(?:an?\s)?(?:{_NUMBER}\s)?|{_NUMBER}[\s-])(?:{SPANS})\b",
    COUNT: rf"(?!{_YEAR}(?!\d)){_NUMBER}",
    FIGURE: rf"{_NUMBER}(?:\s?(?:%|[€$£¥])|\s(?:km/h|km|kilomet\w+|kilomètres?|hectares?|tonnes?"
    rf"|metres?|mètres?|percent|{CURRENCIES}|{SPANS})\b)?",
}
_SMALL = r"(?:of|for|and|the|on|de|du|des|la|le|l[’']|et|di|della|del|y|e|van|voor|en)"
_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w’'-]*"
_NAME = re.compile(rf"{_CAPITAL}(?:\s(?:{_SMALL}\s){{0,3}}{_CAPITAL})*")
_ARTICLE = re.compile(r"the|an?|l[ae]s?|une?|des|el|los|un[ao]|il|lo|gli|de|het|een", re.IGNORECASE)
_PLACED = re.compile(rf"\b(?:in|at|à|en|aux?|te|a|ad)\s(?:the )?({_CAPITAL}(?:\s{_CAPITAL})*)")
_MONTH = re.compile(rf"(?:{MONTHS})", re.IGNORECASE)
_ASKS_PLACE = re.compile(
    r"^(?:and |but |et )?(?:where\b|in (?:which|what) (?:town|city|place|region|country|province)"
    r"|où\b|dans quelle (?:ville|région)|dónde\b|en qué (?:ciudad|región)|dove\b|in quale città"
    r"|waar\b|in welke stad)",
    re.IGNORECASE,
)
# What those do who are asked for by "who".
_LEADS = re.compile(
    r"(?:leads?|led|chair(?:s|ed)?|head(?:s|ed)?|direct(?:s|ed)|manage[sd]?|coordinate[sd]?|run|runs"
    r"|presides?|answers|present(?:s|ed)|publish(?:es|ed)?|dirigée?|préside|présidée?|pilotée?"
    r"|conduit|anime|dirige|preside|guida|leidt)$",
    re.IGNORECASE,
)
_BY = re.compile(r"(?:by|par|por|da|dal|dalla|door)$", re.IGNORECASE)
_APPOSITION = re.compile(r",[^,;:.]{2,60},\s")
# What asks for two things has no few words as its answer, and "why ... when" asks for no date.
_TWOFOLD = re.compile(
    r"\b(?:and|et|und|y|e|en)\b[^?]*\b(?:how|what|which|who|when|where|combien|quel\w*|qui|quand"
    r"|où|wie|was|welche\w*|wer|wann|wo|cuánt\w*|qué|cuál|quién|quant[oaie]|quale|chi|hoe|welke"
    r"|wanneer)\b",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"^(?:why|how come|pourquoi|warum|wieso|por qué|perché|waarom)\b", re.IGNORECASE
)
_MARKER = re.compile(r"\[\d+\]")
_LISTED = re.compile(r"^(?:- |\d{1,2}[.)] )", re.MULTILINE)


def emphasis(question: Question, text: str, language: str | None = None) -> tuple[Span, ...]:
    """Where the words stand that answer a question for a figure, a name or a place.

    ``text`` is the answer; its language is that of what it quotes. Empty for any other question,
    for lists and comparisons, and wherever two expressions might be meant.
    """
    if _TWOFOLD.search(question.asked) or _REASON.search(question.asked):
        return ()
    if _LISTED.search(text) or "**" in text:
        return ()
    asked = set(question_terms(question.focus, language))
    for start, end in _sentences(text, asked, language):
        found = list(_candidates(question, text[start:end], language))
        if found:
            chosen = _only(question.kind, found, text[start:end], asked, language)
            short = chosen and len(text[start:end][slice(*chosen)].split()) <= _MOST_WORDS
            return ((start + chosen[0], start + chosen[1]),) if chosen and short else ()
    return ()


def _sentences(text: str, asked: set[str], language: str | None) -> list[Span]:
    """The sentences of an answer, those with most of the question's words first."""
    spans = []
    begin = 0
    for end in [*(match.start() for match in _MARKER.finditer(text)), len(text)]:
        part = text[begin:end]
        spans += [(begin + start, begin + stop) for start, stop in sentence_spans(part, language)]
        begin = end
    shared = {span: len(asked & set(terms(text[slice(*span)], language))) for span in spans}
    return sorted(spans, key=lambda span: -shared[span])


def _candidates(question: Question, sentence: str, language: str | None) -> Iterator[Span]:
    """What a sentence has of the sort that is asked for, without what the question has itself."""
    said = question.standalone.lower()
    if question.kind is QuestionKind.NUMBER:
        sign = figure_asked(question.standalone)
        for match in re.finditer(_WRITTEN[sign], sentence, re.IGNORECASE):
            figures = re.findall(r"\d+", match[0])
            if not figures or any(figure not in said for figure in figures):
                yield match.start(), match.start() + len(_without_small_word(match[0]))
    elif question.kind is QuestionKind.WHO:
        yield from _names(sentence, said, language)
    elif _ASKS_PLACE.search(question.asked):
        for match in _PLACED.finditer(sentence):
            if not _MONTH.fullmatch(match[1]) and match[1].lower() not in said:
                yield match.span(1)


def _without_small_word(expression: str) -> str:
    """ "500 million" of "500 million from": a small word is no currency."""
    words = expression.rsplit(" ", 1)
    return words[0] if words[-1].lower() in QUESTION_WORDS else expression


def _names(sentence: str, said: str, language: str | None) -> Iterator[Span]:
    """The names in a sentence that the question does not have, with their articles.

    In German every noun has a capital; in the other languages but English a name goes on in small
    letters ("la Direction des routes"). One capital alone is no sure name: "The President".
    """
    for match in _NAME.finditer(sentence):
        words = match[0].split()
        english = language in {"en", None}
        capitals = [word for word in words if word[0].isupper() and not _ARTICLE.fullmatch(word)]
        sure = english or len(capitals) == len(words)
        new = any(word.lower() not in said for word in capitals)
        if (
            language == "de"
            or len(capitals) < 2
            or not sure
            or not new
            or re.search(r"[’']s?$", match[0])
        ):
            continue
        article = re.search(r"\b(?:the|an?) $", sentence[: match.start()], re.IGNORECASE)
        yield (article.start() if article and english else match.start()), match.end()


def _only(
    kind: QuestionKind, found: Sequence[Span], sentence: str, asked: set[str], language: str | None
) -> Span | None:
    """The one that must be meant: the only one, or the only one beside what is asked about."""
    alone = len({sentence[slice(*span)].lower() for span in found}) == 1
    if alone and kind is not QuestionKind.WHO:  # a name may be anybody's
        return found[0]
    beside = [span for span in found if _is_beside(span, sentence, asked, language)]
    if len(beside) == 2 and sentence[beside[0][1] : beside[1][0]] == ", ":
        return beside[0][0], beside[1][1]  # "The Chief Constable, Morwenna Tull, chairs"
    return beside[0] if len(beside) == 1 else None


def _is_beside(span: Span, sentence: str, asked: set[str], language: str | None) -> bool:
    """Whether a number counts what is asked about, or a name does it: "chaired by the mayor"."""

    def goes(word: str) -> bool:
        bare = word.strip(" ,.;:()")
        return bool(_LEADS.fullmatch(bare)) or bool(asked & set(terms(bare, language)))

    before, after = sentence[: span[0]].split(), sentence[span[1] :]
    if before and _BY.search(before[-1]):
        return any(map(goes, before[-1 - _CLOSE : -1]))
    if before and before[-1].endswith(",") and after.startswith(", "):
        return any(map(goes, after[1:].split()[:1]))
    apposition = _APPOSITION.match(after)
    if apposition is not None:
        return any(map(goes, after[apposition.end() :].split()[:1]))
    return any(map(goes, re.split(r"[,;:(]", after)[0].split()[:_CLOSE]))
