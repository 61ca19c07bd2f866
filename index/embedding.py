"""Embedding: passages -> vectors; what was embedded before is not embedded again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from index.catalog import Catalog
from index.encoder import Encoder
from index.report import Progress, ProgressListener
from ingest.document import Passage

if TYPE_CHECKING:
    import numpy as np


_PIECE = 4096  # passages that are embedded at a time


def embedded_text(passage: Passage) -> str:
    """What the encoder sees of a passage: title, section and lead-in give it its context."""
    return f"{passage.context}\n{passage.text}" if passage.context else passage.text


def embed(
    passages: Sequence[Passage],
    catalog: Catalog,
    encoder: Encoder,
    tell: ProgressListener,
    check: Callable[[Encoder], None],
) -> tuple[list[bytes], np.ndarray, int]:
    """The hash of what is embedded for each passage of a document, the vectors (float16
    [n, dimension]), and how many of them the encoder had to make.

    ``check`` raises where the encoder's vectors cannot stand beside those of the index; it is
    asked before anything is embedded, for it needs the model.
    """
    import numpy as np

    hashes = [hashlib.sha256(embedded_text(passage).encode()).digest() for passage in passages]
    vectors = catalog.vectors.known(set(hashes))
    new = {
        hashed: passage
        for hashed, passage in zip(hashes, passages, strict=True)
        if hashed not in vectors
    }
    if new:
        check(encoder)
        path, begun = passages[0].document, 0
        # A piece at a time: the texts of a whole library at once would be one more copy of it.
        waiting = iter(new.items())
        while piece := list(islice(waiting, _PIECE)):
            fresh = encoder.encode_documents(
                [embedded_text(passage) for _, passage in piece],
                lambda done: tell(Progress("embed", begun + done, len(new), path)),  # noqa: B023
            )
            found = (hashed for hashed, _ in piece)
            vectors.update(zip(found, fresh.astype(np.float16), strict=True))
            begun += len(piece)
    return hashes, np.array([vectors[hashed] for hashed in hashes], dtype=np.float16), len(new)
