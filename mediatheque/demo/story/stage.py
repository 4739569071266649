"""A space of the demonstration world as the story enters it: who is there, and as whom one acts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mediatheque.core.edge import read_context, write_context
from mediatheque.core.permissions import ROLES

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager

    from mediatheque.core.context import Actor, Context, ReadContext, Space
    from mediatheque.demo.world import Room
    from mediatheque.kit.db import Database


@dataclass(frozen=True, slots=True)
class Stage:
    """A space that is there, with the accounts of its members by their keys."""

    database: Database
    room: Room
    space: Space
    actors: dict[str, Actor]

    def write(self, person: str) -> AbstractAsyncContextManager[Context]:
        """One transaction as a member, with what their role allows and no more."""
        return write_context(
            self.database, actor=self.actors[person], space=self.space, grants=self._grants(person)
        )

    def read(self, person: str) -> ReadContext:
        """A reading context as a member."""
        return read_context(
            self.database, actor=self.actors[person], space=self.space, grants=self._grants(person)
        )

    @property
    def owner(self) -> str:
        """Whose space it is."""
        return self.room.members[0].person

    def _grants(self, person: str) -> frozenset[str]:
        role = next(one.role for one in self.room.members if one.person == person)
        return frozenset(str(permission) for permission in ROLES[role])
