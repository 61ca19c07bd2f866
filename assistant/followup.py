"""Followup: a question that leans on those before it, as one that stands by itself.

No model is asked: a name or a year takes the place of the one before it, a pronoun gives way to
what it stands for, an item of the last answer's list is named, and where nothing can be put in
its place the topic follows in brackets. Whatever is carried over comes from the words of the
conversation, so that the person who asked can see, and correct, what was understood.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant import anaphora
from assistant.answer import History
from assistant.kinds import QuestionKind, kind_of
from assistant.substitution import EDITION, in_place_of, name_in, possessive
from assistant.topic import Topic, anchor, entity, items, names, spoken_of, topic, year_of

_TURNS = 6  # questions looked back at: a topic older than this is none any more
_FEW_WORDS = 4  # a question this short goes on with the one before it
_BRIEF = 6  # words of "and in the 2018 one?"
_LONGEST_LIST = 40  # words of the items among which one is sought
_LONGEST = 300  # characters that are read of a question in the history ...
_LONGEST_ANSWER = 3_000  # ... and of an answer, which may hold a list


@dataclass(frozen=True, slots=True)
class Thread:
    """What a conversation is about so far."""

    question: str  # the last one, standing by itself
    answer: str
    named: str  # the last question that names a country, a body or a document, or ""

    @property
    def topic(self) -> Topic:
        """What the last question asked about; where it named nothing, what the one before did."""
        return topic(self.named or self.question)

    @property
    def body(self) -> str:
        """The office or person that was asked for and answered, or ""."""
        return entity(self.answer) if self.asked_for_somebody else ""

    @property
    def asked_for_somebody(self) -> bool:
        return kind_of(self.question) is QuestionKind.WHO


def standalone(asked: str, history: History | None) -> str:
    """The question with what it takes from the history; as it is where it takes nothing."""
    thread: Thread | None = None
    for question, answer in _exchanges(history):
        full = _resolved(question, thread)
        named = full if spoken_of(full) else thread.named if thread else ""
        thread = Thread(full, answer, named)
    return _resolved(asked, thread)


def _exchanges(history: History | None) -> list[tuple[str, str]]:
    exchanges: list[tuple[str, str]] = []
    for turn in history or ():
        content = turn.get("content", "")
        if turn.get("role") == "user" and any(char.isalnum() for char in content):
            exchanges.append((" ".join(content[:_LONGEST].split()), ""))
        elif turn.get("role") == "assistant" and exchanges:
            exchanges[-1] = (exchanges[-1][0], content[:_LONGEST_ANSWER])
    return exchanges[-_TURNS:]


def _resolved(asked: str, thread: Thread | None) -> str:
    if thread is None:
        return asked
    rest = anaphora.CONNECTIVE.sub("", asked).strip()
    if not rest:
        return _continued(asked, thread)
    item = _ordinal(rest, thread)
    target = None if item else _elliptical(asked, rest)
    if target is not None:
        return _varied(target, rest, thread)
    found = (
        item
        or _of_those(rest, thread)
        or _why(rest, thread)
        or _pronoun(rest, thread)
        or _leaning(rest, thread, connected=rest != asked)
    )
    if found is None and rest == asked:
        return asked
    told = _capital(found or rest)
    return f"¿{told}" if asked.startswith("¿") and "¿" not in told else told


def _elliptical(asked: str, rest: str) -> str | None:
    """ "the 2018 one" of "And what about the 2018 one?"; None for a question that has a verb."""
    target = anaphora.ABOUT.sub("", rest)
    bare = target.strip(" ?!.¿¡\u00a0")
    pronouns = anaphora.PRONOUNS[anaphora.language(bare)]
    if not bare or anaphora.INTERROGATIVES.search(bare) or pronouns.search(bare):
        return None
    if re.match(rf"(?:{anaphora.PREPOSITIONS}|{anaphora.ARTICLES})\b", bare, re.IGNORECASE):
        bare = bare[0].lower() + bare[1:]
    if target != rest:
        return bare
    verbal = anaphora.VERB_FIRST.match(bare) or anaphora.IMPERATIVE.match(bare)
    connected = rest != asked
    begins = re.match(rf"(?:{anaphora.PREPOSITIONS})\b", bare, re.IGNORECASE) or re.search(
        rf"\b(?:{EDITION}|celle|celui)\b", bare, re.IGNORECASE
    )
    if verbal or not (connected or begins) or len(bare.split()) > _BRIEF:
        return None
    return bare


def _varied(target: str, rest: str, thread: Thread) -> str:
    """The last question with another year, another name, or one more aspect."""
    question = thread.question
    if name_in(target) and anchor(question) is None and thread.named:
        question = _anchored(question, thread)
    changed = in_place_of(question, target)
    if changed is not None:
        return changed
    if name_in(target) or anaphora.YEARS.search(target):
        return _bracketed(question, re.sub(r"\bone$", "edition", target))
    if re.match(rf"(?:{anaphora.ARTICLES})(?:\s|(?<=['’]))", target, re.IGNORECASE):
        return _continued(_capital(rest), thread)
    if anaphora.ABOUT.match(rest):
        return _joined(rest, thread)
    return f"{question.rstrip(' ?!.')}, {rest[0].lower()}{rest[1:]}"


def _ordinal(rest: str, thread: Thread) -> str | None:
    """ "the second one" is the second item of the answer's list."""
    found = anaphora.ORDINAL.search(rest)
    if found is None:
        return None
    listed, place = items(thread.answer), anaphora.ORDINAL_NUMBERS[found["word"].lower()]
    if place >= len(listed):
        return None if names(rest) else _continued(rest, thread)
    item = re.sub(r"^an?\s+", "the ", listed[place])
    item = item if item.startswith("the ") else f"“{item}”"
    tail = re.sub(r"^\s+of (?:those|these|them)\b", "", rest[found.end() :], flags=re.IGNORECASE)
    return _anchored(f"{rest[: found.start()]}{item}{tail}", thread)


