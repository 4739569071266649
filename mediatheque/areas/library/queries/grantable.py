"""To which libraries and copies permissions can be narrowed."""

from __future__ import annotations

from sqlalchemy import Uuid, literal, select

from mediatheque.areas.catalog.models import Title
from mediatheque.areas.library.models import Copy, Library
from mediatheque.areas.spaces.rules.roles import Grantable
from mediatheque.core.permissions import Permission

GRANTABLE = (
    Grantable(
        "library",
        {
            Permission.LIBRARY_COPY_CREATE: Permission.LIBRARY_COPY_CREATE,
            Permission.LIBRARY_COPY_EDIT: Permission.LIBRARY_COPY_EDIT_ANY,
            Permission.LIBRARY_MANAGE: Permission.LIBRARY_MANAGE,
        },
        select(
            Library.space_id,
            Library.id,
            Library.name.label("label"),
            literal(None, Uuid).label("added_by"),
            literal(None, Uuid).label("within"),
        ),
    ),
    Grantable(
        "copy",
        {Permission.LIBRARY_COPY_EDIT: Permission.LIBRARY_COPY_EDIT_ANY},
        select(
            Copy.space_id,
            Copy.id,
            Title.title.label("label"),
            Copy.added_by,
            Copy.library_id.label("within"),
        ).join(Title, (Title.space_id == Copy.space_id) & (Title.id == Copy.title_id)),
    ),
)
