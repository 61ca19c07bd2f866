"""The web server: the chat page, its health, and the headers that keep it to itself."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

# Gradio reads these while it is imported: nothing may be sent to or fetched from anywhere.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")

import gradio as gr
import uvicorn
from fastapi import FastAPI
from fastapi.responses import FileResponse, JSONResponse
from markupsafe import Markup
from starlette.datastructures import MutableHeaders
from starlette.middleware.trustedhost import TrustedHostMiddleware

from assistant import Assistant
from assistant.destination import in_short, told
from index import Encoder, open_encoder
from ui.assets import STATIC, asset
from ui.background_sync import BackgroundSync
from ui.chat import Chat
from ui.document_view import DocumentView
from ui.errors import KNOWN_ERRORS, sentence
from ui.library import Library
from ui.page_view import PageView
from ui.uploads import Uploads

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_BRAND = Markup(
    '<div class="brand"><span class="mark" aria-hidden="true"></span>Strategy assistant'
    '<span class="destination" title="{}">{}</span></div>'
)
SHUTDOWN_SECONDS = 2  # that an answer under way may still take after Ctrl-C
LOOPBACK = ("127.0.0.1", "localhost", "::1")
SYSTEM_FONT = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "sans-serif")
MONOSPACE = ("ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "monospace")

# Gradio needs inline scripts and eval for its own page; what matters here is that whatever ends
# up in the page can load from and send to nowhere but this server.
SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        "connect-src 'self'; worker-src 'self' blob:; object-src 'none'; base-uri 'self'; "
        "form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
}


class SecurityHeaders:
    """ASGI middleware that adds ``SECURITY_HEADERS`` to every response."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS.items():
                    headers.setdefault(name, value)  # a file of somebody's has a stricter policy
            await send(message)

        await self._app(scope, receive, send_with_headers if scope["type"] == "http" else send)


def create_app(
    assistant: Assistant,
    *,
    folder: Path | None,
    index_dir: Path,
    encoder: Encoder | None = None,
    background: BackgroundSync | None = None,
) -> FastAPI:
    """The whole web application over an open assistant.

    ``folder`` is what the re-index button reads into ``index_dir``; with None it is switched off.
    ``encoder`` is the assistant's own, so that its model is in memory only once. With
    ``background``, runs of it are shown that others begin.
    """
    app = FastAPI(title="Strategy assistant", docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(SecurityHeaders)

    @app.get("/healthz")
    def health() -> JSONResponse:
        try:
            documents = assistant.documents()
            status = {
                "status": "ok",
                "generation": assistant.generation,
                "documents": sum(document.status == "indexed" for document in documents),
            }
        except KNOWN_ERRORS as error:
            return JSONResponse({"status": "failed", "reason": sentence(error)}, status_code=503)
        return JSONResponse(status)

    @app.get("/favicon.ico", include_in_schema=False)
    def favicon() -> FileResponse:
        return FileResponse(STATIC / "favicon.svg", media_type="image/svg+xml")

    followed = background is not None
    if background is None and folder is not None:
        settings = assistant.settings
        encoder = encoder or open_encoder(settings.encoder, settings.cache)
        background = BackgroundSync(folder, index_dir, encoder, settings.reading_limits)
    app.include_router(PageView(assistant, background.folder if background else None).router)
    uploads = Uploads(background.folder) if background else None
    app.include_router(DocumentView(assistant, background, uploads).router)
    gr.mount_gradio_app(
        app,
        build_page(assistant, background, followed=followed),
        path="/",
        footer_links=[],
        run_history=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        enable_monitoring=False,
        show_error=False,
        max_file_size="1kb",  # nothing is uploaded here
        theme=_theme(),
        # Not as css=: Gradio would repeat each rule behind a prefix of its own, which outweighs
        # the rules for the body, for dark and for a phone.
        head=f"<style>{asset('page.css')}</style>",
    )
    return app


def build_page(
    assistant: Assistant, background: BackgroundSync | None, *, followed: bool = False
) -> gr.Blocks:
    """The Gradio page: Ask and Documents, with the source panel beside them."""
    page = gr.Blocks(title="Strategy assistant", analytics_enabled=False, fill_width=True)
    with page:
        with gr.Column(elem_id="desk"):
            with gr.Row(elem_id="masthead"):
                gr.HTML(_brand(assistant), apply_default_css=False)
                fresh = gr.Button("New conversation", elem_id="fresh", scale=0)
            with gr.Tabs(elem_id="tabs"):
                with gr.Tab("Ask", elem_id="ask"):
                    chat = Chat(assistant)
                with gr.Tab("Documents", elem_id="documents"):
                    library = Library(assistant, background, followed=followed)
        chat.add_panel()
        chat.connect(page, fresh)
        library.connect(page)
    return page


def _brand(assistant: Assistant) -> str:
    """The name, and where questions and passages go."""
    found = assistant.destinations
    return str(_BRAND.format(told(found), in_short(found)))


def serve(app: FastAPI, listener: socket.socket, on_ready: Callable[[str], None]) -> None:
    """Serve until interrupted; ``on_ready`` gets the address, in a thread, once it answers."""
    host, port = listener.getsockname()[:2]
    if host in LOOPBACK:
        # Another site's name that resolves to this machine must not reach the documents.
        app.add_middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost", "[::1]"])
    server = uvicorn.Server(
        uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=SHUTDOWN_SECONDS)
    )

    def announce() -> None:
        while not server.started and not server.should_exit:
            time.sleep(0.05)
        if server.started:
            on_ready(f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}")

    threading.Thread(target=announce, name="announce", daemon=True).start()
    with listener:
        server.run(sockets=[listener])


def _theme() -> gr.themes.Base:
    return gr.themes.Base(
        primary_hue=gr.themes.colors.blue,
        neutral_hue=gr.themes.colors.gray,
        radius_size=gr.themes.sizes.radius_lg,
        font=SYSTEM_FONT,
        font_mono=MONOSPACE,
    )
