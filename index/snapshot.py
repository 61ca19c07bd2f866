"""Snapshot: an index as it was at one moment, for reading; whatever is synced meanwhile."""

from __future__ import annotations

import logging
import threading
import weakref
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from index import generation
from index.catalog import Catalog
from index.database import Database
from index.encoder import VectorForm
from index.errors import (
    EncoderMismatch,
    IndexDamaged,
    IndexingError,
    IndexMissing,
    UnknownDocument,
    WeightsMismatch,
    rebuild_command,
)
from index.lexical import Lexical
from index.recent import Recent
from index.records import State
from index.scope import Scope, unknown_document
from index.store import DocumentInfo, Hit, Place
from index.vectors import Vectors
from ingest.document import Document, Passage

if TYPE_CHECKING:
    import numpy as np

V = TypeVar("V")
_LOG = logging.getLogger(__name__)
# What the next question will likely ask for again. Characters of documents: some 80 MB with their
# blocks. Passages: 8 MB. Places: 6 MB.
_DOCUMENTS, _PASSAGES, _PLACES = 16_000_000, 4_096, 32_768
_ATTEMPTS = 5  # at opening, while others write


class Snapshot:
    """A PassageStore that never changes; safe across threads."""

    def __init__(
        self, index_dir: Path, database: Database, state: State, vectors: Vectors, lexical: Lexical
    ) -> None:
        self.index_dir = index_dir
        self.state = state
        self.vectors = vectors
        self.lexical_index = lexical
        self._catalog = Catalog(database)
        self._lock = threading.Lock()  # over the connection and what was read by it
        self._documents = Recent[str, Document](_DOCUMENTS, lambda document: len(document.text))
        self._passages = Recent[int, Passage](_PASSAGES)
        self._places = Recent[int, Place](_PLACES)
        self._mix_noted = False  # the note about another arithmetic is given once
        self.passage_count = self._catalog.passage_count()
        # The last one who works with it closes it, in whatever thread that is.
        self._finalizer = weakref.finalize(self, database.close)

    @classmethod
    def open(cls, index_dir: Path, previous: Snapshot | None = None) -> Snapshot:
        """The newest state; missing or damaged search files are written anew from the catalog.

        Search files that ``previous`` has open already are shared with it. Raises IndexMissing,
        IndexDamaged, IndexForeign, IndexBusy.
        """
        damaged: State | None = None
        for _ in range(_ATTEMPTS):
            database = Database.reading(index_dir)
            try:
                state = Catalog(database).state()
                if not state.generation:
                    raise IndexMissing(index_dir)
                if previous is not None and previous.state == state:
                    parts = previous.vectors, previous.lexical_index
                    return cls(index_dir, database, state, *parts)
                opened = _open_search_files(index_dir, state, Catalog(database).passage_count())
                if opened is not None:
                    return cls(index_dir, database, state, *opened)
            except BaseException:
                database.close()
                raise
            database.close()
            # Either a sync has just swept this generation away, and there is a newer one, or
            # its files are damaged.
            if state == damaged:
                mend(index_dir)
            damaged = state
        raise IndexDamaged(index_dir, "its search files cannot be opened")

    def close(self) -> None:
        self._finalizer()

    def snapshot(self) -> Snapshot:
        return self

    @property
    def generation(self) -> int:
        return self.state.generation

    @property
    def encoder_name(self) -> str:
        return self.state.encoder

    @property
    def folder(self) -> Path | None:
        """The folder of documents that was synced last; None of an index that came without."""
        return Path(self.state.folder) if self.state.folder else None

    def check_encoder(self, name: str, form: VectorForm | None = None) -> None:
        if name != self.encoder_name:
            raise EncoderMismatch(self.index_dir, self.encoder_name, name)
        if form is None:
            return
        if form.differs(self.state.weights):
            raise WeightsMismatch(self.index_dir, name)
        if self.state.arithmetic not in ("", form.arithmetic) and not self._mix_noted:
            self._mix_noted = True
            _LOG.warning(
                "%s: its vectors were computed in %s, those of the questions are in %s. Answers "
                "are nearly the same; they are exactly so after: %s",
                self.index_dir,
                self.state.arithmetic,
                form.arithmetic,
                rebuild_command(self.index_dir),
            )

    def dense(
        self, vector: np.ndarray, k: int, documents: Collection[str] | None = None
    ) -> list[Hit]:
        if vector.size != self.vectors.dimension:
            raise IndexingError(
                f"{self.index_dir}: the question's vector has {vector.size} dimensions, the "
                f"index {self.vectors.dimension}: they come from different encoders. "
                f"Set `encoder` to {self.encoder_name}."
            )
        ids = None
        if documents is not None:
            paths = self._known(documents)
            with self._lock:
                ids = self._catalog.passage_ids(paths)
        return self.vectors.search(vector, k, ids)

    def lexical(self, question: str, k: int, documents: Collection[str] | None = None) -> list[Hit]:
        paths = None if documents is None else self._known(documents)
        return self.lexical_index.search(question, k, paths)

    def rarity(self, terms: Iterable[str], document: str | None = None) -> dict[str, float]:
        return self.lexical_index.rarity(terms, document)

    def places(self, ids: Collection[int]) -> dict[int, Place]:
        with self._lock:
            return _recalled(ids, self._places, self._catalog.places)

    def passages(self, ids: Sequence[int]) -> list[Passage]:
        with self._lock:
            found = _recalled(ids, self._passages, self._catalog.passages)
        return [found[id] for id in ids if id in found]

    def document(self, path: str) -> Document:
        with self._lock:
            document = self._documents.get(path)
            if document is None:
                document = self._catalog.document(path)
                if document is None:
                    raise self._unknown(path)
                self._documents.keep(path, document)
            return document

    def within(self, scope: Scope) -> list[str]:
        with self._lock:
            rows = self._catalog.files.scope_rows()
        return scope.paths(rows)

    def documents(self) -> list[DocumentInfo]:
        with self._lock:
            return self._catalog.documents()

    def _known(self, documents: Collection[str]) -> list[str]:
        paths = sorted({documents} if isinstance(documents, str) else set(documents))
        with self._lock:
            for path in paths:
                if not self._catalog.has_document(path):
                    raise self._unknown(path)
        return paths

    def _unknown(self, path: str) -> UnknownDocument:
        return unknown_document(path, self._catalog.documents())


