"""To which works permissions can be narrowed, and what of them a quota counts."""

from __future__ import annotations

from sqlalchemy import Uuid, literal, select, text

from mediatheque.areas.catalog.models import Title
from mediatheque.areas.spaces.rules.roles import Grantable
from mediatheque.core.permissions import Permission

USAGE = {
    "titles": text("SELECT count(*) FROM catalog_titles t WHERE t.space_id = cast(:space AS uuid)")
}
"""What counts for the quota of titles."""

GRANTABLE = (
    Grantable(
        "title",
        {Permission.CATALOG_EDIT: Permission.CATALOG_EDIT_ANY},
        select(
            Title.space_id,
            Title.id,
            Title.title.label("label"),
            Title.added_by,
            literal(None, Uuid).label("within"),
        ),
    ),
)
