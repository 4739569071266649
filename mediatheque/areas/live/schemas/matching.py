"""Which work a programme is, and when a work is shown."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import Field

from mediatheque.kit.paging import Cursor
from mediatheque.kit.wire import Filter, Input, Wire


class ProgrammeMatch(Input):
    """The work, and the episode of it, that a programme is."""

    title_id: UUID
    episode_id: UUID | None = Field(
        None, description="Without it: the episode with the programme's numbers, if there is one."
    )


class AiringFilter(Filter):
    """A part of what is to come."""

    cursor: Cursor | None = None
    limit: int = Field(20, ge=1, le=100)


class Airing(Wire):
    """When and where a work is on; ``season`` and ``episode`` count from 1."""

    id: UUID = Field(description="The programme.")
    channel_id: UUID
    channel_name: str
    channel_number: str | None
    logo_url: str | None
    start_at: datetime
    stop_at: datetime
    title: str
    sub_title: str | None
    season: int | None
    episode: int | None
    episode_id: UUID | None
    is_new: bool
    is_premiere: bool
    is_last_chance: bool
    is_repeat: bool
    is_playable: bool
    is_entitled: bool
    reminder_id: UUID | None = Field(description="Your reminder, if you set one.")
