"""CompiledEncoder: a compiled model run by onnxruntime; torch is not imported."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.compiled_model import GRAPH, TOKENIZER, CompiledModel
from index.encoder import EncodingProgress, VectorForm
from ingest.telemetry import hush_onnxruntime

if TYPE_CHECKING:
    import numpy as np

_BATCH = 32  # texts between two words of progress


class CompiledEncoder:
    """Runs each text alone, one text per core at a time.

    Not in batches: with dynamic int8 one scale is found for a whole batch, so that the vector of
    a text would depend on its neighbours and their padding (cosines down to 0.98 between two
    batches; an index that grew would not equal one built at once). On processors it is not even
    slower: nothing is padded, and cores that share one text wait for each other. A question that
    arrives meanwhile is computed at once, beside the documents.

    Raises what onnxruntime and tokenizers raise where the files in ``folder`` are none of theirs.
    """

    def __init__(self, name: str, folder: Path, model: CompiledModel) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        self.name = name
        self.form = VectorForm(model.fingerprint, model.arithmetic)
        self.dimension = model.dimension
        self._model = model
        # Truncation is set in the file, once: then threads may share the tokenizer.
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        hush_onnxruntime()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.enable_mem_pattern = False  # it would keep a plan for every length of text
        options.log_severity_level = 3  # errors: its warnings speak to those who make graphs
        self._session = onnxruntime.InferenceSession(
            str(folder / GRAPH), options, providers=["CPUExecutionProvider"]
        )
        self._cores = _cores()
        self._lock = threading.Lock()  # over the count of those who encode at this moment
        self._encoding = 0

    def encode_documents(
        self, texts: Sequence[str], progress: EncodingProgress | None = None
    ) -> np.ndarray:
        """Embed what is searched: float32 [len(texts), dimension], unit length."""
        return self._encode([self._model.document_prompt + text for text in texts], progress)

    def encode_queries(self, texts: Sequence[str]) -> np.ndarray:
        """Embed questions: float32 [len(texts), dimension], unit length."""
        return self._encode([self._model.query_prompt + text for text in texts])

    def _encode(self, texts: Sequence[str], progress: EncodingProgress | None = None) -> np.ndarray:
        import numpy as np

        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        # Long texts first, so that at the end no core waits for the longest one.
        order = sorted(range(len(texts)), key=lambda index: -len(texts[index]))
        with self._mapping(len(texts)) as mapped:
            for start in range(0, len(order), _BATCH):
                batch = order[start : start + _BATCH]
                vectors[batch] = list(mapped(self._vector, [texts[index] for index in batch]))
                if progress is not None:
                    progress(start + len(batch))
        return vectors

    @contextmanager
    def _mapping(self, texts: int) -> Iterator[Callable[..., Iterable[Any]]]:
        """A ``map`` by as many threads as there are cores for each who encodes at this moment.

        Where all cores have their work, as with many questions at once, more threads would only
        wait for each other: the caller's own does it.
        """
        with self._lock:
            self._encoding += 1
            threads = min(self._cores // self._encoding, texts)
        try:
            if threads < 2:
                yield map
            else:
                with ThreadPoolExecutor(threads, thread_name_prefix="encode") as pool:
                    yield pool.map
        finally:
            with self._lock:
                self._encoding -= 1

    def _vector(self, text: str) -> np.ndarray:
        """float32 [dimension]; onnxruntime and tokenizers let other threads run meanwhile."""
        import numpy as np

        # Half a surrogate pair, which JSON can hold, is no text to the tokenizers.
        tokens = self._tokenizer.encode(text.encode(errors="replace").decode())
        feed = {"input_ids": np.array([tokens.ids], dtype=np.int64)}
        if self._model.token_types:
            feed["token_type_ids"] = np.array([tokens.type_ids], dtype=np.int64)
        vector: np.ndarray = self._session.run(None, feed)[0][0]
        return vector


def _cores() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
