"""Statement: a sentence, list item or table row of the evidence, with what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index import Evidence
from index.lexical import terms
from ingest import BlockKind, Document
from ingest.passages import word_count
from ingest.sentences import sentence_spans

FEWEST_WORDS = 4
LONGEST_ITEM = 40  # words of a list item that is one statement; longer ones are read as sentences
_ENDED = re.compile(r"[.!?:;…][\W\d]*$")


# How a sentence begins that says little without the one before it.
_LEANS = re.compile(
    r"(?:(?:therefore|accordingly|consequently|thus|hence|as a result|for this reason"
    r"|it|its|they|their|this|these|those|such|he|she|his|her|pour cela|c[’']est pourquoi|ainsi"
    r"|cela|ceci|cette|ces?|ils?|elles?|son|sa|ses|leurs?|donc|deshalb|daher|dies\w*|sie|er|es|ihr\w*"
    r"|sein\w*|esto|est[ea]s?|ell[oa]s?|su|sus|questo|essa|essi|suo|sua|deze|dit|zij|hij|daarom)\b"
    r"|(?:\w+ ){1,3}(?:therefore|thus|hence|donc|deshalb|daher)\b)",
    re.IGNORECASE,
)


def leans_back(sentence: str) -> bool:
    """Whether a sentence says little without the one before: "It has fourteen staff"."""
    return bool(_LEANS.match(sentence))


@dataclass(frozen=True, slots=True)
class Statement:
    """A span of a document that can be quoted by itself."""

    document: Document
    start: int
    end: int
    kind: BlockKind
    section: tuple[str, ...]
    passage: int  # rank of the passage it stands in, 0 is best
    named: float  # how well the question names its document, 0 to 1
    lead: str = ""  # the sentence that introduces the list it is an item of
    around: str = ""  # the passage that it stands in
    before: str = ""  # the sentences that it leans on: "It has fourteen staff" needs them

    @property
    def text(self) -> str:
        return self.document.text[self.start : self.end]

    @property
    def told(self) -> str:
        """Its text, after what it says little without."""
        return " ".join(filter(None, (self.lead, self.before, self.text)))

    @property
    def is_fragment(self) -> bool:
        """Whether it is running text without an end: a caption, or a table read as lines."""
        return self.kind is BlockKind.PARAGRAPH and not _ENDED.search(self.text)

    @property
    def words(self) -> int:
        return word_count(self.text)


def statements(document: Document, evidence: Evidence, rank: int) -> Iterator[Statement]:
    """The statements of one passage, in order."""
    passage = evidence.passage
    name = set(terms(document.known_as, document.language))
    lead = passage.lead
    first = document.block_index_at(passage.start)
    for block in document.blocks[first:]:
        if block.start >= passage.end:
            break
        start, end = max(block.start, passage.start), min(block.end, passage.end)
        if start >= end or block.kind is BlockKind.CONTENTS:
            continue
        section = document.section_at(start)
        text = document.text[start:end]
        running = block.kind in {BlockKind.PARAGRAPH, BlockKind.NOTE}
        if block.kind is BlockKind.HEADING:
            lead = ""
        elif running or (block.kind is BlockKind.LIST_ITEM and len(text.split()) > LONGEST_ITEM):
            about = "" if running else lead
            spans = sentence_spans(text, document.language)
            before = ""
            for offset, stop in spans:
                sentence = text[offset:stop]
                leans = leans_back(sentence)
                if _says_something(document, sentence, name):
                    yield Statement(
                        document,
                        start + offset,
                        start + stop,
                        block.kind,
                        section,
                        rank,
                        evidence.named,
                        about,
                        passage.text,
                        before if leans else "",
                    )
                before = f"{before} {sentence}" if leans else sentence
            if running:
                lead = text[slice(*spans[-1])] if spans else ""
        else:
            about = lead if block.kind is BlockKind.LIST_ITEM else ""
            yield Statement(
                document, start, end, block.kind, section, rank, evidence.named, about, passage.text
            )


def _says_something(document: Document, sentence: str, name: set[str]) -> bool:
    """A stray word is no statement, nor is the document's name in other words."""
    if len(sentence.split()) < FEWEST_WORDS:
        return False
    return not set(terms(sentence, document.language)) <= name
