"""Workers: answers for programs, made in threads of their own, a few at a time."""

from __future__ import annotations

import asyncio
import contextvars
import threading
import weakref
from collections.abc import AsyncIterator, Callable, Generator
from contextlib import closing, suppress
from queue import SimpleQueue
from typing import Generic, TypeVar

from ui.turns import Turns

UPDATE_SECONDS = 0.08  # between two states of an answer that comes in pieces: twelve a second

T = TypeVar("T")


class _Work(Generic[T]):
    """What a thread has made so far, and the event loop takes from it."""

    def __init__(self) -> None:
        self.newest: T | None = None
        self.error: BaseException | None = None
        self.changed = asyncio.Event()
        self.ended = asyncio.Event()
        self.gone = threading.Event()  # nobody waits for it any more


class _Threads:
    """At most ``most`` threads, which are kept: to start one holds up the event loop.

    Daemons: what a model has still to say need not hold up the server's exit.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._started = 0
        self._given: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        weakref.finalize(self, _end, self._given, most)

    def run(self, work: Callable[[], None]) -> None:
        """Run what raises nothing, as soon as a thread is free. Of one event loop."""
        self._given.put(work)
        if self._started < self._most:
            self._started += 1
            threading.Thread(target=_go_on, args=[self._given], name="worker", daemon=True).start()


def _go_on(given: SimpleQueue[Callable[[], None] | None]) -> None:
    for work in iter(given.get, None):
        contextvars.Context().run(work)  # nothing is left of the work before
        del work  # what it holds is not kept until the next comes


def _end(given: SimpleQueue[Callable[[], None] | None], most: int) -> None:
    for _ in range(most):
        given.put(None)


class Workers:
    """Runs what takes time beside the event loop, and in the order of ``turns``.

    Not in the threads that all requests share: forty answers there would stop everything else.
    """

    def __init__(self, turns: Turns) -> None:
        self.turns = turns
        self._threads = _Threads(turns.at_once)

    async def last(self, client: str, produce: Callable[[], Generator[T]]) -> T:
        """The last that ``produce`` yields. Raises TooBusy, and whatever it raises."""
        made = [each async for each in self.results(client, produce)]
        return made[-1]

    async def results(self, client: str, produce: Callable[[], Generator[T]]) -> AsyncIterator[T]:
        """What ``produce`` yields, leaving out what is old before it could be handed on."""
        loop = asyncio.get_running_loop()
        begun = await self.turns.take(client)
        work: _Work[T] = _Work()

        def end() -> None:
            self.turns.end(begun)
            work.ended.set()
            work.changed.set()

        def run() -> None:
            try:
                with closing(produce()) as made:
                    for each in made:
                        if work.gone.is_set():
                            break
                        work.newest = each
                        loop.call_soon_threadsafe(work.changed.set)
            except BaseException as error:
                work.error = error
            finally:
                with suppress(RuntimeError):  # the server has gone
                    loop.call_soon_threadsafe(end)

        self._threads.run(run)
        try:
            async for each in _changes(work):
                yield each
        finally:
            work.gone.set()


async def _changes(work: _Work[T]) -> AsyncIterator[T]:
    """Each newest state, at most every ``UPDATE_SECONDS``, and the last one at once."""
    seen: T | None = None
    while True:
        await work.changed.wait()
        work.changed.clear()
        ended, newest = work.ended.is_set(), work.newest
        if newest is not None and newest is not seen:
            seen = newest
            yield newest
        if ended:
            if work.error is not None:
                raise work.error
            return
        with suppress(TimeoutError):
            async with asyncio.timeout(UPDATE_SECONDS):
                await work.ended.wait()
