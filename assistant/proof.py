"""Proof: each sentence of a chat model's reply held against the passages that it cites."""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from assistant.particulars import Particulars, affirmed, denies
from assistant.quoting import Span
from assistant.reply import Said
from assistant.statements import Statement, statements
from index import Encoder, Evidence, PassageStore
from index.lexical import terms
from ingest import BlockKind, Document

if TYPE_CHECKING:
    import numpy as np

# Least support of a sentence by its quotes, each 0 to 1: the share of its telling words that they
# hold, and the mean of that and the cosine.
LEAST_WORDS = 0.4
LEAST_SUPPORT = 0.55
_MOST_QUOTES = 4  # statements that one sentence may rest on
_WORTH_QUOTING = 0.12  # share of the sentence's words that a further statement has to add
# What speaks to the model and not to a reader proves nothing, even where it says what was asked.
_ORDER = re.compile(
    r"\b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:instructions?|rules|prompts?|passages)\b"
    r"|^\W*(?:system|assistant|user|human)\s*:|<\|\w+\|>|\[/?INST\]|<</?SYS>>"
    r"|\byou (?:are|must) now\b|\bsystem prompt\b|\bas an ai\b",
    re.IGNORECASE,
)
_HARD = 0.5  # what a statement gains for a figure or name that was missing


@dataclass(frozen=True, slots=True)
class Proven:
    """A sentence, and the spans that prove it."""

    said: Said
    spans: tuple[Span, ...] = ()  # none: it has no support
    lack: str = ""  # what it lacks, for whoever looks into it
    barred: bool = False  # never to be shown: it holds an address that no passage has


@dataclass(frozen=True)
class _Source:
    """A statement of a passage, ready to be compared."""

    statement: Statement
    words: frozenset[str]  # its terms, with those of its heading and of the line that leads it in
    own: frozenset[str]

    @property
    def around(self) -> str:
        return "\n".join(self.pieces[1:])

    @property
    def pieces(self) -> list[str]:
        """Its text, and apart from it what stands around it."""
        statement = self.statement
        document = statement.document
        return [
            statement.text,
            statement.lead,
            *statement.section,
            document.known_as,
            document.date or "",
        ]


@dataclass
class Proof:
    """The passages that a model was given, numbered from 1, and the judgement of its sentences."""

    given: Sequence[Evidence]
    store: PassageStore
    encoder: Encoder
    _judged: dict[tuple[str, tuple[int, ...]], Proven] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @cached_property
    def documents(self) -> dict[str, Document]:
        paths = {item.passage.document for item in self.given}
        return {path: self.store.document(path) for path in paths}

    @cached_property
    def _sources(self) -> dict[int, list[_Source]]:
        """The statements of each passage by its number."""
        return {
            number: [
                _source(statement)
                for statement in _quotable(self.documents[item.passage.document], item, number)
            ]
            for number, item in enumerate(self.given, start=1)
        }

    def load(self) -> None:
        """Read the documents, and find what may be quoted."""
        self._sources  # noqa: B018 - kept from then on

    def prepare(self) -> None:
        """Embed what may be quoted, while the model still thinks."""
        with self._lock:
            every = [source for sources in self._sources.values() for source in sources]
            if every:
                self.encoder.encode_documents([_embedded(source.statement) for source in every])

    def judge(self, said: Sequence[Said]) -> list[Proven]:
        """Each sentence with its proof; what was judged before is not judged again."""
        return [self._judge(sentence) for sentence in said]

    def _judge(self, said: Said) -> Proven:
        key = said.text, said.markers
        if key not in self._judged:
            self._judged[key] = self._proven(said)
        known = self._judged[key]
        return Proven(said, known.spans, known.lack, known.barred)

    def _proven(self, said: Said) -> Proven:
        particulars = Particulars(said.text, tuple(self.documents.values()))
        passages = "\n".join(item.passage.text.lower() for item in self.given)
        if any(link not in passages for link in particulars.links):
            return Proven(said, lack="an address that no passage has", barred=True)
        cited = [number for number in said.markers if number in self._sources]
        if not cited:
            return Proven(said, lack="no passage")
        sources = [source for number in cited for source in self._sources[number]]
        language = sources[0].statement.document.language if sources else None
        own = set(terms(said.text, language))
        if not sources or not own:
            return Proven(said, lack="no words to compare")
        weights = self.store.rarity(own)
        chosen = _chosen(particulars, own, weights, sources)
        lack = self._lack(said.text, particulars, own, weights, chosen)
        if lack:
            return Proven(said, lack=lack)
        return Proven(said, _spans([source.statement for source in chosen]))

    def _lack(
        self,
        text: str,
        particulars: Particulars,
        own: set[str],
        weights: dict[str, float],
        chosen: Sequence[_Source],
    ) -> str:
        """What keeps the chosen quotes from proving the sentence; empty where they do."""
        if not chosen:
            return "no words in common"
        lacking = _missing(particulars, chosen)
        if lacking:
            return f"not in what it cites: {', '.join(lacking)}"
        quoted = " ".join(source.statement.text for source in chosen)
        if particulars.denies and not denies(quoted):
            return "denies what it cites"
        if not particulars.denies and denies(quoted):
            language = chosen[0].statement.document.language
            around = " ".join(source.around for source in chosen)
            left = own & set(terms(f"{affirmed(quoted)} {around}", language))
            if _share(left, own, weights) < LEAST_WORDS:
                return "asserts what is denied"
        if wrong := particulars.miscounts([piece for source in chosen for piece in source.pieces]):
            return f"counted otherwise: {', '.join(wrong)}"
        if wrong := particulars.misplaces([source.statement.text for source in chosen]):
            return f"of something else: {', '.join(wrong)}"
        words = _share(own & frozenset().union(*(s.words for s in chosen)), own, weights)
        meaning = self._meaning(text, chosen)
        if words < LEAST_WORDS or (words + meaning) / 2 < LEAST_SUPPORT:
            return f"too far from what it cites (words {words:.2f}, meaning {meaning:.2f})"
        return ""

    def _meaning(self, text: str, chosen: Sequence[_Source]) -> float:
        """The best cosine of the sentence with one of its quotes, or with all together."""
        texts = [_embedded(source.statement) for source in chosen]
        if len(texts) > 1:
            texts.append(" ".join(texts))
        with self._lock:
            vectors: np.ndarray = self.encoder.encode_documents([text, *texts])
        return max(float((vectors[1:] @ vectors[0]).max()), 0.0)


