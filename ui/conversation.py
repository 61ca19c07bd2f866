"""Conversation, Exchange: what is kept of a conversation, and answers as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from pydantic import TypeAdapter, ValidationError

from assistant import Answer
from ui.language import gettext_noop
from ui.render import NEAREST

LONGEST_TITLE = 120  # characters
_UNREADABLE = gettext_noop(
    "This answer was kept by another version and cannot be shown. Ask again."
)
_ANSWER = TypeAdapter(Answer)
_LIMITS = TypeAdapter(tuple[str, ...])


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question of a conversation, and what came of it."""

    id: int
    question: str
    answer: Answer | None = None  # None until it is there
    error: str = ""  # why there is none
    liked: bool | None = None  # None: nobody said


@dataclass(frozen=True, slots=True)
class Conversation:
    """One line of the list of conversations."""

    id: str  # too long to be guessed: whoever has it was given it
    owner: str  # a user's id; "" where nobody logs in
    title: str
    limits: tuple[str, ...]  # to what is searched, as in ui/choices.py; empty: all documents
    shared: bool  # whether others who have its address may read it
    changed_at: datetime  # UTC


def answer_to_json(answer: Answer) -> str:
    """The whole answer, without the evidence that nobody will be shown again."""
    evidence = () if answer.found else answer.evidence[:NEAREST]
    return _ANSWER.dump_json(replace(answer, evidence=evidence)).decode()


def exchange_of(
    id: int, question: str, answer: str | None, error: str, liked: int | None
) -> Exchange:
    """An exchange as its row holds it."""
    read = None
    if answer is not None:
        try:
            read = _ANSWER.validate_json(answer)
        except ValidationError:
            error = _UNREADABLE
    return Exchange(id, question, read, error, None if liked is None else bool(liked))


def limits_to_json(limits: Sequence[str]) -> str:
    return _LIMITS.dump_json(tuple(limits)).decode()


def limits_of(json: str) -> tuple[str, ...]:
    """Nothing where it is not what ``limits_to_json`` made: it may come from a browser."""
    try:
        return _LIMITS.validate_json(json)
    except ValidationError:
        return ()


def conversation_of(
    id: str, owner: str, title: str, limits: str, shared: int, changed_at: str
) -> Conversation:
    """A conversation as its row holds it."""
    return Conversation(
        id, owner, title, limits_of(limits), bool(shared), datetime.fromisoformat(changed_at)
    )


def title_of(text: str) -> str:
    """A question, or what somebody typed, as a title."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_TITLE else f"{line[: LONGEST_TITLE - 1].rstrip()}…"
