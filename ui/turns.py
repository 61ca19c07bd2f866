"""Turns: who is worked for next, so that many who ask at once are served in a fair order."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict, deque

from ui.errors import TooBusy

_FIRST_GUESS = 1.0  # seconds that a turn takes, before any has been timed
_WEIGHT = 0.2  # of the latest turn in the running mean


class Turns:
    """At most ``at_once`` turns at a time; each client that waits gets one after the other.

    Of one event loop. At most ``waiting`` may wait; then whoever has most waiting makes room for
    those who have fewer.
    """

    def __init__(self, at_once: int, waiting: int) -> None:
        self._free = at_once
        self.at_once = at_once
        self._most = waiting
        self._queues: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()
        self._seconds = _FIRST_GUESS

    @property
    def waiting(self) -> int:
        return sum(map(len, self._queues.values()))

    async def take(self, client: str) -> float:
        """Wait for a turn, which ``end`` must end; the time of its beginning.

        Raises TooBusy where too many wait.
        """
        if self._free and not self._queues:
            self._free -= 1
            return time.monotonic()
        self.make_room(client)
        turn = asyncio.get_running_loop().create_future()
        self._queues.setdefault(client, deque()).append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled() and turn.exception() is None:
                self._free += 1  # it had just been given
                self._give()
            self._leave(client, turn)
            raise
        return time.monotonic()

    def end(self, begun: float) -> None:
        """A turn is over: the next client's begins."""
        self._seconds += _WEIGHT * (time.monotonic() - begun - self._seconds)
        self._free += 1
        self._give()

    def make_room(self, client: str) -> None:
        """Raises TooBusy where one more of this client's may not wait."""
        if self.waiting < self._most or (self._free and not self._queues):
            return
        greediest = max(self._queues, key=lambda name: len(self._queues[name]), default=client)
        others, own = self._queues.get(greediest, ()), self._queues.get(client, ())
        if len(others) <= len(own) + 1:
            raise self._busy()
        latest = self._queues[greediest][-1]
        self._leave(greediest, latest)
        latest.set_exception(self._busy())

    def _busy(self) -> TooBusy:
        return TooBusy(max(1, round(self._seconds * (self.waiting + 1) / self.at_once)))

    def _give(self) -> None:
        while self._free and self._queues:
            client, queue = self._queues.popitem(last=False)
            turn = queue.popleft()
            if queue:
                self._queues[client] = queue  # behind all others
            if not turn.done():
                self._free -= 1
                turn.set_result(None)

    def _leave(self, client: str, turn: asyncio.Future[None]) -> None:
        queue = self._queues.get(client)
        if queue is not None and turn in queue:
            queue.remove(turn)
            if not queue:
                del self._queues[client]
