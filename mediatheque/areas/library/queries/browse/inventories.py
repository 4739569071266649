"""The inventories of this process: taken when first asked for, and anew when a space moves on."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import structlog
from psycopg import Error

from mediatheque.areas.library.queries.browse.stocktaking import take_stock
from mediatheque.core.context import Context

if TYPE_CHECKING:
    from uuid import UUID

    from mediatheque.areas.library.queries.browse.inventory import Inventory
    from mediatheque.core.context import ReadContext

log = structlog.get_logger()

MOST_BYTES: Final = 128 * 1024 * 1024
SMALL: Final = 5_000
"""Up to so many works an inventory is taken anew within the request that finds it outdated."""
REST: Final = 5.0
"""A large space's inventory is left alone for so many times as long as taking it took."""


@dataclass(frozen=True, slots=True)
class Found:
    """An inventory, and whether it is the space's present one."""

    stock: Inventory
    is_current: bool


class Inventories:
    """Keeps inventories by space, the least recently used go first.

    A space that was never asked for, or is small, is taken stock of at once; the request waits.
    For a large space that has changed since, the last inventory is given as outdated while a
    new one is being taken beside the requests.
    """

    def __init__(
        self, most_bytes: int = MOST_BYTES, *, small: int = SMALL, rest: float = REST
    ) -> None:
        self.most_bytes = most_bytes
        self.small = small
        self.rest = rest
        self._kept: OrderedDict[UUID, Inventory] = OrderedDict()
        self._rests_until: dict[UUID, float] = {}
        self._taking: dict[UUID, asyncio.Task[Inventory]] = {}

    def __contains__(self, space_id: UUID) -> bool:
        return space_id in self._kept

    async def find(self, ctx: ReadContext) -> Found | None:
        """The inventory of the context's space.

        None inside a transaction that writes, and where the space's version is not known:
        there the tables are asked.
        """
        if isinstance(ctx, Context) or ctx.space is None or not ctx.space.version:
            return None
        stock = self._kept.get(ctx.space.id)
        if stock is not None and _is_current(ctx, stock):
            self._kept.move_to_end(ctx.space.id)
            return Found(stock, is_current=True)
        if stock is not None and stock.size > self.small:
            self._take_beside(ctx, ctx.space.id)
            return Found(stock, is_current=False)
        stock = await asyncio.shield(self._take(ctx, ctx.space.id))
        if not _is_current(ctx, stock):  # it was begun before the write this request knows of
            stock = await asyncio.shield(self._take(ctx, ctx.space.id))
        return Found(stock, is_current=_is_current(ctx, stock))

    async def settle(self) -> None:
        """Wait for the inventories that are being taken."""
        await asyncio.gather(*self._taking.values(), return_exceptions=True)

    def _take_beside(self, ctx: ReadContext, space_id: UUID) -> None:
        if space_id in self._taking or time.monotonic() < self._rests_until.get(space_id, 0):
            return
        self._take(ctx, space_id).add_done_callback(_report)

    def _take(self, ctx: ReadContext, space_id: UUID) -> asyncio.Task[Inventory]:
        running = self._taking.get(space_id)
        if running is None:
            running = asyncio.get_running_loop().create_task(self._taken(ctx, space_id))
            self._taking[space_id] = running
            running.add_done_callback(lambda _: self._taking.pop(space_id, None))
        return running

    async def _taken(self, ctx: ReadContext, space_id: UUID) -> Inventory:
        started = time.monotonic()
        stock = await take_stock(ctx)
        ended = time.monotonic()
        self._rests_until[space_id] = ended + self.rest * (ended - started)
        self._kept[space_id] = stock
        self._kept.move_to_end(space_id)
        while len(self._kept) > 1 and self.weight > self.most_bytes:
            self._kept.popitem(last=False)
        return stock

    @property
    def weight(self) -> int:
        """About how many bytes all inventories take."""
        return sum(stock.weight for stock in self._kept.values())


def _is_current(ctx: ReadContext, stock: Inventory) -> bool:
    version = ctx.space.version if ctx.space else 0
    return stock.version >= version and ctx.now.timestamp() < stock.turns_at


def _report(task: asyncio.Task[Inventory]) -> None:
    if not task.cancelled() and isinstance(task.exception(), (Error, OSError)):
        log.warning("taking stock failed", exc_info=task.exception())


INVENTORIES = Inventories()
