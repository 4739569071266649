"""What the catalogue knows about a person, and how it forgets them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import update

from mediatheque.areas.accounts.rules.belongings import Belongings
from mediatheque.areas.catalog.events import PersonForgotten
from mediatheque.areas.catalog.models import Merge, Title
from mediatheque.core.context import Context, requires
from mediatheque.core.journal import Ref
from mediatheque.core.permissions import Permission

if TYPE_CHECKING:
    from uuid import UUID


@requires(Permission.CATALOG_EDIT_ANY)
async def forget_person(ctx: Context, person: UUID, nobody: UUID) -> None:
    """Works and merges of this space stay; who made them is forgotten."""
    del nobody
    here = ctx.space_id
    count = await ctx.db.execute_each(
        (
            update(Title)
            .where(Title.space_id == here, Title.added_by == person)
            .values(added_by=None),
            update(Merge)
            .where(Merge.space_id == here, Merge.merged_by == person)
            .values(merged_by=None),
        )
    )
    if count:
        ctx.emit(PersonForgotten(ref=Ref("user", person), after={"count": count}))


BELONGINGS = Belongings(
    area="catalog",
    parts={
        "titles": (
            "SELECT id, space_id, kind, title, year, created_at FROM catalog_titles "
            "WHERE added_by = :person ORDER BY id"
        ),
        "merges": (
            "SELECT id, space_id, label, merged_at, undone_at FROM catalog_merges "
            "WHERE merged_by = :person ORDER BY id"
        ),
    },
    spaces=(
        "SELECT space_id FROM catalog_titles WHERE added_by = :person "
        "UNION SELECT space_id FROM catalog_merges WHERE merged_by = :person"
    ),
    erase=forget_person,
)
