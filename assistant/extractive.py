"""ExtractiveAnswerer: the answer in the documents' own words, no language model needed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from assistant.answer import Answer
from assistant.citations import CitationList
from assistant.confidence import CONFIDENT, confidence
from assistant.kinds import QuestionKind
from assistant.lists import Enumeration, enumerations
from assistant.prompts import not_found
from assistant.question import Question
from assistant.relevance import Rated, Relevance
from assistant.statements import Statement, statements
from index import Encoder, Evidence, PassageStore
from ingest import BlockKind, Document

MOST_WORDS = 60  # of the sentences in an answer; a single sentence may be longer
MOST_LIST_WORDS = 160  # beyond that, items are given by their first sentence
COMPARED = 2  # documents in a comparison
_NEARLY_AS_GOOD = 0.72  # share of the best sentence's score that a further one must reach
_EVIDENCE_READ = 8  # passages whose sentences are rated
_STATEMENTS_READ = 80  # rated at most, so that an answer takes less than a second
_LIST_BONUS = 0.25  # for a list as the answer to a question that asks for one
_COUNT_BONUS = 0.35  # for a list with as many items as the question says
_HEAD_WORDS = 8  # of each item, to tell what a list is about
_NEAREST_SHOWN = 3

_Documents = Mapping[str, Document]
_Span = tuple[Document, int, int]
_NUMBERED = re.compile(r"\d{1,2}[.)] ")


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
        documents = {
            path: store.document(path) for path in {item.passage.document for item in evidence}
        }
        relevance = Relevance(question, store, self._encoder)
        rated = sorted(
            relevance.rate(list(_statements(evidence, documents))), key=lambda item: -item.score
        )
        sure = confidence(question, rated)
        citations = CitationList()
        text = ""
        if sure >= CONFIDENT:
            each = searched if compared else ()
            text = self._compose(question, evidence, documents, relevance, rated, citations, each)
        found = bool(text)
        yield Answer(
            question=question.asked,
            text=text or _refusal(evidence, store, searched),
            found=found,
            citations=citations.checked(documents.values()) if found else (),
            evidence=tuple(evidence),
            confidence=round(sure, 3),
            standalone=question.standalone,
            searched=searched,
        )

    def _compose(
        self,
        question: Question,
        evidence: Sequence[Evidence],
        documents: _Documents,
        relevance: Relevance,
        rated: Sequence[Rated],
        citations: CitationList,
        each: Sequence[str],
    ) -> str:
        """The text of the answer; with ``each``, a part for each of these documents."""
        if not rated:
            return ""
        if each:
            parts = []
            for path in each:
                own = [item for item in evidence if item.passage.document == path]
                said = [item for item in rated if item.statement.document.path == path]
                text = self._compose(question, own, documents, relevance, said, citations, ())
                if text:
                    parts.append(f"**{documents[path].title}**: {text}")
            return "\n\n".join(parts)
        if question.kind is QuestionKind.LIST:
            best = _best_list(question, evidence, documents, relevance)
            if best is not None and best[1] >= rated[0].score:
                return _list_text(best[0], citations)
        return _sentences(rated, citations, MOST_WORDS)


def _statements(evidence: Sequence[Evidence], documents: _Documents) -> Iterator[Statement]:
    read = 0
    for rank, item in enumerate(evidence[:_EVIDENCE_READ]):
        for statement in statements(documents[item.passage.document], item, rank):
            if read == _STATEMENTS_READ:
                return
            read += 1
            yield statement


def _sentences(rated: Sequence[Rated], citations: CitationList, most_words: int) -> str:
    """The best sentence and those nearly as good, in the order of their documents' evidence."""
    chosen = [rated[0]]
    words = rated[0].statement.words
    for item in rated[1:]:
        if item.score < _NEARLY_AS_GOOD * rated[0].score:
            break
        if words + item.statement.words <= most_words and not _repeats(item, chosen):
            chosen.append(item)
            words += item.statement.words
    return " ".join(_cited(span, citations) for span in _joined(chosen))


