"""The guide and its entries on the wire."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field

from mediatheque.areas.live.schemas.channels import WebAddress
from mediatheque.areas.live.schemas.texts import Description, Genre, SubTitle, Title
from mediatheque.kit.wire import Filter, Input, Wire

MOST_CHANNELS = 1_000


class GuideFilter(Filter):
    """Which part of the guide. Without times: from now, for three hours."""

    from_: AwareDatetime | None = Field(None, alias="from")
    to: AwareDatetime | None = None
    channels: str | None = Field(
        None, max_length=40_000, description="Ids, separated by commas; all without."
    )
    genre: str | None = Field(None, max_length=100, description="Only programmes of this genre.")
    channel_genre: str | None = Field(
        None, max_length=100, description="Only channels of this genre."
    )
    entitled: bool | None = Field(None, description="Only channels you may play.")


class GuideProgramme(Wire):
    """An entry in the guide's short form. What is null, empty or false is left out."""

    id: UUID
    start: datetime
    stop: datetime
    title: str
    sub_title: str | None = None
    season: int | None = None
    episode: int | None = None
    genres: list[str] = Field(default=[])
    min_age: int | None = None
    icon: str | None = None
    title_id: UUID | None = Field(None, description="The work of the catalogue that it is.")
    is_new: bool = False
    is_premiere: bool = False
    is_repeat: bool = False


class GuideChannel(Wire):
    """A channel's row of the guide. What is null is left out."""

    id: UUID
    name: str
    number: str | None = None
    logo: str | None = None
    genres: list[str] = Field(default=[])
    is_playable: bool = False
    is_entitled: bool = True
    programmes: list[GuideProgramme]


class GuideRead(Wire):
    """The guide from ``from`` up to and without ``to``."""

    from_: datetime = Field(alias="from")
    to: datetime
    channels: list[GuideChannel]


class NowChannel(Wire):
    """What is on now and what comes next on a channel."""

    id: UUID
    name: str
    number: str | None = None
    logo: str | None = None
    is_playable: bool = False
    is_entitled: bool = True
    now: GuideProgramme | None = None
    next: GuideProgramme | None = None


class NowRead(Wire):
    """Now and next on every channel."""

    at: datetime
    channels: list[NowChannel]


class ProgrammeRead(Wire):
    """All about one entry."""

    id: UUID
    channel_id: UUID
    channel_name: str
    start_at: datetime
    stop_at: datetime
    title: str
    sub_title: str | None
    description: str | None
    language: str | None
    season: int | None
    episode: int | None
    part: int | None
    year: int | None
    genres: list[str]
    min_age: int | None
    is_new: bool
    is_premiere: bool
    is_last_chance: bool
    is_repeat: bool
    icon_url: str | None
    detail: dict[str, Any] | None = Field(description="See docs/xmltv.md.")
    origin: Literal["guide", "hand", "template"]
    template_id: UUID | None
    title_id: UUID | None
    title_slug: str | None
    title_name: str | None
    episode_id: UUID | None
    match_score: int | None
    match_how: Literal["auto", "hand"] | None
    reminder_id: UUID | None = Field(description="Your reminder, if you set one.")
    is_playable: bool
    is_entitled: bool


class EntryPut(Input):
    """An entry that is put into a channel's schedule."""

    channel_id: UUID
    start_at: AwareDatetime
    stop_at: AwareDatetime
    title: Title
    sub_title: SubTitle | None = None
    description: Description | None = None
    season: int | None = Field(None, ge=1, le=30_000)
    episode: int | None = Field(None, ge=1, le=1_000_000)
    year: int | None = Field(None, ge=1880, le=2200)
    genres: list[Genre] = Field(default=[], max_length=20)
    min_age: int | None = Field(None, ge=0, le=21)
    icon_url: WebAddress | None = None
    title_id: UUID | None = Field(None, description="The work of the catalogue that it is.")


class ProgrammeCreate(EntryPut):
    """A new entry of a channel's schedule."""

    conflicts: Literal["refuse", "replace"] = Field(
        "refuse", description="What to do with entries that are in the way."
    )


class EntryFields(Input):
    """What to change of an entry; what is not sent stays."""

    channel_id: UUID | None = None
    start_at: AwareDatetime | None = None
    stop_at: AwareDatetime | None = None
    title: Title | None = None
    sub_title: SubTitle | None = None
    description: Description | None = None
    season: int | None = Field(None, ge=1, le=30_000)
    episode: int | None = Field(None, ge=1, le=1_000_000)
    year: int | None = Field(None, ge=1880, le=2200)
    genres: list[Genre] | None = Field(None, max_length=20)
    min_age: int | None = Field(None, ge=0, le=21)
    icon_url: WebAddress | None = None


class ProgrammeUpdate(EntryFields):
    """What to change of an entry, and what to do with those in the way."""

    conflicts: Literal["refuse", "replace"] = "refuse"


class ScheduleEntry(Input):
    """One entry of a schedule that replaces another."""

    start_at: AwareDatetime
    stop_at: AwareDatetime
    title: Title
    sub_title: SubTitle | None = None
    description: Description | None = None
    season: int | None = Field(None, ge=1, le=30_000)
    episode: int | None = Field(None, ge=1, le=1_000_000)
    genres: list[Genre] = Field(default=[], max_length=20)
    min_age: int | None = Field(None, ge=0, le=21)
    title_id: UUID | None = None


class ScheduleReplace(Input):
    """A channel's schedule of some days, whole."""

    entries: list[ScheduleEntry] = Field(max_length=5_000)


class ScheduleWindow(Filter):
    """From when to when a schedule is replaced."""

    from_: AwareDatetime = Field(alias="from")
    to: AwareDatetime


class ScheduleReplaced(Wire):
    """What a replacement did."""

    removed: int
    added: int
    kept: int = Field(description="Entries that are as they were: their ids stay.")
