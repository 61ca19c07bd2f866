"""Conversations: all that was asked and answered, kept on the server.

They lie in a file of their own in the index's folder, where no sync, rebuild or import touches
them. An answer is kept whole with its quotes, so that it can be read whatever becomes of the
documents.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from ui.conversation import (
    Conversation,
    Exchange,
    answer_to_json,
    conversation_of,
    exchange_of,
    limits_to_json,
    title_of,
)
from ui.conversation_file import FILE, MIGRATIONS
from ui.errors import ConversationsUnusable, UnknownConversation
from ui.kept_file import KeptFile

if TYPE_CHECKING:
    from sqlite3 import Connection

LISTED = 300  # conversations that a list shows; older ones are found by their words
UNDO = timedelta(days=1)  # how long a deleted conversation can be brought back

_HOLDS = """ AND (instr(fold(title), ?) OR EXISTS (SELECT 1 FROM exchanges
    WHERE conversation = conversations.id AND instr(
        fold(question || ' ' || coalesce(json_extract(answer, '$.text'), '')), ?)))"""


class Conversations:
    """Who asked what; safe across threads and processes."""

    def __init__(self, file: KeptFile) -> None:
        self._file = file

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Those of an index's folder; where nothing can be written, they live in memory.

        Those deleted long enough ago are purged. Raises ConversationsUnusable where a newer
        version made the file.
        """
        opened = cls(KeptFile.open(folder / FILE, MIGRATIONS))
        with suppress(ConversationsUnusable):  # a full disk: they can be read all the same
            opened.purge()
        return opened

    @property
    def kept(self) -> bool:
        """Whether they outlive the server."""
        return self._file.kept

    def begin(self, owner: str, question: str, limits: Sequence[str] = ()) -> Conversation:
        """A new conversation, titled by its first question."""
        begun = Conversation(_new_id(), owner, title_of(question), tuple(limits), False, _now())
        with self._file.writing() as connection:
            _insert(connection, begun)
        return begun

    def listed(self, owner: str, words: str = "") -> list[Conversation]:
        """The owner's, the latest first; with ``words`` those that hold all of them."""
        wanted = words.casefold().split()
        return self._found(
            f"owner = ?{_HOLDS * len(wanted)} ORDER BY changed_at DESC LIMIT {LISTED}",
            [owner, *(word for each in wanted for word in (each, each))],
        )

    def conversation(self, id: str, reader: str) -> Conversation:
        """One that the reader may see: their own, or a shared one. Raises UnknownConversation."""
        found = self._found("id = ? AND (owner = ? OR shared)", [id, reader])
        if not found:
            raise UnknownConversation
        return found[0]

    def exchanges(self, id: str) -> list[Exchange]:
        """All of a conversation, in order."""
        rows = self._file.rows(
            "SELECT id, question, answer, error, liked FROM exchanges"
            " WHERE conversation = ? ORDER BY id",
            [id],
        )
        return [exchange_of(*row) for row in rows]

    def exchange(self, exchange: int, reader: str) -> Exchange:
        """One exchange of a conversation that the reader may see. Raises UnknownConversation."""
        rows = self._file.rows(
            "SELECT exchanges.id, question, answer, error, liked FROM exchanges"
            " JOIN conversations ON conversations.id = conversation"
            " WHERE exchanges.id = ? AND (owner = ? OR shared) AND deleted_at IS NULL",
            [exchange, reader],
        )
        if not rows:
            raise UnknownConversation
        return exchange_of(*rows[0])

    def ask(self, id: str, owner: str, question: str, replaces: int | None = None) -> Exchange:
        """Add a question, in place of the latest where that is ``replaces``."""
        with self._file.writing() as connection:
            _change(connection, id, owner, "changed_at = ?", _now().isoformat())
            if replaces is not None:
                _take_back(connection, id, replaces, question)
            added = connection.execute(
                "INSERT INTO exchanges (conversation, question, error) VALUES (?, ?, '')",
                [id, question],
            )
        return Exchange(int(added.lastrowid or 0), question)

    def finish(self, exchange: Exchange) -> None:
        """Keep what came of a question; nothing where it is gone by now."""
        answer = answer_to_json(exchange.answer) if exchange.answer is not None else None
        with self._file.writing() as connection:
            connection.execute(
                "UPDATE exchanges SET answer = ?, error = ? WHERE id = ?",
                [answer, exchange.error, exchange.id],
            )

    def like(self, id: str, owner: str, exchange: int, liked: bool | None) -> None:
        """Whether an answer was good; None takes back what was said."""
        with self._file.writing() as connection:
            _change(connection, id, owner, "owner = ?", owner)
            connection.execute(
                "UPDATE exchanges SET liked = ? WHERE id = ? AND conversation = ?",
                [liked, exchange, id],
            )

    def rename(self, id: str, owner: str, title: str) -> None:
        """Nothing where the title is empty."""
        if title.strip():
            with self._file.writing() as connection:
                _change(connection, id, owner, "title = ?", title_of(title))

    def limit(self, id: str, owner: str, limits: Sequence[str]) -> None:
        """Search only these documents from now on; none: search all."""
        with self._file.writing() as connection:
            _change(connection, id, owner, "limits = ?", limits_to_json(limits))

    def share(self, id: str, owner: str, *, shared: bool) -> None:
        """Whether other users who have its address may read it."""
        with self._file.writing() as connection:
            _change(connection, id, owner, "shared = ?", shared)

    def delete(self, id: str, owner: str) -> None:
        """Out of every list at once; ``purge`` takes it out of the file after ``UNDO``."""
        with self._file.writing() as connection:
            _change(connection, id, owner, "deleted_at = ?", _now().isoformat())

    def restore(self, id: str, owner: str) -> None:
        """Bring a deleted one back."""
        with self._file.writing() as connection:
            _change(connection, id, owner, "deleted_at = ?", None, deleted=True)

    def purge(self) -> None:
        """Take out of the file, for good, what was deleted longer than ``UNDO`` ago.

        Raises ConversationsUnusable.
        """
        with self._file.writing() as connection:
            before = (_now() - UNDO).isoformat()
            connection.execute("DELETE FROM conversations WHERE deleted_at < ?", [before])
        self._file.forget_written()

    def copy(self, id: str, reader: str) -> Conversation:
        """A conversation of the reader's own with the same questions and answers."""
        read = self.conversation(id, reader)
        copied = replace(read, id=_new_id(), owner=reader, shared=False, changed_at=_now())
        with self._file.writing() as connection:
            _insert(connection, copied)
            connection.execute(
                "INSERT INTO exchanges (conversation, question, answer, error)"
                " SELECT ?, question, answer, error FROM exchanges"
                " WHERE conversation = ? ORDER BY id",
                [copied.id, id],
            )
        return copied

    def close(self) -> None:
        self._file.close()

    def _found(self, where: str, values: Sequence[Any]) -> list[Conversation]:
        rows = self._file.rows(
            "SELECT id, owner, title, limits, shared, changed_at FROM conversations"
            f" WHERE deleted_at IS NULL AND {where}",
            values,
        )
        return [conversation_of(*row) for row in rows]


