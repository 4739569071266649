"""What spaces know about a person, and how they forget them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, update

from mediatheque.areas.accounts.rules.belongings import Belongings
from mediatheque.areas.spaces.events.spaces import PersonForgotten
from mediatheque.areas.spaces.models import Invitation, Membership
from mediatheque.areas.spaces.queries.belongings import refuse_last_owner
from mediatheque.core.context import Context, requires
from mediatheque.core.journal import Ref
from mediatheque.core.permissions import Permission

if TYPE_CHECKING:
    from uuid import UUID


@requires(Permission.SPACE_MEMBERS_MANAGE)
async def forget_person(ctx: Context, person: UUID, nobody: UUID) -> None:
    """End the membership in this space; invitations stay without the address they went to."""
    del nobody
    here = ctx.space_id
    count = await ctx.db.execute_each(
        (
            delete(Membership).where(Membership.space_id == here, Membership.user_id == person),
            update(Invitation)
            .where(Invitation.space_id == here, Invitation.claimed_by == person)
            .values(email=None),
        )
    )
    if count:
        ctx.emit(PersonForgotten(ref=Ref("user", person), after={"count": count}))


BELONGINGS = Belongings(
    area="spaces",
    parts={
        "memberships": (
            "SELECT m.id, m.space_id, s.slug, s.name, m.role, m.created_at "
            "FROM spaces_memberships m JOIN spaces_spaces s ON s.id = m.space_id "
            "WHERE m.user_id = :person ORDER BY m.id"
        ),
        "invitations": (
            "SELECT id, space_id, email, role, created_at, expires_at, claimed_at, revoked_at, "
            "created_by = :person AS is_sent, claimed_by = :person AS is_claimed "
            "FROM spaces_invitations WHERE created_by = :person OR claimed_by = :person "
            "ORDER BY id"
        ),
    },
    spaces=(
        "SELECT space_id FROM spaces_memberships WHERE user_id = :person "
        "UNION SELECT space_id FROM spaces_invitations WHERE claimed_by = :person"
    ),
    traces=(
        "SELECT id FROM spaces_memberships WHERE user_id = :person "
        "UNION SELECT id FROM spaces_invitations WHERE claimed_by = :person"
    ),
    erase=forget_person,
    hinder=refuse_last_owner,
)
