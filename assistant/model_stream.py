"""The words of a chat model as they come, bounded in time and length; retries where they help."""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.model_faults import FaultKind, ModelFault, fault_of

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessageChunk, BaseMessage

PAUSES = (0.5, 2.0)  # seconds before the second and the third attempt, unless the service says
_LONGEST = 5  # times the timeout that a whole reply may take
_CHARACTERS_OF_A_TOKEN = 8  # of the longest reply: beyond any language's average

# Packages whose last chunk always says why it is the last.
_MARKING = {"langchain_anthropic", "langchain_ollama", "langchain_openai"}

_LOG = logging.getLogger(__name__)
_END = object()


@dataclass(frozen=True, slots=True)
class StreamLimits:
    """How long a model may be silent, in seconds, and how much it may say, in tokens."""

    silence: float
    reply: int

    @property
    def characters(self) -> int:
        return self.reply * _CHARACTERS_OF_A_TOKEN


def stream_words(
    model: BaseChatModel,
    messages: Sequence[BaseMessage],
    limits: StreamLimits,
    sleep: Callable[[float], object] = time.sleep,
) -> Generator[str]:
    """The words of the reply, as much at a time as has come. Raises ModelFault.

    Closing the iterator ends the request. A fault that may pass is asked again about, twice at
    most, as long as no word has come.
    """
    for pause in (*PAUSES, None):
        spoken = False
        try:
            for words in _attempt(model, messages, limits):
                spoken = True
                yield words
            if spoken:
                return
            raise ModelFault(FaultKind.EMPTY)
        except ModelFault as fault:
            _LOG.warning("the chat model failed: %s", fault)
            if pause is None or spoken or not fault.passes:
                raise
            sleep(fault.wait if fault.wait is not None else pause)


def _attempt(
    model: BaseChatModel, messages: Sequence[BaseMessage], limits: StreamLimits
) -> Iterator[str]:
    """One request, read in a thread: a model that hangs holds up nobody but that thread."""
    came: queue.SimpleQueue[object] = queue.SimpleQueue()
    stop = threading.Event()
    threading.Thread(
        target=_read, args=(model, messages, came, stop), name="chat model", daemon=True
    ).start()
    ends = time.monotonic() + _LONGEST * limits.silence
    length = 0
    state = _Ending(says=type(model).__module__.partition(".")[0] in _MARKING)
    try:
        while length < limits.characters:
            words, over = _next(came, min(limits.silence, ends - time.monotonic()), state)
            if words:
                length += len(words)
                yield words
            if over:
                break
    finally:
        stop.set()
    if length < limits.characters and state.broken_off:
        raise ModelFault(FaultKind.BROKEN_OFF, "the stream ended without an end")


@dataclass(slots=True)
class _Ending:
    """Whether a stream came to its end, as far as its provider says."""

    says: bool  # whether it says so at all
    ended: bool = False

    @property
    def broken_off(self) -> bool:
        return self.says and not self.ended

    def note(self, chunk: AIMessageChunk) -> None:
        facts = chunk.response_metadata
        self.says = self.says or "model_provider" in facts
        reasons = ("finish_reason", "stop_reason", "done_reason", "done", "status")
        self.ended = self.ended or any(facts.get(name) for name in reasons)


def _next(came: queue.SimpleQueue[object], patience: float, state: _Ending) -> tuple[str, bool]:
    """(all words that have come, whether that was the last); waits for the first of them."""
    words, item = "", _taken(came, patience)
    while True:
        if item is _END:
            return words, True
        if isinstance(item, BaseException):
            if words:  # shown first; the fault comes again with the next call
                came.put(item)
                return words, False
            raise fault_of(item)
        state.note(item)  # type: ignore[arg-type]
        words += item.text  # type: ignore[attr-defined]
        try:
            item = came.get_nowait()
        except queue.Empty:
            return words, False


def _taken(came: queue.SimpleQueue[object], patience: float) -> object:
    try:
        return came.get(timeout=max(patience, 0.001))
    except queue.Empty:
        raise ModelFault(FaultKind.TIMEOUT, "nothing came in time") from None


def _read(
    model: BaseChatModel,
    messages: Sequence[BaseMessage],
    came: queue.SimpleQueue[object],
    stop: threading.Event,
) -> None:
    """Runs in a thread of its own; all that happens goes into the queue."""
    from langsmith import tracing_context

    try:
        # A variable for tracing that was set for other programs must not send passages away.
        with tracing_context(enabled=False):
            chunks = iter(model.stream(list(messages)))
            for chunk in chunks:
                if stop.is_set():
                    break
                came.put(chunk)
            if hasattr(chunks, "close"):
                chunks.close()
    except BaseException as error:  # each provider has its own kinds
        came.put(error)
    else:
        came.put(_END)
