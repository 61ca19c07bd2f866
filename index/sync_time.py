"""When an index was synced last, whether or not anything had changed."""

from __future__ import annotations

from datetime import UTC, datetime

from index.database import Database


def note_sync(database: Database) -> None:
    """Remember that a sync is done now; it counts once the transaction does."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    database.execute("INSERT OR REPLACE INTO meta VALUES ('synced_at', ?)", (now,))


def last_sync(database: Database) -> str:
    """ISO 8601 in UTC; in an index of an older version, when a document came in last."""
    rows = database.execute(
        "SELECT value FROM meta WHERE key = 'synced_at' "
        "UNION ALL SELECT max(synced_at) FROM documents"
    )
    return next((str(value) for (value,) in rows if value), "")
