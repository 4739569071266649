"""The library's desk at the import engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mediatheque.areas.exchange.schemas.registry import REGISTRY, Desk
from mediatheque.areas.library.actions.imports.applier import LibraryApplier
from mediatheque.areas.library.actions.libraries import open_library
from mediatheque.areas.library.adapters.detection import SOURCES, detect_file
from mediatheque.areas.library.adapters.mapped.targets import ALIASES
from mediatheque.areas.library.adapters.own.columns import template
from mediatheque.core.context import requires
from mediatheque.core.permissions import Permission

if TYPE_CHECKING:
    from uuid import UUID

    from mediatheque.core.context import Context


@requires(Permission.IMPORT_CREATE)
async def open_target(ctx: Context, wanted: str) -> UUID:
    """The library an import fills, by slug or id."""
    return (await open_library(ctx, wanted)).id


TARGETS = tuple(
    (name, name.replace("_", " ").capitalize()) for name in sorted(set(ALIASES.values()))
)
"""What a column of an unknown table can mean, with words for people."""

DESK = Desk(
    area="library",
    sources=SOURCES,
    applier=LibraryApplier(),
    detect=detect_file,
    template=template,
    targets=TARGETS,
    target=open_target,
)
REGISTRY.register(DESK)
