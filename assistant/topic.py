"""Topic: what a question is about, as a noun phrase, and what its answer named."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.anaphora import (
    ARTICLES,
    CONNECTIVE,
    IMPERATIVE,
    INTERROGATIVES,
    PREPOSITIONS,
    QUALIFIED,
    VERB_FIRST,
    YEARS,
    language,
)

LONGEST_TOPIC = 16  # words; more are no noun phrase
_LONGEST_NAME = 9  # words of what an answer begins with, such as an office
_LONGEST_ITEM = 30  # words of a list's item
_CAPITALISED = r"[^\W\d_a-zß-öø-ÿ][\w&'’-]*"
_NAME = re.compile(  # "the Sable Islands"; of "the Port Office of Norvale" both parts by themselves
    rf"(?:(?P<article>\b{ARTICLES})\s*)?"
    rf"(?P<name>(?<!\w){_CAPITALISED}(?:\s+(?:(?:and|et|und|y|e)\s+)?{_CAPITALISED})*)"
)
_TITLE_WORD = re.compile(
    r"strategy|plan|policy|programme?|action|national|cyber|cybersecurity|report|edition|stratégie"
    r"|politique|nationale|agenda|strategie|programm|estrategia|strategia|an?|the|i"
)
_AUXILIARY = re.compile(
    r"is|are|was|were|do|does|did|has|have|had|will|would|can|could|may|must|should|shall",
    re.IGNORECASE,
)
# Verbs that end the subject of an English question ("does the plan *say*").
_VERB = re.compile(
    r"(?:achieve|aim|allow|belong|call|chair|contain|coordinate|cost|decide|define|depend|describe"
    r"|expect|explain|give|happen|head|implement|include|intend|involve|keep|lead|make|manage"
    r"|mean|meet|mention|need|oversee|pay|propose|protect|provide|require|run|say|see|settle|sit"
    r"|spend|take|think|understand|want|work)s?"
    r"|address(?:es)?|appl(?:y|ies)|bans?|become|begins?|consist|covers|gets?|hope|puts?|supports"
    r"|tr(?:y|ies)|adopted|created|established|launched|presented|published|released|written",
    re.IGNORECASE,
)
# These are nouns as often: they end it after a name, before an object, and at the end.
_NOUN_TOO = re.compile(r"change|cover|end|fund|measure|name|plan|rank|report|set|support|train")
_GERMAN = re.compile(r"(?:wer|wem|wen|welche[rsnm]?|wann|wo|warum|wieso|wie)\b", re.IGNORECASE)
_FRENCH_VERB = re.compile(
    r"\s(?:est|sont|a|ont|assure|anime|conduit|coordonne|dirige|gère|mène|pilote|préside|publie"
    r"|remet|veille)\s"
)
_MARKER = re.compile(r"\s*\[\d+\]")
_BULLET = re.compile(r"^\s*(?:[-*•–]|\(?(?:\d{1,2}|[a-z])[.)])\s+")


@dataclass(frozen=True, slots=True)
class Name:
    """A proper name in a question, with the article and the sign of possession around it."""

    start: int
    end: int
    text: str  # without the article
    possessive: bool  # "Kenya's"
    placed: str  # the preposition before it, or ""

    @property
    def weight(self) -> int:
        """How likely it names the document or the country rather than a thing in it."""
        return 2 * self.possessive + bool(self.placed)


def names(question: str) -> list[Name]:
    """The proper names of a question, in order."""
    found = []
    spoken = language(question)
    for match in _NAME.finditer(question):
        text, start, begin = match["name"], match.start("name"), match.start()
        if spoken != "nl" and (match["article"] or "").lower() == "de":
            begin = start  # "de Chile": no article, but a preposition
        possessive = re.search(r"['’]s?$", text) is not None
        text = re.sub(r"['’]s?$", "", text)
        words = text.lower().split()
        if all(_TITLE_WORD.fullmatch(word) for word in words) or INTERROGATIVES.fullmatch(words[0]):
            continue
        if (
            not question[:start].strip("¿¡ ")
            and not possessive
            and len(words) == 1
            and not text.isupper()
        ):
            continue  # any word is capitalised there
        before = question[:begin].rstrip()
        placed = re.search(rf"\b({PREPOSITIONS})$", before, re.IGNORECASE)
        of = (match["article"] or "").lower() == "der" and not placed  # "die Strategie der Schweiz"
        if (
            spoken == "de"
            and not of
            and not re.search(r"\b(?:in|aus|von|nach)$", before, re.IGNORECASE)
        ):
            continue
        found.append(Name(begin, match.end(), text, possessive, placed[1] if placed else ""))
    return found


def anchor(question: str) -> Name | None:
    """The name that says which country, body or document a question is about."""
    return max(names(question), key=lambda name: (name.weight, name.start), default=None)


def spoken_of(question: str) -> Name | None:
    """The same, or a document by what it is about: "the housing policy"."""
    found = QUALIFIED.search(question)
    described = found and Name(found.start(), found.end(), found[0], possessive=False, placed="")
    return anchor(question) or described


@dataclass(frozen=True, slots=True)
class Topic:
    """The noun phrase that a question asks about."""

    text: str
    alone: bool  # nothing else in the question could be meant by "it"

    @property
    def head(self) -> str:
        """The noun that the rest belongs to: "plan" of "the harbour plan of Port Merrow"."""
        phrase = re.split(rf"\s(?:{PREPOSITIONS}|who|that|which)\s", self.text)[0]
        return phrase.rpartition(" ")[2]

    @property
    def plural(self) -> bool:
        """Whether "they" may stand for it."""
        return re.search(r"[^su]s$", self.head) is not None or " and " in self.text


def topic(question: str) -> Topic:
    """What a question asks about; no text where no noun phrase shows.

    "How often does the Harbour Board of Port Merrow meet?" -> "the Harbour Board of Port Merrow".
    """
    text = CONNECTIVE.sub("", question).strip(" ?!.¿¡\u00a0")
    added = re.fullmatch(r"(?P<main>.*\S) \((?P<told>[^()]+)\)", text)
    if added:  # what an earlier question took from one before it
        main = topic(added["main"])
        return Topic("", alone=False) if main.alone else Topic(added["told"], alone=True)
    subject = _subject(text.split())
    told = subject or _after_verb(text)
    if not told or len(told.split()) > LONGEST_TOPIC:
        return Topic("", alone=False)
    # "Wie viel Geld kostet das Programm": beside the verb there is one more thing to be meant.
    asked_for = INTERROGATIVES.sub("", text.partition(told)[0]).split()
    if not subject and len(asked_for) > 1:
        return Topic(told, alone=False)
    rest = text.partition(told.removeprefix("the "))[2].split()
    more = len(rest) > 3 or any(
        re.fullmatch(ARTICLES, word, re.IGNORECASE) or word[:1].isupper() for word in rest
    )
    return Topic(told, alone=not more and " " in text)


def _subject(words: list[str]) -> str:
    """The subject of an English question, or what its "which ..." or "how many ..." asks for."""
    lower = [word.lower().strip(",") for word in words]
    if len(words) < 3:
        return ""
    asked_for = 2 if lower[:2] in (["how", "many"], ["how", "much"]) else 1
    counted = lower[0] in {"which", "what"} or asked_for == 2
    if counted and not _AUXILIARY.fullmatch(lower[asked_for]):
        stop = next((i for i in range(asked_for + 1, len(words)) if _ends(words, i)), None)
        if stop is not None:
            return _asked_for(words, asked_for, stop)
    place = next((i for i, word in enumerate(lower[:5]) if _AUXILIARY.fullmatch(word)), None)
    if place is not None and (place == 0 or INTERROGATIVES.fullmatch(lower[0])):
        told = _until_verb(words[place + 1 :], verbal=lower[place] in {"do", "does", "did"})
        return re.sub(r"^(?:in charge of|responsible for|there)\s+", "", told)
    return _until_verb(words[2:]) if lower[0] in {"who", "what"} else ""


def _asked_for(words: list[str], start: int, stop: int) -> str:
    """Of "which target does the plan set": the target of the plan."""
    head = "the " + " ".join(words[start:stop])
    rest = words[stop + 1 :]
    if words[stop].lower() in {"is", "are", "was", "were"} and re.match(
        rf"{ARTICLES}\b", " ".join(rest)
    ):
        return " ".join(rest)
    if words[stop].lower() in {"do", "does", "did"} and rest:
        return f"{head} of {_until_verb(rest, verbal=True)}"
    if rest and rest[0].lower() == "there":
        rest = rest[1:]
    if rest and re.fullmatch(PREPOSITIONS, rest[0], re.IGNORECASE):
        return f"{head} {' '.join(rest)}"
    if _AUXILIARY.fullmatch(words[stop]):
        return head
    return " ".join(rest)


def _ends(words: list[str], place: int) -> bool:
    """Whether a verb stands at this place: what comes before it was the noun phrase."""
    word = words[place].lower().strip(",")
    if _NOUN_TOO.fullmatch(word):
        follower = words[place + 1] if place + 1 < len(words) else ""
        object_ = re.fullmatch(rf"(?:{ARTICLES}|about|how|its|their)", follower, re.IGNORECASE)
        before = words[place - 1]
        named = before[:1].isupper() and not re.search(r"['’]s?$", before)
        return named or object_ is not None
    return bool(_AUXILIARY.fullmatch(word) or _VERB.fullmatch(word))


def _after_name(words: list[str], place: int) -> bool:
    """Whether this is the verb of "does Kenya build": no noun stands right after a name."""
    before, word = words[place - 1], words[place]
    named = before[:1].isupper() and not re.search(r"['’]s?$|,$", before)
    joins = re.fullmatch(rf"{PREPOSITIONS}|and|or", word, re.IGNORECASE)
    return named and word[:1].islower() and not joins


def _until_verb(words: list[str], *, verbal: bool = False) -> str:
    """The words before the next verb; with ``verbal`` a verb must come, at the end if need be."""
    last = len(words) - 1
    stop = next(
        (
            i
            for i in range(1, len(words))
            if _ends(words, i)
            or (verbal and _after_name(words, i))
            or (verbal and i == last and _NOUN_TOO.fullmatch(words[i].lower()))
        ),
        len(words),
    )
    return " ".join(words[:stop]).rstrip(" ,")


def _after_verb(text: str) -> str:
    """What follows the first article after the question's own words."""
    if not (INTERROGATIVES.match(text) or VERB_FIRST.match(text) or IMPERATIVE.match(text)):
        return ""
    start = re.search(rf"(?<=\s)(?:{ARTICLES}(?:\s|(?<=['’]))|du\s|au\s)", text, re.IGNORECASE)
    if start is None:
        return ""
    told = text[start.start() :]
    if _GERMAN.match(text):  # a verb's other half stands at the end: "steht für den Plan bereit"
        told = re.sub(rf"(?<=\s)({_CAPITALISED})\s[a-zß-ü]+$", r"\1", told)
    return told


