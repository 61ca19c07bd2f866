"""Judgement: the figures of one record, held against the known answer."""

from __future__ import annotations

import statistics
from collections.abc import Iterable

from assistant.questions import (
    CITED_SHARE,
    FOUND_SHARE,
    GoldEvidence,
    GoldQuestion,
    file_name,
    plain,
    trigram_share,
)
from assistant.record import Excerpt, Record

_DEPTHS = (1, 5, 10)


def judge(record: Record) -> Iterable[tuple[str, float]]:
    """Each figure that applies to the record, with its value: 0 to 1, or words."""
    question = record.question
    if not question.answerable:
        yield "refused_unanswerable", float(not record.found)
        return
    yield "false_refusal", float(not record.found)
    yield from _judge_retrieval(record)
    yield "answer_right", float(record.right)
    yield "answer_words", float(len(plain(record.text).split()))
    citations = record.citations if record.found else ()
    named = [file_name(citation.document) in question.documents for citation in citations]
    if named:
        yield "cited_document_right", statistics.fmean(named)
    if question.readable:
        yield from _judge_citations(question, citations)
    yield "right_and_cited", float(record.right and any(named))


def _judge_retrieval(record: Record) -> Iterable[tuple[str, float]]:
    question, ranks = record.question, record.ranks
    for depth in _DEPTHS:
        if question.readable:
            yield (
                f"evidence@{depth}",
                statistics.fmean(rank is not None and rank <= depth for rank in ranks),
            )
        seen = {file_name(item.document) for item in record.retrieved[:depth]}
        several = len(question.documents) > 1
        held = [document in seen for document in question.documents]
        yield f"document@{depth}", float(all(held) if several else any(held))


def _judge_citations(
    question: GoldQuestion, citations: tuple[Excerpt, ...]
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


def _points_at(citation: Excerpt, gold: GoldEvidence) -> bool:
    return (
        file_name(citation.document) == gold.document
        and trigram_share(gold.quote, citation.text) >= CITED_SHARE
    )


def _precise(citation: Excerpt, gold: GoldEvidence) -> bool:
    return _points_at(citation, gold) or (
        file_name(citation.document) == gold.document
        and trigram_share(citation.text, gold.quote) >= FOUND_SHARE
    )
