"""The file of conversations: where it lies, and its tables."""

from __future__ import annotations

FILE = "conversations.sqlite"
MIGRATIONS = (
    (
        """CREATE TABLE conversations (
            id TEXT PRIMARY KEY, owner TEXT NOT NULL, title TEXT NOT NULL, limits TEXT NOT NULL,
            shared INTEGER NOT NULL, changed_at TEXT NOT NULL, deleted_at TEXT)""",
        "CREATE INDEX conversations_by_owner ON conversations (owner, changed_at)",
        # AUTOINCREMENT: the address of an exchange in an open page never means another one.
        """CREATE TABLE exchanges (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            conversation TEXT NOT NULL REFERENCES conversations ON DELETE CASCADE,
            question TEXT NOT NULL, answer TEXT, error TEXT NOT NULL, liked INTEGER)""",
        "CREATE INDEX exchanges_by_conversation ON exchanges (conversation, id)",
    ),
    (
        """CREATE INDEX conversations_by_deletion ON conversations (deleted_at)
            WHERE deleted_at IS NOT NULL""",
    ),
)
