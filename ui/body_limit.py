"""How large a request may be, so that nobody fills the memory or the disk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST = 4 * 1024 * 1024  # bytes of a request that sends no file
FORM = 64 * 1024  # what a form adds to the file that it sends
_TOO_LARGE = "The request is too large: it may have {:,} bytes."


class BodyLimit:
    """ASGI middleware; ``others`` are paths with a limit of their own, in bytes."""

    def __init__(self, app: ASGIApp, others: Mapping[str, int]) -> None:
        self._app = app
        self._others = others

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        most = self._others.get(scope["path"], MOST)
        stated = Headers(scope=scope).get("content-length", "0")
        if not stated.isdecimal() or int(stated) > most:
            refusal = JSONResponse({"error": _TOO_LARGE.format(most)}, 413)
            await refusal(scope, receive, send)
            return
        received = 0

        async def counted() -> Message:
            # What is sent in chunks states no length.
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > most:
                raise HTTPException(413, _TOO_LARGE.format(most))
            return message

        await self._app(scope, counted, send)
