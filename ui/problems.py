"""What programs are told when something goes wrong: a status, and a sentence without our paths."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field

from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.exceptions import HTTPException

from assistant import QuestionError
from index import UnknownDocument
from index.errors import DocumentDamaged
from ui.errors import KNOWN_ERRORS, FolderAway, MissingDocument, TokenRefused, TooBusy, sentence
from ui.uploads import AlreadyThere, UploadRefused

UNSEARCHABLE = "The documents cannot be searched now; the terminal that runs the chat says why."
DAMAGED = (
    "{path}: what the index holds of this document is damaged, so nothing of it is quoted."
    " Whoever runs the chat mends it with: strategy check"
)
UNEXPECTED = "This failed unexpectedly; the terminal that runs the chat shows why."
_HTTP = {
    404: "There is no such operation. GET /api lists all.",
    405: "The operation does not take this method. GET /api lists all.",
}
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Said:
    """The response to a request that failed."""

    status: int
    said: str
    headers: dict[str, str] = field(default_factory=dict)


def problem_of(error: Exception) -> Said:
    """How an error is told. What names the server's own files goes to its log instead."""
    match error:
        case RequestValidationError() | ValidationError():
            return Said(422, _invalid(error))
        case QuestionError() | UnknownDocument():
            return Said(400, sentence(error))
        case TokenRefused():
            return Said(403, sentence(error))
        case AlreadyThere() | FolderAway():
            return Said(409, sentence(error))
        case UploadRefused():
            return Said(400, sentence(error))
        case MissingDocument():
            return Said(404, sentence(error))
        case DocumentDamaged():
            _LOG.error("%s", sentence(error))
            return Said(503, DAMAGED.format(path=error.path))
        case TooBusy():
            return Said(503, sentence(error), {"Retry-After": str(error.seconds)})
        case HTTPException():
            said = _HTTP.get(error.status_code, str(error.detail))
            return Said(error.status_code, said, dict(error.headers or {}))
    if isinstance(error, KNOWN_ERRORS):
        _LOG.error("%s", sentence(error))
        return Said(503, UNSEARCHABLE)
    _LOG.error("a program's request failed", exc_info=error)
    return Said(500, UNEXPECTED)


def _invalid(error: RequestValidationError | ValidationError) -> str:
    """The first thing that is wrong, and where; without what was sent."""
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"] if part not in ("body", "path", "query"))
    if first["type"] == "json_invalid":
        return 'The request is no JSON. Send an object, for example: {"question": "Who pays?"}'
    reason = str(first["msg"])
    return f"{place}: {reason}. GET /api says what is taken." if place else f"{reason}."
