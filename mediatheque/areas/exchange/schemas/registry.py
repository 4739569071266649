"""The sources of all areas, as their manifests register them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence
    from uuid import UUID

    from mediatheque.areas.exchange.schemas.runs import Applier, Detected, Loader
    from mediatheque.areas.exchange.schemas.sources import Source, SourceFile
    from mediatheque.core.context import Context
    from mediatheque.core.permissions import Permission


@dataclass(frozen=True, slots=True)
class Desk:
    """An area's sources with what applies their rows and what recognises their files."""

    area: str
    sources: Sequence[Source]
    applier: Applier | None
    detect: Callable[[SourceFile], Detected]
    template: Callable[[], str] | None = None
    targets: Sequence[tuple[str, str]] = ()
    """What a column of an unknown table can mean: name, label."""
    target: Callable[[Context, str], Awaitable[UUID]] | None = None
    """Resolves where the things shall go (a library's slug or id), or refuses."""
    loaders: Mapping[str, Loader] = field(default_factory=dict)
    """What loads whole files, by source; sources without one go row by row to the applier."""
    permission: Permission | None = None
    """What importing here needs besides the permission to import."""
    permissions: Mapping[str, Permission] = field(default_factory=dict)
    """The same, of sources that need another one."""

    def needed(self, source: str) -> Permission | None:
        """What importing from a source needs besides the permission to import."""
        return self.permissions.get(source, self.permission)


class Registry:
    """Finds a source and its area by the source's name."""

    def __init__(self) -> None:
        self.desks: list[Desk] = []

    def register(self, desk: Desk) -> None:
        """Add an area's desk, once."""
        if all(known.area != desk.area for known in self.desks):
            self.desks.append(desk)

    def desk_of(self, source: str) -> Desk | None:
        """The desk that has a source."""
        return next(
            (desk for desk in self.desks for one in desk.sources if one.name == source), None
        )

    def loader_of(self, source: str) -> Loader | None:
        """What loads whole files of a source, if something does."""
        desk = self.desk_of(source)
        return desk.loaders.get(source) if desk else None

    def source(self, name: str) -> Source | None:
        """A source by name."""
        return next((one for desk in self.desks for one in desk.sources if one.name == name), None)


REGISTRY = Registry()
