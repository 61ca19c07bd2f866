"""However many log in, questions are answered: passwords wait in a short row of their own."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from ui.access import Access
from ui.errors import LoginRefused
from ui.hashing import MOST_OF_ADDRESS, MOST_WAITING, Hashing
from ui.language import speaking
from ui.throttle import TRIES_OF_BOTH
from ui.users import Users


@pytest.fixture
def gate() -> Iterator[threading.Event]:
    """Opened at the latest when the test ends, so that no thread is left."""
    gate = threading.Event()
    yield gate
    gate.set()


def test_only_so_many_wait_and_the_others_are_told_at_once(gate: threading.Event) -> None:
    async def flood() -> list[object]:
        hashing = Hashing()
        tries = [
            asyncio.ensure_future(hashing.run(f"192.0.2.{number}", lambda: gate.wait(60)))
            for number in range(MOST_WAITING + 5)
        ]
        done, _waiting = await asyncio.wait(tries, timeout=0.5)
        gate.set()
        return [type(each.exception()) for each in done] + await asyncio.gather(
            *(each for each in tries if each not in done)
        )

    assert asyncio.run(flood()) == [LoginRefused] * 5 + [True] * MOST_WAITING


def test_one_address_takes_no_more_than_its_places(gate: threading.Event) -> None:
    async def flood() -> tuple[object, ...]:
        hashing = Hashing()
        first = [
            asyncio.ensure_future(hashing.run("192.0.2.1", lambda: gate.wait(60)))
            for _ in range(MOST_OF_ADDRESS)
        ]
        await asyncio.sleep(0)
        with pytest.raises(LoginRefused, match="Many people are logging in") as refused:
            await hashing.run("192.0.2.1", lambda: True)
        other = asyncio.ensure_future(hashing.run("192.0.2.2", lambda: True))
        await asyncio.sleep(0)
        gate.set()
        await asyncio.gather(*first)
        again = await hashing.run("192.0.2.1", lambda: True)
        return refused.value.busy, await other, again

    assert asyncio.run(flood()) == (True, True, True)


def test_while_passwords_wait_other_threads_are_free(gate: threading.Event) -> None:
    async def flood() -> bool:
        hashing = Hashing()
        tries = [
            asyncio.ensure_future(hashing.run(f"192.0.2.{number}", lambda: gate.wait(60)))
            for number in range(MOST_WAITING)
        ]
        free = await asyncio.wait_for(asyncio.to_thread(lambda: True), 20)
        gate.set()
        await asyncio.gather(*tries)
        return free

    assert asyncio.run(flood())


def test_what_is_said_of_a_try_is_in_the_readers_language(tmp_path: Path) -> None:
    users = Users(tmp_path / "users.json")
    users.add("ada", "twelve quays")
    access = Access(users, 12)
    with speaking("de"), pytest.raises(LoginRefused, match="Kennwort"):
        asyncio.run(access.log_in("ada", "thirteen quays", "192.0.2.1"))


def test_a_try_that_has_to_wait_is_told_so_though_many_log_in(
    tmp_path: Path, gate: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    access = Access(Users(tmp_path / "users.json"), 12)
    monkeypatch.setattr("ui.users.matches", lambda *_: gate.wait(60) and False)

    async def flood() -> list[LoginRefused]:
        gate.set()
        for _ in range(TRIES_OF_BOTH):
            with pytest.raises(LoginRefused, match="is wrong"):
                await access.log_in("bo", "wrong", "198.51.100.1")
        gate.clear()
        tries = [
            asyncio.ensure_future(access.log_in("ada", "wrong", f"192.0.2.{number}"))
            for number in range(MOST_WAITING)
        ]
        await asyncio.sleep(0)
        with pytest.raises(LoginRefused, match="Too many wrong tries") as early:
            await access.log_in("bo", "wrong", "198.51.100.1")
        with pytest.raises(LoginRefused, match="Many people") as busy:
            await access.log_in("ada", "wrong", "198.51.100.1")
        gate.set()
        await asyncio.gather(*tries, return_exceptions=True)
        return [early.value, busy.value]

    early, busy = asyncio.run(flood())
    assert (early.busy, busy.busy) == (False, True)
    assert min(early.seconds, busy.seconds) >= 1
