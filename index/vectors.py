"""Vectors: exact search over the vectors of the catalog, half precision, in FAISS.

They stand in segments, one file each, in the order of the passages' ids. A segment never changes:
the next generation links to it, so that a change costs what it adds and not what there is. What
was taken out of a segment is listed in a file beside until enough is gone to write it anew.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.store import Hit

if TYPE_CHECKING:
    import numpy as np

FOLDER = "vectors"
GONE = "gone.npy"  # int64 [n]: ids that a segment holds and the catalog does not
_SUFFIX = ".faiss"
# Vectors of a segment. The largest take 39 MB, are written in a twentieth of a second, and give
# every core one where that matters: at 100,000 passages two cores take 2.3 ms, one takes 3.4.
# The small ones are copied.
LARGEST = 50_000
SMALL = 10_000
_GROWTH = 4  # a segment is merged into the one before it unless that is so many times larger
MOST_GONE = 1_000  # of a segment: each makes every search fetch one more


@dataclass(frozen=True, slots=True)
class _Segment:
    index: Any  # faiss.IndexIDMap
    gone: int  # how many of its vectors are not to be found

    def __len__(self) -> int:
        return int(self.index.ntotal)


class Vectors:
    """The vectors of one generation, by passage id; ``write`` makes what ``read`` opens."""

    def __init__(self, segments: Sequence[_Segment], gone: np.ndarray) -> None:
        self._segments = segments
        self._gone = gone
        # The segments' searches run side by side: FAISS itself takes one thread for one question.
        cores = min(len(segments), os.cpu_count() or 1)
        self._pool = ThreadPoolExecutor(cores, thread_name_prefix="dense") if cores > 1 else None

    @classmethod
    def read(cls, folder: Path) -> Vectors:
        """Open without reading: the files are mapped, and shared with whoever has them open too.

        Raises RuntimeError, OSError or ValueError where a file is missing or is none of these.
        """
        import numpy as np

        gone = np.load(folder / FOLDER / GONE, allow_pickle=False)
        indexes = [_open(path) for path in _files(folder)]
        if not indexes:
            raise OSError(f"{folder / FOLDER}: holds no vectors")
        return cls([_Segment(index, _held(index, gone).size) for index in indexes], gone)

    @staticmethod
    def write(
        folder: Path,
        dimension: int,
        added: Iterable[tuple[np.ndarray, np.ndarray]],
        *,
        removed: Sequence[int] = (),
        previous: Path | None = None,
    ) -> None:
        """Write what ``previous`` holds without the ids ``removed``, and ``added`` after that.

        ``added`` are ids int64 [n], higher than those before, with vectors float32
        [n, dimension]. Files of ``previous`` that stay as they are get a second name in
        ``folder``. Raises OSError.
        """
        import numpy as np

        (folder / FOLDER).mkdir()
        before = [] if previous is None else _files(previous)
        gone = np.array(removed, dtype=np.int64)
        if previous is not None:
            earlier = np.load(previous / FOLDER / GONE, allow_pickle=False)
            gone = np.union1d(gone, earlier)
        newest, full = _empty(dimension), False
        for index in _segments(dimension, added):
            if newest.ntotal:
                _write(newest, folder)
                full = True
            newest = index
        while before and not full and _belongs(_open(before[-1]).ntotal, newest.ntotal):
            older = _without(before.pop(), gone)
            older.merge_from(newest)
            newest = older
        left = []  # of what is gone, in files that stay
        for path in before:
            index = _open(path)
            held = _held(index, gone)
            if held.size > MOST_GONE:
                rest = _without(path, gone)
                if rest.ntotal:
                    _write(rest, folder)
            else:
                left.append(held)
                link(path, folder / FOLDER / path.name)
        if newest.ntotal or not _files(folder):
            _write(newest, folder)
        _save(folder / FOLDER / GONE, np.concatenate(left) if left else np.array([], np.int64))

    @property
    def dimension(self) -> int:
        return int(self._segments[0].index.d)

    def __len__(self) -> int:
        return sum(map(len, self._segments)) - len(self._gone)

    def search(self, vector: np.ndarray, k: int, ids: Sequence[int] | None = None) -> list[Hit]:
        """The ``k`` nearest to a unit vector float32 [dimension], best first, among ``ids``."""
        import numpy as np

        query = np.ascontiguousarray(vector, dtype=np.float32).reshape(1, -1)
        one = _searcher(query, k, ids)
        each = map if self._pool is None else self._pool.map
        scores, found = map(np.concatenate, zip(*each(one, self._segments), strict=True))
        kept = found >= 0  # FAISS fills up with -1
        if self._gone.size:
            kept &= ~np.isin(found, self._gone)
        scores, found = scores[kept], found[kept]
        order = np.lexsort((found, -scores))[:k]
        return [Hit(int(found[at]), float(scores[at])) for at in order]


def _searcher(
    query: np.ndarray, k: int, ids: Sequence[int] | None
) -> Callable[[_Segment], tuple[np.ndarray, np.ndarray]]:
    """A search of one segment: scores float32 [n] and ids int64 [n]."""
    import faiss
    import numpy as np

    allowed = None if ids is None else faiss.IDSelectorBatch(np.array(ids, dtype=np.int64))

    def search(segment: _Segment) -> tuple[np.ndarray, np.ndarray]:
        # For one question the threads cost more than they bring; the setting is this thread's.
        faiss.omp_set_num_threads(1)
        # The best k of what is left are among the best of all, and as many more as are gone.
        fetched = min(k + segment.gone, max(len(segment), 1))
        # Parameters of its own: while it searches, FAISS puts the segment's own selector there.
        parameters = None
        if allowed is not None:
            parameters = faiss.SearchParameters(sel=allowed)  # type: ignore[call-arg]
        scores, found = segment.index.search(query, fetched, params=parameters)
        return scores[0], found[0]

    return search


def _empty(dimension: int) -> Any:
    import faiss

    flat = faiss.IndexScalarQuantizer(
        dimension, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
    )
    return faiss.IndexIDMap(flat)


def _segments(dimension: int, batches: Iterable[tuple[np.ndarray, np.ndarray]]) -> Iterator[Any]:
    """Indexes of at most LARGEST vectors; one at least, which may be empty."""
    index = _empty(dimension)
    for ids, vectors in batches:
        if index.ntotal + len(ids) > LARGEST:
            yield index
            index = _empty(dimension)
        index.add_with_ids(vectors, ids)
    yield index


def _belongs(older: int, newer: int) -> bool:
    """Whether two neighbours of these sizes are written as one."""
    return older + newer <= LARGEST and older <= max(SMALL, _GROWTH * newer)


def _without(path: Path, gone: np.ndarray) -> Any:
    """The index in a file, in memory, without these ids."""
    import faiss

    index: Any = faiss.read_index(str(path))
    index.remove_ids(gone)
    return index


def _open(path: Path) -> Any:
    import faiss

    return faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)


def _ids(index: Any) -> np.ndarray:
    """int64 [n], ascending"""
    import faiss

    ids: np.ndarray = faiss.vector_to_array(index.id_map)
    return ids


def _held(index: Any, wanted: np.ndarray) -> np.ndarray:
    """Those of these ids that the index has."""
    import numpy as np

    ids = _ids(index)
    found = wanted[np.searchsorted(ids, wanted) < ids.size]
    held: np.ndarray = found[ids[np.searchsorted(ids, found)] == found]
    return held


def _files(folder: Path) -> list[Path]:
    return sorted((folder / FOLDER).glob(f"*{_SUFFIX}"))


def _write(index: Any, folder: Path) -> None:
    """Under its first id, so that the names stand in the order of the ids. Raises OSError."""
    import faiss

    first = int(_ids(index)[0]) if index.ntotal else 0
    path = folder / FOLDER / f"{first:012}{_SUFFIX}"
    try:
        faiss.write_index(index, str(path))
    except RuntimeError as error:
        why = str(error).rpartition("failed: ")[2]  # without the place in its source
        raise OSError(f"FAISS: {why}") from error
    _sync(path)


def _save(path: Path, ids: np.ndarray) -> None:
    import numpy as np

    np.save(path, ids, allow_pickle=False)
    _sync(path)


def link(source: Path, target: Path) -> None:
    """Give a file that nobody will change a second name."""
    try:
        os.link(source, target)
    except OSError:  # a file system without hard links
        shutil.copy2(source, target)


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
