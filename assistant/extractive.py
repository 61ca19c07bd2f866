"""ExtractiveAnswerer: the answer in the documents' own words, no language model needed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answer import Answer
from assistant.citations import CitationList
from assistant.confidence import CONFIDENT, sureness
from assistant.kinds import QuestionKind
from assistant.lists import Enumeration, enumerations
from assistant.prompts import SILENT, not_found
from assistant.question import Question
from assistant.quoting import inert, joined, list_text, sentences_text
from assistant.relevance import Rated, Relevance
from assistant.statements import Statement, statements
from index import Encoder, Evidence, PassageStore
from ingest import BlockKind, Document

COMPARED = 2  # documents in a comparison
MOST_WORDS = 60  # of the sentences in an answer; a single sentence may be longer
_NEARLY_AS_GOOD = 0.72  # share of the best sentence's score that a further one must reach
_EVIDENCE_READ = 8  # passages whose sentences are rated
_STATEMENTS_READ = 80  # rated at most, so that an answer takes less than a second
_LIST_BONUS = 0.25  # for a list as the answer to a question that asks for one
_COUNT_BONUS = 0.35  # for a list with as many items as the question says
_HEAD_WORDS = 8  # of each item, to tell what a list is about
_REPEATED = 0.7  # share of its words that an earlier sentence has: says nothing new


class ExtractiveAnswerer:
    """Chooses the sentences, or the list, that answer a question, and cites each."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def stream(
        self,
        question: Question,
        evidence: Sequence[Evidence],
        store: PassageStore,
        searched: tuple[str, ...] = (),
        *,
        compared: bool = False,
    ) -> Iterator[Answer]:
        """One answer, complete at once.

        ``evidence`` is best first, from ``store``; ``searched`` are the documents that it was
        limited to, and with ``compared`` each of them is answered for.
        """
        paths = {item.passage.document for item in evidence}
        documents = {path: store.document(path) for path in paths}
        reading = _Reading(question, Relevance(question, store, self._encoder), documents, compared)
        rated = reading.rated(evidence)
        citations = CitationList()
        if compared:
            text = reading.comparison(evidence, rated, searched, citations)
        else:
            text = reading.answer(evidence, rated, citations)
        yield Answer(
            question=question.asked,
            text=text or not_found(store.documents(), evidence, limited=bool(searched)),
            found=bool(text),
            citations=citations.checked(documents.values()),
            evidence=tuple(evidence),
            confidence=round(max(map(reading.sureness, rated), default=0.0), 3),
            standalone=question.standalone,
            searched=searched,
        )


