"""What notices tells about a person, and how that is forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mediatheque.areas.accounts.rules.belongings import Belongings
from mediatheque.areas.notifications.events import PersonForgotten
from mediatheque.core.context import Context, requires
from mediatheque.core.journal import Ref
from mediatheque.core.permissions import Permission

if TYPE_CHECKING:
    from uuid import UUID


_FORGET = ("DELETE FROM notifications_notices WHERE space_id = :space AND user_id = :person",)


@requires(Permission.SPACE_MEMBERS_READ)
async def forget_person(ctx: Context, person: UUID, nobody: UUID) -> None:
    """What is the person's own goes."""
    del nobody
    count = await ctx.db.execute_each(_FORGET, {"space": ctx.space_id, "person": person})
    if count:
        ctx.emit(PersonForgotten(ref=Ref("user", person), after={"count": count}))


BELONGINGS = Belongings(
    area="notifications",
    parts={
        "notices": (
            "SELECT space_id, kind, title, body, created_at, read_at "
            "FROM notifications_notices WHERE user_id = :person ORDER BY id"
        ),
    },
    spaces=("SELECT DISTINCT space_id FROM notifications_notices WHERE user_id = :person"),
    erase=forget_person,
)
