"""Channels on the wire."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from mediatheque.areas.live.schemas.texts import ChannelName, Genre
from mediatheque.kit.wire import Filter, Input, Wire

Number = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,5}([.-][0-9]{1,4})?$")]
Address = Annotated[
    str,
    StringConstraints(
        pattern=r"^(https?|rtsps?|rtp|udp|rtmp[ste]?|srt|mms[ht]?|rist)://\S+$", max_length=2_000
    ),
]
WebAddress = Annotated[str, StringConstraints(pattern=r"^https?://\S+$", max_length=2_000)]


class ChannelFilter(Filter):
    """Which channels."""

    genre: str | None = Field(None, max_length=100)
    q: str | None = Field(None, max_length=100, description="A part of the name, or the number.")
    entitled: bool | None = Field(None, description="Only those you may play, or only others.")
    is_hidden: bool = Field(default=False, description="Those left out of the guide as well.")


class ChannelCreate(Input):
    """A new channel."""

    name: ChannelName
    number: Number | None = Field(None, description="As typed on a remote control: 12 or 12.1.")
    genres: list[Genre] = Field(default=[], max_length=20)
    groups: list[Genre] = Field(default=[], max_length=20)
    language: str | None = Field(None, max_length=35, description="BCP 47.")
    country: str | None = Field(None, max_length=2)
    guide_key: str | None = Field(None, max_length=200, description="Its id in guides (tvg-id).")
    stream_url: Address | None = Field(None, description="Never sent out; players get signed ones.")
    logo_url: WebAddress | None = None
    website_url: WebAddress | None = None
    package_id: UUID | None = Field(None, description="Null: for all members.")
    min_age: int | None = Field(None, ge=0, le=21)
    is_hidden: bool = False


class ChannelUpdate(Input):
    """What to change of a channel; what is not sent stays."""

    name: ChannelName | None = None
    number: Number | None = None
    genres: list[Genre] | None = Field(None, max_length=20)
    groups: list[Genre] | None = Field(None, max_length=20)
    language: str | None = Field(None, max_length=35)
    country: str | None = Field(None, max_length=2)
    guide_key: str | None = Field(None, max_length=200)
    stream_url: Address | None = None
    logo_url: WebAddress | None = None
    website_url: WebAddress | None = None
    package_id: UUID | None = None
    min_age: int | None = Field(None, ge=0, le=21)
    is_hidden: bool | None = None


class ChannelOrder(Input):
    """The order of lists: these first, the others behind them as they were."""

    ids: list[UUID] = Field(min_length=1, max_length=5_000)


class ChannelRead(Wire):
    """A channel."""

    id: UUID
    slug: str
    number: str | None
    name: str
    names: dict[str, str]
    genres: list[str]
    groups: list[str]
    language: str | None
    country: str | None
    guide_key: str | None
    logo_url: str | None
    website_url: str | None
    package_id: UUID | None
    package_name: str | None
    min_age: int | None
    is_hidden: bool
    is_playable: bool = Field(description="It has a stream that can be passed on (HTTP).")
    is_entitled: bool = Field(description="You may play it.")
    stream_url: str | None = Field(description="Null unless you run the channels.")
    stream_state: Literal["unknown", "up", "down"]
    stream_checked_at: datetime | None
    stream_message: str
