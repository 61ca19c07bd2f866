"""The words of the assistant itself: what it says when the documents do not hold an answer."""

from __future__ import annotations

from collections.abc import Sequence

NOT_IN_THE_DOCUMENTS = "The documents do not say."
NOT_IN_THESE_DOCUMENTS = "The chosen documents do not say."
EMPTY_INDEX = "There are no documents in the index yet."
NEAREST = "These passages come nearest, but do not answer the question:"

_FRENCH = {
    NOT_IN_THE_DOCUMENTS: "Les documents ne le disent pas.",
    NOT_IN_THESE_DOCUMENTS: "Les documents choisis ne le disent pas.",
    NEAREST: "Ces passages s’en approchent le plus, sans répondre à la question :",
}


def not_found(
    limited: bool, nearest: Sequence[str], unreadable: Sequence[str], french: bool = False
) -> str:
    """The text of an answer that is none.

    ``nearest`` holds a line for each passage that comes near; ``unreadable`` the documents
    that could not be read, so that silence is not taken for their silence.
    """
    said = NOT_IN_THESE_DOCUMENTS if limited else NOT_IN_THE_DOCUMENTS
    parts = [_FRENCH[said] if french else said]
    if unreadable:
        names = ", ".join(unreadable)
        parts.append(f"Not read, so not searched: {names}.")
    if nearest:
        parts.append(
            (_FRENCH[NEAREST] if french else NEAREST)
            + "\n\n"
            + "\n".join(f"- {line}" for line in nearest)
        )
    return "\n\n".join(parts)
