"""The words of the assistant itself: what it says when the documents do not hold an answer."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from assistant.quoting import inert
from index import DocumentInfo, Evidence

NOT_IN_THE_DOCUMENTS = "The documents do not say."
NOT_IN_THESE_DOCUMENTS = "The chosen documents do not say."
NO_DOCUMENT_ABOUT = "The documents do not say: none of them is about"
SILENT = "This document does not say."  # of one document in a comparison
NOTHING_INDEXED = "There are no documents in the index yet."
NEAREST = "These passages come nearest, but do not answer the question:"
MAY_STAND_THERE = "The answer may stand there."
NOT_READ = "Not read, and so not searched"
WHICH_DOCUMENT = "Which document is meant? An overview can be given of one of these:"
TO_ASK = "You can ask about these documents:"
_NEAREST_SHOWN = 3
_DOCUMENTS_SHOWN = 10


def not_found(
    documents: Sequence[DocumentInfo],
    evidence: Sequence[Evidence],
    *,
    limited: bool,
    absent: Sequence[str] = (),
    gaps: str = "",
) -> str:
    """The text of an answer that is none.

    It names the nearest passages as what they are, and the documents that could not be read:
    what they say is not known, which is something else than that they are silent. ``absent`` is
    what none of the documents is about, ``gaps`` says which of their pages could not be read.
    """
    unread = [info.path for info in documents if info.status == "failed"]
    if len(unread) == len(documents):
        parts = [NOTHING_INDEXED]
    elif absent:
        parts = [f"{NO_DOCUMENT_ABOUT} {', '.join(map(inert, absent))}."]
    else:
        parts = [NOT_IN_THESE_DOCUMENTS if limited else NOT_IN_THE_DOCUMENTS]
    if unread:
        parts.append(f"{NOT_READ}: {', '.join(unread)}.")
    if gaps:
        parts.append(f"{gaps} {MAY_STAND_THERE}")
    if evidence:
        lines = [f"- {_place(item)}" for item in evidence[:_NEAREST_SHOWN]]
        parts.append("\n".join([NEAREST, "", *dict.fromkeys(lines)]))
    return "\n\n".join(parts)


def which_document(documents: Sequence[DocumentInfo], meant: Collection[str]) -> str:
    """Asks back where an overview is asked of no document by name."""
    return _list_of(WHICH_DOCUMENT, documents, meant)


def documents_to_ask(documents: Sequence[DocumentInfo], meant: Collection[str]) -> str:
    """Says what can be asked about, to a person who greets or asks just that."""
    return _list_of(TO_ASK, documents, meant)


def _list_of(lead: str, documents: Sequence[DocumentInfo], meant: Collection[str]) -> str:
    titles = [
        f"- {inert(dated(info.title, info.date))}" for info in documents if info.path in meant
    ]
    shown = titles[:_DOCUMENTS_SHOWN]
    if len(titles) > len(shown):
        shown.append(f"- and {len(titles) - len(shown)} more")
    return "\n".join([lead, "", *shown])


def dated(title: str, date: str | None) -> str:
    """The title with the year, where it does not say it: editions often share a title."""
    year = (date or "")[:4]
    return f"{title} ({year})" if year and year not in title else title


def _place(evidence: Evidence) -> str:
    passage = evidence.passage
    page = f", p. {passage.page}" if passage.page is not None else ""
    section = f" ({passage.section[-1]})" if passage.section else ""
    return inert(f"{passage.title}{page}{section}")
