"""What files tell about a person, and how that is forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import update

from mediatheque.areas.accounts.rules.belongings import Belongings
from mediatheque.areas.files.events import PersonForgotten
from mediatheque.areas.files.models import File
from mediatheque.core.context import Context, requires
from mediatheque.core.journal import Ref
from mediatheque.core.permissions import Permission

if TYPE_CHECKING:
    from uuid import UUID


@requires(Permission.FILE_CREATE)
async def forget_person(ctx: Context, person: UUID, nobody: UUID) -> None:
    """Pictures of this space stay; who put them in is forgotten."""
    del nobody
    done = await ctx.db.execute(
        update(File)
        .where(File.space_id == ctx.space_id, File.created_by == person)
        .values(created_by=None)
    )
    if done.rowcount:
        ctx.emit(PersonForgotten(ref=Ref("user", person), after={"count": int(done.rowcount)}))


BELONGINGS = Belongings(
    area="files",
    parts={
        "pictures": (
            "SELECT id, space_id, name, content_type, size, width, height, created_at "
            "FROM files_files WHERE created_by = :person ORDER BY id"
        ),
    },
    files=(
        "SELECT coalesce(nullif(name, ''), id::text) AS name, key FROM files_files "
        "WHERE created_by = :person ORDER BY id"
    ),
    spaces="SELECT space_id FROM files_files WHERE created_by = :person",
    erase=forget_person,
)
