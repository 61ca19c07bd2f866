"""StoredVectors: the vectors of the catalog, from which those that are searched are made."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from index.database import Database

if TYPE_CHECKING:
    import numpy as np

_CHUNK = 4096  # vectors read at a time


class StoredVectors:
    """Reads them; they come in with their passages."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def after(self, last_id: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Ids int64 [n] and vectors float32 [n, dimension] of all passages with a higher id."""
        import numpy as np

        while True:
            rows = self._database.execute(
                "SELECT id, vector FROM passages WHERE id > ? ORDER BY id LIMIT ?",
                (last_id, _CHUNK),
            )
            if not rows:
                return
            with self._database.sense("its vectors"):
                vectors = np.array([np.frombuffer(row[1], dtype=np.float16) for row in rows])
            ids = np.array([row[0] for row in rows], dtype=np.int64)
            yield ids, vectors.astype(np.float32)
            last_id = rows[-1][0]

    def known(self, embedded: Collection[bytes]) -> dict[bytes, np.ndarray]:
        """The vectors (float16 [dimension]) of what was embedded before, by its hash."""
        import numpy as np

        known = {}
        for hashed in embedded:
            rows = self._database.execute(
                "SELECT vector FROM passages WHERE embedded = ? LIMIT 1", (hashed,)
            )
            if rows:
                known[hashed] = np.frombuffer(rows[0][0], dtype=np.float16)
        return known
