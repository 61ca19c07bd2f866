"""Inquiry: a question with the evidence that was gathered for it; of a comparison, part by part."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from assistant.kinds import QuestionKind, many_nouns
from assistant.overview_request import OverviewRequest, overview_request
from assistant.prompts import documents_to_ask, not_found, which_document
from assistant.question import Question, understand
from assistant.reader.reranker import Reranker, best_passages
from assistant.unread import unread_pages
from index import Evidence, PassageStore, Retriever

COMPARED = 2  # documents in a comparison
# ", and which one hosts Finland's centre?"
_CLAUSES = re.compile(
    r",?\s+(?:and|et|und|y|e|en)\s+(?=(?:what|which|who|when|where|how|why|quel\w*|qui|quand|où"
    r"|comment|pourquoi|combien|was|welche\w*|wer|wann|wo|wie|warum|qué|cuál\w*|quién|cuándo"
    r"|dónde|cómo|cosa|quale|quali|chi|dove|come|wat|welke?|wie|waar|hoe|waarom)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Part:
    """What of a question is asked of one document, or of all."""

    question: Question
    evidence: tuple[Evidence, ...]  # best first
    document: str | None = None  # path; None: all that were searched


@dataclass(frozen=True, slots=True)
class Inquiry:
    """All that an answer is made from."""

    question: Question
    store: PassageStore  # of one generation: evidence and documents fit together
    parts: tuple[Part, ...]  # one, or of a comparison one for each document
    searched: tuple[str, ...] = ()  # paths that the search was limited to; empty: all
    about: tuple[str, ...] = ()  # paths of the documents that the question names, where few
    absent: tuple[str, ...] = ()  # what a document is asked about, and none in the index is
    overview: OverviewRequest | None = None  # where it asks what a whole document says

    @property
    def compares(self) -> bool:
        return len(self.parts) > 1

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Of all parts in turn, best first."""
        if not self.compares:
            return self.parts[0].evidence
        depth = max(len(part.evidence) for part in self.parts)
        turns = (
            item
            for rank in range(depth)
            for part in self.parts
            for item in part.evidence[rank : rank + 1]
        )
        # In the order of the turns, and with scores that say so.
        return tuple(replace(item, score=1 / rank) for rank, item in enumerate(turns, start=1))

    def refusal(self) -> str:
        """The text of an answer that is none."""
        if self.overview is not None and self.overview.document is None:
            asks = documents_to_ask if self.overview.of_all else which_document
            return asks(self.store.documents(), self.overview.documents)
        return not_found(
            self.store.documents(),
            self.evidence,
            limited=bool(self.searched),
            absent=self.absent,
            gaps="" if self.absent else self.gaps(self.searched or self.about),
        )

    def gaps(self, paths: Collection[str]) -> str:
        """Which pages of these documents, or of all, could not be read, as a sentence."""
        nearest = dict.fromkeys(item.passage.document for item in self.evidence)
        return unread_pages(self.store, paths, tuple(nearest))


def inquire(
    question: Question,
    retriever: Retriever,
    store: PassageStore,
    k: int,
    within: Sequence[str] | None = None,
    reranker: Reranker | None = None,
) -> Inquiry:
    """Search for ``k`` passages, ``within`` these documents; a comparison shares them out."""
    asked = question.standalone
    whole = overview_request(question, retriever, store, within)
    if whole is not None:
        return _of_whole(whole, question, retriever, store, k, within, reranker)
    compared: list[str] = []
    if question.compares and within is None:
        compared = retriever.compared(asked, COMPARED, store)
    if len(compared) < 2:
        evidence = tuple(best_passages(retriever, reranker, asked, k, within, store))
        absent = retriever.absent(asked, store) if within is None and question.of_document else []
        about = tuple(() if within is not None else retriever.meant(asked, store))
        return Inquiry(
            question,
            store,
            (Part(question, evidence),),
            tuple(within or ()),
            about if len(about) <= COMPARED else (),
            tuple(absent),
        )
    share = -(-k // len(compared))
    dates = {info.path: info.date or "" for info in store.documents()}
    parts = []
    for path in sorted(compared, key=lambda path: dates[path]):  # the older edition first
        own, searched = _asked_of(path, compared, question, retriever, store)
        found = best_passages(retriever, reranker, searched, share, [path], store)
        parts.append(Part(own, tuple(found), path))
    return Inquiry(question, store, tuple(parts), tuple(compared))


def _of_whole(
    whole: OverviewRequest,
    question: Question,
    retriever: Retriever,
    store: PassageStore,
    k: int,
    within: Sequence[str] | None,
    reranker: Reranker | None,
) -> Inquiry:
    """What a document says: its passages; none where it is not clear which one is meant."""
    found = [whole.document] if whole.document else []
    asked = question.standalone
    evidence = best_passages(retriever, reranker, asked, k, found, store) if found else []
    return Inquiry(
        question,
        store,
        (Part(question, tuple(evidence)),),
        tuple(within or ()),
        () if within else tuple(found),
        overview=whole,
    )


def _asked_of(
    path: str,
    compared: Sequence[str],
    question: Question,
    retriever: Retriever,
    store: PassageStore,
) -> tuple[Question, str]:
    """What a comparison asks of one of its documents, and what to search for in it.

    "Which authority leads Germany's centre, and which one hosts Finland's?" has a clause for
    each; "compare the targets of Serbia and Guinea" asks the same of both.
    """
    clauses = _CLAUSES.split(question.standalone)
    margins = []
    for clause in clauses:
        named = retriever.named(clause, store)
        others = [named.get(other, 0.0) for other in compared if other != path]
        margins.append(named.get(path, 0.0) - max(others))
    if len(clauses) > 1 and margins.count(max(margins)) == 1:
        own = clauses[margins.index(max(margins))]
        part = understand(own)
        kind = question.kind if part.kind is QuestionKind.FACT else part.kind
        return replace(part, asked=question.asked, kind=kind), own
    kind = question.kind
    if kind is QuestionKind.REASON and question.of_change:
        # "How did the pillars change" asks for the pillars, not for a reason.
        kind = QuestionKind.LIST if many_nouns(question.standalone) else QuestionKind.FACT
    what = retriever.asked_of(path, compared, question.standalone, store)
    return replace(question, standalone=what, kind=kind), question.standalone
