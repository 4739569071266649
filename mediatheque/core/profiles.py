"""Rows that belong to a profile: what one person, in one space, did or is told under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from mediatheque.core.context import ReadContext
    from mediatheque.core.models import ProfileOwned


def of_the_profile(ctx: ReadContext, table: type[ProfileOwned]) -> tuple[ColumnElement[bool], ...]:
    """The conditions for the rows of who acts, under the profile in which they act."""
    profile = ctx.actor.profile
    return (
        table.space_id == ctx.space_id,
        table.user_id == ctx.user_id,
        table.profile_id.is_not_distinct_from(profile.id if profile else None),
    )
