"""Making players, and taking their addresses away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from mediatheque.areas.accounts.actions.keys import create_api_key, revoke_api_key
from mediatheque.areas.accounts.models import Profile
from mediatheque.areas.accounts.schemas import ApiKeyCreate
from mediatheque.areas.watch import events
from mediatheque.areas.watch.models import Player
from mediatheque.areas.watch.queries.players import get_player
from mediatheque.areas.watch.rules.refusals import NoSuchPlayerError, NoSuchProfileError
from mediatheque.core.context import Context, requires
from mediatheque.core.journal import Ref
from mediatheque.core.permissions import Permission
from mediatheque.kit.ids import uuid7

if TYPE_CHECKING:
    from uuid import UUID

    from mediatheque.areas.watch.schemas import PlayerCreate, PlayerRead


@requires(Permission.LIVE_READ)
async def add_player(ctx: Context, given: PlayerCreate) -> tuple[PlayerRead, str]:
    """Make a player; answers its secret beside it, which is shown this once."""
    if given.profile_id is not None:
        own = await ctx.db.row(
            select(Profile.id).where(Profile.id == given.profile_id, Profile.user_id == ctx.user_id)
        )
        if own is None:
            raise NoSuchProfileError(field="profile_id")
    key = await create_api_key(
        ctx,
        ApiKeyCreate(name=f"Player: {given.name}"[:80], scopes=[Permission.LIVE_READ]),
        held=frozenset(ctx.grants),
        profile_id=given.profile_id,
    )
    made = Player(
        space_id=ctx.space_id,
        id=uuid7(),
        user_id=ctx.user_id,
        credential_id=key.id,
        profile_id=given.profile_id,
        name=given.name,
        is_tuner=given.is_tuner,
    )
    await ctx.db.add(made)
    ctx.emit(
        events.PlayerAdded(ref=Ref("player", made.id, made.name), after={"tuner": given.is_tuner})
    )
    await ctx.db.flush()
    return await get_player(ctx, made.id), key.key


@requires(Permission.LIVE_READ)
async def remove_player(ctx: Context, player_id: UUID) -> None:
    """Take a player's addresses away; what it plays ends."""
    player = await ctx.db.entity(
        select(Player).where(
            Player.space_id == ctx.space_id, Player.id == player_id, Player.user_id == ctx.user_id
        )
    )
    if player is None:
        raise NoSuchPlayerError
    ref, key = Ref("player", player.id, player.name), player.credential_id
    await ctx.db.execute(
        "UPDATE watch_playbacks SET ended_at = :now, end_reason = 'revoked' "
        "WHERE space_id = :space AND device_id = :player AND ended_at IS NULL",
        {"now": ctx.now, "space": ctx.space_id, "player": player_id},
    )
    await ctx.db.execute(
        delete(Player).where(Player.space_id == ctx.space_id, Player.id == player_id)
    )
    await revoke_api_key(ctx, key)
    ctx.emit(events.PlayerRemoved(ref=ref))