def _chosen(
    particulars: Particulars, own: set[str], weights: dict[str, float], sources: Sequence[_Source]
) -> list[_Source]:
    """The statements that hold most of the sentence: the best, then those that add to it."""
    chosen: list[_Source] = []
    held: frozenset[str] = frozenset()
    lacking = len(particulars.missing(""))
    while len(chosen) < _MOST_QUOTES:
        best, gain, left = None, 0.0, lacking
        for source in sources:
            if source in chosen:
                continue
            found = len(_missing(particulars, [*chosen, source])) if lacking else 0
            # Its own words count double: its heading is also its neighbour's.
            added = (
                _share(own & source.words - held, own, weights)
                + _share(own & source.own - held, own, weights)
            ) / 2
            worth = added + _HARD * (lacking - found)
            if worth > gain:
                best, gain, left = source, worth, found
        if best is None or (chosen and gain < _WORTH_QUOTING):
            break
        chosen.append(best)
        held |= best.words
        lacking = left
    return chosen


def _missing(particulars: Particulars, sources: Sequence[_Source]) -> list[str]:
    return particulars.missing(
        "\n".join(source.statement.text for source in sources),
        "\n".join(source.around for source in sources),
    )


def _share(held: set[str] | frozenset[str], own: set[str], weights: dict[str, float]) -> float:
    total = sum(weights[term] for term in own)
    return sum(weights[term] for term in held) / total if total else 0.0


def _source(statement: Statement) -> _Source:
    language = statement.document.language
    own = frozenset(terms(statement.text, language))
    around = " ".join([statement.document.known_as, *statement.section, statement.lead])
    return _Source(statement, own | frozenset(terms(around, language)), own)


def _quotable(document: Document, evidence: Evidence, number: int) -> list[Statement]:
    """The statements of a passage; the whole of it where it has none, as a list of short names."""
    found = list(statements(document, evidence, number))
    if found:
        return [statement for statement in found if not _ORDER.search(_block_of(statement))]
    passage = evidence.passage
    kind, section = BlockKind.PARAGRAPH, passage.section
    return [Statement(document, passage.start, passage.end, kind, section, number, evidence.named)]


def _block_of(statement: Statement) -> str:
    """The paragraph, item or row that it stands in: an order taints its neighbours."""
    document = statement.document
    block = document.blocks[document.block_index_at(statement.start)]
    return document.text[block.start : block.end]


def _embedded(statement: Statement) -> str:
    return f"{statement.lead} {statement.text}" if statement.lead else statement.text


def _spans(chosen: Sequence[Statement]) -> tuple[Span, ...]:
    """The statements as spans, the best one's passage first; neighbours become one."""
    order = list(dict.fromkeys(statement.passage for statement in chosen))
    spans: list[Span] = []
    for item in sorted(chosen, key=lambda item: (order.index(item.passage), item.start)):
        if spans:
            document, start, end = spans[-1]
            near = document is item.document and start <= item.start
            if near and not document.text[end : item.start].strip():
                spans[-1] = (document, start, max(end, item.end))
                continue
        spans.append((item.document, item.start, item.end))
    return tuple(spans)
