"""Rows for changing: each is held until the transaction ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from sqlalchemy import select

from mediatheque.areas.live.models import Channel, GuideSource, Programme, Template
from mediatheque.areas.live.rules.refusals import (
    ChannelNotFoundError,
    GuideSourceNotFoundError,
    ProgrammeNotFoundError,
    TemplateNotFoundError,
)

if TYPE_CHECKING:
    from uuid import UUID

    from mediatheque.core.context import Context
    from mediatheque.kit.errors import NotFoundError

Held = TypeVar("Held", Channel, GuideSource, Programme, Template)

_MISSING: Final[dict[type, type[NotFoundError]]] = {
    Channel: ChannelNotFoundError,
    GuideSource: GuideSourceNotFoundError,
    Programme: ProgrammeNotFoundError,
    Template: TemplateNotFoundError,
}


async def hold(ctx: Context, model: type[Held], row_id: UUID) -> Held:
    """The row, for changing it; what the space does not have is refused by its name."""
    found: Held | None = await ctx.db.entity(
        select(model).where(model.space_id == ctx.space_id, model.id == row_id).with_for_update()
    )
    if found is None:
        raise _MISSING[model]
    return found


async def hold_channel(ctx: Context, channel_id: UUID) -> Channel:
    """The channel a request names, for changing its schedule: one such change at a time."""
    found: Channel | None = await ctx.db.entity(
        select(Channel)
        .where(Channel.space_id == ctx.space_id, Channel.id == channel_id)
        .with_for_update(key_share=True)
    )
    if found is None:
        raise ChannelNotFoundError(field="channel_id")
    return found
