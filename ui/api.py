"""The REST API: the same answers, passages and documents for programs."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import FastAPI, Header, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.exceptions import HTTPException

from ui.api_models import Answered, Ask, DocumentList, DocumentText, Find, Found, Problem
from ui.api_page import api_page
from ui.api_uploads import upload_routes
from ui.background_sync import BackgroundSync
from ui.errors import KNOWN_ERRORS
from ui.problems import problem_of
from ui.programs import Programs
from ui.security_headers import STILL
from ui.uploads import UploadRefused

EVENTS = "text/event-stream"
_PROBLEMS: dict[int | str, dict[str, Any]] = {
    400: {"model": Problem, "description": "The question or a limit of it cannot be used."},
    422: {"model": Problem, "description": "The request is not of the form that it should be."},
    503: {"model": Problem, "description": "Too many wait; Retry-After says for how long."},
}
_UNKNOWN: dict[int | str, dict[str, Any]] = {404: {"model": Problem}}
_AS_EVENTS: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {EVENTS: {"schema": {"type": "string"}}},
        "description": "The answer, or events `answer`; what fails on the way is an event `error`.",
    }
}


def create_api(programs: Programs, background: BackgroundSync | None = None) -> FastAPI:
    """The application to mount at /api; documents are changed in the folder of ``background``."""
    api = FastAPI(
        title="Strategy assistant",
        version="1",
        description="Answers from your documents, every statement with its exact words.",
        docs_url=None,
        redoc_url=None,
        openapi_url="/openapi.json",
    )

    @api.get("/", include_in_schema=False)
    def page(request: Request) -> HTMLResponse:
        # Its root is where this application is mounted.
        address = str(request.base_url).removesuffix("api/")
        content = api_page(api.openapi(), address)
        return HTMLResponse(content, headers={"Content-Security-Policy": STILL})

    @api.post("/answer", responses=_PROBLEMS | _AS_EVENTS, response_model=Answered)
    async def answer(
        ask: Ask, request: Request, accept: Annotated[str, Header()] = ""
    ) -> Response | Answered:
        """Answer a question, with the exact words and their place.

        With `Accept: text/event-stream` the answer comes as it is written, in events named
        `answer`: each is more complete than the last, and the last one has `complete` true.
        """
        client = client_of(request)
        if EVENTS not in accept:
            answered = await programs.answer(ask, client)
            # As it is: FastAPI would check each field of our own answer once more.
            return Response(answered.model_dump_json(), media_type="application/json")
        programs.make_room(client)
        return StreamingResponse(
            _events(programs.answers(ask, client)),
            media_type=EVENTS,
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )

    @api.post("/search", responses=_PROBLEMS)
    async def search(find: Find, request: Request) -> Found:
        """Find the passages that most likely answer a question."""
        return await programs.search(find, client_of(request))

    @api.get("/documents")
    def documents() -> DocumentList:
        """List all documents, also those that could not be read."""
        return programs.documents()

    @api.get("/documents/{path:path}", responses=_UNKNOWN)
    def document(path: str, start: Annotated[int, Query(ge=0)] = 0) -> DocumentText:
        """Give a document as it was read: its text, pages and outline.

        A very long text comes in parts: `start` is the character to begin at.
        """
        return programs.document(path, start)

    api.include_router(upload_routes(programs, background))
    _answer_problems(api)
    return api


def client_of(request: Request) -> str:
    """Who waits for a turn: the user, or without a login the machine."""
    user: str | None = getattr(request.state, "user", None)
    return user or (request.client.host if request.client else "")


async def _events(answers: AsyncIterator[Answered]) -> AsyncIterator[str]:
    """Server-sent events; what goes wrong on the way is the last one."""
    try:
        async for answer in answers:
            yield f"event: answer\ndata: {answer.model_dump_json()}\n\n"
    except Exception as error:
        problem = problem_of(error)
        yield f"event: error\ndata: {Problem(error=problem.said).model_dump_json()}\n\n"


def _answer_problems(api: FastAPI) -> None:
    """Every error leaves as JSON with one sentence."""

    def answer_problem(_request: Request, error: Exception) -> JSONResponse:
        problem = problem_of(error)
        return JSONResponse({"error": problem.said}, problem.status, problem.headers)

    for kind in (*KNOWN_ERRORS, UploadRefused, RequestValidationError, HTTPException, Exception):
        api.add_exception_handler(kind, answer_problem)
