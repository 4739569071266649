"""The channels of the house: its own films, day and night for some days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from mediatheque.areas.catalog.models import Title
from mediatheque.areas.live.actions.channels import create_channel
from mediatheque.areas.live.actions.schedule import replace_schedule
from mediatheque.areas.live.queries.channels import list_channels
from mediatheque.areas.live.schemas.channels import ChannelCreate, ChannelFilter
from mediatheque.areas.live.schemas.schedule import ScheduleEntry, ScheduleReplace, ScheduleWindow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from mediatheque.demo.facts import Work
    from mediatheque.demo.story.stage import Stage

DAYS: Final = 5
LEAST_FILMS: Final = 20
"""A space with fewer films has no television."""
STEP: Final = timedelta(minutes=5)
PAUSE: Final = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class _Channel:
    number: str
    name: str
    genres: tuple[str, ...]
    until: int
    """The last year of its films."""
    stride: int
    """By which step it goes through them, so that no two channels show the same."""


CHANNELS: Final = (
    _Channel("1", "Lumière Eins", ("movies",), 3000, 7),
    _Channel("2", "Silent Screen", ("movies", "silent"), 1928, 5),
    _Channel("3", "Late Show", ("movies", "night"), 3000, 11),
)


async def broadcast(stage: Stage) -> bool:
    """Make the channels and their schedule, once; answers whether there was anything to do."""
    films = [
        work for work in stage.room.catalogue() if work.kind == "movie" and work.runtime_minutes
    ]
    if len(films) < LEAST_FILMS or await list_channels(stage.read(stage.owner), ChannelFilter()):
        return False
    async with stage.write(stage.owner) as ctx:
        rows = await ctx.db.rows(select(Title.slug, Title.id).where(Title.space_id == ctx.space_id))
        known: dict[str, UUID] = {row["slug"]: row["id"] for row in rows}
        begin = datetime.combine(ctx.now.date(), time(), UTC) - timedelta(days=1)
        end = begin + timedelta(days=DAYS)
        for one in CHANNELS:
            made = await create_channel(
                ctx, ChannelCreate(name=one.name, number=one.number, genres=list(one.genres))
            )
            chosen = [film for film in films if (film.year or 0) <= one.until]
            await replace_schedule(
                ctx,
                made.id,
                ScheduleWindow.model_validate({"from": begin, "to": end}),
                ScheduleReplace(entries=list(_day(one, chosen, known, begin, end))),
            )
    return True


def _day(
    channel: _Channel,
    films: list[Work],
    known: dict[str, UUID],
    begin: datetime,
    end: datetime,
) -> Iterator[ScheduleEntry]:
    """One film after the other with a pause between, on steps of five minutes."""
    place, start = channel.stride, begin
    while start < end:
        film = films[place % len(films)]
        lasts = timedelta(minutes=film.runtime_minutes or 60)
        stop = start + lasts
        yield ScheduleEntry(
            start_at=start,
            stop_at=stop,
            title=film.title,
            sub_title=film.original_title,
            description=film.synopsis,
            genres=list(film.genres),
            title_id=known.get(film.key),
        )
        start = stop + PAUSE
        late = (start - begin) % STEP
        start += STEP - late if late else timedelta()
        place += channel.stride
