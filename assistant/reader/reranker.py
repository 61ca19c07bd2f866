"""Reranker: passages in a better order, by a model that reads the question with each of them."""

from __future__ import annotations

import logging
import threading
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol

from assistant.reader.model_place import NamedModel
from assistant.reader.windows import MOST_CHARACTERS
from index import Evidence, PassageStore, Retriever, Scope
from index.embedding import embedded_text
from index.retriever import NAMED, RANK_CONSTANT

if TYPE_CHECKING:
    import numpy as np

POOL = 30  # passages that the best are chosen from, where a reranker reads them
_QUESTION_WORDS = 64
_BATCH = 16


class Reranker(Protocol):
    """Says how well texts answer a question. Safe across threads."""

    @property
    def name(self) -> str:
        """What the settings call it; known without loading the model."""
        ...

    def score(self, question: str, texts: Sequence[str]) -> np.ndarray:
        """Float32 [len(texts)]; higher is better, comparable within one question only.

        Raises ReaderModelUnavailable, at the first text, where the model cannot be loaded.
        """
        ...


class CrossEncoderReranker:
    """A CrossEncoder of sentence-transformers, by folder or by its name on the hub.

    `cross-encoder/ms-marco-MiniLM-L6-v2` is one. Nothing is loaded before the first text. Raises
    ReaderModelUnavailable at once where what the folder says of itself cannot be, and at the first
    text where it cannot be loaded.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        kind = "a sentence-transformers cross-encoder"
        self._place = NamedModel("reranker", name, kind)
        self._place.require_head("SequenceClassification", "CausalLM")
        self._lock = threading.Lock()
        self._model: Any = None

    def score(self, question: str, texts: Sequence[str]) -> np.ndarray:
        """Float32 [len(texts)]: the model's logits."""
        import numpy as np
        import torch

        if not texts:
            return np.zeros(0, dtype=np.float32)
        asked = _text(" ".join(question.split()[:_QUESTION_WORDS])[:MOST_CHARACTERS])
        pairs = [(asked, _text(text[:MOST_CHARACTERS])) for text in texts]
        with self._lock:  # the fast tokenizers raise "Already borrowed" across threads
            if self._model is None:
                self._model = self._load()
            scores: np.ndarray = self._model.predict(
                pairs,
                batch_size=_BATCH,
                # Most models would squeeze what they say between 0 and 1, where much is 1.
                activation_fn=torch.nn.Identity(),
                show_progress_bar=False,
            )
        return np.nan_to_num(scores.astype(np.float32), nan=-np.inf)

    def _load(self) -> Any:
        folder = self._place.fetched()
        self._place.require_head("SequenceClassification", "CausalLM")
        # The libraries talk on stderr while they load; what matters comes as an exception.
        for library in ("sentence_transformers", "transformers", "huggingface_hub"):
            logging.getLogger(library).setLevel(logging.ERROR)
        try:
            from sentence_transformers import CrossEncoder
            from transformers.utils import logging as transformers_logging

            transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
            model = CrossEncoder(
                str(folder),
                device="cpu",
                local_files_only=True,
                model_kwargs={"use_safetensors": True, "dtype": "float32"},
            )
            count = model.num_labels
        except Exception as error:  # a folder can be wrong in as many ways as there are files
            raise self._place.unusable(error) from error
        if count != 1:
            raise self._place.unusable(f"it gives {count} scores for a text and not one")
        return model


def best_passages(
    retriever: Retriever,
    reranker: Reranker | None,
    question: str,
    k: int,
    documents: Collection[str] | Scope | None = None,
    store: PassageStore | None = None,
) -> list[Evidence]:
    """``retriever.search``; with a reranker, the best of a larger pool as that one ranks them.

    Scores are then those of a fusion whose only ranking is the reranker's: documents that the
    question names count more, as ever, for their passages seldom repeat the name.
    """
    if reranker is None:
        return retriever.search(question, k, documents, store)
    found = retriever.search(question, max(k, POOL) if k > 0 else k, documents, store)
    if not found:
        return []
    told = reranker.score(question, [embedded_text(item.passage) for item in found])
    order = sorted(range(len(found)), key=lambda place: -float(told[place]))
    scored = [
        replace(found[place], score=(1 + NAMED * found[place].named) / (RANK_CONSTANT + rank))
        for rank, place in enumerate(order, start=1)
    ]
    return sorted(scored, key=lambda item: -item.score)[:k]


def _text(text: str) -> str:
    """Half a surrogate pair, which JSON can hold, is no text to the tokenizers."""
    return text.encode(errors="replace").decode()
