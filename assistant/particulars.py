"""Particulars: the quoted words, figures, names and links of a sentence, to be found in its source.

What a model gets wrong most often, and what harms most, can be compared letter by letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.figures import Figure, figures, figures_with_ends
from ingest import Document

_QUOTED = re.compile(r"“([^”]+)”|„([^“”]+)[“”]|«([^»]+)»|\"([^\"]+)\"")
_RELATIVES = {"whom", "which", "that", "whose", "were", "have"}
_COUNTED_WORDS = 2  # after a figure, that may say what it counts
_SHORTEST_COUNTED = 4  # letters
_NEAR_WORDS = 5  # after a figure, among which what it counts must be
_LABEL_LENGTH = 60  # characters before the end of a figure, that may be its label
_PHRASE_END = re.compile(r"[,;:.()\d|]|\b(?:and|or|et|ou|und|oder)\b", re.IGNORECASE)
_YEARS = range(1900, 2100)
_CLAUSE = re.compile(
    r"[,;:()–—](?!\d)|\b(?:and|but|or|including|which|that|who|while|et|mais|ou|qui|dont"
    r"|und|aber|oder|sondern)\b",
    re.IGNORECASE,
)
_CURRENCY = re.compile(
    r"€|\$|£|¥|\b(?:euros?|eur|usd|gbp|chf|dollars?|pounds?|francs?|crowns?|yen|rupees?)\b",
    re.IGNORECASE,
)
_SAME_CURRENCY = {"euro": "€", "eur": "€", "dollar": "$", "usd": "$", "pound": "£", "gbp": "£"}
_LINK = re.compile(
    r"\b[a-z][a-z0-9+.-]*://\S+|\bwww\.\S+|\b(?:javascript|data|mailto|file):\S+|\S+@\S+\.\w+"
    r"|\b(?:[\w-]+\.)+(?:com|org|net|io|eu|info|example|test|ai|app|dev|xyz|biz)\b\S*",
    re.IGNORECASE,
)
_NAME = re.compile(r"[^\W\d_a-zß-ÿ][\w’'-]*\w")
_ORDINARY = re.compile(r"\w+(?:ing|ly|[ts]ions?|ity|ities|ments?|ness|ances?|ences?|ures?|als?)$")
_OPENERS = frozenset(
    word
    for words in (
        "the a an this that these those it its they their there he she his her we our in on at by",
        "for from with under over after before during since until between both all each every some",
        "most many several few no not as if when where while because although though however",
        "moreover furthermore additionally also besides overall finally first second third firstly",
        "secondly next then thus therefore hence according specifically instead such to of other",
        "others one le la les l un une des du de ce cette ces il elle ils elles en dans par pour",
        "avec selon sous der die das ein eine dieser diese dieses es sie er im in am bei mit nach",
        "für von zu laut",
    )
    for word in words.split()
)
_MOSTLY_CAPITALS = 0.5  # share of capitalised words above which they are no sign of a name
_TELLING = 6  # words of which that share tells something
_STEM = 5  # letters by which "Estonian" is Estonia
_NEGATION = re.compile(
    r"\b(?:not(?! only)|no|never|none|neither|nor|without|cannot|\w+n[’']t"
    r"|pas|jamais|aucune?|sans|nicht|kein\w*|nie(?:mals)?|ohne)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Particulars:
    """What of one sentence has to stand in its source as it is."""

    sentence: str
    documents: tuple[Document, ...]  # whose ordinary words tell names from nouns

    @cached_property
    def quoted(self) -> tuple[str, ...]:
        """Words between quotation marks, letters and digits alone."""
        found = (next(filter(None, match.groups())) for match in _QUOTED.finditer(self.sentence))
        return tuple(filter(None, map(_letters, found)))

    @cached_property
    def figures(self) -> frozenset[Figure]:
        return figures(self.sentence)

    @cached_property
    def currencies(self) -> frozenset[str]:
        return _currencies(self.sentence)

    @cached_property
    def links(self) -> tuple[str, ...]:
        """Addresses of any kind, in lower case."""
        return tuple(
            match[0].rstrip(".,;:)”\"'").lower() for match in _LINK.finditer(self.sentence)
        )

    @cached_property
    def names(self) -> frozenset[str]:
        """Capitalised words, as far as one can tell that they are names."""
        words = re.findall(r"\w[\w’'-]*", self.sentence)
        capitals = _NAME.findall(self.sentence)
        if len(words) >= _TELLING and len(capitals) > _MOSTLY_CAPITALS * len(words):
            return frozenset()  # a heading, or German
        first = words[0] if words else ""
        kept = {re.sub(r"[’']s?$", "", word) for word in capitals if word != first}
        if first in capitals and not self._ordinary(first):
            kept.add(re.sub(r"[’']s?$", "", first))
        return frozenset(word for word in kept if word.lower() not in _OPENERS)

    def missing(self, source: str, around: str = "") -> list[str]:
        """What does not stand in ``source``, nor, but for quoted words, ``around`` it."""
        letters, both = _letters(source), f"{around}\n{source}"
        lower = both.lower()
        known, held = figures(both), _currencies(both)
        lacking = [f"“{words}”" for words in self.quoted if words not in letters]
        lacking += [
            f"{value:,.12g}" for value, share in self.figures if (value, share) not in known
        ]
        lacking += [sign for sign in self.currencies if sign not in held]
        lacking += [link for link in self.links if link not in source.lower()]
        return lacking + [name for name in self.names if _stem(name) not in lower]

    @cached_property
    def counts(self) -> tuple[tuple[Figure, frozenset[str]], ...]:
        """Each figure with the words that it may count: 7, {"polic", "domai"}."""
        found = []
        for value, end in figures_with_ends(self.sentence):
            after = _phrase(self.sentence[end:])[:_COUNTED_WORDS]
            if words := frozenset(_stem(word.rstrip("s")) for word in after if _counts(word)):
                found.append((value, words))
        return tuple(found)

    def miscounts(self, pieces: Sequence[str]) -> list[str]:
        """Figures that stand in none of the pieces beside what they count; years are names."""
        wrong = []
        for (value, share), words in self.counts:
            if value.is_integer() and value in _YEARS:
                continue
            if not any(
                word in near
                for piece in pieces
                for near in _near(piece, (value, share))
                for word in words
            ):
                wrong.append(f"{value:,.12g} {', '.join(sorted(words))}")
        return wrong

    def misplaces(self, pieces: Sequence[str]) -> list[str]:
        """Figures that the pieces give to something else: "the city pays" what the harbour pays.

        A clause with one figure is nearer to the clause that has this figure than to another
        one, of the same piece, that has a figure of its own.
        """
        wrong = []
        for clause in _CLAUSE.split(self.sentence):
            own = figures(clause)
            if len(own) != 1:
                continue
            words = _stems(clause)
            nearness = [
                (near, far)
                for near, far in (_nearness(words, own, piece) for piece in pieces)
                if near is not None
            ]
            if nearness and all(near < far for near, far in nearness):
                wrong += [f"{value:,.12g}" for value, _ in own]
        return wrong

    @property
    def denies(self) -> bool:
        return denies(self.sentence)

    def _ordinary(self, word: str) -> bool:
        """Whether a word that begins the sentence is no name, but has its capital from there."""
        lower = word.lower()
        if lower in _OPENERS or _ORDINARY.match(lower):
            return True
        pattern = re.compile(rf"\b{re.escape(lower[:_STEM])}")
        return any(pattern.search(document.text) for document in self.documents)


def denies(text: str) -> bool:
    """Whether there is a negation in it."""
    return bool(_NEGATION.search(text))


def affirmed(text: str) -> str:
    """The clauses of a text that deny nothing."""
    return " ".join(clause for clause in _CLAUSE.split(text) if not denies(clause))


def without_links(text: str) -> str:
    """The text with every address taken out."""
    return _LINK.sub("…", text)


def _phrase(text: str) -> list[str]:
    """The words that follow a figure; those beyond a comma or "and" are counted by another."""
    return re.findall(r"\w[\w’'-]*", _PHRASE_END.split(text, maxsplit=1)[0])


def _near(text: str, figure: Figure) -> Iterator[str]:
    """The words after each place of a figure, and those before that a colon ties to it."""
    for found, end in figures_with_ends(text):
        if found == figure:
            yield " ".join(_phrase(text[end:])[:_NEAR_WORDS]).lower()
            before = text[max(end - _LABEL_LENGTH, 0) : end]
            if ":" in before:
                yield before.lower()


def _counts(word: str) -> bool:
    """Whether a word after a figure may be what is counted."""
    lower = word.lower()
    return not (
        lower in _OPENERS | _RELATIVES
        or len(lower) < _SHORTEST_COUNTED
        or _CURRENCY.fullmatch(lower)
    )


def _nearness(
    words: frozenset[str], figure: frozenset[Figure], piece: str
) -> tuple[int | None, int]:
    """Words shared with the clauses that hold the figure, None without any, and with others."""
    near: list[int] = []
    far = [0]
    for clause in _CLAUSE.split(piece):
        held = figures(clause)
        if held:
            (near if figure <= held else far).append(len(words & _stems(clause)))
    return max(near, default=None), max(far)


def _stems(clause: str) -> frozenset[str]:
    words = re.findall(r"[^\W\d_]+", clause.lower())
    return frozenset(word[:_STEM] for word in words if word not in _OPENERS)


def _currencies(text: str) -> frozenset[str]:
    found = (match[0].lower().removesuffix("s") for match in _CURRENCY.finditer(text))
    return frozenset(_SAME_CURRENCY.get(sign, sign) for sign in found)


def _stem(name: str) -> str:
    return name.lower()[: max(_STEM, len(name) - 3)] if len(name) > _STEM else name.lower()


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())