@dataclass(frozen=True, slots=True)
class _Reading:
    """One question and the documents that its evidence stands in."""

    question: Question
    relevance: Relevance
    documents: dict[str, Document]
    compared: bool

    def rated(self, evidence: Sequence[Evidence]) -> list[Rated]:
        """The statements of the evidence, best first."""
        read = [
            statement
            for rank, item in enumerate(evidence[:_EVIDENCE_READ])
            for statement in statements(self.documents[item.passage.document], item, rank)
        ]
        return sorted(self.relevance.rate(read[:_STATEMENTS_READ]), key=lambda item: -item.score)

    def sureness(self, item: Rated) -> float:
        return sureness(self.question, item, compared=self.compared)

    def answer(
        self, evidence: Sequence[Evidence], rated: Sequence[Rated], citations: CitationList
    ) -> str:
        """The text of the answer; empty where nothing is sure enough."""
        sure = [item for item in rated if self.sureness(item) >= CONFIDENT]
        wants_list = self.question.kind is QuestionKind.LIST
        introduces = bool(sure) and sure[0].statement.text.rstrip().endswith(":")
        found = self._enumerations(evidence) if wants_list or introduces else []
        if wants_list:
            best = self._best_list(found)
            if best is not None and (not sure or best[1] >= sure[0].score):
                return list_text(best[0], citations)
        if not sure:
            return ""
        chosen = _best_statements(sure)
        whole = _list_of(chosen, [enumeration for enumeration, _ in found])
        if whole is not None:
            return list_text(whole, citations)
        return sentences_text(joined(chosen), citations)

    def comparison(
        self,
        evidence: Sequence[Evidence],
        rated: Sequence[Rated],
        paths: Sequence[str],
        citations: CitationList,
    ) -> str:
        """What each document says, under its title; empty where none says anything."""
        texts = {}
        for path in paths:
            own = [item for item in evidence if item.passage.document == path]
            said = [item for item in rated if item.statement.document.path == path]
            texts[path] = self.answer(own, said, citations)
        if not any(texts.values()):
            return ""
        return "\n\n".join(
            f"**{inert(self.documents[path].title)}**: {text or SILENT}"
            for path, text in texts.items()
        )

    def _enumerations(self, evidence: Sequence[Evidence]) -> list[tuple[Enumeration, Statement]]:
        """The lists in the evidence, each with its introduction as a statement."""
        found: dict[tuple[str, int], tuple[Enumeration, Statement]] = {}
        for rank, item in enumerate(evidence[:_EVIDENCE_READ]):
            document = self.documents[item.passage.document]
            for enumeration in enumerations(document, item.passage.start, item.passage.end):
                key = document.path, enumeration.lead[0]
                found.setdefault(key, (enumeration, _announced(enumeration, item, rank)))
        return list(found.values())

    def _best_list(
        self, found: Sequence[tuple[Enumeration, Statement]]
    ) -> tuple[Enumeration, float] | None:
        """The list that answers best, with its score; None where no list is sure enough."""
        rated = self.relevance.rate([announced for _, announced in found])
        scored = [
            (enumeration, item.score + self._list_bonus(enumeration))
            for (enumeration, _), item in zip(found, rated, strict=True)
            if self.sureness(item) >= CONFIDENT
        ]
        return max(scored, key=lambda pair: pair[1], default=None)

    def _list_bonus(self, enumeration: Enumeration) -> float:
        counted = len(enumeration.items) == self.question.count
        return _LIST_BONUS + _COUNT_BONUS * counted


def _list_of(chosen: Sequence[Statement], found: Sequence[Enumeration]) -> Enumeration | None:
    """The list that the best statement is a part of, or two of them: a part of it would not do."""
    for enumeration in found:
        spans = [enumeration.lead, *enumeration.items]
        held = [
            statement.document is enumeration.document
            and any(start <= statement.start < end for start, end in spans)
            for statement in chosen
        ]
        if held[0] or sum(held) > 1:
            return enumeration
    return None


def _best_statements(sure: Sequence[Rated]) -> list[Statement]:
    """The best statement and those nearly as good, best first."""
    chosen = [sure[0]]
    words = sure[0].statement.words
    for item in sure[1:]:
        if item.score < _NEARLY_AS_GOOD * sure[0].score:
            break
        if words + item.statement.words <= MOST_WORDS and not _repeats(item, chosen):
            chosen.append(item)
            words += item.statement.words
    return [item.statement for item in chosen]


def _repeats(item: Rated, chosen: Sequence[Rated]) -> bool:
    """Whether the answer has the same words already: editions and summaries repeat them."""
    own = set(item.statement.text.lower().split())
    held = [set(other.statement.text.lower().split()) for other in chosen]
    return any(len(own & other) > _REPEATED * min(len(own), len(other)) for other in held)


def _announced(enumeration: Enumeration, evidence: Evidence, rank: int) -> Statement:
    """The line that introduces a list, with its heading and the items' first words."""
    document = enumeration.document
    section = document.section_at(enumeration.lead[0])
    heads = [" ".join(text.split()[:_HEAD_WORDS]) for text in enumeration.item_texts]
    return Statement(
        document,
        *enumeration.lead,
        kind=BlockKind.PARAGRAPH,
        section=section,
        passage=rank,
        named=evidence.named,
        lead=" ".join([*section[-1:], *heads]),
        around=document.text[enumeration.lead[0] : enumeration.items[-1][1]],
    )