def _repeats(item: Rated, chosen: Iterable[Rated]) -> bool:
    """Whether the answer has the same words already: editions and summaries repeat them."""
    own = set(item.statement.text.lower().split())
    return any(
        len(own & set(other.statement.text.lower().split()))
        > 0.7 * min(len(own), other.statement.words)
        for other in chosen
    )


def _joined(chosen: Sequence[Rated]) -> list[_Span]:
    """Spans to quote: best passage first, in reading order within it, neighbours as one."""
    spans: list[_Span] = []
    for item in sorted(chosen, key=lambda rated: (rated.statement.passage, rated.statement.start)):
        statement = item.statement
        if spans:
            document, start, end = spans[-1]
            between = document.text[end : statement.start]
            if (
                document is statement.document
                and 0 <= statement.start - end <= 2
                and not between.strip()
            ):
                spans[-1] = (document, start, statement.end)
                continue
        spans.append((statement.document, statement.start, statement.end))
    return spans


def _cited(span: _Span, citations: CitationList) -> str:
    text = _quoted(span)
    if text[-1:] not in ".!?…":
        text = text.rstrip(" ;,:") + "."
    return f"{text} [{citations.cite(*span)}]"


def _quoted(span: _Span) -> str:
    """The words of a span on one line; brackets of the document's own are no markers of ours."""
    document, start, end = span
    words = " ".join(document.text[start:end].split())
    return words.replace("[", "\\[").replace("]", "\\]")


def _best_list(
    question: Question, evidence: Sequence[Evidence], documents: _Documents, relevance: Relevance
) -> tuple[Enumeration, float] | None:
    """The list that answers the question best, with its score."""
    found: dict[tuple[str, int], tuple[Enumeration, Statement]] = {}
    for rank, item in enumerate(evidence[:_EVIDENCE_READ]):
        document = documents[item.passage.document]
        for enumeration in enumerations(document, item.passage.start, item.passage.end):
            found.setdefault(
                (document.path, enumeration.lead[0]),
                (enumeration, _announced(enumeration, item, rank)),
            )
    scored = [
        (
            enumeration,
            item.score + _LIST_BONUS + _COUNT_BONUS * (len(enumeration.items) == question.count),
        )
        for (enumeration, _), item in zip(
            found.values(),
            relevance.rate([announced for _, announced in found.values()]),
            strict=True,
        )
    ]
    return max(scored, key=lambda pair: pair[1], default=None)


def _announced(enumeration: Enumeration, evidence: Evidence, rank: int) -> Statement:
    """The line that introduces a list, with its heading and the items' first words."""
    document = enumeration.document
    section = document.section_at(enumeration.lead[0])
    heads = " ".join(" ".join(text.split()[:_HEAD_WORDS]) for text in enumeration.item_texts)
    about = " ".join([*section[-1:], heads])
    return Statement(
        document, *enumeration.lead, BlockKind.PARAGRAPH, section, rank, evidence.named, about
    )


def _list_text(enumeration: Enumeration, citations: CitationList) -> str:
    """The introducing line and all items, each with its own citation."""
    document = enumeration.document
    items = enumeration.items
    if sum(len(text.split()) for text in enumeration.item_texts) > MOST_LIST_WORDS:
        items = tuple(map(enumeration.first_sentence, items))
    lead = (document, *enumeration.lead)
    lines = [f"{_quoted(lead).rstrip(' .:')}: [{citations.cite(*lead)}]", ""]
    for start, end in items:
        item = _quoted((document, start, end)).rstrip(" ;,")
        mark = "" if _NUMBERED.match(item) else "- "
        lines.append(f"{mark}{item} [{citations.cite(document, start, end)}]")
    return "\n".join(lines)


def _refusal(evidence: Sequence[Evidence], store: PassageStore, searched: tuple[str, ...]) -> str:
    nearest = [
        f"{item.passage.title}" + (f", p. {item.passage.page}" if item.passage.page else "")
        for item in evidence[:_NEAREST_SHOWN]
    ]
    unreadable = [info.path for info in store.documents() if info.status == "failed"]
    return not_found(bool(searched), nearest, unreadable)
