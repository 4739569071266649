"""One look at the journal a second for all listeners of a process.

Listeners hold no connection: they wait for their space's channel. The pulse asks for the
versions of the spaces that are listened to, in one statement, and reads the new events of those
that moved, once for everybody. Without listeners it rests.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import structlog

from mediatheque.areas.audit.queries.activity import last_position, news_after, read_moved

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator
    from uuid import UUID

    from mediatheque.core.work import Work
    from mediatheque.kit.db import Database, Row

log = structlog.get_logger()

EVERY_SECONDS = 1.0
KEPT = 500
"""So many events of a space stay in memory; who is further behind reads the journal."""


@dataclass(slots=True)
class Channel:
    """A space's newest events: all of them after ``floor``, up to ``last``."""

    space_id: UUID
    floor: int = -1
    last: int = -1
    version: int | None = None
    listeners: int = 0
    news: deque[Row] = field(default_factory=deque)
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    opening: asyncio.Lock = field(default_factory=asyncio.Lock)

    def take(self, rows: list[Row]) -> None:
        """Add events and wake who waits."""
        if rows:
            self.news.extend(rows)
            self.last = rows[-1]["position"]
            while len(self.news) > KEPT:
                self.floor = self.news.popleft()["position"]
            self.wake()

    def since(self, position: int) -> list[Row] | None:
        """The events after a position; None when they are no longer in memory."""
        if position < self.floor:
            return None
        return [row for row in self.news if row["position"] > position]

    def wake(self) -> None:
        """Let everybody look again."""
        self.changed.set()
        self.changed = asyncio.Event()


class Pulse:
    """The listeners of a process and what they share."""

    def __init__(self, database: Database, every: float = EVERY_SECONDS) -> None:
        self._database = database
        self._every = every
        self._channels: dict[UUID, Channel] = {}
        self._beating: asyncio.Task[None] | None = None
        self.is_closed = False

    async def follow(
        self, space_id: UUID, after: int | None, patience: float
    ) -> AsyncGenerator[tuple[int, list[Row] | None]]:
        """Yield the position reached and the events up to it, as they happen.

        ``after`` is where to begin, None: now. After ``patience`` seconds of silence the list is
        empty. None instead of a list: more was missed than is worth telling, look at everything.
        Ends when the process stops.
        """
        async with self._joined(space_id) as channel:
            at = channel.last if after is None else after
            if at > channel.last:
                await self._refresh(channel)
                if at > channel.last:
                    at = channel.last
                    yield at, None
            while not self.is_closed:
                changed = channel.changed
                found = channel.since(at)
                if found is None:
                    found = await self._read(space_id, at)
                    if len(found) > KEPT:
                        at = channel.last
                        yield at, None
                        continue
                if found:
                    at = found[-1]["position"]
                    yield at, found
                    continue
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(changed.wait(), patience)
                    continue
                yield at, []

    async def close(self) -> None:
        """Send everybody home."""
        self.is_closed = True
        for channel in self._channels.values():
            channel.wake()
        if self._beating is not None:
            self._beating.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._beating

    @contextlib.asynccontextmanager
    async def _joined(self, space_id: UUID) -> AsyncIterator[Channel]:
        channel = self._channels.setdefault(space_id, Channel(space_id))
        channel.listeners += 1
        try:
            async with channel.opening:
                if channel.last < 0:
                    reader = self._database.reader(space_id)
                    found = await reader.scalar(last_position(space_id))
                    channel.last = channel.floor = found or 0
            if self._beating is None or self._beating.done():
                self._beating = asyncio.get_running_loop().create_task(self._beat())
            yield channel
        finally:
            channel.listeners -= 1
            if not channel.listeners:
                self._channels.pop(space_id, None)

    async def _beat(self) -> None:
        """Look at the journal as long as somebody listens."""
        while self._channels and not self.is_closed:
            try:
                await self._look()
            except Exception:
                log.warning("live news are late: the journal does not answer", exc_info=True)
            await asyncio.sleep(self._every)

    async def _look(self) -> None:
        versions = await read_moved(self._database, list(self._channels))
        for channel in list(self._channels.values()):
            version = versions.get(channel.space_id, 0)
            if version != channel.version and channel.last >= 0:
                await self._refresh(channel)
                channel.version = version

    async def _refresh(self, channel: Channel) -> None:
        """Read what is new in a space."""
        async with channel.opening:
            while True:
                rows = await self._read(channel.space_id, channel.last)
                channel.take(rows)
                if len(rows) <= KEPT:
                    return

    async def _read(self, space_id: UUID, position: int) -> list[Row]:
        """The events after a position; one more than is kept, if there are so many."""
        reader = self._database.reader(space_id)
        return await reader.rows(news_after(space_id, position, KEPT + 1))


_PULSES: WeakKeyDictionary[Database, Pulse] = WeakKeyDictionary()


def pulse_of(database: Database) -> Pulse:
    """The pulse of a process's database."""
    found = _PULSES.get(database)
    if found is None or found.is_closed:
        found = _PULSES[database] = Pulse(database)
    return found


async def close_pulse(work: Work) -> None:
    """At the stop of the web process: end the streams of its listeners."""
    found = _PULSES.get(work.database)
    if found is not None:
        await found.close()
