"""IndexStatus: what an index holds, of what size it is, and when it was last brought up to date."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from index.catalog import Catalog
from index.database import Database
from index.errors import IndexMissing
from index.store import DocumentInfo
from index.sync_time import last_sync
from ingest.document import PageCounts


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """One state of an index; the search files are not opened for it."""

    index: Path
    folder: Path | None  # of documents, that was synced last; None: it came without
    generation: int
    encoder: str
    arithmetic: str  # by which the vectors were computed; empty: not known
    dimension: int
    passages: int
    size: int  # bytes on the disk
    synced_at: str  # ISO 8601 in UTC; empty: not known
    documents: tuple[DocumentInfo, ...]  # those that could not be read too, sorted by path
    forgotten: tuple[str, ...]  # paths that syncs leave alone until the files change

    @classmethod
    def of(cls, index_dir: Path) -> IndexStatus:
        """Raises IndexMissing, IndexDamaged, IndexForeign, IndexUnwritable."""
        database = Database.reading(index_dir)
        try:
            catalog = Catalog(database)
            state = catalog.state()
            if not state.generation:
                raise IndexMissing(index_dir)
            return cls(
                index=index_dir,
                folder=Path(state.folder) if state.folder else None,
                generation=state.generation,
                encoder=state.encoder,
                arithmetic=state.arithmetic,
                dimension=state.dimension,
                passages=catalog.passage_count(),
                size=_bytes(index_dir),
                synced_at=last_sync(database),
                documents=tuple(catalog.documents()),
                forgotten=tuple(sorted(catalog.files.forgotten())),
            )
        finally:
            database.close()

    @property
    def indexed(self) -> int:
        """Documents that can be searched."""
        return sum(document.status == "indexed" for document in self.documents)

    @property
    def failed(self) -> int:
        """Documents that could not be read."""
        return len(self.documents) - self.indexed

    @property
    def page_counts(self) -> PageCounts:
        """The pages of all documents, by their state."""
        counts = [document.page_counts for document in self.documents]
        return PageCounts(
            text=sum(count.text for count in counts),
            ocr=sum(count.ocr for count in counts),
            unreadable=sum(count.unreadable for count in counts),
            blank=sum(count.blank for count in counts),
        )

    def to_dict(self) -> dict[str, Any]:
        """Plain values, ready for JSON."""
        return {
            **asdict(self),
            "index": str(self.index),
            "folder": str(self.folder or ""),
            "indexed": self.indexed,
            "failed": self.failed,
            "page_counts": asdict(self.page_counts),
        }


def _bytes(index_dir: Path) -> int:
    """A file that several generations share counts once."""
    files: dict[tuple[int, int], int] = {}
    for parent, _, names in os.walk(index_dir):
        for name in names:
            try:
                state = Path(parent, name).stat()
            except OSError:  # swept away meanwhile
                continue
            files[state.st_dev, state.st_ino] = state.st_size
    return sum(files.values())
