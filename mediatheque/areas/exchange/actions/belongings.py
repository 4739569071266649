"""What imports tell about a person, and how that is forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import update

from mediatheque.areas.accounts.rules.belongings import Belongings
from mediatheque.areas.exchange.events import PersonForgotten
from mediatheque.areas.exchange.models import Import, ImportRow
from mediatheque.core.context import Context, requires
from mediatheque.core.journal import Ref
from mediatheque.core.permissions import Permission

if TYPE_CHECKING:
    from uuid import UUID


@requires(Permission.IMPORT_MANAGE)
async def forget_person(ctx: Context, person: UUID, nobody: UUID) -> None:
    """Imports of this space stay, with their files; who handed them in is forgotten."""
    del nobody
    here = ctx.space_id
    count = await ctx.db.execute_each(
        (
            update(Import)
            .where(Import.space_id == here, Import.created_by == person)
            .values(created_by=None),
            update(ImportRow)
            .where(ImportRow.space_id == here, ImportRow.decided_by == person)
            .values(decided_by=None),
        )
    )
    if count:
        ctx.emit(PersonForgotten(ref=Ref("user", person), after={"count": count}))


BELONGINGS = Belongings(
    area="exchange",
    parts={
        "imports": (
            "SELECT id, space_id, source, filename, file_size, status, mode, dry_run, created, "
            "updated, skipped, needs_review, failed, created_at, finished_at "
            "FROM exchange_imports WHERE created_by = :person ORDER BY id"
        ),
        "decisions": (
            "SELECT space_id, import_id, position, line, outcome, label FROM exchange_rows "
            "WHERE decided_by = :person ORDER BY space_id, import_id, position"
        ),
    },
    files=(
        "SELECT filename AS name, file_key AS key FROM exchange_imports "
        "WHERE created_by = :person AND file_key <> '' ORDER BY id"
    ),
    spaces=(
        "SELECT space_id FROM exchange_imports WHERE created_by = :person "
        "UNION SELECT space_id FROM exchange_rows WHERE decided_by = :person"
    ),
    erase=forget_person,
)
