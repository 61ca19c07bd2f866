"""Connections: how many there may be, and how long a sender may take over a request.

uvicorn gives a connection no time in which its request has to come, nor a number that one address
may have; whoever opens a thousand and sends half a request on each keeps everybody else out. Here
connections are counted where they are accepted, before any handshake, and looked at once a second.
"""

from __future__ import annotations

import asyncio
import logging
import socket
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum, auto
from ipaddress import ip_address
from typing import Any

from ui.network import network_of

_MOST = 512  # connections in all, where the system allows so many files
BACKLOG = 128  # that wait to be accepted; they come on top, until they are looked at
_WARN_SECONDS = 60.0  # between two words in the log
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ConnectionLimits:
    """The times are the defaults of Apache's mod_reqtimeout, but for the last two."""

    in_all: int
    of_address: int
    head_seconds: float = 20  # from the first byte, or the connection, to the end of the headers
    body_seconds: float = 20  # that a body may take, with what its bytes earn at this rate
    body_rate: float = 500  # bytes a second
    silent_seconds: float = 60  # that a body may pause, whatever it has earned
    stalled_seconds: float = 60  # that a response may wait without one byte of it being taken

    @classmethod
    def of_system(cls, of_address: int) -> ConnectionLimits:
        """Half of the files that this process may open: the index and readers need some too."""
        if sys.platform == "win32":
            return cls(_MOST, of_address)
        import resource

        files, _hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        if files == resource.RLIM_INFINITY:
            return cls(_MOST, of_address)
        return cls(max(8, min(_MOST, files // 2)), of_address)


class Phase(Enum):
    """Whose turn it is."""

    HEAD = auto()  # the sender's: its handshake and headers
    BODY = auto()  # the sender's
    OURS = auto()  # the request is whole, and may take as long as its answer takes
    IDLE = auto()  # nobody's: the next request may come


@dataclass(slots=True, eq=False)
class Connection:
    """One that was accepted."""

    taken: socket.socket
    network: str
    deadline: float  # counts unless the phase is OURS
    phase: Phase = Phase.HEAD
    ended: bool = False
    pending: Callable[[], int] = int  # bytes of a response that are still to be sent
    reading: Callable[[], bool] = bool  # whether it is we who do not read on
    unsent: int = 0
    moved: float = 0.0  # when ``unsent`` was another

    def end(self) -> None:
        """Whoever reads or writes it finds it closed by the other side."""
        self.ended = True
        with suppress(OSError):
            self.taken.shutdown(socket.SHUT_RDWR)


class Connections:
    """All connections of one server; of one event loop."""

    def __init__(
        self,
        limits: ConnectionLimits,
        *,
        proxied: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """``proxied``: a proxy on this machine brings everybody's connections, from one address."""
        self.limits = limits
        self._proxied = proxied
        self._clock = clock
        self._open: dict[Any, Connection] = {}  # by the address of the other end, with its port
        self._timer: asyncio.TimerHandle | None = None
        self._warned = -_WARN_SECONDS

    def __len__(self) -> int:
        return len(self._open)

    def take(self, taken: socket.socket, peer: Any) -> bool:
        """Whether a connection may stay; where there are too many, an idle one makes room."""
        network = network_of(str(peer[0]))
        alive = [each for each in self._open.values() if not each.ended]
        if not self._is_proxy(network):
            own = [each for each in alive if each.network == network]
            if len(own) >= self.limits.of_address and not self._make_room(own):
                return False
        if len(alive) >= self.limits.in_all and not self._make_room(alive):
            return False
        now = self._clock()
        self._open[peer] = Connection(taken, network, now + self.limits.head_seconds)
        if self._timer is None:
            self._look_later()
        return True

    def of(self, peer: Any) -> Connection | None:
        """None where the event loop accepts connections in a way of its own."""
        return self._open.get(peer)

    def leave(self, peer: Any) -> None:
        self._open.pop(peer, None)

    def head(self, connection: Connection, phase: Phase = Phase.HEAD) -> None:
        """The sender's turn begins."""
        connection.phase = phase
        connection.deadline = self._clock() + self.limits.head_seconds

    def body(self, connection: Connection, size: int) -> None:
        """So many bytes of a body have come."""
        limits, now = self.limits, self._clock()
        if connection.phase is not Phase.BODY:
            connection.phase, connection.deadline = Phase.BODY, now + limits.body_seconds
        earned = connection.deadline + size / limits.body_rate
        connection.deadline = min(earned, now + limits.silent_seconds)

    def look(self) -> None:
        """End those whose time is over."""
        now = self._clock()
        for connection in self._open.values():
            if not connection.ended and self._is_over(connection, now):
                connection.end()

    def _is_over(self, connection: Connection, now: float) -> bool:
        if connection.phase is Phase.BODY and connection.reading():
            connection.deadline = max(connection.deadline, now + self.limits.body_seconds)
        if connection.phase is not Phase.OURS and now > connection.deadline:
            return True
        unsent = connection.pending()
        if unsent != connection.unsent or not unsent:
            connection.unsent, connection.moved = unsent, now
        return now - connection.moved > self.limits.stalled_seconds

    def _make_room(self, among: list[Connection]) -> bool:
        """End the oldest whose turn it is not ours, of the address that has most of them."""
        waiting = [each for each in among if each.phase is not Phase.OURS]
        self._warn(len(among))
        if not waiting:
            return False
        greediest, _count = Counter(each.network for each in waiting).most_common(1)[0]
        next(each for each in waiting if each.network == greediest).end()
        return True

    def _warn(self, count: int) -> None:
        if self._clock() - self._warned >= _WARN_SECONDS:
            self._warned = self._clock()
            _LOG.warning(
                "%d connections at once, as many as may be: idle ones are closed for new ones."
                " The setting connections_of_address says how many one address may have.",
                count,
            )

    def _is_proxy(self, network: str) -> bool:
        return self._proxied and ip_address(network.partition("/")[0]).is_loopback

    def _look_later(self) -> None:
        seconds = min(1.0, self.limits.head_seconds / 4)
        self._timer = asyncio.get_running_loop().call_later(seconds, self._look_again)

    def _look_again(self) -> None:
        self.look()
        self._timer = None
        if self._open:
            self._look_later()
