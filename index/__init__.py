"""Folders in, evidence out: keeps documents searchable, and searches them."""

from __future__ import annotations

import ingest.telemetry  # noqa: F401 - first: libraries read its switches when imported

# isort: split

from typing import TYPE_CHECKING, Any

from index.encoder import Encoder, VectorForm, open_encoder
from index.errors import (
    EncoderMismatch,
    EncoderUnavailable,
    IndexBusy,
    IndexDamaged,
    IndexForeign,
    IndexingError,
    IndexMissing,
    IndexUnwritable,
    NoDocuments,
    OtherFolder,
    UnknownDocument,
)
from index.local import LocalStore
from index.model_source import DEFAULT_MODEL
from index.report import FileOutcome, Progress, SyncReport
from index.retriever import Evidence, Retriever
from index.scope import Scope
from index.sentence_transformer_encoder import SentenceTransformerEncoder
from index.snapshot import Snapshot
from index.store import DocumentInfo, Hit, PassageStore
from index.sync import sync

if TYPE_CHECKING:
    from index.langchain_retriever import StrategyRetriever

__all__ = [
    "DEFAULT_MODEL",
    "DocumentInfo",
    "Encoder",
    "EncoderMismatch",
    "EncoderUnavailable",
    "Evidence",
    "FileOutcome",
    "Hit",
    "IndexBusy",
    "IndexDamaged",
    "IndexForeign",
    "IndexMissing",
    "IndexUnwritable",
    "IndexingError",
    "LocalStore",
    "NoDocuments",
    "OtherFolder",
    "PassageStore",
    "Progress",
    "Retriever",
    "Scope",
    "SentenceTransformerEncoder",
    "Snapshot",
    "StrategyRetriever",
    "SyncReport",
    "UnknownDocument",
    "VectorForm",
    "open_encoder",
    "sync",
]


def __getattr__(name: str) -> Any:
    if name == "StrategyRetriever":  # LangChain takes a second to import
        from index.langchain_retriever import StrategyRetriever

        return StrategyRetriever
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
