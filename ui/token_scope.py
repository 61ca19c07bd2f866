"""TokenScope: what a program's token opens: asking, reading documents, or changing them."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

from ui.errors import TokenRefused

if TYPE_CHECKING:
    import gradio as gr
    from starlette.requests import HTTPConnection

TOKEN_DAYS = 90  # that a token lasts when nobody says


class TokenScope(StrEnum):
    """Each opens what those before it open. No token opens the page's conversations."""

    ASK = "ask"  # answers and searches, which quote documents
    READ = "read"  # also the list of documents, their text, pages and files
    MANAGE = "manage"  # also uploads, deletions and re-indexing

    def covers(self, needed: TokenScope) -> bool:
        order = list(TokenScope)
        return order.index(self) >= order.index(needed)


# The first one that fits says what a request needs; methods and paths are matched whole. What no
# line names asks for the most, so that a new route is closed until somebody thinks of it. Behind
# /mcp and Gradio's addresses one path leads to several operations: ui/model_context.py and
# ui/endpoints.py look again.
_GRADIO = r"/gradio_api/(info|heartbeat|run|api|call|queue|cancel|reset)(/.*)?"
_NEEDED = tuple(
    (re.compile(pattern), scope)
    for pattern, scope in (
        (r"(GET|HEAD) /(api/?|api/openapi\.json|config/?)", TokenScope.ASK),
        (r"POST /api/(answer|search)", TokenScope.ASK),
        (r"\w+ /mcp", TokenScope.ASK),
        (rf"(GET|HEAD|POST) {_GRADIO}", TokenScope.ASK),
        (r"(GET|HEAD) /api/documents(/.*)?", TokenScope.READ),
        (r"(GET|HEAD) /(source|library)/.*", TokenScope.READ),
    )
)


def needed_for(method: str, path: str) -> TokenScope:
    """What a token must cover for a request."""
    asked = f"{method} {path}"
    found = (scope for pattern, scope in _NEEDED if pattern.fullmatch(asked))
    return next(found, TokenScope.MANAGE)


def shown_by(request: HTTPConnection | gr.Request) -> TokenScope | None:
    """What the token covers that came with a request; None where it came by a person's login."""
    scope: TokenScope | None = getattr(request.state, "token", None)
    return scope


def require(shown: TokenScope | None, needed: TokenScope) -> None:
    """Raises TokenRefused where a program's token does not cover it; None is a person's login."""
    if shown is not None and not shown.covers(needed):
        raise TokenRefused(
            f"The token may not do this: its scope is {shown}, and this asks for {needed}."
            f" Make another one with: strategy user token NAME --scope {needed}"
        )
