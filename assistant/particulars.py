"""Particulars: the quoted words, figures, names and links of a sentence, to be found in its source.

What a model gets wrong most often, and what harms most, can be compared letter by letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from ingest import Document

_QUOTED = re.compile(r"“([^”]+)”|„([^“”]+)[“”]|«([^»]+)»|\"([^\"]+)\"")
_FIGURE = re.compile(r"\d+(?:[.,   ’']\d{3}(?!\d))+(?:[.,]\d+)?|\d+(?:[.,]\d+)?")
_GROUPED = re.compile(r"[.,   ’'](?=\d{3}(?!\d))")
_SCALES = (
    (re.compile(r"[\s ]*(?:millions?|mio|mn|millionen|millones)\b", re.IGNORECASE), 1e6),
    (re.compile(r"[\s ]*(?:billions?|bn|milliards?|milliarden)\b", re.IGNORECASE), 1e9),
    (re.compile(r"[\s ]*(?:thousands?|mille|tausend|miles)\b", re.IGNORECASE), 1e3),
)
_PERCENT = re.compile(r"[\s ]*(?:%|per ?cent\b|pour ?cent\b|prozent\b|por ciento\b)", re.IGNORECASE)
_NUMBER_WORDS = {
    word: number
    for number, words in {
        2: "two deux zwei dos due twee",
        3: "three trois drei tres tre drie",
        4: "four quatre vier cuatro quattro",
        5: "five cinq fünf cinco cinque vijf",
        6: "six sechs seis sei zes",
        7: "seven sept sieben siete sette zeven",
        8: "eight huit acht ocho otto",
        9: "nine neuf neun nueve nove negen",
        10: "ten dix zehn diez dieci tien",
        11: "eleven onze elf once undici",
        12: "twelve douze zwölf doce dodici twaalf dozen",
        13: "thirteen treize dreizehn",
        14: "fourteen quatorze vierzehn",
        15: "fifteen quinze fünfzehn",
        16: "sixteen seize sechzehn",
        17: "seventeen siebzehn",
        18: "eighteen achtzehn",
        19: "nineteen neunzehn",
        20: "twenty vingt zwanzig veinte venti",
        30: "thirty trente dreißig treinta trenta",
        40: "forty quarante vierzig cuarenta quaranta",
        50: "fifty cinquante fünfzig cincuenta cinquanta",
        60: "sixty soixante sechzig sesenta sessanta",
        70: "seventy siebzig setenta settanta",
        80: "eighty achtzig ochenta ottanta",
        90: "ninety neunzig noventa novanta",
        100: "hundred hundert cien cento",
    }.items()
    for word in words.split()
}
_NUMBER_WORD = re.compile(rf"\b(?:{'|'.join(_NUMBER_WORDS)})\b", re.IGNORECASE)
_COUNTED_WORDS = 2  # after a figure, that may say what it counts
_SHORTEST_COUNTED = 4  # letters
_NEAR_WORDS = 5  # after a figure, among which what it counts must be
_LABEL_LENGTH = 60  # characters before the end of a figure, that may be its label
_PHRASE_END = re.compile(r"[,;:.()\d|]|\b(?:and|or|et|ou|und|oder)\b", re.IGNORECASE)
_YEARS = range(1900, 2100)
_CLAUSE = re.compile(
    r"[,;:()–—]|\b(?:and|but|or|including|which|that|who|while|et|mais|ou|qui|dont"
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
    def figures(self) -> frozenset[tuple[float, bool]]:
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
        lacking += [f"{value:g}" for value, share in self.figures if (value, share) not in known]
        lacking += [sign for sign in self.currencies if sign not in held]
        lacking += [link for link in self.links if link not in source.lower()]
        return lacking + [name for name in self.names if _stem(name) not in lower]

    @cached_property
    def counts(self) -> tuple[tuple[tuple[float, bool], frozenset[str]], ...]:
        """Each figure with the words that it may count: 7, {"polic", "domai"}."""
        found = []
        for value, end in _figures_with_ends(self.sentence):
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
                wrong.append(f"{value:g} {', '.join(sorted(words))}")
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


def figures(text: str) -> frozenset[tuple[float, bool]]:
    """(value, whether it is a percentage) of every figure; "12 million" is 12000000."""
    return frozenset(figure for figure, _ in _figures_with_ends(text))


def denies(text: str) -> bool:
    """Whether there is a negation in it."""
    return bool(_NEGATION.search(text))


def affirmed(text: str) -> str:
    """The clauses of a text that deny nothing."""
    return " ".join(clause for clause in _CLAUSE.split(text) if not denies(clause))


def without_links(text: str) -> str:
    """The text with every address taken out."""
    return _LINK.sub("…", text)


def _figures_with_ends(text: str) -> Iterator[tuple[tuple[float, bool], int]]:
    """Every figure, and where it ends with its scale and sign."""
    for match in _FIGURE.finditer(text):
        plain = _GROUPED.sub("", match[0]).replace(",", ".")
        yield _scaled(float(plain), text, match.end())
    for match in _NUMBER_WORD.finditer(text):
        yield _scaled(float(_NUMBER_WORDS[match[0].lower()]), text, match.end())


def _scaled(value: float, text: str, end: int) -> tuple[tuple[float, bool], int]:
    for scale, factor in _SCALES:
        if match := scale.match(text, end):
            value, end = value * factor, match.end()
            break
    share = _PERCENT.match(text, end)
    return (round(value, 6), share is not None), share.end() if share else end


def _phrase(text: str) -> list[str]:
    """The words that follow a figure; those beyond a comma or "and" are counted by another."""
    return re.findall(r"\w[\w’'-]*", _PHRASE_END.split(text, maxsplit=1)[0])


def _near(text: str, figure: tuple[float, bool]) -> Iterator[str]:
    """The words after each place of a figure, and those before that a colon ties to it."""
    for found, end in _figures_with_ends(text):
        if found == figure:
            yield " ".join(_phrase(text[end:])[:_NEAR_WORDS]).lower()
            before = text[max(end - _LABEL_LENGTH, 0) : end]
            if ":" in before:
                yield before.lower()


def _counts(word: str) -> bool:
    """Whether a word after a figure may be what is counted."""
    lower = word.lower()
    return not (lower in _OPENERS or len(lower) < _SHORTEST_COUNTED or _CURRENCY.fullmatch(lower))


def _currencies(text: str) -> frozenset[str]:
    found = (match[0].lower().removesuffix("s") for match in _CURRENCY.finditer(text))
    return frozenset(_SAME_CURRENCY.get(sign, sign) for sign in found)


def _stem(name: str) -> str:
    return name.lower()[: max(_STEM, len(name) - 3)] if len(name) > _STEM else name.lower()


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())
