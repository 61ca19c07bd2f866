"""publish: what an update did to the catalog becomes the next generation, all at once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from index import generation
from index.database import Database
from index.records import State
from index.report import Progress, ProgressListener
from index.update import Update
from ingest import TEXT_PIPELINE


def publish(
    database: Database,
    index_dir: Path,
    folder: Path,
    update: Update,
    tell: ProgressListener,
    *,
    rebuild: bool = False,
) -> State:
    """Write the next generation if there is anything new, and commit it with the new state.

    Raises IndexUnwritable, IndexDamaged.
    """
    state = _write(index_dir, folder, update, tell, rebuild=rebuild)
    database.commit()
    generation.sweep(index_dir, keep=state.generation, below=state.generation)
    return state


def _write(
    index_dir: Path, folder: Path, update: Update, tell: ProgressListener, *, rebuild: bool
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
    current = generation.folder_of(index_dir, before.generation)
    whole = before.layout == generation.LAYOUT and generation.is_whole(current, before.files)
    if update.changed or rebuild or not whole:
        tell(Progress("write", 0, 1))
        number = before.generation + 1
        # What a sync that died has left; and nobody else is writing now.
        generation.sweep(index_dir, keep=before.generation)
        delta = whole and not rebuild
        dimension = update.dimension or (0 if rebuild else before.dimension)
        dimension = dimension or update.encoder.dimension
        files = generation.write(
            update.catalog,
            index_dir,
            generation.folder_of(index_dir, number),
            dimension=dimension,
            previous=current if delta else None,
            known=before.files,
            last_id=update.last_id,
            removed_ids=update.removed_ids,
            removed_paths=update.removed_paths,
        )
        tell(Progress("write", 1, 1))
        state = replace(
            state, generation=number, dimension=dimension, layout=generation.LAYOUT, files=files
        )
    if state != before:
        update.catalog.set_state(state)
    return state
