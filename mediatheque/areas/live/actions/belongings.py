"""What live television tells about a person, and how that is forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mediatheque.areas.accounts.rules.belongings import Belongings
from mediatheque.areas.live.events import PersonForgotten
from mediatheque.core.context import Context, requires
from mediatheque.core.journal import Ref
from mediatheque.core.permissions import Permission

if TYPE_CHECKING:
    from uuid import UUID


_FORGET = (
    "DELETE FROM live_reminders WHERE space_id = :space AND user_id = :person",
    "UPDATE live_programmes SET edited_by = NULL WHERE space_id = :space AND edited_by = :person",
    "UPDATE live_programmes SET matched_by = NULL WHERE space_id = :space AND matched_by = :person",
    (
        "UPDATE live_source_channels SET decided_by = NULL "
        "WHERE space_id = :space AND decided_by = :person"
    ),
    (
        "UPDATE live_guide_sources SET created_by = NULL "
        "WHERE space_id = :space AND created_by = :person"
    ),
    "UPDATE live_templates SET created_by = NULL WHERE space_id = :space AND created_by = :person",
    (
        "UPDATE live_template_overrides SET changed_by = NULL "
        "WHERE space_id = :space AND changed_by = :person"
    ),
)


@requires(Permission.LIVE_MANAGE)
async def forget_person(ctx: Context, person: UUID, nobody: UUID) -> None:
    """Reminders go; schedules and sources of this space stay, and nobody knows whose they are."""
    del nobody
    count = await ctx.db.execute_each(_FORGET, {"space": ctx.space_id, "person": person})
    if count:
        ctx.emit(PersonForgotten(ref=Ref("user", person), after={"count": count}))


BELONGINGS = Belongings(
    area="live",
    parts={
        "reminders": (
            "SELECT space_id, title, start_at, minutes_before, state, created_at "
            "FROM live_reminders WHERE user_id = :person ORDER BY id"
        ),
        "schedule": (
            "SELECT space_id, id, title, start_at, stop_at, edited_at FROM live_programmes "
            "WHERE edited_by = :person ORDER BY space_id, id"
        ),
    },
    spaces=(
        "SELECT space_id FROM live_reminders WHERE user_id = :person "
        "UNION SELECT space_id FROM live_programmes WHERE :person IN (edited_by, matched_by) "
        "UNION SELECT space_id FROM live_source_channels WHERE decided_by = :person "
        "UNION SELECT space_id FROM live_guide_sources WHERE created_by = :person "
        "UNION SELECT space_id FROM live_templates WHERE created_by = :person "
        "UNION SELECT space_id FROM live_template_overrides WHERE changed_by = :person"
    ),
    erase=forget_person,
)
