"""Features: switched by a space, and by the house for all that don't choose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert

from mediatheque.areas.spaces.events.flags import FlagChanged, FlagDefaultChanged
from mediatheque.areas.spaces.models import FlagChoice, FlagDefault
from mediatheque.areas.spaces.queries.flags import flag_read
from mediatheque.areas.spaces.rules.flags import flag_named
from mediatheque.core.context import Context, requires
from mediatheque.core.journal import Ref
from mediatheque.core.permissions import Permission

if TYPE_CHECKING:
    from mediatheque.areas.spaces.schemas.flags import FlagRead


@requires(Permission.FLAGS_EDIT)
async def set_flag(ctx: Context, name: str, is_on: bool | None) -> FlagRead:
    """Switch a feature in the space; None leaves it to the house. NoSuchFlagError."""
    flag = flag_named(name)
    mine = (FlagChoice.space_id == ctx.space_id, FlagChoice.name == name)
    house, space = await ctx.db.batch(
        select(FlagDefault.is_on).where(FlagDefault.name == name),
        select(FlagChoice.is_on).where(*mine).with_for_update(),
    )
    known = space[0]["is_on"] if space else None
    if is_on is None:
        await ctx.db.execute(delete(FlagChoice).where(*mine))
    else:
        await ctx.db.execute(
            insert(FlagChoice)
            .values(space_id=ctx.space_id, name=name, is_on=is_on)
            .on_conflict_do_update(
                index_elements=[FlagChoice.space_id, FlagChoice.name],
                set_={"is_on": is_on, "changed_at": func.now()},
            )
        )
    if known is not is_on:
        ctx.emit(
            FlagChanged(
                ref=Ref("flag", None, name),
                before={"flag": name, "is_on": known},
                after={"flag": name, "is_on": is_on},
            )
        )
    return flag_read(
        flag,
        {name: house[0]["is_on"]} if house else {},
        {} if is_on is None else {name: is_on},
    )


@requires(Permission.HOUSE_FLAGS_EDIT)
async def set_house_flag(ctx: Context, name: str, is_on: bool | None) -> FlagRead:
    """Switch a feature for the spaces that did not choose; None: as the program comes. Across."""
    flag = flag_named(name)
    known = await ctx.db.scalar(
        select(FlagDefault.is_on).where(FlagDefault.name == name).with_for_update()
    )
    if is_on is None:
        await ctx.db.execute(delete(FlagDefault).where(FlagDefault.name == name))
    else:
        await ctx.db.execute(
            insert(FlagDefault)
            .values(name=name, is_on=is_on)
            .on_conflict_do_update(
                index_elements=[FlagDefault.name], set_={"is_on": is_on, "changed_at": func.now()}
            )
        )
    if known is not is_on:
        ctx.emit(
            FlagDefaultChanged(
                ref=Ref("flag", None, name),
                before={"flag": name, "is_on": known},
                after={"flag": name, "is_on": is_on},
            )
        )
    return flag_read(flag, {} if is_on is None else {name: is_on})
