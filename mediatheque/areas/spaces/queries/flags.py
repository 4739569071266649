"""Selects about features that can be switched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from mediatheque.areas.spaces.models import FlagChoice, FlagDefault
from mediatheque.areas.spaces.schemas.flags import FlagRead
from mediatheque.core.context import ReadContext, any_profile, requires
from mediatheque.core.flags import FLAGS
from mediatheque.core.permissions import Permission
from mediatheque.kit.paging import Listing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mediatheque.core.flags import Flag


def flag_read(
    flag: Flag, house: Mapping[str, bool], space: Mapping[str, bool] | None = None
) -> FlagRead:
    """A feature beside what the house and a space chose."""
    own = dict(space or {})
    return FlagRead(
        name=flag.name,
        description=flag.description,
        is_on=flag.value({**house, **own}),
        default=flag.default,
        house=house.get(flag.name),
        space=own.get(flag.name),
    )


@any_profile
async def list_flags(ctx: ReadContext) -> Listing[FlagRead]:
    """Every feature as it is in the space; for any member, who meets it."""
    house, space = await ctx.db.batch(
        select(FlagDefault.name, FlagDefault.is_on),
        select(FlagChoice.name, FlagChoice.is_on).where(FlagChoice.space_id == ctx.space_id),
    )
    ours = {row["name"]: row["is_on"] for row in house}
    theirs = {row["name"]: row["is_on"] for row in space}
    return Listing(items=[flag_read(flag, ours, theirs) for flag in FLAGS.values()])


@requires(Permission.HOUSE_FLAGS_EDIT)
async def list_house_flags(ctx: ReadContext) -> Listing[FlagRead]:
    """Every feature as it is where a space chose nothing. Across."""
    house = await ctx.db.rows(select(FlagDefault.name, FlagDefault.is_on))
    ours = {row["name"]: row["is_on"] for row in house}
    return Listing(items=[flag_read(flag, ours) for flag in FLAGS.values()])
