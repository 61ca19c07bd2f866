"""The same operations by the Model Context Protocol, for assistants that call tools: /mcp."""

# Without "annotations" of the future: the package evaluates those of the tools, and they name what
# is imported only where it is used.
from collections.abc import Awaitable, Callable
from typing import TypeVar, cast

from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.requests import Request

from ui.api import client_of
from ui.api_models import Answered, Ask, DocumentList, Find, Found
from ui.errors import KNOWN_ERRORS, ServeError
from ui.problems import problem_of
from ui.programs import Programs
from ui.token_scope import TokenScope, require, shown_by

T = TypeVar("T")


def create_tools(programs: Programs) -> Starlette:
    """The application that answers at /mcp, behind the same guard as all else.

    Raises ServeError where the package is not installed.
    """
    try:
        from mcp.server.mcpserver import Context, MCPServer
        from mcp.server.mcpserver.exceptions import ToolError
        from mcp.server.transport_security import TransportSecuritySettings
    except ImportError as error:
        raise ServeError(
            "The setting mcp needs a package that is not installed."
            " Install it with: pip install 'strategy-assistant[mcp]'"
        ) from error

    async def told(work: Callable[[], Awaitable[T]]) -> T:
        try:
            return await work()
        except (*KNOWN_ERRORS, ValidationError) as error:
            raise ToolError(problem_of(error).said) from error

    def client(context: Context) -> str:
        return client_of(cast("Request", context.request_context.request))

    server = MCPServer("strategy-assistant", log_level="WARNING")

    @server.tool()
    async def answer(
        question: str, context: Context, documents: list[str] | None = None
    ) -> Answered:
        """Answer a question from the documents, every statement with the exact words and their
        place. Where the documents do not hold the answer, `found` is false.

        `documents` limits it to paths, or patterns: 'kenya/*', '*.pdf'.
        """
        given = {"question": question, "documents": documents or []}
        return await told(lambda: programs.answer(Ask.model_validate(given), client(context)))

    @server.tool()
    async def search(
        question: str, context: Context, k: int = 10, documents: list[str] | None = None
    ) -> Found:
        """Find the `k` passages of the documents that most likely answer a question."""
        given = {"question": question, "k": k, "documents": documents or []}
        return await told(lambda: programs.search(Find.model_validate(given), client(context)))

    @server.tool()
    async def documents(context: Context) -> DocumentList:
        """List all documents, also those that could not be read, with the reasons."""

        async def work() -> DocumentList:
            request = cast("Request", context.request_context.request)
            require(shown_by(request), TokenScope.READ)
            return programs.documents()

        return await told(work)

    # Hosts and origins are the guard's to check.
    security = TransportSecuritySettings(enable_dns_rebinding_protection=False)
    return server.streamable_http_app(transport_security=security, stateless_http=True)
