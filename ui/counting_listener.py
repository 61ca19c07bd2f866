"""A listening socket whose connections are counted from their first moment to their last."""

from __future__ import annotations

import socket
from typing import Any

from ui.connections import Connections


class CountingListener(socket.socket):
    """Takes the place of a listening socket; asyncio accepts from it as from any."""

    def __init__(self, listener: socket.socket, connections: Connections) -> None:
        super().__init__(listener.family, listener.type, listener.proto, listener.detach())
        self._connections = connections

    def accept(self) -> tuple[socket.socket, Any]:
        """The next that may stay; the others are closed. Raises BlockingIOError after the last."""
        while True:
            accepted, peer = super().accept()
            taken = _CountedSocket(accepted, peer, self._connections)
            if self._connections.take(taken, peer):
                return taken, peer
            taken.close()


class _CountedSocket(socket.socket):
    def __init__(self, accepted: socket.socket, peer: Any, connections: Connections) -> None:
        super().__init__(accepted.family, accepted.type, accepted.proto, accepted.detach())
        self._peer = peer
        self._connections = connections

    def close(self) -> None:
        super().close()
        connection = self._connections.of(self._peer)
        if connection is not None and connection.taken is self:
            self._connections.leave(self._peer)
