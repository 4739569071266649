"""The order of the story, and what came of it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mediatheque.demo.story.people import invite_everybody, open_room
from mediatheque.demo.story.pictures import Studio
from mediatheque.demo.story.shelves import (
    crates_of,
    is_unpacked,
    look_for_doubles,
    put_second_cards,
    unpack,
)
from mediatheque.demo.story.television import broadcast
from mediatheque.demo.story.voices import speak
from mediatheque.demo.world import world

if TYPE_CHECKING:
    from mediatheque.core.settings import Settings
    from mediatheque.kit.db import Database


@dataclass(frozen=True, slots=True)
class Told:
    """What a telling added, and how long it took."""

    works: int
    voices: int
    seconds: float
    channels: bool = False

    @property
    def is_news(self) -> bool:
        """Whether anything was added."""
        return bool(self.works or self.voices or self.channels)


async def tell(database: Database, settings: Settings) -> Told:
    """Tell the demonstration world: people, spaces, works, posters, copies, loans, opinions.

    What is there is left as it is, so that a second telling changes nothing and one that was
    broken off is finished. The posters of what comes next are drawn while the database takes in
    what comes first; no transaction waits for a drawing. The database must be open and the areas
    wired.
    """
    began = time.monotonic()
    actors = await invite_everybody(database)
    stages = [await open_room(database, room, actors) for room in world().spaces]
    studio = Studio(settings)
    packed = [
        crate for stage in stages for crate in crates_of(stage) if not await is_unpacked(crate)
    ]
    orders = [studio.order(crate.stage, crate.keeper, crate.works) for crate in packed]
    doubled = [stage for stage in stages if await put_second_cards(stage)]
    try:
        for crate, order in zip(packed, orders, strict=True):
            await unpack(crate, await order)
    finally:
        for order in orders:
            order.cancel()
    works = sum(len(crate.works) for crate in packed)
    voices = 0
    for stage in stages:
        if stage in doubled:
            works += len(stage.room.second_cards)
            await look_for_doubles(stage)
        for member in stage.room.members:
            voices += await speak(stage, member.person)
    channels = any([await broadcast(stage) for stage in stages])
    return Told(works, voices, time.monotonic() - began, channels)
