"""The words of the assistant itself: what it says when the documents do not hold an answer."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.quoting import inert
from index import DocumentInfo, Evidence

NOT_IN_THE_DOCUMENTS = "The documents do not say."
NOT_IN_THESE_DOCUMENTS = "The chosen documents do not say."
NO_DOCUMENT_ABOUT = "The documents do not say: none of them is about"
SILENT = "This document does not say."  # of one document in a comparison
NOTHING_INDEXED = "There are no documents in the index yet."
NEAREST = "These passages come nearest, but do not answer the question:"
NOT_READ = "Not read, and so not searched"
_NEAREST_SHOWN = 3


def not_found(
    documents: Sequence[DocumentInfo],
    evidence: Sequence[Evidence],
    *,
    limited: bool,
    absent: Sequence[str] = (),
) -> str:
    """The text of an answer that is none.

    It names the nearest passages as what they are, and the documents that could not be read:
    what they say is not known, which is something else than that they are silent. ``absent`` is
    what none of the documents is about.
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
    if evidence:
        lines = [f"- {_place(item)}" for item in evidence[:_NEAREST_SHOWN]]
        parts.append("\n".join([NEAREST, "", *dict.fromkeys(lines)]))
    return "\n\n".join(parts)


def _place(evidence: Evidence) -> str:
    passage = evidence.passage
    page = f", p. {passage.page}" if passage.page is not None else ""
    section = f" ({passage.section[-1]})" if passage.section else ""
    return inert(f"{passage.title}{page}{section}")