def _of_those(rest: str, thread: Thread) -> str | None:
    """ "which of those": of what the last question asked for."""
    found = anaphora.OF_THOSE.search(rest)
    if found is None:
        return None
    told, listed = topic(thread.question), "; ".join(items(thread.answer))
    if found[0].lower().startswith("of ") and told.text.startswith("the ") and told.plural:
        rest = f"{rest[: found.start()]}of {told.text}{rest[found.end() :]}"
    elif not listed:
        return _continued(rest, thread)
    if listed and len(listed.split()) <= _LONGEST_LIST:
        rest = f"{rest.rstrip(' ?!.')}: {listed}?"
    return _anchored(rest, thread)


def _why(rest: str, thread: Thread) -> str | None:
    """ "Why?" after a question that begins with its verb."""
    word = re.fullmatch(
        r"(why|pourquoi|warum|wieso|weshalb|por qué|perché|waarom)\s*\??", rest.strip("¿ "), re.I
    )
    if word is None or not anaphora.VERB_FIRST.match(thread.question):
        return None
    question = thread.question.lstrip("¿")
    return f"{word[1]} {question[0].lower()}{question[1:]}"


def _pronoun(rest: str, thread: Thread) -> str | None:
    """ "it" gives way to what the last question asked about, or for; where that is clear."""
    found = _pointing(rest)
    if found is None:
        return None
    word, meant = found[0].lower(), _meant(found[0].lower(), rest, thread)
    before, after = rest[: found.start()], rest[found.end() :]
    held = spoken_of(thread.named)
    if word == "there" and held is not None:
        place = held.text if held.possessive else thread.named[held.start : held.end]
        if thread.body:
            return _anchored(f"{before}at {thread.body}{after}", thread)
        return f"{before}{'on' if held.placed == 'on' else 'in'} {place}{after}"
    if thread.asked_for_somebody and not meant:
        return _joined(rest, thread)
    if not meant or len(before.split()) > _FEW_WORDS * 2 or "?" in before:
        return _continued(rest, thread)
    if word in {"it", "they", "them", "he", "she", "him"}:
        return _anchored(f"{before}{meant}{after}", thread)
    if word in {"its", "their", "his"} and len(meant.split()) <= _BRIEF:
        return _anchored(f"{before}{possessive(meant)}{after}", thread)
    return _continued(rest, thread)


