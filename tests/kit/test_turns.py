"""Who computes first: the loop and what it waits for, then threads that read ahead."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from itertools import count
from typing import Self

import pytest

from mediatheque.kit.turns import ahead, busy, giving_way, new_loop, read_ahead, when_quiet

SECONDS = 0.12  # shorter than the longest wait of a thread that gives way


class Reader:
    """A thread that counts as often as it is let."""

    def __init__(self) -> None:
        self.steps = 0
        self._ends = False
        self._thread = threading.Thread(target=self._read)

    def _read(self) -> None:
        for _ in giving_way(count()):
            self.steps += 1
            if self._ends:
                return
            time.sleep(0.001)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ends = True
        self._thread.join()


def compute() -> None:
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        pass


def run(act: Callable[[Reader], Awaitable[None]]) -> None:
    async def go() -> None:
        with Reader() as reader:
            await asyncio.sleep(0.01)
            await act(reader)

    with asyncio.Runner(loop_factory=new_loop) as runner:
        runner.run(go())


def test_reading_ahead_rests_while_the_loop_computes() -> None:
    async def act(reader: Reader) -> None:
        before = reader.steps
        compute()
        assert reader.steps - before <= 1
        await asyncio.sleep(SECONDS)
        assert reader.steps - before > 5

    run(act)


def test_reading_ahead_rests_for_what_the_loop_waits_for() -> None:
    async def act(reader: Reader) -> None:
        before = reader.steps
        await ahead(compute)
        assert reader.steps - before <= 2
        await asyncio.sleep(SECONDS)
        assert reader.steps - before > 5

    run(act)


def test_a_loop_that_never_rests_does_not_stop_a_reader_for_ever() -> None:
    async def act(reader: Reader) -> None:
        before = reader.steps
        until = time.monotonic() + 1
        while reader.steps - before < 2:
            assert time.monotonic() < until
            await asyncio.sleep(0)

    run(act)


def test_without_such_a_loop_nobody_waits() -> None:
    began = time.monotonic()
    assert list(giving_way(range(1000))) == list(range(1000))
    assert time.monotonic() - began < 1


async def test_what_ahead_raises_comes_out_and_leaves_no_trace() -> None:
    def fail() -> None:
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011  (any)
        await ahead(fail)
    began = time.monotonic()
    assert await asyncio.to_thread(lambda: len(list(giving_way(range(5))))) == 5
    assert time.monotonic() - began < 1


async def test_what_nobody_waits_for_comes_after_what_somebody_waits_for() -> None:
    told: list[str] = []

    async def later() -> None:
        await when_quiet(5)
        told.append("later")

    with busy():
        task = asyncio.ensure_future(later())
        await asyncio.sleep(0.02)
        told.append("first")
    await task
    assert told == ["first", "later"]


async def test_waiting_for_quiet_ends_in_time() -> None:
    with busy():
        began = time.monotonic()
        await when_quiet(0.05)
        assert 0.04 < time.monotonic() - began < 1


def test_items_come_as_they_are() -> None:
    def items() -> Iterator[int]:
        yield from (3, 1, 2)

    assert list(giving_way(items())) == [3, 1, 2]


def slowly(numbers: list[int], made: list[int]) -> Iterator[int]:
    for number in numbers:
        time.sleep(0.02)
        made.append(number)
        yield number


async def test_the_next_one_is_made_while_one_is_worked_on() -> None:
    made: list[int] = []
    done = []
    async with read_ahead(slowly([1, 2, 3], made)) as coming:
        async for number in coming:
            await asyncio.sleep(0.1)
            done.append((number, made[-1]))
    assert done == [(1, 2), (2, 3), (3, 3)]


async def test_who_leaves_early_leaves_nobody_reading() -> None:
    made: list[int] = []

    async def leave() -> None:
        async with read_ahead(slowly([1, 2, 3], made)) as coming:
            async for _ in coming:
                raise KeyError

    with pytest.raises(KeyError):
        await leave()
    assert made == [1, 2]
    await asyncio.sleep(0.06)
    assert made == [1, 2]


async def test_a_fault_of_reading_is_raised_where_the_item_is_asked_for() -> None:
    def faulty() -> Iterator[int]:
        yield 1
        raise KeyError("the second")

    done = []

    async def read() -> None:
        async with read_ahead(faulty()) as coming:
            async for number in coming:
                await asyncio.sleep(0.05)
                done.append(number)

    with pytest.raises(KeyError, match="second"):
        await read()
    assert done == [1]
