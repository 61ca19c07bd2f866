"""The web server: the chat page, the API for programs, health, and the guard before all of it."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import gradio as gr
from fastapi import FastAPI, Request
from fastapi.responses import FileResponse, JSONResponse, RedirectResponse
from starlette.middleware.trustedhost import TrustedHostMiddleware

from assistant import Assistant, Settings
from index import Encoder, open_encoder
from ui.access import Access
from ui.api import create_api
from ui.assets import STATIC, asset
from ui.background_sync import BackgroundSync
from ui.body_limit import FORM, BodyLimit
from ui.bounded_server import bounded_server
from ui.connections import ConnectionLimits, Connections
from ui.conversations import Conversations
from ui.counting_listener import CountingListener
from ui.document_view import UPLOAD, DocumentView
from ui.errors import KNOWN_ERRORS, sentence
from ui.foreign_ids import ForeignIds
from ui.guard import HEALTH, ICON, Guard
from ui.language import fixed_language
from ui.library_view import LibraryView
from ui.listener import is_loopback, own_address
from ui.login import login_routes
from ui.model_context import create_tools
from ui.page import build_page, page_theme
from ui.page_view import PageView
from ui.programs import Programs
from ui.purging import PURGE_SECONDS, purging
from ui.reader_language import ReaderLanguage
from ui.security_headers import SecurityHeaders
from ui.turns import Turns
from ui.uploads import LARGEST, uploads_to
from ui.workers import Workers


def create_app(
    assistant: Assistant,
    *,
    folder: Path | None,
    index_dir: Path,
    encoder: Encoder | None = None,
    background: BackgroundSync | None = None,
    access: Access | None = None,
) -> FastAPI:
    """The whole web application over an open assistant.

    ``folder`` is what the re-index button reads into ``index_dir``; with None it is switched off.
    ``encoder`` is the assistant's own, so that its model is in memory only once. With
    ``background``, runs of it are shown that others begin. With ``access`` everybody logs in.
    """
    settings = assistant.settings
    workers = Workers(Turns(settings.answers_at_once, settings.answers_waiting))
    programs = Programs(assistant, workers)
    tools = create_tools(programs) if settings.mcp else None
    conversations = Conversations.open(index_dir)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as running:
            await running.enter_async_context(purging(conversations, PURGE_SECONDS))
            if tools is not None:
                await running.enter_async_context(tools.router.lifespan_context(tools))
            yield

    app = FastAPI(
        title="Strategy assistant",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        lifespan=lifespan,
    )
    # The last one comes first: headers for all that is answered, the language, then the guard.
    uploading = dict.fromkeys(("/api/documents", UPLOAD), LARGEST + FORM)
    app.add_middleware(ForeignIds)
    app.add_middleware(BodyLimit, others=uploading)
    app.add_middleware(Guard, access=access)
    app.add_middleware(ReaderLanguage, fixed=fixed_language(settings.language))
    app.add_middleware(SecurityHeaders)
    _add_health(app, assistant, quiet=access is not None)

    @app.get(ICON, include_in_schema=False)
    def favicon() -> FileResponse:
        return FileResponse(STATIC / "favicon.svg", media_type="image/svg+xml")

    if access is not None:
        app.include_router(login_routes(access))
    if tools is not None:
        app.router.routes.extend(tools.routes)
    followed = background is not None
    if background is None and folder is not None:
        encoder = encoder or open_encoder(settings.encoder, settings.cache)
        background = BackgroundSync(folder, index_dir, encoder, settings.reading_limits)

    @app.get("/api", include_in_schema=False)
    def api_page() -> RedirectResponse:
        return RedirectResponse("/api/")

    uploads = uploads_to(background.folder if background else None, settings.most_documents)
    app.mount("/api", create_api(programs, background))
    script = f"<script>{asset('session.js')}</script>" if access is not None else ""
    app.include_router(PageView(assistant, background.folder if background else None).router)
    app.include_router(DocumentView(assistant, background, uploads).router)
    removable = uploads is not None
    library = LibraryView(assistant, background, followed=followed, removable=removable)
    app.include_router(library.router)
    gr.mount_gradio_app(
        app,
        build_page(
            assistant,
            settings.uploads_at_once if uploads else 0,
            conversations,
            programs,
            login=access is not None,
            names=access.name_of if access is not None else None,
        ),
        path="/",
        # The guard has let them in; this tells Gradio who they are.
        auth_dependency=_user if access is not None else None,
        footer_links=[],
        run_history=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        enable_monitoring=False,
        show_error=False,
        max_file_size="1kb",  # nothing is uploaded here
        theme=page_theme(),
        # Not as css=: Gradio would repeat each rule behind a prefix of its own, which outweighs
        # the rules for the body, for dark and for a phone.
        head=f"<style>{asset('page.css')}{asset('chat.css')}</style>{script}",
    )
    return app


def serve(
    app: FastAPI,
    listener: socket.socket,
    on_ready: Callable[[str], None],
    settings: Settings,
    tls: ssl.SSLContext | None = None,
) -> None:
    """Serve until interrupted; ``on_ready`` gets the address, in a thread, once it answers."""
    address = own_address(listener, "http" if tls is None else "https")
    if is_loopback(listener.getsockname()[0]):
        answer_to_own_names(app, settings.public_name)
    limits = ConnectionLimits.of_system(settings.connections_of_address)
    connections = Connections(limits, proxied=bool(settings.public_name))
    server = bounded_server(app, connections, tls)

    def announce() -> None:
        while not server.started and not server.should_exit:
            time.sleep(0.05)
        if server.started:
            on_ready(address)

    threading.Thread(target=announce, name="announce", daemon=True).start()
    with CountingListener(listener, connections) as counting:
        server.run(sockets=[counting])


def answer_to_own_names(app: FastAPI, public_name: str = "") -> None:
    """Refuse other sites' names that resolve to this machine: they must not reach the documents."""
    names = ["127.0.0.1", "localhost", "[::1]", *filter(None, [public_name])]
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=names, www_redirect=False)


def _add_health(app: FastAPI, assistant: Assistant, *, quiet: bool) -> None:
    """GET /healthz; ``quiet`` where it is open to those who have not logged in."""

    @app.get(HEALTH)
    def health() -> JSONResponse:
        try:
            documents = assistant.documents()
        except KNOWN_ERRORS as error:
            reason = {} if quiet else {"reason": sentence(error)}
            return JSONResponse({"status": "failed", **reason}, status_code=503)
        if quiet:
            return JSONResponse({"status": "ok"})
        return JSONResponse(
            {
                "status": "ok",
                "generation": assistant.generation,
                "documents": sum(document.status == "indexed" for document in documents),
            }
        )


def _user(request: Request) -> str | None:
    """The id, which Gradio hands on as ``request.username``."""
    user: str | None = request.state.user
    return user
