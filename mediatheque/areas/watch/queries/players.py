"""The players, and whose key is used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from mediatheque.areas.accounts.models import Credential, Profile
from mediatheque.areas.watch.models import Player
from mediatheque.areas.watch.rules.refusals import NoSuchPlayerError
from mediatheque.areas.watch.schemas import PlayerRead
from mediatheque.core.context import ActiveProfile, ReadContext, requires
from mediatheque.core.permissions import Permission

if TYPE_CHECKING:
    from uuid import UUID


@requires(Permission.LIVE_READ)
async def list_players(ctx: ReadContext) -> list[PlayerRead]:
    """The person's players."""
    return [PlayerRead.model_validate(row) for row in await ctx.db.rows(_players(ctx))]


@requires(Permission.LIVE_READ)
async def get_player(ctx: ReadContext, player_id: UUID) -> PlayerRead:
    """One of the person's players."""
    row = await ctx.db.row(_players(ctx).where(Player.id == player_id))
    if row is None:
        raise NoSuchPlayerError
    return PlayerRead.model_validate(row)


def _players(ctx: ReadContext) -> Any:  # noqa: ANN401  (a select of these columns)
    return (
        select(
            Player.id,
            Player.name,
            Credential.prefix,
            Player.profile_id,
            Player.is_tuner,
            Player.created_at,
            Credential.last_seen_at.label("last_used_at"),
        )
        .join(Credential, Credential.id == Player.credential_id)
        .where(
            Player.space_id == ctx.space_id,
            Player.user_id == ctx.user_id,
            Credential.revoked_at.is_(None),
        )
        .order_by(Player.id)
    )


@dataclass(frozen=True, slots=True)
class Holder:
    """The player that a credential is for, and as whom it looks."""

    player_id: UUID
    name: str
    is_tuner: bool
    profile: ActiveProfile | None


@requires(Permission.LIVE_READ)
async def find_holder(ctx: ReadContext) -> Holder | None:
    """The player whose key is used; None for any other credential."""
    row = await ctx.db.row(
        select(
            Player.id,
            Player.name,
            Player.is_tuner,
            Player.profile_id,
            Profile.id.label("found_id"),
            Profile.name.label("profile_name"),
            Profile.is_kids,
            Profile.maturity_limit,
            Profile.shows_unknown,
        )
        .outerjoin(Profile, Profile.id == Player.profile_id)
        .where(Player.space_id == ctx.space_id, Player.credential_id == ctx.actor.credential_id)
    )
    if row is None or (row["profile_id"] is not None and row["found_id"] is None):
        return None
    profile = None
    if row["found_id"] is not None:
        profile = ActiveProfile(
            row["found_id"],
            row["profile_name"],
            row["is_kids"],
            row["maturity_limit"],
            row["shows_unknown"],
        )
    return Holder(row["id"], row["name"], row["is_tuner"], profile)
