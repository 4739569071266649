"""What playing tells about a person, and how that is forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mediatheque.areas.accounts.rules.belongings import Belongings
from mediatheque.areas.watch.events import PersonForgotten
from mediatheque.core.context import Context, requires
from mediatheque.core.journal import Ref
from mediatheque.core.permissions import Permission

if TYPE_CHECKING:
    from uuid import UUID


_FORGET = (
    "DELETE FROM watch_playbacks WHERE space_id = :space AND user_id = :person",
    "DELETE FROM watch_players WHERE space_id = :space AND user_id = :person",
)


@requires(Permission.LIVE_READ)
async def forget_person(ctx: Context, person: UUID, nobody: UUID) -> None:
    """What is the person's own goes."""
    del nobody
    count = await ctx.db.execute_each(_FORGET, {"space": ctx.space_id, "person": person})
    if count:
        ctx.emit(PersonForgotten(ref=Ref("user", person), after={"count": count}))


BELONGINGS = Belongings(
    area="watch",
    parts={
        "played": (
            "SELECT space_id, ref_kind, label, programme, client, started_at, ended_at, "
            "watched_seconds FROM watch_playbacks WHERE user_id = :person ORDER BY id"
        ),
        "players": (
            "SELECT space_id, name, is_tuner, created_at FROM watch_players "
            "WHERE user_id = :person ORDER BY id"
        ),
    },
    spaces=(
        "SELECT space_id FROM watch_playbacks WHERE user_id = :person "
        "UNION SELECT space_id FROM watch_players WHERE user_id = :person"
    ),
    erase=forget_person,
)
