"""Guide sources on the wire."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import Field

from mediatheque.kit.wire import Input, Wire

Unknown = Literal["auto", "create", "leave"]


class GuideSourceCreate(Input):
    """An address from which a guide is fetched, every so many minutes or only when asked."""

    name: str = Field(min_length=1, max_length=200)
    url: str = Field(min_length=8, max_length=2000)
    kind: Literal["xmltv", "m3u"] = "xmltv"
    interval_minutes: int | None = Field(720, ge=15, le=43_200)
    time_zone: str = Field("UTC", max_length=64)
    unknown_channels: Unknown = "auto"


class GuideSourceUpdate(Input):
    """What of a source shall be otherwise; fields that are left out stay."""

    name: str | None = Field(None, min_length=1, max_length=200)
    url: str | None = Field(None, min_length=8, max_length=2000)
    interval_minutes: int | None = Field(None, ge=15, le=43_200)
    time_zone: str | None = Field(None, max_length=64)
    unknown_channels: Unknown | None = None
    is_enabled: bool | None = None


class GuideSourceRead(Wire):
    """A source of guides. ``message`` says what came of the last look."""

    id: UUID
    kind: Literal["xmltv", "m3u"]
    name: str
    is_hand: bool
    url: str | None
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


class SourceChannelMap(Input):
    """Which channel it is; null: none, leave its programmes out."""

    channel_id: UUID | None
    shift_minutes: int = Field(0, ge=-1440, le=1440)
