"""TransformersReader: any extractive question-answering model of transformers."""

from __future__ import annotations

import inspect
import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assistant.errors import ReaderModelUnavailable
from assistant.reader.model_place import NamedModel
from assistant.reader.reader import Reading
from assistant.reader.windows import LEAST_TOKENS, Logits, PairTokenizer, Window

if TYPE_CHECKING:
    import numpy as np

_BATCH = 16  # windows
_TOKENS = 384  # that a window has at most, as in BERT's run_squad.py


@dataclass(frozen=True, slots=True)
class _Loaded:
    model: Any
    tokenizer: PairTokenizer
    padding: int  # the id that fills a batch up
    type_ids: bool  # whether the model takes them


class TransformersReader:
    """A model by folder or by its name on the hub, as `deepset/tinyroberta-squad2`.

    Transformers has had no pipeline for question answering since 5.3, but the models: windows
    are made and put together here. Models that were not trained on questions without an answer
    (SQuAD 2) work too; their scores say less of whether there is one.

    Nothing is loaded before the first text. Raises ReaderModelUnavailable at once where what the
    folder says of itself cannot be, and at the first text where it cannot be loaded.
    """

    def __init__(self, name: str, most_tokens: int = _TOKENS) -> None:
        self.name = name
        self._place = NamedModel("reader", name, "a transformers model for question answering")
        self._place.require_head("QuestionAnswering")
        self._most_tokens = most_tokens
        self._lock = threading.Lock()
        self._opened: _Loaded | None = None

    def read(self, question: str, texts: Sequence[str]) -> list[Reading]:
        """One reading for each text, in their order."""
        loaded = self._loaded()
        asked = loaded.tokenizer.shortened(question)
        windows = [loaded.tokenizer.windows(asked, text) for text in texts]
        places = [(text, at) for text, found in enumerate(windows) for at in range(len(found))]
        # Long windows first: batches of like length waste little on padding.
        places.sort(key=lambda place: -len(windows[place[0]][place[1]].ids))
        told: dict[tuple[int, int], Logits] = {}
        for first in range(0, len(places), _BATCH):
            batch = places[first : first + _BATCH]
            told.update(
                zip(batch, _run(loaded, [windows[text][at] for text, at in batch]), strict=True)
            )
        return [
            loaded.tokenizer.reading(found, [told[text, at] for at in range(len(found))])
            for text, found in enumerate(windows)
        ]

    def _loaded(self) -> _Loaded:
        with self._lock:
            if self._opened is None:
                folder = self._place.fetched()
                self._place.require_head("QuestionAnswering")
                try:
                    self._opened = self._load(str(folder))
                except ReaderModelUnavailable:
                    raise
                except Exception as error:  # a folder can be wrong in as many ways as it has files
                    raise self._place.unusable(error) from error
            return self._opened

    def _load(self, folder: str) -> _Loaded:
        for library in ("transformers", "huggingface_hub"):  # they talk on stderr while they load
            logging.getLogger(library).setLevel(logging.ERROR)
        from tokenizers import Tokenizer
        from transformers import AutoModelForQuestionAnswering, AutoTokenizer
        from transformers.utils import logging as transformers_logging

        transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        given: dict[str, Any] = {"local_files_only": True, "trust_remote_code": False}
        fast: Any = AutoTokenizer.from_pretrained(folder, **given)
        model, told = AutoModelForQuestionAnswering.from_pretrained(
            folder, use_safetensors=True, dtype="float32", output_loading_info=True, **given
        )
        if told["missing_keys"] or told["mismatched_keys"]:
            raise self._place.unusable("its weights have no head for question answering")
        if not hasattr(fast, "backend_tokenizer"):
            raise self._place.unusable("it has no fast tokenizer")
        # RoBERTa and its kin count positions from two on.
        positions = getattr(model.config, "max_position_embeddings", None) or _TOKENS + 2
        most = min(self._most_tokens, fast.model_max_length, max(positions - 2, 0))
        if most < LEAST_TOKENS:
            raise self._place.unusable(f"it takes {most} tokens, too few for a text")
        takes = inspect.signature(model.forward).parameters
        loaded = _Loaded(
            model.eval(),
            PairTokenizer(Tokenizer.from_str(fast.backend_tokenizer.to_str()), most),
            fast.pad_token_id or 0,
            "token_type_ids" in takes and "token_type_ids" in fast.model_input_names,
        )
        self._try(loaded)
        return loaded

    def _try(self, loaded: _Loaded) -> None:
        """One run tells whether it gives what a reader gives."""
        window = loaded.tokenizer.windows("Who?", "We.")[0]
        (logits,) = _run(loaded, [window])
        if logits.start.shape != (len(window.ids),) or logits.end.shape != logits.start.shape:
            raise self._place.unusable("it does not give a start and an end score for each token")


def _run(loaded: _Loaded, windows: Sequence[Window]) -> list[Logits]:
    """The logits of a batch, without those of the padding."""
    import numpy as np
    import torch

    longest = max(len(window.ids) for window in windows)

    def filled(rows: Sequence[Sequence[int]], padding: int) -> torch.Tensor:
        return torch.tensor([[*row, *[padding] * (longest - len(row))] for row in rows])

    given = {
        "input_ids": filled([window.ids for window in windows], loaded.padding),
        "attention_mask": filled([[1] * len(window.ids) for window in windows], 0),
    }
    if loaded.type_ids:
        given["token_type_ids"] = filled([window.type_ids for window in windows], 0)
    with torch.inference_mode():
        told = loaded.model(**given)
    start: np.ndarray = told.start_logits.numpy().astype(np.float32)
    end: np.ndarray = told.end_logits.numpy().astype(np.float32)
    return [
        Logits(start[row, : len(window.ids)], end[row, : len(window.ids)])
        for row, window in enumerate(windows)
    ]
