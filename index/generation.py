"""Generation: the folder of search files of one state of the catalog, and whether it is whole."""

from __future__ import annotations

import os
import shutil
import zlib
from collections.abc import Collection, Sequence
from pathlib import Path

from index.catalog import Catalog
from index.errors import IndexUnwritable
from index.lexical import FOLDER as LEXICAL
from index.lexical import Lexical
from index.vectors import Vectors

LAYOUT = 2  # version of the search files: others are built anew from the catalog
# What was taken out of a lexical index counts on in its statistics until the index is written
# anew from the catalog: at once where that takes no time, else when it is this share of all.
_SMALL = 2000  # passages
_STALE = 0.02
_PREFIX = "generation-"


def folder_of(index_dir: Path, number: int) -> Path:
    return index_dir / f"{_PREFIX}{number:07}"


def sweep(index_dir: Path, *, keep: int, below: int | None = None) -> None:
    """Remove the folders of other generations than ``keep``; with ``below``, of older ones only.

    Without ``below`` for a writer alone: another could be making the next generation. What cannot
    be removed (another program has it open) stays for the next time.
    """
    for folder in index_dir.glob(f"{_PREFIX}*"):
        number = folder.name.removeprefix(_PREFIX).partition(".")[0]
        if (
            folder != folder_of(index_dir, keep)
            and number.isdecimal()
            and (below is None or int(number) < below)
        ):
            shutil.rmtree(folder, ignore_errors=True)


def checksums(folder: Path) -> dict[str, int]:
    """CRC-32 of every search file, by its name relative to ``folder``."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.endswith(".lock"):
            found[path.relative_to(folder).as_posix()] = _checksum(path)
    return found


def is_whole(folder: Path, files: dict[str, int]) -> bool:
    """Whether the files are those that were written, byte for byte."""
    try:
        return bool(files) and all(
            _checksum(folder / name) == expected for name, expected in files.items()
        )
    except OSError:
        return False


def write(
    catalog: Catalog,
    index_dir: Path,
    folder: Path,
    *,
    dimension: int,
    previous: Path | None = None,
    last_id: int = 0,
    removed_ids: Sequence[int] = (),
    removed_paths: Collection[str] = (),
) -> dict[str, int]:
    """Write the search files of the catalog into a new ``folder``; their checksums.

    With ``previous``, only what changed since is worked on: passages above ``last_id`` come in,
    ``removed_ids`` and all passages of ``removed_paths`` go out. Raises IndexUnwritable.
    """
    try:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        if previous is None:
            vectors, last_id = Vectors.empty(dimension), 0
        else:
            vectors = Vectors.read(previous)
        vectors.remove(removed_ids)
        vectors.add(catalog.vectors_after(last_id))
        vectors.write(folder)
        if previous is None or _is_stale(previous, len(removed_ids), len(vectors)):
            Lexical.write(folder, (), catalog.passages_after(0))
        else:
            _link(previous / LEXICAL, folder / LEXICAL)
            Lexical.write(folder, removed_paths, catalog.passages_after(last_id))
        return checksums(folder)
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)  # the room is wanted
        raise IndexUnwritable(index_dir, error.strerror or str(error)) from error


def replace(beside: Path, folder: Path) -> None:
    """Put a folder that was written ``beside`` in the place of a damaged one.

    Raises IndexUnwritable.
    """
    shutil.rmtree(folder, ignore_errors=True)
    try:
        beside.replace(folder)
    except OSError as error:
        raise IndexUnwritable(folder.parent, error.strerror or str(error)) from error


def _is_stale(previous: Path, removed: int, passages: int) -> bool:
    """Whether too much would be left of passages that are gone."""
    stale: int = Lexical.read(previous).stale + removed
    return stale > (0 if passages <= _SMALL else passages * _STALE)


def _checksum(path: Path) -> int:
    value = 0
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            value = zlib.crc32(chunk, value)
    return value


def _link(source: Path, target: Path) -> None:
    """The files of ``source`` under other names: tantivy adds files and never changes one."""
    target.mkdir()
    for path in source.iterdir():
        if path.name.endswith(".lock"):
            continue
        try:
            os.link(path, target / path.name)
        except OSError:  # a file system without hard links
            shutil.copy2(path, target / path.name)
