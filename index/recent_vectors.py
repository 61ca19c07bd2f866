"""RecentVectors: an encoder that does not compute again what it was asked a moment ago."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from index.encoder import Encoder, EncodingProgress, VectorForm

if TYPE_CHECKING:
    import numpy as np

_KEPT = 4096  # vectors: 6 MB of them at 384 dimensions
# Characters. Sentences that may answer come again with the next question about the same thing;
# passages that are indexed do not, and would only push the sentences out.
_SHORT = 400


class RecentVectors:
    """Another encoder behind a memory of questions and short texts; safe across threads."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder
        self.name = encoder.name
        self._lock = threading.Lock()  # over the memory, never while the encoder works
        self._known: OrderedDict[tuple[str, str], np.ndarray] = OrderedDict()

    @property
    def form(self) -> VectorForm:
        return self.encoder.form

    @property
    def dimension(self) -> int:
        return self.encoder.dimension

    def encode_documents(
        self, texts: Sequence[str], progress: EncodingProgress | None = None
    ) -> np.ndarray:
        """Embed what is searched: float32 [len(texts), dimension], unit length."""
        vectors = self._recalled("document", texts)
        new = [text for text in dict.fromkeys(texts) if text not in vectors]
        known = len(texts) - len(new)
        if progress is not None and known:
            progress(known)
        if new:
            tell = None if progress is None else (lambda done: progress(known + done))
            computed = self.encoder.encode_documents(new, tell)
            vectors.update(zip(new, computed, strict=True))
            self._keep("document", {text: vectors[text] for text in new})
        return self._in_order(texts, vectors)

    def encode_queries(self, texts: Sequence[str]) -> np.ndarray:
        """Embed questions: float32 [len(texts), dimension], unit length."""
        vectors = self._recalled("query", texts)
        new = [text for text in dict.fromkeys(texts) if text not in vectors]
        if new:
            vectors.update(zip(new, self.encoder.encode_queries(new), strict=True))
            self._keep("query", {text: vectors[text] for text in new})
        return self._in_order(texts, vectors)

    def _in_order(self, texts: Sequence[str], vectors: dict[str, np.ndarray]) -> np.ndarray:
        import numpy as np

        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        return np.stack([vectors[text] for text in texts])

    def _recalled(self, kind: str, texts: Sequence[str]) -> dict[str, np.ndarray]:
        """The vectors of those texts that are remembered."""
        found = {}
        with self._lock:
            for text in texts:
                if (kind, text) in self._known:
                    self._known.move_to_end((kind, text))
                    found[text] = self._known[kind, text]
        return found

    def _keep(self, kind: str, vectors: dict[str, np.ndarray]) -> None:
        with self._lock:
            for text, vector in vectors.items():
                if len(text) <= _SHORT:
                    self._known[kind, text] = vector.copy()  # a row would keep its whole batch
            while len(self._known) > _KEPT:
                self._known.popitem(last=False)
