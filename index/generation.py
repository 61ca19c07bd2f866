"""Generation: the folder of search files of one state of the catalog, and whether it is whole."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Sequence
from pathlib import Path

from index.catalog import Catalog
from index.checksum import file_checksum
from index.errors import IndexUnwritable
from index.lexical import FOLDER as LEXICAL
from index.lexical import Lexical
from index.private_files import keep_private
from index.vectors import Vectors, link

LAYOUT = 4  # version of the search files: others are built anew from the catalog
# What was taken out of a lexical index counts on in its statistics until the index is written
# anew from the catalog: at once where that takes no time, else when it is this share of all.
_SMALL = 2000  # passages
_STALE = 0.02
_PREFIX = "generation-"
_LARGE = 16 << 20  # bytes; a smaller file is read in some milliseconds

Marks = dict[str, list[int]]


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


def marks(folder: Path, previous: Path | None = None, known: Marks | None = None) -> Marks:
    """What to know each search file by: its name relative to ``folder`` -> XXH3, bytes, time.

    A file that stood in ``previous`` already, under the same name, is ``known``.
    """
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.endswith(".lock"):
            name = path.relative_to(folder).as_posix()
            old = (known or {}).get(name)
            if previous is None or old is None or not _is_same(path, previous / name):
                state = path.stat()
                old = [file_checksum(path), state.st_size, state.st_mtime_ns]
            found[name] = old
    return found


def is_whole(folder: Path, files: Marks, *, thorough: bool = False) -> bool:
    """Whether the files are those that were written, byte for byte.

    Unless it is to be ``thorough``, that of a large file is taken from its size and time, as long
    as they are the same: to read a gigabyte for every question would take longer than to answer
    it. Who has the time asks thoroughly, see ``index.background_check``.
    """
    large = None if thorough else _LARGE
    try:
        return bool(files) and all(_is(folder / name, large, *mark) for name, mark in files.items())
    except OSError:
        return False


def write(
    catalog: Catalog,
    index_dir: Path,
    folder: Path,
    *,
    dimension: int,
    previous: Path | None = None,
    known: Marks | None = None,
    last_id: int = 0,
    removed_ids: Sequence[int] = (),
    removed_paths: Collection[str] = (),
) -> Marks:
    """Write the search files of the catalog into a new ``folder``; their marks.

    With ``previous``, whose files are ``known``, only what changed since is worked on: passages
    above ``last_id`` come in, ``removed_ids`` and all passages of ``removed_paths`` go out.
    Raises IndexUnwritable.
    """
    try:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)
        if previous is None:
            last_id, removed_ids, removed_paths, stale = 0, (), (), True
        else:
            stale = _is_stale(previous, len(removed_ids), catalog.passage_count())
        vectors = catalog.vectors.after(last_id)
        Vectors.write(folder, dimension, vectors, removed=removed_ids, previous=previous)
        if stale or previous is None:
            Lexical.write(folder, (), catalog.passages_after(0))
        else:
            _link_all(previous / LEXICAL, folder / LEXICAL)
            Lexical.write(folder, removed_paths, catalog.passages_after(last_id))
        keep_private(folder)
        return marks(folder, previous, known)
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


def _is(path: Path, large: int | None, checksum: int, size: int, mtime_ns: int) -> bool:
    """``large``: bytes above which a file of the same time is not read; None: all are."""
    state = path.stat()
    if state.st_size != size:
        return False
    trusted = large is not None and size > large and state.st_mtime_ns == mtime_ns
    return trusted or file_checksum(path) == checksum


def _is_same(path: Path, other: Path) -> bool:
    try:
        return path.samefile(other)
    except OSError:
        return False


def _link_all(source: Path, target: Path) -> None:
    """The files of ``source`` under other names: tantivy adds files and never changes one."""
    target.mkdir()
    for path in source.iterdir():
        if not path.name.endswith(".lock"):
            link(path, target / path.name)


def _is_stale(previous: Path, removed: int, passages: int) -> bool:
    """Whether too much would be left of passages that are gone."""
    stale: int = Lexical.read(previous).stale + removed
    return stale > (0 if passages <= _SMALL else passages * _STALE)
