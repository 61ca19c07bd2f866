"""CompiledReader: a reader in eight bits, run by onnxruntime; torch is not imported."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.errors import ReaderModelUnavailable
from assistant.reader.reader import Reading
from assistant.reader.weights import GRAPH, TOKENIZER, ReaderWeights
from assistant.reader.windows import LEAST_TOKENS, Logits, PairTokenizer, Window

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

_INPUTS, _OUTPUTS = ("input_ids", "token_type_ids"), ("start_logits", "end_logits")


class CompiledReader:
    """Runs each window alone, one per core at a time.

    Not in batches, for the reasons that CompiledEncoder gives: with dynamic int8 a text's scores
    would depend on its neighbours, and nothing is padded so.

    The files in ``folder`` are checked at once: raises ReaderModelUnavailable with the reason
    alone, for who names the folder says more. They are loaded with the first text.
    """

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self.weights = ReaderWeights.read(folder)
        if not LEAST_TOKENS <= self.weights.tokens <= 1 << 14:
            raise ReaderModelUnavailable(f"{folder} takes {self.weights.tokens} tokens")
        self._folder = folder
        self._lock = threading.Lock()
        self._opened: tuple[PairTokenizer, InferenceSession] | None = None
        self._workers = _cores()

    def read(self, question: str, texts: Sequence[str]) -> list[Reading]:
        """One reading for each text, in their order."""
        tokenizer, session = self._loaded()
        asked = tokenizer.shortened(question)
        windows = [tokenizer.windows(asked, text) for text in texts]
        # Long windows first, so that at the end no core waits for the longest one.
        order = sorted(
            ((text, window) for text, found in enumerate(windows) for window in range(len(found))),
            key=lambda place: -len(windows[place[0]][place[1]].ids),
        )

        def run(place: tuple[int, int]) -> Logits:
            return _logits(session, windows[place[0]][place[1]])

        if len(order) < 2:
            told = dict(zip(order, map(run, order), strict=True))
        else:
            with ThreadPoolExecutor(self._workers, thread_name_prefix="read") as pool:
                told = dict(zip(order, pool.map(run, order), strict=True))
        return [
            tokenizer.reading(found, [told[text, window] for window in range(len(found))])
            for text, found in enumerate(windows)
        ]

    def _loaded(self) -> tuple[PairTokenizer, InferenceSession]:
        with self._lock:
            if self._opened is None:
                try:
                    self._opened = self._load()
                except Exception as error:  # onnxruntime and tokenizers have their own kinds
                    said = (str(error).strip().splitlines() or [type(error).__name__])[0]
                    raise ReaderModelUnavailable(
                        f"The reader {self.name} in {self._folder} cannot be loaded ({said}). "
                        "Put another in its place, or set `reader` to none."
                    ) from error
            return self._opened

    def _load(self) -> tuple[PairTokenizer, InferenceSession]:
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.enable_mem_pattern = False  # it would keep a plan for every length of text
        options.enable_cpu_mem_arena = False  # it would keep what the longest text took
        options.log_severity_level = 3  # errors: its warnings speak to those who make graphs
        session = onnxruntime.InferenceSession(
            str(self._folder / GRAPH), options, providers=["CPUExecutionProvider"]
        )
        takes = [each.name for each in session.get_inputs()]
        gives = [each.name for each in session.get_outputs()]
        if sorted(takes) != sorted(_INPUTS) or not set(_OUTPUTS) <= set(gives):
            said = f"takes {', '.join(takes)} and gives {', '.join(gives)}"
            raise ReaderModelUnavailable(f"{GRAPH} {said}, as no reader does")
        tokenizer = Tokenizer.from_file(str(self._folder / TOKENIZER))
        return PairTokenizer(tokenizer, self.weights.tokens), session


def _logits(session: InferenceSession, window: Window) -> Logits:
    """Onnxruntime lets other threads run meanwhile."""
    import numpy as np

    feed: dict[str, Any] = {
        "input_ids": np.array([window.ids], dtype=np.int64),
        "token_type_ids": np.array([window.type_ids], dtype=np.int64),
    }
    start, end = session.run(list(_OUTPUTS), feed)
    return Logits(start[0], end[0])


def _cores() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
