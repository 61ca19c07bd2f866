"""Work for programs comes as it is made, ends when nobody waits, and gives its turn back."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine, Generator
from contextlib import aclosing
from contextvars import ContextVar
from typing import Any

import pytest

from ui.turns import Turns
from ui.workers import Workers


def run(work: Coroutine[Any, Any, None]) -> None:
    asyncio.run(asyncio.wait_for(work, 20))


def counting(last: int) -> Generator[int]:
    yield from range(1, last + 1)


def test_the_last_is_never_left_out() -> None:
    async def work() -> None:
        workers = Workers(Turns(2, 10))
        seen = [each async for each in workers.results("a", lambda: counting(10_000))]
        assert seen[-1] == 10_000
        assert seen == sorted(set(seen))
        assert await workers.last("a", lambda: counting(3)) == 3

    run(work())


def test_what_comes_slowly_is_seen_as_it_comes() -> None:
    async def work() -> None:
        go_on = threading.Event()

        def slow() -> Generator[str]:
            yield "Twelve"
            assert go_on.wait(20)
            yield "Twelve quays"

        seen = []
        async for each in Workers(Turns(1, 10)).results("a", slow):
            seen.append(each)
            go_on.set()
        assert seen == ["Twelve", "Twelve quays"]

    run(work())


def test_an_error_reaches_whoever_asked_and_gives_the_turn_back() -> None:
    async def work() -> None:
        workers = Workers(Turns(1, 10))

        def failing() -> Generator[int]:
            yield 1
            raise ValueError("no quays")

        with pytest.raises(ValueError, match="no quays"):
            await workers.last("a", failing)
        assert await workers.last("a", lambda: counting(2)) == 2

    run(work())


def test_when_nobody_waits_any_more_the_work_ends_and_its_turn_with_it() -> None:
    async def work() -> None:
        workers, left = Workers(Turns(1, 10)), threading.Event()

        def endless() -> Generator[int]:
            try:
                number = 0
                while True:
                    yield (number := number + 1)
            finally:
                left.set()

        async with aclosing(workers.results("a", endless)) as results:
            assert await anext(results)
        assert await asyncio.to_thread(left.wait, 10)
        assert await workers.last("b", lambda: counting(1)) == 1

    run(work())


def test_threads_are_kept_for_the_next_and_end_with_their_owner() -> None:
    seen: list[threading.Thread] = []

    def who() -> Generator[int]:
        seen.append(threading.current_thread())
        yield 1

    async def work() -> None:
        workers = Workers(Turns(2, 10))
        for _ in range(20):
            assert await workers.last("a", who) == 1

    run(work())
    assert len(set(seen)) <= 2
    for thread in set(seen):
        thread.join(10)
        assert not thread.is_alive()


def test_nothing_of_one_work_is_left_for_the_next() -> None:
    spoken: ContextVar[str] = ContextVar("spoken", default="English")

    def german() -> Generator[str]:
        yield spoken.get()
        spoken.set("German")

    async def work() -> None:
        workers = Workers(Turns(1, 10))
        assert [await workers.last("a", german) for _ in range(3)] == ["English"] * 3

    run(work())
