"""Guide sources on the wire."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import Field

from mediatheque.areas.live.schemas.texts import SourceName
from mediatheque.kit.paging import Cursor, Feed
from mediatheque.kit.wire import Filter, Input, Wire

Unknown = Literal["auto", "create", "leave"]


class GuideSourceCreate(Input):
    """An address or a file from which a guide is taken, every so many minutes or when asked."""

    name: SourceName
    url: str | None = Field(None, min_length=8, max_length=2000)
    path: str | None = Field(
        None, min_length=1, max_length=500, description="Instead: below the import folder."
    )
    kind: Literal["xmltv", "m3u"] = "xmltv"
    interval_minutes: int | None = Field(720, ge=15, le=43_200)
    time_zone: str = Field("UTC", max_length=64)
    unknown_channels: Unknown = "auto"


class GuideSourceUpdate(Input):
    """What of a source shall be otherwise; fields that are left out stay."""

    name: SourceName | None = None
    url: str | None = Field(None, min_length=8, max_length=2000)
    path: str | None = Field(None, min_length=1, max_length=500)
    interval_minutes: int | None = Field(None, ge=15, le=43_200)
    time_zone: str | None = Field(None, max_length=64)
    unknown_channels: Unknown | None = None
    is_enabled: bool | None = None


class LastImport(Wire):
    """What the last import of a source did, counted in programmes or in channels."""

    status: str
    created: int
    updated: int
    removed: int
    skipped: int
    failed: int


class SourceCounts(Wire):
    """A source's channels by what is known of them."""

    mapped: int = 0
    suggested: int = 0
    unknown: int = 0
    ignored: int = 0


class GuideSourceRead(Wire):
    """A source of guides. ``message`` says what came of the last look."""

    id: UUID
    kind: Literal["xmltv", "m3u"]
    name: str
    is_hand: bool
    url: str | None
    path: str | None
    can_refresh: bool = Field(description="There is something to take it from.")
    interval_minutes: int | None
    is_enabled: bool
    time_zone: str
    unknown_channels: Unknown
    next_at: datetime | None
    checked_at: datetime | None
    imported_at: datetime | None
    last_import_id: UUID | None
    failures: int
    message: str
    guide_urls: list[str] = Field(description="The guides that a playlist names.")
    channels: SourceCounts
    last_import: LastImport | None


class SourceChannelRead(Wire):
    """A channel of a source beside the one of ours that it is, or may be."""

    key: str
    name: str
    number: str | None
    icon_url: str | None
    state: Literal["mapped", "suggested", "unknown", "ignored"]
    channel_id: UUID | None
    channel_name: str | None
    suggested_id: UUID | None
    suggested_name: str | None
    score: int | None
    reasons: list[str]
    is_by_hand: bool
    programmes: int


class SourceChannelFilter(Filter):
    """Which channels of a source."""

    state: Literal["mapped", "suggested", "unknown", "ignored"] | None = None
    q: str | None = Field(None, max_length=100, description="A part of a name, or the id.")
    cursor: Cursor | None = None
    limit: int = Field(100, ge=1, le=500)


class SourceChannelFeed(Feed[SourceChannelRead]):
    """A part of a source's channels, with how many of all are in which state."""

    counts: SourceCounts


class SourceChannelMap(Input):
    """Which channel it is; null: none, leave it out. Or have a channel made of it."""

    channel_id: UUID | None
    create: bool = Field(default=False, description="Make a channel of it.")
    shift_minutes: int = Field(0, ge=-1440, le=1440)


class SuggestionsAccept(Input):
    """From which score on suggestions are taken."""

    min_score: int = Field(80, ge=50, le=100)


class SuggestionsAccepted(Wire):
    """How many were taken."""

    accepted: int