def entity(answer: str) -> str:
    """The office, body or person that an answer begins with, or "" where it begins otherwise."""
    first = re.split(r"(?<=\w)[,;:.](?:\s|$)|\s\(", plain_answer(answer), maxsplit=1)[0]
    match = re.match(
        rf"(?:{ARTICLES}\s*)?{_CAPITALISED}"
        rf"(?:\s+(?:(?:of|and|for|the|de|du|des|la|et|für|und|y|di|van)\s+){{0,3}}{_CAPITALISED})*",
        first,
    )
    if match is None:
        return ""
    # French writes only the first word of a body's name with a capital.
    french = re.match(rf"(?:L['’]|La |Le ){_CAPITALISED}", first)
    first = _FRENCH_VERB.split(first, maxsplit=1)[0] if french else first
    told = first if french and len(first.split()) <= _LONGEST_NAME else match[0]
    capitals = re.findall(_CAPITALISED, re.sub(rf"^{ARTICLES}\s+", "", told, flags=re.IGNORECASE))
    bare = len(told.split()) == 1 and len(first.split()) > 1  # "It covers ...": a sentence
    if not capitals or bare or len(told.split()) > _LONGEST_NAME:
        return ""
    article = re.match(rf"{ARTICLES}(?=\s|(?<=['’]))", told, re.IGNORECASE)
    return told[0].lower() + told[1:] if article else told


