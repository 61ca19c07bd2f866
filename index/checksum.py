"""Checksums: XXH3 over rows of the catalog and over search files, to notice what got damaged.

They guard against accidents (a disk, a memory, a copy that went wrong), not against people, who
could write a fitting one. XXH3 is here some 80 times as fast as CRC-32 or BLAKE2: a document is
checked in microseconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import xxhash

_CHUNK = 1 << 20
_BETWEEN, _NOTHING = b"\xff", b"\xfe"  # neither is in any UTF-8
FUNCTION = "xxh3"  # its name in SQL, on every connection of a Database
# What is checked of a row: all that a reader may see of a document, and its vectors.
DOCUMENT = (
    "id", "path", "content_hash", "format", "title", "language", "date", "paged", "pages",
    "passages", "text", "structure",
)  # fmt: skip
PASSAGE = (
    "document_id", "ordinal", "start", "end", "section", "page", "last_page", "lead", "embedded",
    "vector",
)  # fmt: skip

Value = str | int | bytes | None


def checksum(*values: Value) -> bytes:
    """XXH3 (64 bits) of values as a row holds them."""
    return xxhash.xxh3_64_digest(_BETWEEN.join(map(_bytes, values)))


def checksum_of(columns: Sequence[str]) -> str:
    """The same of these columns of a row, as SQL."""
    # As bytes: what was damaged need not be text any more.
    values = ", ".join(f'CAST("{column}" AS BLOB)' for column in columns)
    return f"{FUNCTION}({values})"


def file_checksum(path: Path) -> int:
    """XXH3 (64 bits) of a file. Raises OSError."""
    hashed = xxhash.xxh3_64()
    with path.open("rb", buffering=0) as file:
        while chunk := file.read(_CHUNK):
            hashed.update(chunk)
    return hashed.intdigest()


def _bytes(value: Value) -> bytes:
    if isinstance(value, bytes):
        return value
    return _NOTHING if value is None else str(value).encode()