def _recalled(
    ids: Collection[int], recent: Recent[int, V], read: Callable[[Collection[int]], dict[int, V]]
) -> dict[int, V]:
    """What is kept of these ids, and the others as they are read."""
    found = {id: value for id in ids if (value := recent.get(id)) is not None}
    if len(found) < len(ids):
        for id, value in read([id for id in ids if id not in found]).items():
            recent.keep(id, value)
            found[id] = value
    return found


def mend(index_dir: Path, *, thorough: bool = False) -> bool:
    """Write the search files anew from the catalog, without embedding, where they are damaged.

    Whether they were; ``thorough``: large ones are read for that, too. Raises IndexBusy while a
    sync is running.
    """
    database = Database.writing(index_dir)
    try:
        catalog = Catalog(database)
        state = catalog.state()
        passages = catalog.passage_count()
        if _open_search_files(index_dir, state, passages, thorough=thorough) is not None:
            return False
        folder = generation.folder_of(index_dir, state.generation)
        beside = folder.with_name(f"{folder.name}.part")
        files = generation.write(catalog, index_dir, beside, dimension=state.dimension)
        generation.replace(beside, folder)
        catalog.set_state(replace(state, files=files, layout=generation.LAYOUT))
        database.commit()
    finally:
        database.close()
    return True


def are_whole(index_dir: Path) -> bool:
    """Whether the search files of the newest state are sound; all of them are read.

    False also where they belong to an older version, or were swept away meanwhile.
    """
    database = Database.reading(index_dir)
    try:
        state = Catalog(database).state()
    finally:
        database.close()
    folder = generation.folder_of(index_dir, state.generation)
    whole = generation.is_whole(folder, state.files, thorough=True)
    return whole and state.layout == generation.LAYOUT


def _open_search_files(
    index_dir: Path, state: State, passages: int, *, thorough: bool = False
) -> tuple[Vectors, Lexical] | None:
    """None where they are missing, damaged, or written by another version."""
    folder = generation.folder_of(index_dir, state.generation)
    whole = generation.is_whole(folder, state.files, thorough=thorough)
    if state.layout != generation.LAYOUT or not whole:
        return None
    try:
        vectors, lexical = Vectors.read(folder), Lexical.read(folder)
    except Exception:  # each library has its own kinds, and all mean: write them anew
        return None
    return (vectors, lexical) if len(vectors) == len(lexical) == passages else None
