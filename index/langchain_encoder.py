"""LangChainEncoder: LangChain's Embeddings (an API, Ollama, your own) as an encoder."""

from __future__ import annotations

import importlib
import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from index.encoder import EncodingProgress, VectorForm
from index.errors import EncoderUnavailable

if TYPE_CHECKING:
    import numpy as np
    from langchain_core.embeddings import Embeddings

_BATCH = 64  # texts in one call, between two words of progress
_OWN = "langchain"  # the provider whose "model" is a class or function: package.module:Name


class LangChainEncoder:
    """Embeddings by LangChain; ``load`` makes them at the first text.

    ``name`` is what the index records, so it has to tell models apart. What goes over the
    network, and where to, is for the embeddings to say. Their vectors are brought to unit length.
    """

    def __init__(self, load: Callable[[], Embeddings], name: str) -> None:
        self.name = name
        self.form = VectorForm()
        self._load = load
        self._lock = threading.Lock()
        self._embeddings: Embeddings | None = None
        self._dimension = 0

    @classmethod
    def of(cls, embeddings: Embeddings, name: str | None = None) -> LangChainEncoder:
        """An encoder of embeddings that are there already, named after their class and model."""
        kind = type(embeddings)
        models = (getattr(embeddings, field, None) for field in ("model", "model_name", "model_id"))
        model = next((found for found in models if isinstance(found, str)), "")
        own = f"{_OWN}:{kind.__module__}:{kind.__qualname__}"
        return cls(lambda: embeddings, name or (f"{own}:{model}" if model else own))

    @property
    def dimension(self) -> int:
        """Learnt from the first vector, if need be by embedding a word."""
        if not self._dimension:
            self.encode_queries(["dimension"])
        return self._dimension

    def encode_documents(
        self, texts: Sequence[str], progress: EncodingProgress | None = None
    ) -> np.ndarray:
        """Embed what is searched: float32 [len(texts), dimension], unit length."""
        import numpy as np

        batches = []
        for start in range(0, len(texts), _BATCH):
            batch = [_printable(text) for text in texts[start : start + _BATCH]]
            batches.append(self._unit(self._call("embed_documents", batch), len(batch)))
            if progress is not None:
                progress(start + len(batch))
        if not batches:
            return np.zeros((0, self.dimension), dtype=np.float32)
        return np.concatenate(batches)

    def encode_queries(self, texts: Sequence[str]) -> np.ndarray:
        """Embed questions: float32 [len(texts), dimension], unit length."""
        import numpy as np

        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        vectors = [self._call("embed_query", _printable(text)) for text in texts]
        return self._unit(vectors, len(texts))

    def _call(self, method: str, given: str | list[str]) -> Any:
        with self._lock:
            if self._embeddings is None:
                self._embeddings = self._load()
        try:
            return getattr(self._embeddings, method)(given)
        except Exception as error:  # each provider has its own kinds
            raise EncoderUnavailable(
                f"The encoder {self.name} failed ({type(error).__name__}: {_first_line(error)}). "
                "Check its key, its address and the network, then try again."
            ) from error

    def _unit(self, given: Any, count: int) -> np.ndarray:
        """Vectors as float32 [count, dimension] of unit length. Raises EncoderUnavailable."""
        import numpy as np

        try:
            vectors = np.array(given, dtype=np.float32)
        except (TypeError, ValueError) as error:
            raise self._wrong("what came back are no vectors of one length") from error
        if vectors.ndim != 2 or len(vectors) != count or not vectors.shape[1]:
            raise self._wrong(f"{count} texts came back with the shape {vectors.shape}")
        if self._dimension not in (0, vectors.shape[1]):
            raise self._wrong(
                f"vectors of {vectors.shape[1]} dimensions came after some of {self._dimension}"
            )
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        if not np.isfinite(lengths).all() or not lengths.all():
            raise self._wrong("a vector came back that is zero or not a number")
        self._dimension = int(vectors.shape[1])
        return np.asarray(vectors / lengths, dtype=np.float32)

    def _wrong(self, what: str) -> EncoderUnavailable:
        return EncoderUnavailable(
            f"The encoder {self.name} does not work: {what}. Choose another with the setting "
            "`encoder`, or leave it out."
        )


def load_embeddings(setting: str) -> Embeddings:
    """The embeddings that ``provider:model`` or ``langchain:package.module:Name`` names.

    Raises EncoderUnavailable.
    """
    provider, _, model = setting.partition(":")
    if provider == _OWN:
        return _made_by(setting, model)
    try:
        # The package is no part of this program: whoever wants a provider installs both.
        init_embeddings = importlib.import_module("langchain.embeddings").init_embeddings
    except ImportError as error:
        raise EncoderUnavailable(
            f"The setting `encoder` names {setting}, which needs LangChain and its package for "
            f"{provider}. Install them with: pip install langchain langchain-{_dashed(provider)}"
        ) from error
    try:
        embeddings: Embeddings = init_embeddings(setting)
    except ImportError as error:
        raise EncoderUnavailable(
            f"The setting `encoder` names {setting}, and LangChain's package for {provider} is "
            f"not installed. Install it with: pip install langchain-{_dashed(provider)}"
        ) from error
    except Exception as error:  # no such provider, no key: each provider has its own kinds
        raise EncoderUnavailable(
            f"The setting `encoder` names {setting}, which LangChain cannot open "
            f"({_first_line(error)}). Check the name, and the key that the provider wants."
        ) from error
    return embeddings


def _made_by(setting: str, place: str) -> Embeddings:
    """What the class or function ``package.module:Name`` makes, or the object of that name."""
    from langchain_core.embeddings import Embeddings

    module, _, name = place.partition(":")
    wanted = f"The setting `encoder` names {setting}"
    if not name:
        raise EncoderUnavailable(
            f"{wanted}, which is not of the form {_OWN}:package.module:Name. "
            "Name a class or function that makes LangChain embeddings."
        )
    try:
        made: Any = getattr(importlib.import_module(module), name)
    except (ImportError, AttributeError, ValueError) as error:
        raise EncoderUnavailable(
            f"{wanted}, which cannot be imported ({_first_line(error)}). Check the name, and that "
            "its package is installed beside this program or stands on PYTHONPATH."
        ) from error
    if callable(made) and not isinstance(made, Embeddings):
        try:
            made = made()
        except Exception as error:  # somebody else's code
            raise EncoderUnavailable(
                f"{wanted}, which failed when it was called without arguments "
                f"({type(error).__name__}: {_first_line(error)})."
            ) from error
    if not isinstance(made, Embeddings):
        raise EncoderUnavailable(
            f"{wanted}, which makes a {type(made).__name__} and not LangChain embeddings "
            "(langchain_core.embeddings.Embeddings)."
        )
    return made


def _dashed(provider: str) -> str:
    return provider.replace("_", "-")


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


def _printable(text: str) -> str:
    # Half a surrogate pair, which JSON can hold, cannot be sent.
    return text.encode(errors="replace").decode()
