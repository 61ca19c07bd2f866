"""The uvicorn server, with our limits on its connections.

Its own limits are kept at their defaults: five seconds between two requests of a connection, 64 KB
of headers. Servers that have a time for the headers were weighed: hypercorn has one for each read,
which a byte now and then satisfies, granian none for bodies, and neither counts by address.
"""

from __future__ import annotations

import ssl
from functools import partial
from typing import TYPE_CHECKING, Any, cast

import uvicorn

from ui.connections import BACKLOG, Connections
from ui.timed_protocol import TimedProtocol

if TYPE_CHECKING:
    from starlette.types import ASGIApp

SHUTDOWN_SECONDS = 2  # that an answer under way may still take after Ctrl-C


def bounded_server(
    app: ASGIApp, connections: Connections, tls: ssl.SSLContext | None = None
) -> uvicorn.Server:
    """To run on a CountingListener of the same ``connections``."""
    return uvicorn.Server(
        uvicorn.Config(
            app,
            log_level="warning",
            timeout_graceful_shutdown=SHUTDOWN_SECONDS,
            server_header=False,
            backlog=BACKLOG,
            # The event loop that accepts by the socket's own method, which counts.
            loop="asyncio",
            ws="none",  # nothing here speaks it, and its protocol is not timed
            http=cast("Any", partial(TimedProtocol, connections)),
            ssl_context_factory=(lambda _config, _default: tls) if tls is not None else None,
        )
    )
