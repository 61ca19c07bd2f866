"""Documents in, passages out: reads files and cuts them."""

from __future__ import annotations

from ingest import telemetry as _telemetry  # noqa: F401 - first: libraries read its switches

# isort: split

from typing import TYPE_CHECKING, Any

from ingest.document import (
    Block,
    BlockKind,
    Document,
    Page,
    PageCounts,
    PageStatus,
    Passage,
    known_as,
)
from ingest.errors import (
    DamagedDocument,
    EmptyDocument,
    FolderError,
    IngestError,
    OversizedDocument,
    ProtectedDocument,
    ReaderUnavailable,
    ReadingStopped,
    ScannedDocument,
    UnopenedDocument,
    UnreadableDocument,
    UnsupportedFormat,
)
from ingest.folder import SourceFile, scan
from ingest.limits import ReadingLimits
from ingest.passages import split

if TYPE_CHECKING:
    from ingest.readers import read

# The version of reading and cutting. Raise it when a change makes other text or other passages
# out of the same file: the next sync then reads every document anew.
TEXT_PIPELINE = 7

__all__ = [
    "TEXT_PIPELINE",
    "Block",
    "BlockKind",
    "DamagedDocument",
    "Document",
    "EmptyDocument",
    "FolderError",
    "IngestError",
    "OversizedDocument",
    "Page",
    "PageCounts",
    "PageStatus",
    "Passage",
    "ProtectedDocument",
    "ReaderUnavailable",
    "ReadingLimits",
    "ReadingStopped",
    "ScannedDocument",
    "SourceFile",
    "UnopenedDocument",
    "UnreadableDocument",
    "UnsupportedFormat",
    "known_as",
    "read",
    "scan",
    "split",
]


def __getattr__(name: str) -> Any:
    if name == "read":  # with it come the libraries of all formats, which a question needs not
        from ingest.readers import read

        return read
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
