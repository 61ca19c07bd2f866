"""ModelFault: what goes wrong with a chat model, in a sentence, and whether to try again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

LONGEST_WAIT = 10.0  # seconds that a service's "try again after" is heeded

_OVERFLOW = re.compile(
    r"context.{0,20}(?:length|window|size)|maximum context|too many tokens|prompt is too long"
    r"|exceed\w* .{0,40}(?:context|tokens)|input is too long",
    re.IGNORECASE,
)
_REQUEST_TOO_LARGE = 413


class FaultKind(StrEnum):
    TIMEOUT = "timeout"
    RATE_LIMIT = "rate limit"
    KEY = "key"
    UNREACHABLE = "unreachable"
    SERVER = "server"
    OVERFLOW = "overflow"
    REFUSED = "refused"
    UNKNOWN_MODEL = "unknown model"
    BROKEN_OFF = "broken off"
    EMPTY = "empty"
    OTHER = "other"


_SENTENCES = {
    FaultKind.TIMEOUT: "{model} did not answer in time; the setting chat_timeout gives it longer",
    FaultKind.RATE_LIMIT: "{model} takes no more questions for now; wait a little, then ask again",
    FaultKind.KEY: "{model} did not accept the key; check the provider's key in the environment",
    FaultKind.UNREACHABLE: "{model} cannot be reached; check that its server runs, and the setting"
    " chat_base_url",
    FaultKind.SERVER: "{model} failed on its own side; ask again in a while",
    FaultKind.OVERFLOW: "the passages are too long for {model}; set chat_context to the tokens that"
    " it takes",
    FaultKind.REFUSED: "{model} refused the request",
    FaultKind.UNKNOWN_MODEL: "{model} is not known to its service; check the setting chat_model",
    FaultKind.BROKEN_OFF: "{model} broke off in the middle of its answer",
    FaultKind.EMPTY: "{model} answered nothing",
    FaultKind.OTHER: "{model} failed",
}
_AGAIN = {FaultKind.RATE_LIMIT, FaultKind.SERVER, FaultKind.UNREACHABLE, FaultKind.EMPTY}
_OF_STATUS = {
    401: FaultKind.KEY,
    403: FaultKind.KEY,
    404: FaultKind.UNKNOWN_MODEL,
    408: FaultKind.TIMEOUT,
    429: FaultKind.RATE_LIMIT,
}
# Names of the exceptions of httpx, openai, anthropic, ollama and Python; none needs importing.
_OF_NAME = (
    (re.compile(r"Timeout"), FaultKind.TIMEOUT),
    (re.compile(r"RemoteProtocol|ReadError|IncompleteRead"), FaultKind.BROKEN_OFF),
    (re.compile(r"Connect|NetworkError|gaierror"), FaultKind.UNREACHABLE),
)


class ModelFault(Exception):
    """A chat model gave no answer; the message is a sentence for the person who asked."""

    def __init__(self, kind: FaultKind, detail: str = "", wait: float | None = None) -> None:
        self.kind = kind
        self.detail = detail  # what the service said, for the log: it may hold anything
        self.wait = wait  # seconds after which the service wants to be asked again
        super().__init__(f"{kind}: {detail}" if detail else str(kind))

    @property
    def passes(self) -> bool:
        """Whether asking again may help."""
        return self.kind in _AGAIN and (self.wait or 0.0) <= LONGEST_WAIT

    def sentence(self, model: str) -> str:
        """What went wrong, without a full stop. Nothing of what the service said is in it."""
        said = _SENTENCES[self.kind].format(model=f"The model {model}")
        return said[:1].upper() + said[1:]


def fault_of(error: BaseException) -> ModelFault:
    """The fault behind whatever a provider's package raised."""
    if isinstance(error, ModelFault):
        return error
    chain = list(_chain(error))
    detail = " ".join(f"{type(error).__name__}: {error}".split())[:300]
    for each in chain:
        status = getattr(each, "status_code", None)
        # Ollama's package gives an error in the middle of a stream the status -1.
        if isinstance(status, int) and status >= 400:
            return ModelFault(_of_status(status, str(each)), detail, _wait(each))
    for each in chain:
        for pattern, kind in _OF_NAME:
            if any(pattern.search(parent.__name__) for parent in type(each).__mro__):
                return ModelFault(kind, detail)
    return ModelFault(FaultKind.OVERFLOW if _OVERFLOW.search(detail) else FaultKind.OTHER, detail)


def _of_status(status: int, said: str) -> FaultKind:
    if status == _REQUEST_TOO_LARGE or (400 <= status < 500 and _OVERFLOW.search(said)):
        return FaultKind.OVERFLOW
    if status >= 500:
        return FaultKind.SERVER
    return _OF_STATUS.get(status, FaultKind.REFUSED)


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error and what caused it, innermost first: that is what happened."""
    seen: list[BaseException] = []
    current: BaseException | None = error
    while current is not None and current not in seen:
        seen.append(current)
        current = current.__cause__ or current.__context__
    yield from reversed(seen)


def _wait(error: BaseException) -> float | None:
    headers = getattr(getattr(error, "response", None), "headers", None) or {}
    try:
        return max(float(headers.get("retry-after", "")), 0.0)
    except ValueError:  # none, or a date
        return None
