"""To which works permissions can be narrowed."""

from __future__ import annotations

from sqlalchemy import Uuid, literal, select

from mediatheque.areas.catalog.models import Title
from mediatheque.areas.spaces.rules.roles import Grantable
from mediatheque.core.permissions import Permission

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
