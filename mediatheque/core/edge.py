"""Where transactions begin and end: for requests, jobs, commands and the demonstration."""

from __future__ import annotations

from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from mediatheque.core.context import Actor, Context, ReadContext, Space
from mediatheque.core.journal import write_events
from mediatheque.core.permissions import Permission

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping
    from uuid import UUID

    from mediatheque.kit.db import Database

ALL = frozenset(str(one) for one in Permission)
SYSTEM = Actor("system", name="Mediatheque")


@asynccontextmanager
async def write_context(  # noqa: PLR0913  (who, where, with what)
    database: Database,
    *,
    actor: Actor = SYSTEM,
    space: Space | None = None,
    grants: frozenset[str] = ALL,
    narrow: Mapping[str, frozenset[UUID]] | None = None,
    across: bool = False,
) -> AsyncIterator[Context]:
    """One transaction with its context; its news is written just before the commit.

    ``across`` works over all spaces at once: for what belongs to none (spaces, memberships).
    """
    async with database.transaction(space.id if space else None, across=across) as writer:
        context = Context(
            db=writer,
            actor=actor,
            space=space,
            grants=grants,
            now=datetime.now(UTC),
            narrow=narrow or {},
        )
        yield context
        await write_events(context)


def read_context(  # noqa: PLR0913  (who, where, with what)
    database: Database,
    *,
    actor: Actor = SYSTEM,
    space: Space | None = None,
    grants: frozenset[str] = ALL,
    narrow: Mapping[str, frozenset[UUID]] | None = None,
    across: bool = False,
) -> ReadContext:
    """A context for reading; every batch of statements is its own short transaction."""
    reader = database.across() if across else database.reader(space.id if space else None)
    return ReadContext(
        db=reader,
        actor=actor,
        space=space,
        grants=grants,
        now=datetime.now(UTC),
        narrow=narrow or {},
    )
