"""Flow: signs of columns read across, of paragraphs cut in two and of lines run together."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest import Block, BlockKind
from ingest.sentences import sentence_spans
from outcome import Outcome

_FEWEST_WORDS = 8  # shorter paragraphs are labels, addresses, captions
_OPENING = "\"'“”‘’«»„([ \u00a0"  # may stand before the first letter
_ENDED = re.compile(r"[.!?…:;][\"'”’»)\]]*\s*(?:\[?\d{1,3}\]?)?$")
_CUT_WORD = re.compile(r"[^\W\d_]-$")


@dataclass(frozen=True, slots=True)
class Flow:
    """Counts over the paragraphs of eight words or more."""

    sentences: int
    whole: int  # sentences that begin as sentences do and end in a terminal mark
    paragraphs: int
    begun_inside: tuple[tuple[int | None, str], ...]  # page, opening: begin with a small letter
    cut_off: tuple[tuple[int | None, str], ...]  # page, end: no mark, and a small letter follows
    cut_words: tuple[tuple[int | None, str], ...]  # page, end: a hyphen, in the middle of a word


def flow(outcome: Outcome) -> Flow:
    """Proxies for reading order, none of which needs to know the page.

    Where two columns are read across, or a box interrupts a sentence, sentences begin with a
    small letter or end without a mark, and paragraphs break off. ``whole / sentences`` of running
    prose is above 0.95; tables that are read as lines, and titles that are read as paragraphs,
    lower it too, so that it is to be compared between two readers of one file, not between files.
    """
    document = outcome.document
    if document is None:
        return Flow(0, 0, 0, (), (), ())
    sentences = whole = paragraphs = 0
    begun_inside: list[tuple[int | None, str]] = []
    cut_off: list[tuple[int | None, str]] = []
    cut_words: list[tuple[int | None, str]] = []
    covered = [
        block
        for block in document.blocks
        if any(p.start <= block.start < p.end for p in outcome.passages)
    ]
    for at, block in enumerate(covered):
        text = document.text[block.start : block.end]
        if block.kind is not BlockKind.PARAGRAPH or len(text.split()) < _FEWEST_WORDS:
            continue
        paragraphs += 1
        spans = sentence_spans(text, document.language)
        sentences += len(spans)
        whole += sum(is_whole(text[start:end]) for start, end in spans)
        page = document.page_number_at(block.start)
        if text[:1].islower():
            begun_inside.append((page, text[:60]))
        if _CUT_WORD.search(text):
            cut_words.append((page, text[-60:]))
        elif not _ENDED.search(text) and _goes_on(document.text, covered[at + 1 : at + 2]):
            cut_off.append((page, text[-60:]))
    return Flow(sentences, whole, paragraphs, tuple(begun_inside), tuple(cut_off), tuple(cut_words))


def is_whole(sentence: str) -> bool:
    """Whether it begins with a capital or a figure, quotation marks apart, and ends in a mark."""
    first = sentence.lstrip(_OPENING)[:1]
    return first.isalnum() and not first.islower() and bool(_ENDED.search(sentence))


def _goes_on(text: str, following: list[Block]) -> bool:
    return any(text[block.start : block.end][:1].islower() for block in following)
