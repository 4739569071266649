"""Playing, and players, on the wire."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import Field

from mediatheque.kit.wire import Filter, Input, Wire


class PlaybackStart(Input):
    """Who plays."""

    client: str = Field("", max_length=120, description="What plays, in words: “Kodi, bedroom”.")


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
    cursor: str | None = None
    limit: int = Field(50, ge=1, le=200)


class PlayerCreate(Input):
    """A new player."""

    name: str = Field(min_length=1, max_length=120, description="“Kodi in the living room”.")
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
