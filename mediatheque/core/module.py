"""The manifest: what an area brings into the house."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from mediatheque.core.quotas import USAGE

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence
    from uuid import UUID

    from fastapi import APIRouter

    from mediatheque.core.context import Actor, Space
    from mediatheque.core.queue import Jobs
    from mediatheque.core.work import Work
    from mediatheque.kit.db import Database


@dataclass(frozen=True, slots=True)
class Called:
    """The host name of a request, and that of the house's public address ("" if none is set)."""

    name: str
    house: str = ""

    @property
    def label(self) -> str | None:
        """``films`` of ``films.house.example``; None if it is no sub-domain of the house."""
        label, dot, rest = self.name.partition(".")
        return label if dot and self.house and rest == self.house else None

    @property
    def foreign(self) -> str | None:
        """A name that is neither the house's nor below it: it may be a space's own domain."""
        is_ours = self.name == self.house or self.name.endswith(f".{self.house}")
        return None if not self.name or (self.house and is_ours) else self.name


@dataclass(frozen=True, slots=True)
class Identity:
    """Who asks, in which space, with which permissions."""

    actor: Actor
    space: Space | None = None
    grants: frozenset[str] = frozenset()
    narrow: Mapping[str, frozenset[UUID]] = field(default_factory=dict)
    """Permissions that are held for some things only."""
    csrf: str | None = None
    requests_per_minute: int | None = None
    """A limit of the key's own."""


class Identify(Protocol):
    """Resolves a credential and the wished space's slug or host name in one statement."""

    def __call__(
        self,
        database: Database,
        *,
        token: str | None,
        is_cookie: bool,
        slug: str | None,
        host: Called | None = None,
    ) -> Awaitable[Identity]:
        """Answer who it is; an unknown credential is anonymous, a foreign space is 404."""
        ...


@dataclass(frozen=True, slots=True)
class Module:
    """One area's manifest. Everything else of the area is reached through its rooms."""

    name: str
    routers: Sequence[APIRouter | Callable[[House], APIRouter]] = ()
    """A function makes its routes of what other areas registered (their shapes, say)."""
    roots: Sequence[APIRouter] = ()
    """Routes that stand at the root, outside of the API: what players and crawlers ask for."""
    jobs: Jobs | None = None
    identify: Identify | None = None
    labels: dict[str, str] = field(default_factory=dict)
    """Event kind → words for people, e.g. ``catalog.title_created`` → ``added {label}``."""
    sources: Sequence[Any] = ()
    """Import sources (``exchange``'s registry takes them)."""
    extensions: dict[str, Any] = field(default_factory=dict)
    """What lower engines look for by name: ``exchange.appliers``, ``search.documents`` …"""
    on_start: Callable[[Work], Awaitable[None]] | None = None
    """Run when the web process has opened its database, before the first request."""
    on_stop: Callable[[Work], Awaitable[None]] | None = None
    """Run when the web process stops, before its database closes."""
    health: Callable[[Work], Awaitable[dict[str, Any]]] | None = None


class House:
    """All manifests of a process, looked up by what they bring."""

    def __init__(self, modules: Sequence[Module]) -> None:
        self.modules = tuple(modules)

    def extension(self, name: str) -> list[Any]:
        """What the areas registered under a name, in the order of the registry."""
        return [module.extensions[name] for module in self.modules if name in module.extensions]

    @property
    def labels(self) -> dict[str, str]:
        """Words for every event kind."""
        return {kind: words for module in self.modules for kind, words in module.labels.items()}


EXTENSIONS: dict[str, list[Any]] = {}
"""What the areas of this process registered, by name; for jobs, which no request leads to."""


def remember(house: House) -> None:
    """Fill :data:`EXTENSIONS` from the manifests."""
    names = {name for module in house.modules for name in module.extensions}
    EXTENSIONS.update({name: house.extension(name) for name in names})
    for counted in EXTENSIONS.get("spaces.usage", ()):
        USAGE.update(counted)
