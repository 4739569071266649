"""Selects about invitations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import case, func, literal_column, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import aliased

from mediatheque.areas.accounts.models import User
from mediatheque.areas.spaces.models import Invitation, SpaceRow
from mediatheque.areas.spaces.rules import InvitationClosedError
from mediatheque.areas.spaces.schemas import InvitationFilter, InvitationLookup, InvitationRead
from mediatheque.core.context import ReadContext, public, requires
from mediatheque.core.permissions import Permission
from mediatheque.core.quotas import LIMITS
from mediatheque.kit.crypto import hash_token
from mediatheque.kit.paging import Listing

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import ColumnElement, Select

    from mediatheque.kit.db import Row

IS_OPEN: ColumnElement[bool] = (
    Invitation.claimed_at.is_(None)
    & Invitation.revoked_at.is_(None)
    & (Invitation.expires_at > func.now())
)

_STATE = case(
    (Invitation.claimed_at.is_not(None), "claimed"),
    (Invitation.revoked_at.is_not(None), "revoked"),
    (Invitation.expires_at <= func.now(), "expired"),
    else_="open",
)


def invitations_select(space_id: UUID) -> Select[Any]:
    """The columns of an :class:`InvitationRead`, with no order."""
    inviter, claimer = aliased(User), aliased(User)
    return (
        select(
            Invitation.id,
            Invitation.email,
            Invitation.role,
            _STATE.label("state"),
            Invitation.created_at,
            Invitation.expires_at,
            inviter.name.label("invited_by"),
            claimer.name.label("claimed_by"),
            Invitation.claimed_at,
            Invitation.revoked_at,
        )
        .outerjoin(inviter, inviter.id == Invitation.created_by)
        .outerjoin(claimer, claimer.id == Invitation.claimed_by)
        .where(Invitation.space_id == space_id)
    )


@requires(Permission.SPACE_INVITE)
async def list_invitations(ctx: ReadContext, wanted: InvitationFilter) -> Listing[InvitationRead]:
    """The open invitations of the space, or all; newest first."""
    chosen = invitations_select(ctx.space_id).order_by(Invitation.id.desc())
    if not wanted.include_closed:
        chosen = chosen.where(IS_OPEN)
    rows = await ctx.db.rows(chosen)
    return Listing(items=[InvitationRead.model_validate(row) for row in rows])


def open_invitation(token: str) -> Select[Any]:
    """The open invitation of a token beside its space, over all spaces."""
    return (
        select(
            Invitation.id,
            Invitation.email,
            Invitation.role,
            Invitation.space_id,
            SpaceRow.slug,
            SpaceRow.name,
            literal_column(LIMITS.replace(" s.", " spaces_spaces."), JSONB).label("limits"),
        )
        .join(SpaceRow, SpaceRow.id == Invitation.space_id)
        .where(
            Invitation.token_hash == hash_token(token),
            IS_OPEN,
            SpaceRow.archived_at.is_(None),
        )
    )


@public
async def get_offer(ctx: ReadContext, token: str) -> Row:
    """``email, role, name`` (and ids) of an open invitation; InvitationClosedError. Across."""
    found = await ctx.db.row(open_invitation(token))
    if found is None:
        raise InvitationClosedError
    return found


@public
async def get_invitation_lookup(ctx: ReadContext, token: str) -> InvitationLookup:
    """What an invitation offers to who holds its token."""
    found = await get_offer(ctx, token)
    return InvitationLookup(
        space_name=found["name"],
        role=found["role"],
        email=found["email"],
        needs_account=ctx.actor.id is None,
    )
