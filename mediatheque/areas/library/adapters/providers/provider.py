"""What every provider of facts about works can do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mediatheque.areas.library.adapters.providers.calls import Budget
    from mediatheque.areas.library.schemas.rows import ItemRow


@dataclass(frozen=True, slots=True)
class Found:
    """One answer of a search; ``id`` is the provider's own."""

    id: str
    title: str
    original_title: str | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What a provider knows of one work, in the shape of an imported row, and its poster."""

    row: ItemRow
    image_url: str | None = None


class Provider(Protocol):
    """Finds works by title or by other catalogues' ids, and tells what it knows of one.

    Raises ``ProviderRefusedError`` when the key is not accepted, ``ProviderBusyError`` when it
    asks to come back later than a moment, ``ProviderError`` for what else goes wrong.
    """

    @property
    def name(self) -> str:
        """What programs call it: ``tmdb``; also the scheme of its ids."""
        ...

    @property
    def label(self) -> str:
        """What people call it: ``TMDB``."""
        ...

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of works it knows."""
        ...

    @property
    def needs(self) -> Sequence[str]:
        """The settings it cannot work without, by the names of their environment variables."""
        ...

    @property
    def budget(self) -> Budget:
        """How many calls it allows."""
        ...

    @property
    def is_ready(self) -> bool:
        """Whether all that it needs is set."""
        ...

    async def search(self, kind: str, title: str, year: int | None) -> list[Found]:
        """Find works by title; ``year`` is a hint."""
        ...

    async def find(self, kind: str, scheme: str, value: str) -> list[Found]:
        """Find a work by another catalogue's id; nothing for schemes that it does not know."""
        ...

    async def details(self, kind: str, found_id: str) -> Facts | None:
        """Tell what is known of a work; None where it is gone."""
        ...
