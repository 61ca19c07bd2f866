"""The tables of an index, as numbered migrations from one format to the next.

A migration never changes once an index was made with it; what the tables lack comes as a new one
at the end.
"""

from __future__ import annotations

# 1: the index as it began.
_TABLES = (
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL)",
    """CREATE TABLE documents (
        id TEXT PRIMARY KEY, path TEXT NOT NULL UNIQUE, content_hash TEXT NOT NULL,
        format TEXT NOT NULL, title TEXT NOT NULL, language TEXT, date TEXT,
        paged INTEGER NOT NULL, pages INTEGER NOT NULL, passages INTEGER NOT NULL,
        text TEXT NOT NULL, structure TEXT NOT NULL, size INTEGER NOT NULL,
        mtime_ns INTEGER NOT NULL, synced_at TEXT NOT NULL, seconds REAL NOT NULL)""",
    # AUTOINCREMENT: an id is never used twice, so an old hit cannot mean a new passage.
    """CREATE TABLE passages (
        id INTEGER PRIMARY KEY AUTOINCREMENT, document_id TEXT NOT NULL,
        ordinal INTEGER NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
        section TEXT NOT NULL, page INTEGER, last_page INTEGER, lead TEXT NOT NULL,
        embedded BLOB NOT NULL, vector BLOB NOT NULL)""",
    "CREATE INDEX passages_by_document ON passages (document_id, ordinal)",
    "CREATE INDEX passages_by_embedded ON passages (embedded)",
    """CREATE TABLE failures (
        path TEXT PRIMARY KEY, content_hash TEXT NOT NULL, format TEXT NOT NULL,
        reason TEXT NOT NULL, remedy TEXT NOT NULL, size INTEGER NOT NULL,
        mtime_ns INTEGER NOT NULL)""",
)


def _pages(state: str) -> str:
    """How many pages of a document are in this state, from its structure."""
    return f"""(SELECT count(*) FROM json_each(structure, '$.pages') AS page
        WHERE json_extract(page.value, '$[4]') = '{state}') * paged"""


# 2: what a file was read with, so that it is read again when that changes; pages by their state.
# Of the failures nobody knows what they were read with: they are tried once more.
_READ_WITH = (
    *(
        f"ALTER TABLE {table} ADD COLUMN {column}"
        for table in ("documents", "failures")
        for column in (
            "text_pipeline INTEGER NOT NULL DEFAULT 0",
            "ocr TEXT NOT NULL DEFAULT ''",  # the engine that was tried
            "awaits_ocr INTEGER NOT NULL DEFAULT 0",
            "limits TEXT NOT NULL DEFAULT ''",  # those that it failed under
        )
    ),
    *(
        f"ALTER TABLE documents ADD COLUMN {column}"
        for column in (
            "ocr_pages INTEGER NOT NULL DEFAULT 0",
            "unreadable_pages INTEGER NOT NULL DEFAULT 0",
            "blank_pages INTEGER NOT NULL DEFAULT 0",
            "reason TEXT NOT NULL DEFAULT ''",  # why OCR could not read what it should
            "remedy TEXT NOT NULL DEFAULT ''",
        )
    ),
    f"""UPDATE documents SET
        ocr_pages = {_pages("ocr")}, unreadable_pages = {_pages("unreadable")},
        blank_pages = {_pages("blank")},
        text_pipeline = coalesce(json_extract(
            (SELECT value FROM meta WHERE key = 'state'), '$.text_pipeline'), 0),
        awaits_ocr = EXISTS (SELECT 1 FROM json_each(structure, '$.pages') AS page
            WHERE json_extract(page.value, '$[4]') = 'unreadable'
            AND json_extract(page.value, '$[6]'))""",
)

# 3: files that people do not want to have searched, as they were when they said so.
_FORGOTTEN = (
    """CREATE TABLE forgotten (
        path TEXT PRIMARY KEY, content_hash TEXT NOT NULL, size INTEGER NOT NULL,
        mtime_ns INTEGER NOT NULL)""",
)


def _xxh3(columns: str) -> str:
    """The checksum of these columns of a row, see ``index.checksum``."""
    return f"xxh3({', '.join(f'CAST({column} AS BLOB)' for column in columns.split())})"


# 4: by what a file is known again without reading it: -1 wants it to be read; and checksums.
_CHECKED = (
    *(
        f"ALTER TABLE {table} ADD COLUMN {column} INTEGER NOT NULL DEFAULT -1"
        for table in ("documents", "failures", "forgotten")
        for column in ("ctime_ns", "inode")
    ),
    *(
        f"ALTER TABLE {table} ADD COLUMN checksum BLOB NOT NULL DEFAULT x''"
        for table in ("documents", "passages")
    ),
    "UPDATE documents SET checksum = "
    + _xxh3("id path content_hash format title language date paged pages passages text structure"),
    "UPDATE passages SET checksum = "
    + _xxh3('document_id ordinal start "end" section page last_page lead embedded vector'),
)

# MIGRATIONS[n] leads from format n to format n + 1
MIGRATIONS = (_TABLES, _READ_WITH, _FORGOTTEN, _CHECKED)
FORMAT = len(MIGRATIONS)


def statements_from(format: int) -> list[str]:
    """What brings an index of this format to the newest; 0 is an empty file."""
    steps = [statement for migration in MIGRATIONS[format:] for statement in migration]
    return [*steps, f"INSERT OR REPLACE INTO meta VALUES ('format', '{FORMAT}')"]
