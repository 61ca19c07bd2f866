"""Overview: what a document is about: its aim, and its goals or chapters, by its own structure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.citations import CitationList
from assistant.lists import Enumeration, enumerations
from assistant.outline import outline_lists
from assistant.quoting import list_text, sentences_text
from assistant.statements import leans_back
from ingest import Block, BlockKind, Document
from ingest.sentences import sentence_spans

Span = tuple[int, int]

_HALF = 0.5  # share of a document in which it counts off what it is made of
_BEGINNING = 0.3  # share of a document in which it says what it is for
_FIRST_PAGES = 4_000  # characters in which it does so at least
_FEWEST_WORDS, _MOST_WORDS = 8, 60  # of a sentence that states an aim
_FEWEST_ITEMS, _MOST_ITEMS = 3, 12  # of a list of goals
_LABEL = re.compile(r"\w+(?: \w+){0,2}[\s.:–—-]*(?:\d{1,2}|[IVX]+)\W*")  # "Objective IV"
_FEWEST_CHAPTERS, _MOST_CHAPTERS = 4, 12
_DOCUMENT = (
    r"(?:strateg(?:y|ies)|plan|programme?|policy|document|report|paper|stratégie|politique"
    r"|rapport|(?:\w+)?strategie|(?:\w+)?programm|bericht|estrategia|política|informe|strategia"
    r"|piano|politica|beleid|agenda)"
)
# The document, or those who wrote it.
_OWN = (
    r"(?<!if )(?<!si )(?:(?:this|the|our|its|present|cette|la|le|sa|notre|présente|das|die"
    r"|dieses?|unsere?|est[ae]|el|su|nuestra|questo|questa|il|la sua|deze?|het|onze)"
    rf" (?:[\w-]+ ){{0,4}}?{_DOCUMENT}|we|nous|wir|nosotros|noi|wij)"
)
_AIMS = (
    r"(?:aims?|seeks?|wants?|sets out|says|lays down|establishes|explains"
    r"|(?:is )?intend(?:s|ed)|is (?:designed|meant)|commits?|définit|établit|legt"
    r"|vise(?:nt)?|a pour|entend(?:ons)?|veut|voulons|se fixe|se donne|zielt|verfolgt|soll|wollen"
    r"|tiene (?:por|como)|pretende|busca|queremos|mira|si propone|intende|vogliamo|beoogt|wil"
    r"|willen|strekt)"
)
_AIM_NOUN = (
    r"(?:aim|purpose|goal|objective|vision|mission|ambition|objectif|finalité|ziel|zweck"
    r"|objetivo|finalidad|obiettivo|finalità|scopo|doel)"
)
# "This strategy aims to", "the purpose of the plan", "our vision is".
_STATED = re.compile(
    rf"\b{_OWN}\s+{_AIMS}\b|\b{_AIM_NOUN} (?:of|du|de|des|der|del|della|van) (?:l[ae’'] ?)?{_OWN}\b"
    rf"|\b(?:our|notre|unser|nuestro|nostro|ons) (?:[\w-]+ ){{0,2}}{_AIM_NOUN}\b",
    re.IGNORECASE,
)
_AIM = re.compile(rf"\b(?:{_AIM_NOUN} (?:[\w-]+ )?(?:is|est|ist|es|è)\b|{_AIMS}\b)", re.IGNORECASE)
# A sentence about the document's own structure says nothing of what it is for.
_STRUCTURE = re.compile(
    r"\b(?:chapters?|sections?|annex(?:es)?|appendi(?:x|ces)|tables?|figures?|pages?|chapitres?"
    r"|kapiteln?|abschnitte?n?|anhang|capítulos?|capitol[oi]|hoofdstuk\w*)\b",
    re.IGNORECASE,
)
_AIM_SECTION = re.compile(
    r"\b(?:purpose|aims?|objectives?|goals?|vision|targets?|mission|objectifs?|cibles?|finalité"
    r"|ziele?|zweck|leitbild|objetivos?|finalidad|obiettiv[oi]|finalità|doel(?:en|stelling(?:en)?)?"
    r"|visie)\b",
    re.IGNORECASE,
)
# A heading that names such a list says little else: "Our aims", "3. Priority areas".
_LITTLE = re.compile(
    r"\d+|our|the|of|for|by|to|du|de|des|pour|für|bis|der|para|hasta|per|voor|strategic|key|main|general|national|chapter|part|two|three|four|five|six|seven"
    r"|eight|les?|nos|stratégiques?|principaux|trois|quatre|cinq|sept|huit|unsere|die|drei|vier"
    r"|fünf|sechs|los|las|nuestros|estratégicos|tres|cuatro|cinco|i|gli|nostri|strategici|tre"
    r"|quattro|cinque|de|onze|drie|vijf|zes",
    re.IGNORECASE,
)
# What a strategy is made of; the first of these rows that a document has is what is listed.
_BUILT_OF = (
    "pillars|axes|piliers|säulen|pilares|ejes|pilastri|assi|pijlers",
    "goals|objectives|aims|targets|objectifs|ziele|objetivos|obiettivi|doelen|doelstellingen",
    "priorities|areas|domains|fields of action|lines of action|focal points|priorités|domaines"
    "|chantiers|orientations|handlungsfelder|prioritäten|bereiche|prioridades|ámbitos"
    "|líneas de acción|priorità|ambiti|prioriteiten",
    "measures|actions|programmes|mesures|maßnahmen|medidas|misure|maatregelen",
    "principles|themes|principes|thèmes|grundsätze|principios|principi|beginselen",
)
_COUNT = (
    r"(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|deux|trois|quatre|cinq|sept|huit"
    r"|zwei|drei|vier|fünf|sechs|sieben|acht|dos|tres|cuatro|cinco|seis|tre|quattro|cinque|sei"
    r"|drie|vijf|zes)"
)
_ROWS = tuple(re.compile(rf"\b(?:{row})\b", re.IGNORECASE) for row in _BUILT_OF)
# Chapters that every document may have, and that say nothing of this one.
_APPARATUS = re.compile(
    r"^[\W\d]*(?:contents|table of contents|fore ?word|preface|acknowledge?ments?|glossary|index"
    r"|abbreviations|references|bibliography|annex(?:es)?\b.*|appendi(?:x|ces)\b.*|notes|sommaire"
    r"|table des matières|avant-propos|préface|glossaire|inhalt(?:sverzeichnis)?|vorwort|anhang"
    r"|anlage\b.*|índice|prólogo|indice|prefazione|inhoud(?:sopgave)?|voorwoord|bijlage\b.*)\W*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Overview:
    """Spans of a document: the sentence that states its aim, and the list of what it is made of."""

    document: Document
    aim: Span | None
    parts: Enumeration | None

    def text(self, citations: CitationList) -> str:
        """Each line with its citation; empty where the document says neither."""
        said = []
        if self.aim is not None:
            said.append(sentences_text([(self.document, *self.aim)], citations))
        if self.parts is not None:
            said.append(list_text(self.parts, citations))
        return "\n\n".join(said)


def overview(document: Document) -> Overview:
    """What a document says of itself."""
    return Overview(document, _aim(document), _goals(document) or _chapters(document))


def _aim(document: Document) -> Span | None:
    """The sentence that says best what the document is for; none where none says it."""
    weights = {span: _weight(document, span) for span in _early_sentences(document)}
    best = max(weights, key=lambda span: (weights[span], -span[0]), default=None)
    if best is None or not weights[best]:
        return None
    # What is wanted by when often follows: "Our vision is ... By 2030 we want ..."
    follows = next((span for span in weights if span[0] > best[0]), best)
    near = not document.text[best[1] : follows[0]].strip() and weights[follows]
    words = len(document.text[best[0] : follows[1]].split())
    return (best[0], follows[1]) if near and words <= _MOST_WORDS else best


def _early_sentences(document: Document) -> Iterator[Span]:
    """The whole sentences of running text at the beginning, and of sections about the aim."""
    end = max(_BEGINNING * len(document.text), _FIRST_PAGES)
    for block in document.blocks:
        if block.kind is not BlockKind.PARAGRAPH:
            continue
        if block.start > end and not _speaks_of_aims(document, block.start):
            continue
        text = document.text[block.start : block.end]
        for start, stop in sentence_spans(text, document.language):
            sentence = text[start:stop].rstrip()
            words = len(sentence.split())
            whole = sentence.endswith((".", "!", "…"))
            alone = not leans_back(sentence) or _STATED.match(sentence)
            if whole and alone and _FEWEST_WORDS <= words <= _MOST_WORDS:
                yield block.start + start, block.start + stop


def _weight(document: Document, span: Span) -> float:
    """How well a sentence states the aim: above 0 if it does; the earlier the better."""
    text = document.text[slice(*span)]
    stated, speaks = bool(_STATED.search(text)), _speaks_of_aims(document, span[0])
    if _STRUCTURE.search(text) or not (stated or (speaks and _AIM.search(text))):
        return 0.0
    return 1.0 + stated + speaks - span[0] / len(document.text)


def _speaks_of_aims(document: Document, place: int) -> bool:
    section = document.section_at(place)
    return bool(section) and bool(_AIM_SECTION.search(section[-1]))


def _goals(document: Document) -> Enumeration | None:
    """The first list of pillars, or of goals, or of what else strategies are made of."""
    listed = enumerations(document, 0, len(document.text))
    for row, pattern in zip(_BUILT_OF, _ROWS, strict=True):
        found = [
            *outline_lists(document, row.replace("|", " ")),
            *(item for item in listed if _announces(document, item, pattern)),
        ]
        fitting = [item for item in found if _says_what(item)]
        if fitting:
            return min(fitting, key=lambda item: item.items[0])
    return None


def _announces(document: Document, enumeration: Enumeration, nouns: re.Pattern[str]) -> bool:
    """Whether a list is of such things, and of the document's own, not of a project in it."""
    lead = enumeration.lead_text
    own = re.search(rf"\b{_OWN}\b", lead, re.IGNORECASE)
    counted = re.search(rf"\b{_COUNT} (?:[\w-]+ ){{0,2}}(?:{nouns.pattern})", lead, re.IGNORECASE)
    early = enumeration.lead[0] < max(_HALF * len(document.text), _FIRST_PAGES)
    if nouns.search(lead) and (own or (counted and early)):
        return True
    headings = [*document.section_at(enumeration.lead[0])[-1:], lead]
    return any(_only_names(heading, nouns) for heading in headings)


