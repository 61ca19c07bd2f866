"""LocalStore: the index in a folder, always as new as its last sync."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from index.database import Database
from index.encoder import VectorForm
from index.scope import Scope
from index.snapshot import Snapshot
from index.store import DocumentInfo, Hit, Place
from ingest.document import Document, Passage

if TYPE_CHECKING:
    import numpy as np


class LocalStore:
    """A PassageStore over an index folder, safe across threads; use it as a context manager.

    Every call works on one snapshot; the first call after a sync, by whomever, on the new one.
    Who needs several calls to fit together takes a ``snapshot`` and calls that.
    """

    def __init__(self, index_dir: Path, current: Snapshot) -> None:
        self.index_dir = index_dir
        self._lock = threading.Lock()
        self._identity, self._watcher, self._version = self._watch()
        # Once more, now that changes are watched: what was committed meanwhile is not missed.
        self._current = Snapshot.open(index_dir, current)

    @classmethod
    def open(cls, index_dir: str | Path) -> LocalStore:
        """Open an index for reading.

        Raises IndexMissing, IndexDamaged, IndexForeign, IndexBusy.
        """
        path = Path(index_dir)
        return cls(path, Snapshot.open(path))

    def __enter__(self) -> LocalStore:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        with self._lock:
            self._watcher.close()
            self._current.close()

    def refresh(self) -> bool:
        """Look for a newer state, as every call does; whether there was one."""
        before = self._current
        return self.snapshot() is not before

    def snapshot(self) -> Snapshot:
        """The newest state; it stays as it is for as long as it is held."""
        with self._lock:
            identity = Database.identity(self.index_dir)
            replaced = identity not in (None, self._identity)
            if replaced:
                self._watcher.close()
                self._identity, self._watcher, self._version = self._watch()
            version = self._watcher.data_version()
            if replaced or version != self._version:
                self._current = Snapshot.open(self.index_dir, self._current)
                self._version = version
            return self._current

    @property
    def generation(self) -> int:
        return self.snapshot().generation

    @property
    def encoder_name(self) -> str:
        return self.snapshot().encoder_name

    @property
    def folder(self) -> Path | None:
        """The folder of documents that was synced last; None of an index that came without."""
        return self.snapshot().folder

    @property
    def passage_count(self) -> int:
        return self.snapshot().passage_count

    def check_encoder(self, name: str, form: VectorForm | None = None) -> None:
        self.snapshot().check_encoder(name, form)

    def dense(
        self, vector: np.ndarray, k: int, documents: Collection[str] | None = None
    ) -> list[Hit]:
        return self.snapshot().dense(vector, k, documents)

    def lexical(self, question: str, k: int, documents: Collection[str] | None = None) -> list[Hit]:
        return self.snapshot().lexical(question, k, documents)

    def rarity(self, terms: Iterable[str], document: str | None = None) -> dict[str, float]:
        return self.snapshot().rarity(terms, document)

    def places(self, ids: Collection[int]) -> dict[int, Place]:
        return self.snapshot().places(ids)

    def passages(self, ids: Sequence[int]) -> list[Passage]:
        return self.snapshot().passages(ids)

    def document(self, path: str) -> Document:
        return self.snapshot().document(path)

    def within(self, scope: Scope) -> list[str]:
        return self.snapshot().within(scope)

    def documents(self) -> list[DocumentInfo]:
        return self.snapshot().documents()

    def _watch(self) -> tuple[tuple[int, int] | None, Database, int]:
        identity = Database.identity(self.index_dir)
        watcher = Database.watching(self.index_dir)
        return identity, watcher, watcher.data_version()