def items(answer: str) -> list[str]:
    """The items of the list that an answer holds: its lines, or what its commas part."""
    lines = [line for line in answer.splitlines() if line.strip()]
    listed = [_BULLET.sub("", line) for line in lines if _BULLET.match(line)]
    if len(listed) < 2:
        text = plain_answer(answer)
        tail = text.partition(": ")[2].rstrip(" .") or text.rstrip(" .")
        parts = re.split(r"\s*;\s*(?:and\s+)?", tail)
        if len(parts) < 2 and ": " in text:
            parts = re.split(r",\s*(?:and|et|und|y|e|en)?\s+|\s+(?:and|et|und|y|e|en)\s+", tail)
        listed = parts if len(parts) > 1 else []
    cleaned = [plain_answer(item).rstrip(" .;,") for item in listed]
    return [item for item in cleaned if 0 < len(item.split()) <= _LONGEST_ITEM]


def year_of(answer: str) -> str:
    """The only year that the first sentence of an answer holds, or ""."""
    found = YEARS.findall(plain_answer(answer).partition(". ")[0])
    return found[0] if len(set(found)) == 1 else ""


def plain_answer(answer: str) -> str:
    """An answer's words without the markers of its citations and without Markdown's emphasis."""
    return " ".join(_MARKER.sub("", answer).replace("**", "").split())
