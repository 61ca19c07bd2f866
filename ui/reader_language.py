"""ReaderLanguage: each request is answered in the language that its sender reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.requests import HTTPConnection

from assistant import SettingsError
from ui.language import ENGLISH, languages, preferred, speak, speaking

if TYPE_CHECKING:
    import gradio as gr
    from starlette.types import ASGIApp, Receive, Scope, Send


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
        with speaking(tag):
            await self._app(scope, receive, send)


def speak_to(request: gr.Request) -> None:
    """Speak the language of whoever sent an event that waited in Gradio's queue.

    What does not wait there runs in its request, which speaks it already.
    """
    speak(getattr(request.state, "language", ENGLISH))


def fixed_language(setting: str) -> str:
    """The setting ``language``; empty: the reader's. Raises SettingsError for one there is not."""
    if setting and preferred(setting).lower() != setting.lower():
        raise SettingsError(
            f"language: there are no words in {setting!r}. Set it to one of "
            f"{', '.join(languages())}, or leave it out: then each reader's browser says."
        )
    return setting
