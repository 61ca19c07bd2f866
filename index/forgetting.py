"""forget: take documents out of an index, and leave their files unread from then on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from index import generation
from index.catalog import Catalog
from index.database import Database
from index.errors import IndexMissing
from index.publish import write_next
from index.scope import Scope, ScopeRow


def forget(index_dir: str | Path, files: Sequence[str]) -> list[str]:
    """Take documents, or files that could not be read, out of the index; their paths.

    ``files`` are paths or patterns. The files themselves stay where they are. Syncs leave them
    alone, ``rebuild`` too, until they change or are remembered. Nothing is embedded.

    Raises UnknownDocument, IndexMissing, IndexBusy, IndexDamaged, IndexForeign, IndexUnwritable.
    """
    index_dir = Path(index_dir)
    database = _open(index_dir)
    try:
        catalog = Catalog(database)
        state, last_id = catalog.state(), catalog.last_passage_id()
        known = catalog.files.known()
        paths = _matching(files, known)
        removed = []
        for path in paths:
            catalog.files.forget(known[path])
            removed += catalog.remove(path)
        if any(not known[path].failed for path in paths):
            state = write_next(
                catalog,
                index_dir,
                state,
                last_id=last_id,
                removed_ids=removed,
                removed_paths=[path for path in paths if not known[path].failed],
            )
            catalog.set_state(state)
        database.commit()
    finally:
        database.close()
    generation.sweep(index_dir, keep=state.generation, below=state.generation)
    return paths


def remember(index_dir: str | Path, files: Sequence[str]) -> list[str]:
    """Let the next sync read what was forgotten; the paths. Raises what ``forget`` raises."""
    database = _open(Path(index_dir))
    try:
        catalog = Catalog(database)
        paths = _matching(files, catalog.files.forgotten())
        for path in paths:
            catalog.files.remember(path)
        database.commit()
    finally:
        database.close()
    return paths


def _open(index_dir: Path) -> Database:
    # Whoever has something forgotten does not want an index made.
    Database.reading(index_dir).close()
    database = Database.writing(index_dir)
    if Catalog(database).state().generation:
        return database
    database.close()
    raise IndexMissing(index_dir)


def _matching(files: Sequence[str], known: Iterable[str]) -> list[str]:
    return Scope(documents=files).paths([ScopeRow(path, "", None, None) for path in known])
