"""Guard: the one door in front of everything that is served: the page, its calls, the API."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse, RedirectResponse, Response

from ui.access import COOKIE, Access
from ui.errors import TokenRefused, UsersUnusable, sentence
from ui.token_scope import TokenScope, needed_for, require

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

LOGIN, LOGOUT, HEALTH, ICON = "/login", "/logout", "/healthz", "/favicon.ico"
OPEN = frozenset({LOGIN, LOGOUT, HEALTH, ICON})  # to those who have not logged in
_LOG = logging.getLogger(__name__)


class Guard:
    """ASGI middleware: lets nobody in who has not logged in, and no request of another site.

    Without ``access`` there is no login. Who asks is handed on as ``request.state.user``, an id;
    of a program, what its token covers as ``request.state.token``.
    """

    def __init__(self, app: ASGIApp, access: Access | None) -> None:
        self._app = app
        self._access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        refusal = _foreign(connection) or self._unknown(connection)
        await (refusal or self._app)(scope, receive, send)

    def _unknown(self, connection: HTTPConnection) -> Response | None:
        """What one gets who has not logged in."""
        if self._access is None:
            return None
        try:
            visitor = self._access.who(connection.cookies.get(COOKIE, ""), _bearer(connection))
        except UsersUnusable as error:
            _LOG.error("%s", sentence(error))
            return _refused(503, "Nobody can log in now; the terminal that runs the chat says why.")
        connection.state.user = visitor.user if visitor else None
        connection.state.token = visitor.scope if visitor else None
        if connection.scope["path"] in OPEN:
            return None
        if visitor is not None:
            return _beyond(connection, visitor.scope)
        if _is_page(connection):
            query = f"?{connection.url.query}" if connection.url.query else ""
            wanted = quote(f"{connection.url.path}{query}", safe="")
            return RedirectResponse(f"{LOGIN}?next={wanted}", 303)
        return _refused(
            401,
            "Log in first; a program shows its token: Authorization: Bearer TOKEN."
            " `strategy user token NAME` makes one; it ends some day, and with the password.",
            {"WWW-Authenticate": "Bearer"},
        )


def _beyond(connection: HTTPConnection, shown: TokenScope | None) -> Response | None:
    """What a program gets whose token does not cover its request."""
    method = connection.scope.get("method", "")
    try:
        require(shown, needed_for(method, connection.scope["path"]))
    except TokenRefused as error:
        # As RFC 6750, section 3.1, asks for.
        return _refused(
            403, sentence(error), {"WWW-Authenticate": 'Bearer error="insufficient_scope"'}
        )
    return None


def _foreign(connection: HTTPConnection) -> Response | None:
    """What a page of another site gets, whose requests a browser sends here."""
    headers = connection.headers
    origin = headers.get("origin")
    if origin is not None:
        # By host and port alone: a proxy that speaks https may talk to us by http.
        foreign = _place(origin) != headers.get("host", "").lower()
    else:
        # Browsers name no origin where a link is followed, which changes nothing.
        foreign = (
            headers.get("sec-fetch-site") in ("cross-site", "same-site")
            and connection.scope.get("method") not in ("GET", "HEAD")
        )  # fmt: skip
    return _refused(403, "Requests of other sites are not answered.") if foreign else None


def _place(origin: str) -> str:
    """Host and port of an origin; empty for what is none, as "null"."""
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return ""


def _is_page(connection: HTTPConnection) -> bool:
    """Whether a person who opens an address in a browser waits for the response."""
    return (
        connection.scope.get("method") in ("GET", "HEAD")
        and "text/html" in connection.headers.get("accept", "")
    )  # fmt: skip


def _bearer(connection: HTTPConnection) -> str:
    scheme, _, token = connection.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _refused(status: int, reason: str, headers: dict[str, str] | None = None) -> Response:
    return JSONResponse({"error": reason}, status, headers)
