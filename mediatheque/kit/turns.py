"""Who computes first in a process: the event loop, what it waits for, then the rest.

Python lets one thread compute at a time and divides the time evenly, so a thread that reads ahead
slows the loop down just when the database waits for its next statement. A loop made by
:func:`new_loop` tells when it waits for files and sockets, and :func:`ahead` runs in a thread what
the loop needs next; a thread that iterates through :func:`giving_way` computes in the moments that
both leave over, and :func:`read_ahead` starts such a thread for each item. Jobs that nobody waits
for let :func:`busy` ones pass with :func:`when_quiet`.
"""

from __future__ import annotations

import asyncio
import selectors
import threading
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable, Iterator

T = TypeVar("T")
P = ParamSpec("P")

LONGEST_SECONDS = 0.2
"""A loop that is never idle keeps a thread waiting for this long before each step, no longer."""


class _Turns:
    """The state of this process: whether the loop waits, how many threads are ahead."""

    def __init__(self) -> None:
        self.left_over = threading.Event()
        self.left_over.set()  # without a loop of ours nobody has to wait
        self.lock = threading.Lock()
        self.loop_waits = True
        self.ahead = 0
        self.busy = 0
        self.waiting: set[asyncio.Future[None]] = set()

    def loop_is_waiting(self, *, waits: bool) -> None:
        self.loop_waits = waits
        self._tell()

    def add(self, count: int) -> None:
        with self.lock:
            self.ahead += count
        self._tell()

    def _tell(self) -> None:
        if self.loop_waits and not self.ahead:
            self.left_over.set()
        else:
            self.left_over.clear()


_TURNS = _Turns()


class _Telling(selectors.DefaultSelector):
    """Waits like the system's best selector, and tells that it does."""

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is not None and timeout <= 0:
            return super().select(timeout)
        _TURNS.loop_is_waiting(waits=True)
        try:
            return super().select(timeout)
        finally:
            _TURNS.loop_is_waiting(waits=False)

    def close(self) -> None:
        super().close()
        _TURNS.loop_is_waiting(waits=True)


def new_loop() -> asyncio.AbstractEventLoop:
    """An event loop that lets the threads of this module work while it is idle."""
    return asyncio.SelectorEventLoop(_Telling())


async def ahead(work: Callable[P, T], *arguments: P.args, **options: P.kwargs) -> T:
    """Run in a thread what the loop needs next: threads that give way wait for it."""
    _TURNS.add(1)
    try:
        return await asyncio.to_thread(work, *arguments, **options)
    finally:
        _TURNS.add(-1)


def giving_way(items: Iterable[T]) -> Iterator[T]:
    """Iterate in a thread beside the loop, each step when nothing else is to be computed."""
    left_over = _TURNS.left_over
    for item in items:
        left_over.wait(LONGEST_SECONDS)
        yield item


@asynccontextmanager
async def read_ahead(items: Iterator[T]) -> AsyncIterator[AsyncIterator[T]]:
    """Items (none of them None), each made in a thread while the one before is worked on.

    Whoever leaves the block early waits for the item that is being made: no thread goes on
    reading what is closed. What making one raises is raised where it is asked for.
    """

    def make() -> asyncio.Future[T | None]:
        return asyncio.ensure_future(asyncio.to_thread(next, items, None))

    coming = make()

    async def made() -> AsyncIterator[T]:
        nonlocal coming
        while (item := await coming) is not None:
            coming = make()
            yield item

    try:
        yield made()
    finally:
        if not coming.done():
            await asyncio.wait({coming})
        if not coming.cancelled():
            coming.exception()


@contextmanager
def busy() -> Iterator[None]:
    """Somebody waits for what is done in this block (of the loop's thread)."""
    _TURNS.busy += 1
    try:
        yield
    finally:
        _TURNS.busy -= 1
        while not _TURNS.busy and _TURNS.waiting:
            _TURNS.waiting.pop().set_result(None)


async def when_quiet(longest: float) -> None:
    """Wait until nobody is :func:`busy`, at most ``longest`` seconds."""
    if _TURNS.busy:
        quiet = asyncio.get_running_loop().create_future()
        _TURNS.waiting.add(quiet)
        try:
            await asyncio.wait({quiet}, timeout=longest)
        finally:
            _TURNS.waiting.discard(quiet)