def _only_names(heading: str, nouns: re.Pattern[str]) -> bool:
    if not nouns.search(heading):
        return False
    rest = nouns.sub("", heading)
    return all(_LITTLE.fullmatch(word) for word in re.findall(r"\w+", rest))


def _says_what(enumeration: Enumeration) -> bool:
    """Whether it has as many items as people can hold, and most are more than labels."""
    items = enumeration.item_texts
    labels = sum(bool(_LABEL.fullmatch(item)) for item in items)
    return _FEWEST_ITEMS <= len(items) <= _MOST_ITEMS and labels < _HALF * len(items)


def _chapters(document: Document) -> Enumeration | None:
    """The highest headings below the title."""
    headings = [block for block in document.blocks if block.kind is BlockKind.HEADING]
    title = _title(document, headings)
    if title is None:
        return None
    for level in sorted({block.level for block in headings}):
        named = {
            text.lower(): (block.start, block.end)
            for block in reversed(headings)
            for text in [" ".join(document.text[block.start : block.end].split())]
            if block.level == level and block.start > title[0] and not _APPARATUS.match(text)
        }
        chapters = sorted(named.values())
        if document.paged:  # there headings are told by their looks, and the numbers prove them
            chapters = _numbered(document, chapters)
        if _FEWEST_CHAPTERS <= len(chapters) <= _MOST_CHAPTERS:
            return Enumeration(document, title, tuple(chapters))
    return None


def _numbered(document: Document, headings: Sequence[Span]) -> list[Span]:
    """Those that count 1, 2, 3 ... in order; none where they do not."""
    found: list[Span] = []
    for span in headings:
        number = re.match(r"\D{0,10}?(\d{1,2})\b(?!\.\d)", document.text[slice(*span)])
        if number is not None and int(number[1]) == len(found) + 1:
            found.append(span)
    return found if len(found) >= _FEWEST_CHAPTERS else []


def _title(document: Document, headings: Sequence[Block]) -> Span | None:
    """The first heading that has most of the words of the title; None where none has."""
    words = set(document.title.lower().split())
    for block in headings:
        held = set(document.text[block.start : block.end].lower().split())
        if words and len(words & held) >= _HALF * len(words):
            return block.start, block.end
    return None
