"""Playing, and players, on the wire."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import AwareDatetime, Field

from mediatheque.areas.catalog.schemas.details import Kind
from mediatheque.areas.catalog.schemas.pictures import Picture
from mediatheque.areas.watch.rules.taste import Reason
from mediatheque.kit.paging import Cursor
from mediatheque.kit.wire import Filter, Input, OneLine, Wire


class PlaybackStart(Input):
    """Who plays."""

    client: OneLine = Field(
        "", max_length=120, description="What plays, in words: “Kodi, bedroom”."
    )


class PlaybackStarted(Wire):
    """Where the stream is, and until when."""

    session_id: UUID
    manifest_url: str = Field(description="Signed; to be used as it is, without a login.")
    media_type: str
    expires_at: datetime
    heartbeat_seconds: int = Field(description="Send a heartbeat at least so often.")


class Heartbeat(Input):
    """The player is still there."""

    position_seconds: float | None = Field(None, ge=0, description="Live: behind the live edge.")


class HeartbeatRead(Wire):
    """How the playback stands."""

    watched_seconds: int
    expires_at: datetime


class PlaybackRead(Wire):
    """Something that was played, or is."""

    id: UUID
    ref_kind: Literal["channel", "title", "episode"]
    ref_id: UUID
    label: str
    programme: str | None
    client: str
    started_at: datetime
    last_seen_at: datetime
    ended_at: datetime | None
    end_reason: str | None
    watched_seconds: int


class HistoryFilter(Filter):
    """Which part of one's history."""

    is_open: bool | None = Field(None, description="Only what is playing, or only what is over.")
    cursor: Cursor | None = None
    limit: int = Field(50, ge=1, le=200)


class PlayerCreate(Input):
    """A new player."""

    name: OneLine = Field(min_length=1, max_length=120, description="“Kodi in the living room”.")
    profile_id: UUID | None = Field(None, description="Whose limit holds for it; null: none.")
    is_tuner: bool = Field(default=False, description="Offer it as an HDHomeRun as well.")


class PlayerRead(Wire):
    """A player. Its addresses are shown once, when it is made."""

    id: UUID
    name: str
    prefix: str
    profile_id: UUID | None
    is_tuner: bool
    created_at: datetime
    last_used_at: datetime | None


class PlayerMade(PlayerRead):
    """A player with its secret addresses."""

    playlist_url: str = Field(description="M3U with url-tvg.")
    guide_url: str = Field(description="XMLTV, gzipped.")
    tuner_url: str | None = Field(description="The HDHomeRun's address.")


class RecommendedFilter(Filter):
    """Which part of the guide. Without times: what is on now."""

    from_: AwareDatetime | None = Field(
        None, alias="from", description="With it: what begins from then on, for a day."
    )
    to: AwareDatetime | None = Field(None, description="And before this; at most two days.")
    limit: int = Field(20, ge=1, le=100)


class RecommendedWork(Wire):
    """The work of the catalogue that an entry is."""

    id: UUID
    slug: str
    title: str
    year: int | None
    kind: Kind
    poster: Picture | None


class RecommendedRead(Wire):
    """An entry of the guide with how well it fits the profile."""

    id: UUID
    channel_id: UUID
    channel_name: str
    channel_number: str | None
    start_at: datetime
    stop_at: datetime
    title: str
    sub_title: str | None
    season: int | None
    episode: int | None
    genres: list[str]
    min_age: int | None
    is_new: bool
    is_premiere: bool
    is_repeat: bool
    is_playable: bool
    reminder_id: UUID | None = Field(description="Your reminder, if you set one.")
    work: RecommendedWork | None
    score: float = Field(description="The higher the better; comparable within one answer.")
    reason: Reason | None = Field(
        description="What counted most: that you wanted, watched or liked the `work`, its "
        "`genre`, the `channel`, or that it is a `premiere`."
    )
    reason_genre: str | None = Field(description="Which genre, if it was that.")
