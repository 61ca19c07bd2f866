"""Foreign ids: what names a session, an event or a conversation that is not ours costs a log line.

Gradio answers most of these with a traceback in the terminal, where real faults should stand out.
"""

from __future__ import annotations

import functools
import inspect
import logging
from collections.abc import AsyncIterator, Callable
from typing import TYPE_CHECKING, Any, TypeVar, cast

import gradio as gr
from gradio.route_utils import FnIndexInferError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse

from ui.errors import UnknownConversation, sentence
from ui.language import gettext_noop
from ui.told import told

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

F = TypeVar("F", bound=Callable[..., Any])
_GRADIO = "/gradio_api/"
_UNKNOWN = "There is no such session, event or operation. Load the page anew."
_NO_EVENT = gettext_noop("This request is none of the page's. Load the page anew.")
_MALFORMED = (AttributeError, LookupError, TypeError, ValueError)
_LOG = logging.getLogger(__name__)


class ForeignIds:
    """ASGI middleware: 404 and a line in the log where Gradio fails over an id it never gave."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(_GRADIO):
            await self._app(scope, receive, send)
            return
        held: list[Message] = []  # a response of 500, until it is known what it is for
        begun = False

        async def hold(message: Message) -> None:
            nonlocal begun
            if held or (message["type"] == "http.response.start" and message["status"] == 500):
                held.append(message)
                return
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, hold)
        except Exception as error:
            if not _is_foreign(error):
                for message in held:
                    await send(message)
                raise
            _LOG.warning("%s: no such session, event or operation", ascii(scope["path"]))
            if begun:  # a stream of events: it ends here
                await send({"type": "http.response.body", "body": b"", "more_body": False})
            else:
                await JSONResponse({"error": _UNKNOWN}, 404)(scope, receive, send)
            return
        for message in held:
            await send(message)


def of_the_page(handler: F) -> F:
    """A handler of the page's events that tells one without its data, or with foreign ids, so."""
    if inspect.isasyncgenfunction(handler):

        @functools.wraps(handler)
        async def answers(*arguments: Any) -> AsyncIterator[Any]:
            try:
                async for answer in handler(*arguments):
                    yield answer
            except (UnknownConversation, *_MALFORMED) as error:
                raise _refusal(error, handler) from error

        return cast("F", answers)

    @functools.wraps(handler)
    def answer(*arguments: Any) -> Any:
        try:
            return handler(*arguments)
        except (UnknownConversation, *_MALFORMED) as error:
            raise _refusal(error, handler) from error

    return cast("F", answer)


def _refusal(error: Exception, handler: Callable[..., Any]) -> Exception:
    """What is shown in place of an error; the error itself where it is a fault of ours."""
    if not isinstance(error, UnknownConversation) and not _reads_event(error, handler):
        return error
    _LOG.warning("%s: %s", handler.__name__, ascii(sentence(error)))
    said = sentence(error) if isinstance(error, UnknownConversation) else told(_NO_EVENT)
    return gr.Error(said, print_exception=False)


def _reads_event(error: Exception, handler: Callable[..., Any]) -> bool:
    """Whether it was raised where the handler takes the event apart, and not in what it calls."""
    at = error.__traceback__
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    if at is None:
        return False
    place = at.tb_frame
    return place.f_code is handler.__code__ or place.f_globals.get("__name__") == "gradio.events"


def _is_foreign(error: Exception) -> bool:
    if isinstance(error.__cause__, HTTPException):  # a refusal after the response had begun
        return True
    at = error.__traceback__
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    inside = at is not None and at.tb_frame.f_globals.get("__name__", "").startswith("gradio.")
    return inside and isinstance(error, KeyError | FnIndexInferError)
