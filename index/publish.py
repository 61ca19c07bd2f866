"""publish: what an update did to the catalog becomes the next generation, all at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from index import generation
from index.catalog import Catalog
from index.database import Database
from index.records import State
from index.report import Progress, ProgressListener
from index.sync_time import note_sync
from index.update import Update
from ingest import TEXT_PIPELINE
from ingest.leftovers import remove_if_old

IMPORTING = "import.part"  # folder in which an import works


def publish(
    database: Database,
    index_dir: Path,
    folder: Path,
    update: Update,
    tell: ProgressListener,
    *,
    rebuild: bool = False,
    thorough: bool = False,
) -> State:
    """Write the next generation if there is anything new, and commit it with the new state.

    ``thorough``: search files are read whole to see whether they are sound, also large ones.
    Raises IndexUnwritable, IndexDamaged.
    """
    state = _write(index_dir, folder, update, tell, rebuild=rebuild, thorough=thorough)
    note_sync(database)
    database.commit()
    generation.sweep(index_dir, keep=state.generation, below=state.generation)
    remove_if_old(index_dir / IMPORTING)
    return state


def _write(
    index_dir: Path,
    folder: Path,
    update: Update,
    tell: ProgressListener,
    *,
    rebuild: bool,
    thorough: bool,
) -> State:
    before = update.catalog.state()
    state = replace(
        before,
        encoder=update.encoder.name,
        text_pipeline=TEXT_PIPELINE,
        folder=str(folder.resolve()),
    )
    if update.embedded:
        form = update.encoder.form
        others = "" if rebuild else before.arithmetic
        state = replace(state, weights=form.weights, arithmetic=form.beside(others))
    # Of what was damaged, nobody knows any more what stands of it in the search files.
    whole = not update.damaged and _has_whole_files(index_dir, before, thorough=thorough)
    if update.changed or rebuild or not whole:
        tell(Progress("write", 0, 1))
        dimension = update.dimension or (0 if rebuild else before.dimension)
        state = write_next(
            update.catalog,
            index_dir,
            replace(state, dimension=dimension or update.encoder.dimension),
            last_id=update.last_id,
            removed_ids=update.removed_ids,
            removed_paths=update.removed_paths,
            anew=rebuild or not whole,
        )
        tell(Progress("write", 1, 1))
    if state != before:
        update.catalog.set_state(state)
    return state


def write_next(
    catalog: Catalog,
    index_dir: Path,
    state: State,
    *,
    last_id: int,
    removed_ids: Sequence[int],
    removed_paths: Sequence[str],
    anew: bool | None = None,
) -> State:
    """Write the search files of the generation that follows ``state``; the state with them.

    ``anew``: from the whole catalog; None: only where the files of ``state`` are not whole. For a
    writer alone. Raises IndexUnwritable.
    """
    if anew is None:
        anew = not _has_whole_files(index_dir, state)
    number = state.generation + 1
    # What a sync that died has left; and nobody else is writing now.
    generation.sweep(index_dir, keep=state.generation)
    files = generation.write(
        catalog,
        index_dir,
        generation.folder_of(index_dir, number),
        dimension=state.dimension,
        previous=None if anew else generation.folder_of(index_dir, state.generation),
        known=state.files,
        last_id=last_id,
        removed_ids=removed_ids,
        removed_paths=removed_paths,
    )
    return replace(state, generation=number, layout=generation.LAYOUT, files=files)


def _has_whole_files(index_dir: Path, state: State, *, thorough: bool = False) -> bool:
    folder = generation.folder_of(index_dir, state.generation)
    whole = generation.is_whole(folder, state.files, thorough=thorough)
    return whole and state.layout == generation.LAYOUT
