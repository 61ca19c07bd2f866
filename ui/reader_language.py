"""ReaderLanguage: each request is answered in the language that its sender reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection

from ui.language import ENGLISH, preferred, speak, speaking

if TYPE_CHECKING:
    import gradio as gr
    from starlette.types import ASGIApp, Message, Receive, Scope, Send


class ReaderLanguage:
    """ASGI middleware: speaks what Accept-Language asks for, or ``fixed`` to everybody."""

    def __init__(self, app: ASGIApp, fixed: str = "") -> None:
        self._app = app
        self._fixed = fixed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        tag = self._fixed or preferred(connection.headers.get("accept-language", ""))
        connection.state.language = tag

        async def send_as_one_of_several(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).add_vary_header("Accept-Language")
            await send(message)

        with speaking(tag):
            await self._app(scope, receive, send if self._fixed else send_as_one_of_several)


def speak_to(request: gr.Request) -> None:
    """Speak the language of whoever sent an event that waited in Gradio's queue.

    What does not wait there runs in its request, which speaks it already.
    """
    speak(getattr(request.state, "language", ENGLISH))