def _meant(word: str, rest: str, thread: Thread) -> str:
    """What an English pronoun stands for, or "" where that is not clear."""
    told = thread.topic
    document = anaphora.DETERMINED.search(f"the {told.head}") is not None
    if word in {"he", "she", "him", "his"}:
        return thread.body
    if thread.asked_for_somebody and (anaphora.OF_A_BODY.search(rest) or not document):
        return thread.body
    if not told.alone or (word in {"they", "them", "their"} and not told.plural):
        return ""
    # "How much does it cost?" after "What are the goals of the water plan?": the plan.
    whole = anaphora.QUALIFIED.search(told.text) if word in {"it", "its"} and told.plural else None
    return whole[0] if whole else told.text


def _pointing(rest: str) -> re.Match[str] | None:
    """The first pronoun that points outside of the question, or None."""
    text = rest
    for match in anaphora.EXPLETIVE.finditer(rest):
        text = text[: match.start()] + " " * len(match[0]) + text[match.end() :]
    found = anaphora.PRONOUNS[anaphora.language(rest)].search(text)
    if found is None or any(name.end <= found.start() for name in names(rest)):
        return None  # "How will Kenya train its police?" names whom it means
    return found


def _leaning(rest: str, thread: Thread, *, connected: bool) -> str | None:
    """Short or open questions, those that begin with "And", and those of "the strategy"."""
    own = names(rest) or anaphora.YEARS.search(rest) or anaphora.QUALIFIED.search(rest)
    points = anaphora.DEMONSTRATIVES[anaphora.language(rest)].search(rest) and not own
    determined = None if own else anaphora.DETERMINED.search(rest)
    few = len(rest.split()) <= _FEW_WORDS and not own and not _defines(rest)
    begins = connected and not own
    if not (points or determined or few or begins):
        return None
    told = thread.topic
    verbal = anaphora.INTERROGATIVES.search(rest) or anaphora.VERB_FIRST.match(rest)
    if not (points or determined or begins or verbal):
        return _placed(rest, thread)
    if determined and told.alone and determined[0].lower().endswith(f" {told.head.lower()}"):
        return f"{rest[: determined.start()]}{told.text}{rest[determined.end() :]}"
    year = year_of(thread.answer) if points and anaphora.FIGURE_NOUNS.search(rest) else ""
    return _continued(rest, thread, also=year or (thread.body if begins else ""))


def _defines(rest: str) -> bool:
    """ "What is a botnet?" is whole, short as it is."""
    return bool(
        re.match(
            r"(?:what (?:is|are)|define|qu['’]est-ce qu|que signifie|was (?:ist|sind|bedeutet)"
            r"|qué (?:es|significa)|che cos['’]è|wat (?:is|betekent))\s+(?!that|this|it\b)\S+",
            rest.strip("¿ "),
            re.IGNORECASE,
        )
    )


def _continued(rest: str, thread: Thread, also: str = "") -> str:
    """With the topic in brackets: "Since when (the harbour plan)?"

    Where more than one thing may be meant, and nothing says which, the last question comes first.
    """
    clear = thread.topic.alone and not anaphora.VERB_FIRST.match(thread.question)
    if not thread.topic.text or not (clear or also):
        return _joined(rest, thread)
    told = f"{thread.topic.text}; {also}" if also else thread.topic.text
    return _anchored(_bracketed(rest, told), thread)


def _joined(rest: str, thread: Thread) -> str:
    """ "Did the plan change the fee? Since when?" Of two questions the first holds the topic."""
    first = re.sub(r"(?<=\?) .*", "", thread.question)
    return _anchored(f"{first.rstrip(' .')} {_capital(rest)}", thread)


def _anchored(question: str, thread: Thread) -> str:
    """With the country, body or document that is spoken of, where the question lost it."""
    held = spoken_of(thread.named)
    if held is None or held.text.lower() in question.lower():
        return question
    told = topic(thread.named)
    return _bracketed(question, told.text if told.alone else held.text)


def _placed(rest: str, thread: Thread) -> str:
    """A word or two to look for, in the document or the country that was spoken of."""
    held = spoken_of(thread.named)
    return _bracketed(rest, held.text) if held else rest


def _bracketed(question: str, told: str) -> str:
    """ "Since when (the harbour plan)?" """
    text = question.rstrip(" ?!.\u00a0")
    mark = " ?" if re.search(r"[ \u00a0]\?$", question) else "?"
    if told.lower() in text.lower():
        return f"{text}{mark}"
    return f"{text} ({told}){mark}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
