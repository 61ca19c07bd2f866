"""The headers of every response, which keep the page to itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.datastructures import MutableHeaders

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Gradio needs inline scripts and eval for its own page: it makes functions of text (seen in the
# bundle of 6.31: of the template of every gr.HTML, by `Function`, and of the js of an event, by
# the constructor of async functions), and this page has both. What matters here is that whatever
# ends up in the page can load from and send to nowhere but this server.
SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        "connect-src 'self'; worker-src 'self' blob:; object-src 'none'; base-uri 'self'; "
        "form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Nothing is told to other sites. Not "no-referrer": forms would come from the origin "null".
    "Referrer-Policy": "same-origin",
}
# Our own pages run no script at all.
STILL = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; form-action 'self'; "
STILL += "base-uri 'none'; frame-ancestors 'none'"


class SecurityHeaders:
    """ASGI middleware that adds ``SECURITY_HEADERS`` where a response does not say otherwise."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers if scope["type"] == "http" else send)
