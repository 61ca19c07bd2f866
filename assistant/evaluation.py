"""Evaluation: a question file -> the figures that say how good the answers are."""

from __future__ import annotations

import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.answer import Answer, Citation
from assistant.assistant import Assistant
from assistant.questions import (
    CITED_SHARE,
    FOUND_SHARE,
    GoldEvidence,
    GoldQuestion,
    file_name,
    plain,
    read_questions,
    trigram_share,
)
from index import Evidence

RETRIEVED = 10  # passages looked at for evidence@k
_DEPTHS = (1, 5, 10)


@dataclass(frozen=True, slots=True)
class Record:
    """What the assistant made of one question."""

    question: GoldQuestion
    answer: Answer
    retrieved: tuple[Evidence, ...]
    milliseconds: float

    @property
    def right(self) -> bool:
        """Right answer, or rightly none."""
        if not self.question.answerable:
            return not self.answer.found
        return self.answer.found and self.question.answered_by(self.answer.text)

    def to_dict(self) -> dict[str, Any]:
        """Plain values, ready for JSON."""
        return {
            "id": self.question.id,
            "found": self.answer.found,
            "text": self.answer.text,
            "ms": self.milliseconds,
            "citations": [
                {"document": item.document, "page": item.page, "quote": item.quote}
                for item in self.answer.citations
            ],
            "retrieved": [
                {
                    "document": item.passage.document,
                    "page": item.passage.page,
                    "text": item.passage.text,
                }
                for item in self.retrieved
            ],
        }


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All records of a question file, and their figures."""

    records: tuple[Record, ...]

    @property
    def figures(self) -> dict[str, Any]:
        """Means over the questions to which a figure applies, rounded to three places."""
        values: defaultdict[str, list[float]] = defaultdict(list)
        kinds: defaultdict[str, list[bool]] = defaultdict(list)
        for record in self.records:
            for name, value in _judge(record):
                values[name].append(value)
            if record.question.answerable:
                kinds[record.question.type].append(record.right)
        figures: dict[str, Any] = {
            name: round(statistics.fmean(each), 3) for name, each in values.items()
        }
        times = [record.milliseconds for record in self.records]
        figures["ms_p50"] = round(statistics.median(times), 1)
        figures["by_type"] = {
            kind: f"{sum(each)}/{len(each)}" for kind, each in sorted(kinds.items())
        }
        figures["questions"] = len(self.records)
        return figures


def evaluate(
    assistant: Assistant,
    questions: Path,
    on_record: Callable[[Record, int], None] | None = None,
) -> Evaluation:
    """Ask all questions of a file; ``on_record(record, total)`` is called after each.

    Raises QuestionFileError where the file cannot be read.
    """
    gold = read_questions(questions)
    records = []
    for question in gold:
        history = list(question.history)
        started = time.perf_counter()
        answer = assistant.answer(question.question, history=history)
        milliseconds = (time.perf_counter() - started) * 1000
        retrieved = tuple(answer.evidence[:RETRIEVED])
        records.append(Record(question, answer, retrieved, milliseconds))
        if on_record:
            on_record(records[-1], len(gold))
    return Evaluation(tuple(records))


def _judge(record: Record) -> Iterable[tuple[str, float]]:
    question, answer = record.question, record.answer
    if not question.answerable:
        yield "refused_unanswerable", float(not answer.found)
        return
    yield "false_refusal", float(not answer.found)
    yield from _judge_retrieval(record)
    yield "answer_right", float(record.right)
    yield "answer_words", float(len(plain(answer.text).split()))
    citations = answer.citations if answer.found else ()
    named = [file_name(citation.document) in question.documents for citation in citations]
    if named:
        yield "cited_document_right", statistics.fmean(named)
    if question.readable:
        yield from _judge_citations(question, citations)
    yield "right_and_cited", float(record.right and any(named))


def _judge_retrieval(record: Record) -> Iterable[tuple[str, float]]:
    question = record.question
    for depth in _DEPTHS:
        top = record.retrieved[:depth]
        if question.readable:
            yield (
                f"evidence@{depth}",
                statistics.fmean(
                    any(_holds(item, gold) for gold in group for item in top)
                    for group in question.groups
                ),
            )
        seen = {file_name(item.passage.document) for item in top}
        several = len(question.documents) > 1
        held = [document in seen for document in question.documents]
        yield f"document@{depth}", float(all(held) if several else any(held))


def _judge_citations(
    question: GoldQuestion, citations: tuple[Citation, ...]
) -> Iterable[tuple[str, float]]:
    groups = question.groups
    if citations:
        yield (
            "citation_precision",
            statistics.fmean(
                any(_precise(citation, gold) for group in groups for gold in group)
                for citation in citations
            ),
        )
    yield (
        "citation_recall",
        statistics.fmean(
            any(_points_at(citation, gold) for gold in group for citation in citations)
            for group in groups
        ),
    )
    places = {(gold.document, gold.page) for group in groups for gold in group if gold.page}
    if places and citations:
        yield "page_right", float(any((file_name(c.document), c.page) in places for c in citations))


def _holds(evidence: Evidence, gold: GoldEvidence) -> bool:
    passage = evidence.passage
    return (
        file_name(passage.document) == gold.document
        and trigram_share(gold.quote, passage.text) >= FOUND_SHARE
    )


def _points_at(citation: Citation, gold: GoldEvidence) -> bool:
    return (
        file_name(citation.document) == gold.document
        and trigram_share(gold.quote, citation.quote) >= CITED_SHARE
    )


def _precise(citation: Citation, gold: GoldEvidence) -> bool:
    return _points_at(citation, gold) or (
        file_name(citation.document) == gold.document
        and trigram_share(citation.quote, gold.quote) >= FOUND_SHARE
    )
