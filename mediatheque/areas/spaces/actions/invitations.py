"""Invitations: made, taken back, claimed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from mediatheque.areas.accounts.actions.challenges import open_session
from mediatheque.areas.accounts.actions.letters import receiver_at, write_letter
from mediatheque.areas.accounts.actions.resets import send_verification
from mediatheque.areas.accounts.actions.users import create_user
from mediatheque.areas.accounts.rules import needs_person
from mediatheque.areas.accounts.rules.letters import Template
from mediatheque.areas.spaces import events
from mediatheque.areas.spaces.actions.spaces import enter
from mediatheque.areas.spaces.models import Invitation, Membership
from mediatheque.areas.spaces.queries.invitations import (
    IS_OPEN,
    invitations_select,
    open_invitation,
)
from mediatheque.areas.spaces.queries.roles import check_reach
from mediatheque.areas.spaces.rules import (
    AlreadyMemberError,
    InvitationClosedError,
)
from mediatheque.areas.spaces.schemas import InvitationCreate, InvitationRead
from mediatheque.core.context import Context, Space, public, requires
from mediatheque.core.journal import Ref
from mediatheque.core.permissions import Permission
from mediatheque.core.quotas import check_quota
from mediatheque.kit.crypto import hash_token, new_token
from mediatheque.kit.errors import NotFoundError

if TYPE_CHECKING:
    from uuid import UUID

    from mediatheque.areas.accounts.actions.challenges import Terms
    from mediatheque.areas.accounts.actions.sessions import OpenedSession


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Who claims an invitation without being signed in, after they have shown who they are.

    ``user_id`` of the account they have; else the account they make now.
    """

    user_id: UUID | None
    email: str = ""
    name: str = ""
    password_hash: str | None = None


@requires(Permission.SPACE_INVITE)
async def create_invitation(ctx: Context, wanted: InvitationCreate) -> tuple[InvitationRead, str]:
    """Invite whoever gets the link, or the owner of one address; answers the token beside it."""
    await check_reach(ctx, wanted.role)
    await check_quota(ctx, "members")
    token = new_token()
    made = await ctx.db.execute(
        insert(Invitation)
        .values(
            space_id=ctx.space_id,
            email=wanted.email,
            role=wanted.role,
            token_hash=hash_token(token),
            created_by=ctx.user_id,
            expires_at=ctx.now + timedelta(days=wanted.expires_in_days),
        )
        .returning(Invitation.id)
    )
    row = await ctx.db.row(
        invitations_select(ctx.space_id).where(Invitation.id == made.scalar_one())
    )
    invitation = InvitationRead.model_validate(row)
    ctx.emit(
        events.InvitationCreated(
            ref=Ref("invitation", invitation.id),
            after={"role": wanted.role, "expires_at": invitation.expires_at.isoformat()},
        )
    )
    if wanted.email is not None:
        await write_letter(
            ctx,
            Template.INVITATION,
            await receiver_at(ctx, wanted.email),
            expires_at=invitation.expires_at,
            inviter=ctx.actor.name,
            space=ctx.space.name if ctx.space else "",
            path=f"/invite?token={token}",
        )
    return invitation, token


@requires(Permission.SPACE_INVITE)
async def revoke_invitation(ctx: Context, invitation_id: UUID) -> None:
    """Take an open invitation back; its link stops working."""
    role = await ctx.db.scalar(
        select(Invitation.role)
        .where(Invitation.space_id == ctx.space_id, Invitation.id == invitation_id, IS_OPEN)
        .with_for_update()
    )
    if role is None:
        raise NotFoundError("There is no such open invitation.")
    await check_reach(ctx, role)
    await ctx.db.execute(
        update(Invitation)
        .where(Invitation.space_id == ctx.space_id, Invitation.id == invitation_id)
        .values(revoked_at=func.now())
    )
    ctx.emit(events.InvitationRevoked(ref=Ref("invitation", invitation_id), before={"role": role}))


@public
async def claim_invitation(
    ctx: Context, token: str, newcomer: Newcomer | None, *, terms: Terms
) -> OpenedSession | None:
    """Join a space by an invitation, once; a newcomer is signed in besides on these terms.

    Without a newcomer it is the user of the context who joins. Whether the invitation is for
    their address was decided before. Needs a context across spaces; raises InvitationClosedError,
    AlreadyMemberError, EmailTakenError, and then nothing has happened.
    """
    needs_person(ctx.actor)
    offer = await ctx.db.row(open_invitation(token).with_for_update(of=Invitation))
    if offer is None:
        raise InvitationClosedError
    opened = await _come_in(ctx, newcomer, terms) if newcomer else None
    joined_space = Space(
        offer["space_id"], offer["slug"], offer["name"], offer["role"], limits=offer["limits"]
    )
    await enter(ctx, joined_space)
    await check_quota(ctx, "members")
    joined = await ctx.db.execute(
        upsert(Membership)
        .values(space_id=offer["space_id"], user_id=ctx.user_id, role=offer["role"])
        .on_conflict_do_nothing(index_elements=[Membership.space_id, Membership.user_id])
        .returning(Membership.id)
    )
    if joined.first() is None:
        raise AlreadyMemberError
    await ctx.db.execute(
        update(Invitation)
        .where(Invitation.space_id == offer["space_id"], Invitation.id == offer["id"])
        .values(claimed_by=ctx.user_id, claimed_at=func.now())
    )
    ctx.emit(
        events.InvitationClaimed(
            ref=Ref("invitation", offer["id"], ctx.actor.name),
            after={"role": offer["role"], "user_id": str(ctx.user_id)},
        )
    )
    return opened


async def _come_in(ctx: Context, newcomer: Newcomer, terms: Terms) -> OpenedSession:
    user_id = newcomer.user_id
    refreshed = newcomer.password_hash
    if user_id is None:
        made = await create_user(
            ctx, email=newcomer.email, name=newcomer.name, password_hash=newcomer.password_hash
        )
        user_id, refreshed = made.id, None
        await send_verification(ctx, user_id)
    return await open_session(ctx, user_id, terms, refreshed)
