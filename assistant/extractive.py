"""ExtractiveAnswerer: the answer in the documents' own words, no language model needed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.answer import Answer, Citation
from assistant.citations import CitationList, cited_first
from assistant.confidence import CONFIDENT, sureness
from assistant.emphasis import emphasis
from assistant.inquiry import Inquiry
from assistant.kinds import QuestionKind
from assistant.lists import Enumeration, enumerations
from assistant.outline import announced_lists, outline_lists
from assistant.overview import overview
from assistant.prompts import SILENT, dated
from assistant.question import Question
from assistant.quoting import inert, joined, list_text, sentences_text
from assistant.reader.reader import Reader
from assistant.relevance import Rated, Relevance
from assistant.signs import lists_what_is_asked
from assistant.statements import Statement, statements
from assistant.yes_no import is_left_unsaid, said_share
from index import Encoder, Evidence
from ingest import BlockKind, Document

MOST_WORDS = 60  # of the sentences in an answer; a single sentence may be longer
MOST_COMPARED_WORDS = 40  # the same of each document in a comparison
MOST_REASON_WORDS = 100  # the same where a reason or a method is asked for: it takes several
_NEARLY_AS_GOOD = 0.84  # share of the best sentence's score that a further one must reach
_EVIDENCE_READ = 8  # passages whose sentences are rated
_STATEMENTS_READ = 80  # rated at most, so that an answer takes less than a second
_LIST_BONUS = 0.25  # for a list as the answer to a question that asks for one
_COUNT_BONUS = 0.35  # for a list with as many items as the question says
_MISCOUNTED = 0.55  # what it loses that has another number of items
_HEAD_WORDS = 8  # of each item, to tell what a list is about
_DECIDING = 2  # sentences that may decide between yes and no: editions differ
_UNSAID = 0.4  # what is left of the confidence where nobody says what is asked about
_REPEATED = 0.7  # share of its words that an earlier sentence has: says nothing new


class ExtractiveAnswerer:
    """Chooses the sentences, or the list, that answer a question, and cites each."""

    def __init__(self, encoder: Encoder, reader: Reader | None = None) -> None:
        self._encoder = encoder
        self._reader = reader

    def stream(self, inquiry: Inquiry) -> Iterator[Answer]:
        """One answer, complete at once."""
        question, store, evidence = inquiry.question, inquiry.store, inquiry.evidence
        documents = {
            path: store.document(path) for path in {item.passage.document for item in evidence}
        }
        citations = CitationList()
        text, confidence = self._read(inquiry, documents, citations)
        cited = citations.checked(documents.values())
        quoted = {citation.document for citation in cited}
        yield Answer(
            question=question.asked,
            text=text or inquiry.refusal(),
            found=bool(text),
            citations=cited,
            evidence=cited_first(evidence, cited),
            confidence=round(confidence, 3),
            note=inquiry.gaps(quoted) if quoted else "",
            emphasis=emphasis(question, text, _language(cited, documents)),
            standalone=question.standalone,
            searched=inquiry.searched,
            about=inquiry.about,
        )

    def _read(
        self, inquiry: Inquiry, documents: Mapping[str, Document], citations: CitationList
    ) -> tuple[str, float]:
        """The text of an answer from the evidence, empty for none, and how sure it is."""
        if inquiry.absent:
            return "", 0.0
        meant = inquiry.overview.document if inquiry.overview else None
        if meant is not None and meant in documents:
            whole = overview(documents[meant]).text(citations)
            if whole:
                return whole, 1.0
        texts, confidence = [], 0.0
        for part in inquiry.parts:
            relevance = Relevance(part.question, inquiry.store, self._encoder)
            reading = _Reading(part.question, relevance, documents, part.evidence, inquiry.compares)
            rated = reading.rated()
            confidence = max([confidence, *map(reading.sureness, rated)])
            texts.append(reading.answer(rated, citations))
        if inquiry.compares:
            return _side_by_side(inquiry, texts, documents), confidence
        return texts[0], confidence


def _language(cited: Sequence[Citation], documents: Mapping[str, Document]) -> str | None:
    """The language of what is quoted first."""
    return documents[cited[0].document].language if cited else None


def _side_by_side(inquiry: Inquiry, texts: Sequence[str], documents: Mapping[str, Document]) -> str:
    """What each document says, under its title; empty where none says anything."""
    if not any(texts):
        return ""
    compared = [documents[part.document] for part in inquiry.parts if part.document]
    titles = [dated(document.title, document.date) for document in compared]
    return "\n\n".join(
        f"**{inert(title)}**: {text or SILENT}" for title, text in zip(titles, texts, strict=True)
    )


@dataclass(frozen=True, slots=True)
class _Reading:
    """One question and the documents that its evidence stands in."""

    question: Question
    relevance: Relevance
    documents: Mapping[str, Document]
    evidence: Sequence[Evidence]
    compared: bool
    said: dict[str, float] = field(default_factory=dict)  # path -> share of a yes-or-no question

    def rated(self) -> list[Rated]:
        """The statements of the evidence, best first."""
        read = [
            statement
            for rank, item in enumerate(self.evidence[:_EVIDENCE_READ])
            for statement in statements(self.documents[item.passage.document], item, rank)
        ]
        return sorted(self.relevance.rate(read[:_STATEMENTS_READ]), key=lambda item: -item.score)

    @property
    def _most_words(self) -> int:
        if self.compared:
            return MOST_COMPARED_WORDS
        reason = self.question.kind is QuestionKind.REASON
        return MOST_REASON_WORDS if reason else MOST_WORDS

    def sureness(self, item: Rated) -> float:
        sure = sureness(self.question, item, compared=self.compared)
        # What a question took from the history holds words that were answered before.
        alone = self.question.asked == self.question.standalone
        if self.question.kind is QuestionKind.YES_NO and alone:
            share = self._said_share(item.statement.document)
            if is_left_unsaid(share, item.meaning):
                sure *= _UNSAID
        return sure

    def _said_share(self, document: Document) -> float:
        if document.path not in self.said:
            weights = self.relevance.weights(document)
            self.said[document.path] = said_share(weights, document, self.evidence)
        return self.said[document.path]

    def answer(self, rated: Sequence[Rated], citations: CitationList) -> str:
        """The text of the answer; empty where nothing is sure enough."""
        chosen = _best_statements(rated, self._most_words, self.question.kind)
        # One of those that would be quoted must be sure enough.
        sure = any(self.sureness(item) >= CONFIDENT for item in chosen)
        wants_list = self.question.kind is QuestionKind.LIST
        # A figure may be all that is asked for: "over 20 proposals, including:".
        told = self.question.kind is QuestionKind.NUMBER and chosen and chosen[0].fit
        introduces = sure and not told and chosen[0].statement.text.rstrip().endswith(":")
        found = self._enumerations() if wants_list or introduces else []
        if wants_list:
            best = self._best_list(found, rated)
            if best is not None and (not sure or best[1] >= self._as_list(rated[0])):
                return list_text(best[0], citations)
        if not sure:
            return ""
        quoted = [item.statement for item in chosen]
        whole = _list_of(quoted, [enumeration for enumeration, _ in found])
        if whole is not None:
            return list_text(whole, citations)
        return sentences_text(joined(quoted), citations)

    def _enumerations(self) -> list[tuple[Enumeration, Statement]]:
        """The lists in the evidence, each with its introduction as a statement."""
        found: dict[tuple[str, int], tuple[Enumeration, Statement]] = {}
        for rank, item in enumerate(self.evidence[:_EVIDENCE_READ]):
            document = self.documents[item.passage.document]
            for enumeration in enumerations(document, item.passage.start, item.passage.end):
                key = document.path, enumeration.lead[0]
                found.setdefault(key, (enumeration, _announced(enumeration, item, rank)))
        if self.question.kind is QuestionKind.LIST and self.evidence:
            # The document that answers best may have what is asked for as its sections, or
            # announce it on a page that the evidence does not reach.
            document = self.documents[self.evidence[0].passage.document]
            asked = self.question.standalone
            for enumeration in [
                *outline_lists(document, asked),
                *announced_lists(document, asked),
            ]:
                key = document.path, enumeration.lead[0]
                found.setdefault(key, (enumeration, _announced(enumeration, self.evidence[0], 0)))
        return list(found.values())

    def _best_list(
        self, found: Sequence[tuple[Enumeration, Statement]], said: Sequence[Rated]
    ) -> tuple[Enumeration, float] | None:
        """The list that answers best, with its score; None where no list is sure enough.

        A list is as good as the line that announces it, or as the best of its items.
        """
        rated = self.relevance.rate([announced for _, announced in found])
        scored = [
            (
                enumeration,
                max([item.score, *(one.score for one in said if enumeration.holds(one.statement))])
                + self._list_bonus(enumeration),
            )
            for (enumeration, _), item in zip(found, rated, strict=True)
            if self.sureness(item) >= CONFIDENT
        ]
        return max(scored, key=lambda pair: pair[1], default=None)

    def _as_list(self, item: Rated) -> float:
        """The score of a statement beside lists: "five sectors: energy, water ..." is one, too."""
        listed = lists_what_is_asked(self.question.standalone, item.statement.text)
        return item.score + _LIST_BONUS * listed

    def _list_bonus(self, enumeration: Enumeration) -> float:
        asked = self.question.count
        if asked is None:
            return _LIST_BONUS
        counted = len(enumeration.items) == asked
        return _LIST_BONUS + (_COUNT_BONUS if counted else -_MISCOUNTED)


def _list_of(chosen: Sequence[Statement], found: Sequence[Enumeration]) -> Enumeration | None:
    """The list that the best statement is a part of, or two of them: a part of it would not do."""
    for enumeration in found:
        held = [enumeration.holds(statement) for statement in chosen]
        if held[0] or sum(held) > 1:
            return enumeration
    return None


def _best_statements(rated: Sequence[Rated], most: int, kind: QuestionKind) -> list[Rated]:
    """The best statement and those nearly as good, best first, of ``most`` words."""
    chosen = list(rated[:1])
    words = sum(item.statement.words for item in chosen)
    for item in rated[1:]:
        if item.score < _NEARLY_AS_GOOD * rated[0].score:
            break
        # What another document says of it, which the question does not name, is not asked for.
        strange = item.statement.named < rated[0].statement.named
        # Beside a sentence that defines the term others need not be quoted that use it.
        weaker = kind is QuestionKind.DEFINITION and item.fit < rated[0].fit
        if kind is QuestionKind.YES_NO and len(chosen) == _DECIDING:
            break
        # "The tasks of the unit are:" says nothing without its list.
        introduces = item.statement.text.rstrip().endswith(":")
        too_long = words + item.statement.words > most
        if strange or weaker or introduces or too_long or _repeats(item, chosen):
            continue
        chosen.append(item)
        words += item.statement.words
    return chosen


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
        kind=BlockKind.LIST_ITEM,  # it is judged as what it is a list of
        section=section,
        passage=rank,
        named=evidence.named,
        lead=" ".join([*section[-1:], *heads]),
        around=document.text[enumeration.lead[0] : enumeration.items[-1][1]],
    )
