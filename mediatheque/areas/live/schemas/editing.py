"""The schedule as an editor reads and writes it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import AwareDatetime, Field

from mediatheque.areas.live.schemas.schedule import EntryFields, EntryPut
from mediatheque.kit.wire import Filter, Input, Wire


class ScheduleFilter(Filter):
    """Which part of the schedule: what is on at any time from ``from`` up to ``to``."""

    from_: AwareDatetime = Field(alias="from")
    to: AwareDatetime = Field(description="At most 31 days later.")
    channels: str = Field(
        min_length=1, max_length=2_000, description="Ids, separated by commas; at most 40."
    )


class ScheduleRead(Wire):
    """An entry as an editor needs it: where it comes from, and all that can be written of it."""

    id: UUID
    channel_id: UUID
    start_at: datetime
    stop_at: datetime
    title: str
    sub_title: str | None
    description: str | None
    season: int | None
    episode: int | None
    year: int | None
    genres: list[str]
    min_age: int | None
    icon_url: str | None
    origin: Literal["guide", "hand", "template"]
    source_name: str | None = Field(description="The guide that it first came from.")
    template_id: UUID | None
    template_on: date | None = Field(description="The day of its template that it is.")
    title_id: UUID | None
    title_slug: str | None
    title_name: str | None


class EntryChange(EntryFields):
    """What to change of an entry; what is not sent stays."""

    id: UUID


class ScheduleChanges(Input):
    """What to put in, change and remove, all of it or nothing."""

    put: list[EntryPut] = Field(default=[], max_length=200)
    change: list[EntryChange] = Field(default=[], max_length=200)
    remove: list[UUID] = Field(default=[], max_length=200)
    conflicts: Literal["refuse", "replace"] = Field(
        "refuse", description="What to do with other entries that are in the way."
    )


class ScheduleChanged(Wire):
    """What came of it. ``undo_id`` takes it back as long as nobody changed it again."""

    undo_id: UUID | None = Field(description="Null: nothing was to be changed.")
    entries: list[ScheduleRead] = Field(description="What was put in and changed, as it is now.")
    removed: list[UUID]
