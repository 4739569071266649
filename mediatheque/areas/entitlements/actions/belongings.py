"""What entitlements tells about a person, and how that is forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mediatheque.areas.accounts.rules.belongings import Belongings
from mediatheque.areas.entitlements.events import PersonForgotten
from mediatheque.core.context import Context, requires
from mediatheque.core.journal import Ref
from mediatheque.core.permissions import Permission

if TYPE_CHECKING:
    from uuid import UUID


_FORGET = (
    "DELETE FROM entitlements_entitlements WHERE space_id = :space AND user_id = :person",
    (
        "UPDATE entitlements_entitlements SET granted_by = NULL "
        "WHERE space_id = :space AND granted_by = :person"
    ),
)


@requires(Permission.PACKAGES_MANAGE)
async def forget_person(ctx: Context, person: UUID, nobody: UUID) -> None:
    """What is the person's own goes."""
    del nobody
    count = await ctx.db.execute_each(_FORGET, {"space": ctx.space_id, "person": person})
    if count:
        ctx.emit(PersonForgotten(ref=Ref("user", person), after={"count": count}))


BELONGINGS = Belongings(
    area="entitlements",
    parts={
        "entitlements": (
            "SELECT e.space_id, p.name, e.kind, e.starts_at, e.expires_at, e.revoked_at "
            "FROM entitlements_entitlements e JOIN entitlements_packages p "
            "ON p.space_id = e.space_id AND p.id = e.package_id "
            "WHERE e.user_id = :person ORDER BY e.id"
        ),
    },
    spaces=(
        "SELECT space_id FROM entitlements_entitlements WHERE :person IN (user_id, granted_by)"
    ),
    erase=forget_person,
)
