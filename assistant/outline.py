"""Outline lists: the pillars, goals, principles ... that the structure of a document sets out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from assistant.kinds import many_nouns
from assistant.lists import Enumeration, enumerations
from ingest import Block, BlockKind, Document

Span = tuple[int, int]

_FEWEST, _MOST = 2, 20  # items; what is longer is a table of contents, not an answer
_LABEL_WORDS = 3  # of a heading that only counts: "PILLAR I", "Goal no. 2"
_COUNTED = re.compile(
    r"[^\W\d_]+[\s.:–—-]*(?:n[o°]\.?\s*)?(?:\d{1,2}|[ivx]{1,5}|one|two|three|four|five|six|seven"
    r"|eight|nine|ten|un|deux|trois|quatre|cinq|sept|huit|neuf|dix|eins|zwei|drei|vier|fünf)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"^\(?(?:\d{1,2}\.?)+\)?\s+")


def outline_lists(document: Document, question: str) -> list[Enumeration]:
    """The lists that headings make up, of such things as the question asks for.

    Either the headings count them ("Pillar I: ...", "Pillar II: ..."), or they are the sections
    of one that names them ("4. Basic principles").
    """
    nouns = {_stem(noun) for noun in many_nouns(question)}
    if not nouns:
        return []
    headings = [block for block in document.blocks if block.kind is BlockKind.HEADING]
    found = [*_counted(document, headings, nouns), *_sections(document, headings, nouns)]
    return [item for item in found if _FEWEST <= len(item.items) <= _MOST]


def announced_lists(document: Document, question: str) -> list[Enumeration]:
    """What follows the sentences that announce such things as the question asks for.

    "We have four goals:" may be followed by a list of any kind, and stand anywhere.
    """
    nouns = {_stem(noun) for noun in many_nouns(question)}
    found: list[Enumeration] = []
    for block in document.blocks if nouns else ():
        text = document.text[block.start : block.end].rstrip()
        if block.kind is BlockKind.PARAGRAPH and text.endswith(":"):
            found += enumerations(document, block.start, block.end)
    return [
        item for item in found if any(_stem(noun) in nouns for noun in many_nouns(item.lead_text))
    ]


def _counted(
    document: Document, headings: Sequence[Block], nouns: Collection[str]
) -> Iterator[Enumeration]:
    """Headings that begin with one of the nouns and a number."""
    for noun in sorted(nouns):
        items: dict[str, Span] = {}
        for index, block in enumerate(headings):
            text = _text(document, block)
            label = _COUNTED.match(text)
            if label is None or not text.lower().startswith(noun):
                continue
            end = block.end
            following = headings[index + 1 : index + 2]
            if (
                len(text.split()) <= _LABEL_WORDS
                and following
                and not _between(document, block, following[0])
            ):
                end = following[0].end  # the number on one line, the name on the next
            items.setdefault(label[0].lower(), (block.start, end))
        if items:
            first = min(items.values())
            lead = _above(headings, first[0])
            if lead is not None:
                yield Enumeration(document, lead, tuple(sorted(items.values())))


def _sections(
    document: Document, headings: Sequence[Block], nouns: Collection[str]
) -> Iterator[Enumeration]:
    """The sections right below a heading that has one of the nouns."""
    for index, block in enumerate(headings):
        if not any(_stem(noun) in nouns for noun in many_nouns(_text(document, block))):
            continue
        below: list[Block] = []
        for other in headings[index + 1 :]:
            if other.level <= block.level:
                break
            below.append(other)
        level = min((other.level for other in below), default=0)
        items = [other for other in below if other.level == level]
        yield Enumeration(
            document, (block.start, block.end), tuple((item.start, item.end) for item in items)
        )


def _above(headings: Sequence[Block], start: int) -> Span | None:
    """The heading that a place stands under, one level up from the one that begins there."""
    own = next(block for block in headings if block.start == start)
    over = [block for block in headings if block.start < start and block.level < own.level]
    before = over[-1:] or [block for block in headings if block.start < start][-1:]
    return (before[0].start, before[0].end) if before else None


def _stem(noun: str) -> str:
    """The letters by which "PILLAR ONE" is one of the pillars, and "Axe 1" one of the axes."""
    return noun[: min(len(noun) - 1, 5)]


def _between(document: Document, one: Block, other: Block) -> str:
    return document.text[one.end : other.start].strip()


def _text(document: Document, block: Block) -> str:
    """A heading without the number of its section."""
    return _NUMBER.sub("", document.text[block.start : block.end].strip(), count=1)
