"""Vectors: exact search over the vectors of the catalog, half precision, in FAISS."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.store import Hit

if TYPE_CHECKING:
    import numpy as np

FILE = "vectors.faiss"


class Vectors:
    """An index of unit vectors by passage id; ``write`` keeps it, ``read`` brings it back."""

    def __init__(self, index: Any) -> None:
        self._index = index

    @classmethod
    def empty(cls, dimension: int) -> Vectors:
        import faiss

        flat = faiss.IndexScalarQuantizer(
            dimension, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
        )
        return cls(faiss.IndexIDMap2(flat))

    @classmethod
    def read(cls, folder: Path) -> Vectors:
        """Raises RuntimeError where the file is missing or is no such index."""
        import faiss

        return cls(faiss.read_index(str(folder / FILE)))

    @property
    def dimension(self) -> int:
        return int(self._index.d)

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def add(self, batches: Iterable[tuple[np.ndarray, np.ndarray]]) -> None:
        """Add ids int64 [n] with vectors float32 [n, dimension]."""
        for ids, vectors in batches:
            self._index.add_with_ids(vectors, ids)

    def remove(self, ids: Sequence[int]) -> None:
        import numpy as np

        if ids:
            self._index.remove_ids(np.array(ids, dtype=np.int64))

    def write(self, folder: Path) -> None:
        """Write the file whole or not at all: FAISS itself would leave half of one.

        Raises OSError.
        """
        import faiss

        beside = folder / f"{FILE}.part"
        try:
            faiss.write_index(self._index, str(beside))
        except RuntimeError as error:
            why = str(error).rpartition("failed: ")[2]  # without the place in its source
            raise OSError(f"FAISS: {why}") from error
        with beside.open("rb") as file:
            os.fsync(file.fileno())
        beside.replace(folder / FILE)

    def search(self, vector: np.ndarray, k: int, ids: Sequence[int] | None = None) -> list[Hit]:
        """The ``k`` nearest to a unit vector float32 [dimension], best first, among ``ids``."""
        import faiss
        import numpy as np

        # For one question the threads cost more than they bring; the setting is this thread's.
        faiss.omp_set_num_threads(1)
        parameters = None
        if ids is not None:
            selector = faiss.IDSelectorBatch(np.array(ids, dtype=np.int64))
            parameters = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
        query = np.ascontiguousarray(vector, dtype=np.float32).reshape(1, -1)
        scores, found = self._index.search(query, min(k, max(len(self), 1)), params=parameters)
        hits = [
            Hit(int(id), float(score))
            for id, score in zip(found[0], scores[0], strict=True)
            if id >= 0  # FAISS fills up with -1
        ]
        return sorted(hits, key=lambda hit: (-hit.score, hit.passage_id))