def _insert(connection: Connection, new: Conversation) -> None:
    limits, changed_at = limits_to_json(new.limits), new.changed_at.isoformat()
    connection.execute(
        "INSERT INTO conversations VALUES (?, ?, ?, ?, ?, ?, NULL)",
        [new.id, new.owner, new.title, limits, new.shared, changed_at],
    )


def _change(
    connection: Connection,
    id: str,
    owner: str,
    change: str,
    value: Any,
    *,
    deleted: bool = False,
) -> None:
    """Raises UnknownConversation unless it is the owner's."""
    done = connection.execute(
        f"UPDATE conversations SET {change} WHERE id = ? AND owner = ?"
        f" AND deleted_at IS {'NOT ' if deleted else ''}NULL",
        [value, id, owner],
    )
    if not done.rowcount:
        raise UnknownConversation


def _take_back(connection: Connection, id: str, exchange: int, question: str) -> None:
    """Delete the latest exchange; a conversation that it gave its title gets the new one."""
    rows = connection.execute(
        "SELECT id, question FROM exchanges WHERE conversation = ? ORDER BY id DESC LIMIT 2",
        [id],
    ).fetchall()
    if not rows or rows[0][0] != exchange:
        return
    connection.execute("DELETE FROM exchanges WHERE id = ?", [exchange])
    if len(rows) == 1:
        connection.execute(
            "UPDATE conversations SET title = ? WHERE id = ? AND title = ?",
            [title_of(question), id, title_of(rows[0][1])],
        )


def _new_id() -> str:
    return secrets.token_urlsafe(16)


def _now() -> datetime:
    return datetime.now(UTC)
