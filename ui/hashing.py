"""Hashing: passwords are tried in a thread of their own, and only so many may wait for it.

A try costs a third of a second of one processor, whoever sends it. In the threads that all
requests share, a flood of logins would keep everybody's questions waiting.
"""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from contextvars import copy_context
from typing import TypeVar

from ui.errors import LoginRefused
from ui.language import _
from ui.network import network_of

MOST_WAITING = 16  # tries: some five seconds of waiting
MOST_OF_ADDRESS = 4  # of them, so that one address does not take all places
AGAIN_SECONDS = 5  # after which there is room, even after a full queue
_NICENESS = 5  # of the thread: where processors are scarce, answers get three times its share

T = TypeVar("T")


class Hashing:
    """One thread, so that tries take one processor and the memory of one, however many come."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, "passwords", initializer=_step_back)
        self._lock = threading.Lock()
        self._waiting: Counter[str] = Counter()

    async def run(self, address: str, work: Callable[[], T]) -> T:
        """What ``work`` returns or raises. Raises LoginRefused where too many wait already."""
        network = network_of(address)
        with self._lock:
            full = self._waiting.total() >= MOST_WAITING
            if full or self._waiting[network] >= MOST_OF_ADDRESS:
                busy = _("Many people are logging in just now. Try again in a few seconds.")
                raise LoginRefused(busy, AGAIN_SECONDS, busy=True)
            self._waiting[network] += 1
        try:
            future = self._thread.submit(copy_context().run, work)  # which knows the language
        except BaseException:
            self._leave(network)
            raise
        # Of the thread, not of who waits: what is tried already takes its place to the end.
        future.add_done_callback(lambda _done: self._leave(network))
        return await asyncio.wrap_future(future)

    def _leave(self, network: str) -> None:
        with self._lock:
            self._waiting[network] -= 1
            if not self._waiting[network]:
                del self._waiting[network]


def _step_back() -> None:
    """Only Linux knows the niceness of one thread; elsewhere it would be the whole program's."""
    if sys.platform == "linux":
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)
