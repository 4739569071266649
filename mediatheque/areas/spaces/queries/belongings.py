"""What somebody has to hand over before they go."""

from __future__ import annotations

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased

from mediatheque.areas.spaces.models import Membership, SpaceRow
from mediatheque.areas.spaces.rules import OWNER, LastOwnerError
from mediatheque.core.context import ReadContext, signed_in


@signed_in
async def refuse_last_owner(ctx: ReadContext) -> None:
    """LastOwnerError that names the spaces whose only owner asks. Across spaces.

    Archived spaces need no owner: who is alone in one archives it first.
    """
    other = aliased(Membership)
    rows = await ctx.db.rows(
        select(SpaceRow.name, SpaceRow.slug)
        .join(Membership, Membership.space_id == SpaceRow.id)
        .where(
            Membership.user_id == ctx.user_id,
            Membership.role == OWNER,
            SpaceRow.archived_at.is_(None),
            ~exists().where(
                other.space_id == SpaceRow.id,
                other.role == OWNER,
                other.user_id != ctx.user_id,
            ),
        )
        .order_by(SpaceRow.name)
    )
    if rows:
        names = ", ".join(f"“{row['name']}”" for row in rows)
        raise LastOwnerError(
            f"You are the only owner of {names}. Make somebody else an owner first.",
            details={"spaces": [row["slug"] for row in rows]},
        )
