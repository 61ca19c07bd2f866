"""Turns are bounded, go round the clients, and are lost to nobody who gives up."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest

from ui.errors import TooBusy
from ui.turns import Turns


def run(work: Coroutine[Any, Any, None]) -> None:
    asyncio.run(asyncio.wait_for(work, 20))


class Line:
    """Clients that wait for turns, and the order in which they got them."""

    def __init__(self, turns: Turns) -> None:
        self.turns = turns
        self.served: list[str] = []
        self.refused: list[str] = []

    async def ask(self, client: str) -> None:
        try:
            begun = await self.turns.take(client)
        except TooBusy:
            self.refused.append(client)
            return
        self.served.append(client)
        await asyncio.sleep(0)
        self.turns.end(begun)

    def wait(self, clients: str) -> list[asyncio.Task[None]]:
        return [asyncio.create_task(self.ask(client)) for client in clients]


def test_no_more_have_a_turn_at_once_than_are_allowed() -> None:
    async def work() -> None:
        turns, now, most = Turns(3, 100), 0, 0

        async def one() -> None:
            nonlocal now, most
            begun = await turns.take("a")
            now += 1
            most = max(most, now)
            await asyncio.sleep(0)
            now -= 1
            turns.end(begun)

        await asyncio.gather(*(one() for _ in range(20)))
        assert most == 3
        assert turns.waiting == 0

    run(work())


def test_one_who_asks_much_does_not_keep_the_others_waiting() -> None:
    async def work() -> None:
        line = Line(Turns(1, 100))
        await asyncio.gather(*line.wait("aaaaabbc"))
        assert "".join(line.served) == "aabcabaa"

    run(work())


def test_too_many_are_told_when_to_come_again() -> None:
    async def work() -> None:
        turns = Turns(1, 2)
        begun = await turns.take("a")
        waiting = [asyncio.create_task(turns.take("a")) for _ in range(2)]
        await asyncio.sleep(0)
        with pytest.raises(TooBusy, match="Ask again in") as refused:
            await turns.take("a")
        assert refused.value.seconds >= 1
        for each in waiting:
            turns.end(begun)
            begun = await each

    run(work())


def test_in_a_full_line_the_one_who_asks_most_makes_room() -> None:
    async def work() -> None:
        line = Line(Turns(1, 4))
        begun = await line.turns.take("first")
        tasks = line.wait("aaaabb")
        await asyncio.sleep(0)
        line.turns.end(begun)
        await asyncio.gather(*tasks)
        assert line.refused == ["a", "a"]
        assert line.served == ["a", "b", "a", "b"]


def test_where_nobody_may_wait_a_free_turn_is_given_still() -> None:
    async def work() -> None:
        turns = Turns(1, 0)
        turns.make_room("a")
        begun = await turns.take("a")
        with pytest.raises(TooBusy):
            turns.make_room("b")
        turns.end(begun)
        turns.make_room("b")

    run(work())


def test_whoever_gives_up_takes_no_turn_along() -> None:
    async def work() -> None:
        line = Line(Turns(1, 10))
        begun = await line.turns.take("first")
        tasks = line.wait("abc")
        await asyncio.sleep(0)
        tasks[1].cancel()
        line.turns.end(begun)  # a's turn; c's is next
        await asyncio.gather(*tasks, return_exceptions=True)
        assert line.served == ["a", "c"]
        assert line.turns.waiting == 0

    run(work())


def test_a_turn_that_comes_as_one_gives_up_goes_to_the_next() -> None:
    async def work() -> None:
        line = Line(Turns(1, 10))
        begun = await line.turns.take("first")
        tasks = line.wait("ab")
        await asyncio.sleep(0)
        line.turns.end(begun)  # given to a, who has not woken yet
        tasks[0].cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        assert line.served == ["b"]
        await line.ask("c")
        assert line.served == ["b", "c"]

    run(work())
