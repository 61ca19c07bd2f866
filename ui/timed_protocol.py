"""uvicorn's protocol, which also says whose turn it is on its connection."""

from __future__ import annotations

import asyncio
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from ui.connections import Connection, Connections, Phase


class TimedProtocol(H11Protocol):
    """HTTP/1.1 on one connection of ``connections``, which ends it when it takes too long."""

    def __init__(self, connections: Connections, **given: Any) -> None:
        super().__init__(**given)
        self._connections = connections
        self._connection: Connection | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._connection = self._connections.of(transport.get_extra_info("peername"))
        if self._connection is not None:
            self._connection.pending = transport.get_write_buffer_size
            self._connection.reading = lambda: self.flow.read_paused

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._note(len(data))

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._note(0)

    def _note(self, size: int) -> None:
        """Tell by h11's state what the other side has still to send."""
        connection = self._connection
        if connection is None:
            return
        if self.conn.their_state is h11.SEND_BODY:
            self._connections.body(connection, size)
        elif self.conn.their_state is not h11.IDLE:
            connection.phase = Phase.OURS
        elif not size:
            self._connections.head(connection, Phase.IDLE)
        elif connection.phase is not Phase.HEAD:
            self._connections.head(connection)
