"""Throttle: how often a password may be tried, by name and address together.

Three counts of wrong tries, each for another kind of guessing:

- of one name from one address: five, then waits that double, up to a quarter of an hour. It is the
  only count that keeps anybody from a name, so nobody is kept from theirs by somebody elsewhere.
- of one address, whatever the names: twenty, then the same waits: one password at many.
- of one name, whatever the addresses: a hundred. Nobody waits for it by itself, or strangers could
  lock a user out. From then on each address has one try in place of five, and then waits longest
  at once. The owner, who knows the password, needs one; who guesses needs a fresh address for each
  guess: N of them give N guesses, and 4 N an hour after that. Ten thousand addresses make 40,000 an
  hour, of which one thread hashes some 10,000 (ui/hashing.py): a month of that is 7 million, where
  a password of two random words out of 8,000 is one of 64 million. A password from a list of
  common ones falls; only a second factor, or a lock that strangers can close, would help it. The
  log names a user who is being guessed at.

A right password takes back the wrong tries of that name from that address, in all three counts, and
no others: whoever has an account buys no tries at another by logging in.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from ui.network import network_of

TRIES_OF_BOTH, TRIES_OF_ADDRESS, TRIES_OF_NAME = 5, 20, 100
FIRST_WAIT = 2.0  # seconds; each further wrong try doubles it
LONGEST_WAIT = 900.0
FORGOTTEN = 3600.0  # seconds after the last wrong try
_MOST = 20_000  # counters that are kept; the oldest make room
_LOG = logging.getLogger(__name__)


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

    def wait(self, name: str, address: str) -> float:
        """Seconds to wait before the next try; 0 where it may be made now."""
        name, address = _known_as(name), network_of(address)
        with self._lock:
            return self._wait(name, address, self._clock())

    def begin(self, name: str, address: str) -> float:
        """The same; where it is 0, a try is made.

        It counts as wrong until ``right`` says otherwise, so that many at once are counted.
        """
        name, address = _known_as(name), network_of(address)
        now = self._clock()
        with self._lock:
            wait = self._wait(name, address, now)
            if wait > 0:
                return wait
            for key in _keys(name, address):
                count = self._count(key, now)
                self._tries.pop(key, None)
                self._tries[key] = Tries(count + 1, now)
            guessed_at = self._tries[name, ""].count == TRIES_OF_NAME
            while len(self._tries) > _MOST:
                del self._tries[next(iter(self._tries))]
        if guessed_at:
            _LOG.warning("%d wrong passwords were tried for the user %r", TRIES_OF_NAME, name)
        return 0.0

    def right(self, name: str, address: str) -> None:
        """The latest try was right: what was wrong from there before is forgiven."""
        name, address = _known_as(name), network_of(address)
        with self._lock:
            own = self._tries.pop((name, address), None)
            for key in _keys(name, address):
                tries = self._tries.get(key)
                if own is not None and tries is not None:
                    tries.count -= own.count
                    if tries.count <= 0:
                        del self._tries[key]

    def _wait(self, name: str, address: str, now: float) -> float:
        own = self._tries.get((name, address))
        if own is not None and self._count((name, ""), now) >= TRIES_OF_NAME:
            return max(0.0, own.latest + LONGEST_WAIT - now)
        both = _wait(own, TRIES_OF_BOTH, now)
        return max(both, _wait(self._tries.get(("", address)), TRIES_OF_ADDRESS, now))

    def _count(self, key: tuple[str, str], now: float) -> int:
        tries = self._tries.get(key)
        return tries.count if tries is not None and now - tries.latest <= FORGOTTEN else 0


def _wait(tries: Tries | None, allowed: int, now: float) -> float:
    if tries is None or tries.count < allowed:
        return 0.0
    wait = min(LONGEST_WAIT, FIRST_WAIT * 2.0 ** min(tries.count - allowed, 30))
    return max(0.0, tries.latest + wait - now)


def _keys(name: str, address: str) -> tuple[tuple[str, str], ...]:
    """Of both, of the address and of the name, whoever else tries."""
    return (name, address), ("", address), (name, "")


def _known_as(name: str) -> str:
    return name.strip().casefold()[:64]
