"""The login page, and the routes that log in and out."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from markupsafe import Markup

from ui.access import COOKIE, COOKIE_SECONDS, Access
from ui.assets import NAME, asset
from ui.errors import LoginRefused, UsersUnusable
from ui.guard import ICON, LOGIN, LOGOUT
from ui.language import _, spoken
from ui.security_headers import STILL

_PAGE = Markup("""<!doctype html>
<html lang="{language}">
<head><meta charset="utf-8"><title>{log_in} · {product}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="{icon}"><style>{style}</style></head>
<body class="login"><main>
<h1 class="brand"><img src="{icon}" alt="">{product}</h1>
<p>{why}</p>{wrong}
<form method="post" action="{action}">
<input type="hidden" name="next" value="{next}">
<label for="name">{name_label}</label>
<input id="name" name="name" value="{name}" autocomplete="username" autocapitalize="none"
 spellcheck="false" maxlength="64" required{focus_name}>
<label for="password">{password_label}</label>
<input id="password" name="password" type="password" autocomplete="current-password"
 maxlength="1000" required{focus_password}>
<button>{log_in}</button>
</form></main></body></html>
""")
_LONGEST = 2_000  # characters of a field that the page shows again
_FOCUS = Markup(" autofocus")


def login_routes(access: Access) -> APIRouter:
    """GET and POST /login, POST /logout."""
    router = APIRouter(include_in_schema=False)

    @router.get(LOGIN)
    def page(request: Request, next: str = "/") -> Response:
        if request.state.user is not None:
            return RedirectResponse(inside(next), 303)
        return login_page(next)

    @router.post(LOGIN)
    async def log_in(
        request: Request,
        name: Annotated[str, Form()] = "",
        password: Annotated[str, Form()] = "",
        next: Annotated[str, Form()] = "/",
    ) -> Response:
        name, next = name[:_LONGEST], next[:_LONGEST]
        address = request.client.host if request.client else ""
        try:
            token = await access.log_in(name, password, address)
        except LoginRefused as error:
            status = 503 if error.busy else 429 if error.seconds else 401
            response = login_page(next, name, str(error), status)
            if error.seconds:
                response.headers["Retry-After"] = str(error.seconds)
            return response
        except UsersUnusable:
            reason = _("Nobody can log in now; the terminal that runs the chat says why.")
            return login_page(next, name, reason, 503)
        response = RedirectResponse(inside(next), 303)
        response.set_cookie(
            COOKIE,
            token,
            max_age=COOKIE_SECONDS,
            httponly=True,
            samesite="strict",
            secure=request.url.scheme == "https",
        )
        return response

    @router.post(LOGOUT)
    def log_out(request: Request) -> Response:
        access.log_out(request.cookies.get(COOKIE, ""))
        response = RedirectResponse(LOGIN, 303)
        response.delete_cookie(COOKIE, httponly=True, samesite="strict")
        return response

    return router


def login_page(next: str, name: str = "", wrong: str = "", status: int = 200) -> Response:
    """The form; ``next`` is where to go on to, ``wrong`` why the latest try failed."""
    said = Markup('<p class="wrong" role="alert">{}</p>').format(wrong) if wrong else ""
    page = _PAGE.format(
        language=spoken(),
        product=NAME,
        log_in=_("Log in"),
        why=_("Log in to ask your documents."),
        name_label=_("Name"),
        password_label=_("Password"),
        icon=ICON,
        style=Markup(asset("login.css")),
        wrong=said,
        action=LOGIN,
        next=inside(next),
        name=name,
        focus_name="" if name else _FOCUS,
        focus_password=_FOCUS if name else "",
    )
    headers = {"Content-Security-Policy": STILL, "Cache-Control": "no-store"}
    return HTMLResponse(page, status, headers)


def inside(path: str) -> str:
    """A place of this server to go on to; "/" where the path would lead elsewhere."""
    plain = path.isascii() and path.isprintable() and "\\" not in path
    return path if plain and path.startswith("/") and not path.startswith("//") else "/"
