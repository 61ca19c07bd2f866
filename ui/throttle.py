"""Throttle: how often a password may be tried, by address and by name."""

from __future__ import annotations

import ipaddress
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

# Wrong tries before somebody has to wait. Those for one name from anywhere are many, so that
# strangers can hardly lock a user out, yet far too few to guess a password.
TRIES_OF_BOTH, TRIES_OF_ADDRESS, TRIES_OF_NAME = 5, 20, 100
FIRST_WAIT = 2.0  # seconds; each further wrong try doubles it
LONGEST_WAIT = 900.0
FORGOTTEN = 3600.0  # seconds after the last wrong try
_MOST = 20_000  # counters that are kept; the oldest make room
_NETWORK = 64  # bits of an IPv6 address that name its network; the rest is anybody's to choose


@dataclass(slots=True)
class Tries:
    """Wrong tries in a row."""

    count: int
    latest: float


class Throttle:
    """Counts wrong tries; safe across threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._tries: dict[tuple[str, str], Tries] = {}

    def begin(self, name: str, address: str) -> float:
        """Seconds to wait before the next try; 0 where it may be made now.

        The try counts as wrong until ``right`` says otherwise, so that many at once are counted.
        """
        now = self._clock()
        with self._lock:
            wait = max(self._wait(key, allowed, now) for key, allowed in _counters(name, address))
            if wait > 0:
                return wait
            for key, _ in _counters(name, address):
                tries = self._tries.pop(key, None)
                if tries is None or now - tries.latest > FORGOTTEN:
                    tries = Tries(0, now)
                self._tries[key] = Tries(tries.count + 1, now)
            while len(self._tries) > _MOST:
                del self._tries[next(iter(self._tries))]
        return 0.0

    def right(self, name: str, address: str) -> None:
        """The latest try was right: what was wrong before is forgiven."""
        with self._lock:
            for key, _ in _counters(name, address):
                self._tries.pop(key, None)

    def _wait(self, key: tuple[str, str], allowed: int, now: float) -> float:
        tries = self._tries.get(key)
        if tries is None or tries.count < allowed:
            return 0.0
        wait = min(LONGEST_WAIT, FIRST_WAIT * 2.0 ** min(tries.count - allowed, 30))
        return max(0.0, tries.latest + wait - now)


def _counters(name: str, address: str) -> Iterator[tuple[tuple[str, str], int]]:
    name, address = name.strip().casefold()[:64], _network(address)
    yield (name, address), TRIES_OF_BOTH
    yield ("", address), TRIES_OF_ADDRESS
    yield (name, ""), TRIES_OF_NAME


def _network(address: str) -> str:
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if found.version == 4:
        return address
    return str(ipaddress.ip_network((found, _NETWORK), strict=False))
