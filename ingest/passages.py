"""Passages: what is searched and cited. Cut along sections, never through a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest.contents import LEADERS
from ingest.document import Block, BlockKind, Document, Passage
from ingest.sentences import sentence_spans

# Words. The encoder reads 256 tokens, about 190 English words. Of the sizes tried (110, 140, 160,
# 180, 200, 220) this one found most evidence among the first five passages, and the most answers.
TARGET_WORDS = 160
LONGEST_WORDS = 205
SHORTEST_WORDS = 90
LONGEST_ATOM = 5_000  # characters; what goes on for longer without an end is cut all the same
LONGEST_LEAD = 1_000  # characters
_LONGEST_WORD = 25  # characters: what has more to a word, or no spaces, counts as several
TINY_WORDS = 25  # a closing line of a section goes with what precedes it
LONGEST_LIST_WORDS = 240  # a list stays with its lead-in even where it is longer than a passage

# For each row of dots: a paragraph that has one among many words is no line of contents.
_CONTENTS_WORDS = 25


_SENTENCES = {BlockKind.PARAGRAPH, BlockKind.NOTE}


@dataclass(frozen=True, slots=True)
class _Atom:
    """A span that no cut goes through: a heading, a sentence, a list item, a table row."""

    start: int
    end: int
    words: int
    heading: int = 0  # the level of a heading; 0 for everything else
    item: bool = False
    introduces: bool = False  # the sentence before a list


def word_count(text: str) -> int:
    """How many words a text has, or would have if its words were not endless."""
    return max(len(text.split()), len(text) // _LONGEST_WORD)


def split(document: Document) -> tuple[Passage, ...]:
    """Cut a document into passages; together they cover all its text but tables of contents."""
    groups: list[list[_Atom]] = []
    for group in _groups(document):
        if groups and _words(group) < TINY_WORDS and _words(groups[-1]) <= LONGEST_WORDS:
            groups[-1] = groups[-1] + group
        else:
            groups.append(group)
    return tuple(_passage(document, ordinal, group) for ordinal, group in enumerate(groups))


def _groups(document: Document) -> Iterator[list[_Atom]]:
    """The atoms of each passage: sections, small ones together and long ones parted evenly."""
    section: list[list[_Atom]] = []
    words = 0  # of the section, counted along: one may hold a whole book
    for unit in _units(document):
        if (
            section
            and unit[0].heading
            and _closes(section[0][0].heading or 7, unit[0].heading, words)
        ):
            yield from _parts(section)
            section, words = [], 0
        section.append(unit)
        words += _words(unit)
    if section:
        yield from _parts(section)


def _closes(opening: int, heading: int, words: int) -> bool:
    """Whether a heading ends the passage before it: a higher one does so sooner than a sibling."""
    return words >= (SHORTEST_WORDS // 2 if heading < opening else SHORTEST_WORDS)


def _parts(section: list[list[_Atom]]) -> Iterator[list[_Atom]]:
    total = sum(map(_words, section))
    # Even parts: a short rest at the end would say too little to be found.
    goal = total / (1 if total <= LONGEST_WORDS else max(round(total / TARGET_WORDS), 2))
    part: list[_Atom] = []
    words = 0
    for unit in section:
        size = _words(unit)
        if (
            part
            and (words + size / 2 > goal or words + size > LONGEST_WORDS)
            and words + size > SHORTEST_WORDS
        ):
            yield part
            part, words = [], 0
        part = part + unit
        words += size
    yield part


def _words(atoms: list[_Atom]) -> int:
    return sum(atom.words for atom in atoms)


def _units(document: Document) -> Iterator[list[_Atom]]:
    """Atoms that stay together: a heading with what follows, a list with its lead-in."""
    unit: list[_Atom] = []
    words = 0
    for atom in _atoms(document):
        follows_heading = bool(unit) and unit[-1].heading > 0 and words <= LONGEST_WORDS
        in_list = bool(unit) and atom.item and (unit[-1].item or unit[-1].introduces)
        long = words + atom.words > LONGEST_LIST_WORDS
        if unit and not follows_heading and not (in_list and not long):
            yield unit
            unit, words = [], 0
        unit.append(atom)
        words += atom.words
    if unit:
        yield unit


def _atoms(document: Document) -> Iterator[_Atom]:
    """What ``_whole_atoms`` finds, none of it longer than ``LONGEST_ATOM``."""
    for atom in _whole_atoms(document):
        start = atom.start
        while atom.end - start > LONGEST_ATOM:
            most = start + LONGEST_ATOM
            space = document.text.rfind(" ", start + LONGEST_ATOM // 2, most)
            cut = space if space > 0 else most
            yield _Atom(start, cut, word_count(document.text[start:cut]))
            start = cut + (document.text[cut] == " ")
        if start == atom.start:
            yield atom
        else:
            words = word_count(document.text[start : atom.end])
            yield replace(atom, start=start, words=words)


def _whole_atoms(document: Document) -> Iterator[_Atom]:
    blocks = [block for block in document.blocks if not _is_contents(document, block)]
    for index, block in enumerate(blocks):
        after = blocks[index + 1] if index + 1 < len(blocks) else None
        text = document.text[block.start : block.end]
        if block.kind is BlockKind.HEADING:
            yield _Atom(block.start, block.end, word_count(text), heading=block.level or 1)
        elif (
            block.kind in {BlockKind.PARAGRAPH, BlockKind.NOTE} or len(text.split()) > LONGEST_WORDS
        ):
            spans = sentence_spans(text, document.language)
            before_list = after is not None and after.kind is BlockKind.LIST_ITEM
            for start, end in spans:
                last = end == spans[-1][1]
                yield _Atom(
                    block.start + start,
                    block.start + end,
                    word_count(text[start:end]),
                    introduces=last and before_list,
                )
        else:
            yield _Atom(
                block.start, block.end, word_count(text), item=block.kind is BlockKind.LIST_ITEM
            )


def _is_contents(document: Document, block: Block) -> bool:
    """A line of a table of contents: it names what stands elsewhere and says nothing itself."""
    if block.kind is BlockKind.CONTENTS:
        return True
    text = document.text[block.start : block.end]
    leaders = LEADERS.findall(text)
    return len(leaders) > 0 and len(text.split()) < _CONTENTS_WORDS * len(leaders)


def _passage(document: Document, ordinal: int, group: list[_Atom]) -> Passage:
    start, end = group[0].start, group[-1].end
    body = next((atom for atom in group if not atom.heading), group[-1])
    return Passage(
        document=document.path,
        content_hash=document.content_hash,
        title=document.title,
        ordinal=ordinal,
        start=start,
        end=end,
        text=document.text[start:end],
        section=document.section_at(body.start),
        page=document.page_number_at(body.start),
        last_page=document.page_number_at(end - 1),
        lead=_lead(document, group[0]),
    )


def _lead(document: Document, first: _Atom) -> str:
    """The sentence before the list that ``first`` continues; empty where there is none."""
    if not first.item:
        return ""
    index = document.block_index_at(first.start)
    while index > 0 and document.blocks[index].kind is BlockKind.LIST_ITEM:
        index -= 1
    block = document.blocks[index]
    text = document.text[block.start : block.end]
    if block.kind is not BlockKind.PARAGRAPH or not text.rstrip().endswith(":"):
        return ""
    start, end = sentence_spans(text, document.language)[-1]
    return text[start:end] if end - start <= LONGEST_LEAD else ""
