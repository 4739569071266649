"""The journal: every action's news, written in the action's own transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import text

from mediatheque.core.events import Event, Ref, changes
from mediatheque.core.queue import defer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mediatheque.core.context import Context

__all__ = ["SUBSCRIPTIONS", "Event", "Ref", "Subscriptions", "changes", "write_events"]


class Subscriptions:
    """Who hears which event: kind → job names. Filled once from the areas' manifests."""

    def __init__(self) -> None:
        self._jobs: dict[str, list[str]] = {}

    def add(self, kind: str, job: str) -> None:
        """Have a job run after each event of a kind."""
        jobs = self._jobs.setdefault(kind, [])
        if job not in jobs:
            jobs.append(job)

    def of(self, kind: str) -> Sequence[str]:
        """The jobs that hear a kind."""
        return self._jobs.get(kind, ())


SUBSCRIPTIONS = Subscriptions()

_INSERT = text(
    """
    INSERT INTO core_journal (space_id, actor_kind, actor_id, actor_name, kind, ref_kind, ref_id,
                              label, before, after, request_id, ip)
    VALUES (:space, :actor_kind, :actor_id, :actor_name, :kind, :ref_kind, :ref_id,
            :label, cast(:before AS jsonb), cast(:after AS jsonb), :request_id, :ip)
    """
)

_BUMP = text(
    """
    INSERT INTO core_versions AS v (space_id, version) VALUES (:space, 1)
    ON CONFLICT (space_id) DO UPDATE SET version = v.version + 1
    """
)


async def write_events(context: Context) -> int:
    """Write the context's news and one job per subscriber; the last act before the commit.

    Answers how many events there were.
    """
    events, context.events = context.events, []
    if not events:
        return 0
    space = context.space.id if context.space else None
    actor = context.actor
    await context.db.flush()
    if space:
        # First, because its row lock makes a space's positions follow the order of the commits:
        # who has read up to a position has missed nothing before it.
        await context.db.execute(_BUMP, {"space": space})
    await context.db.execute(
        _INSERT,
        [
            {
                "space": space,
                "actor_kind": actor.kind,
                "actor_id": actor.id,
                "actor_name": actor.name,
                "kind": event.kind,
                "ref_kind": event.ref.kind,
                "ref_id": event.ref.id,
                "label": event.ref.label,
                "before": _json(event.before),
                "after": _json(event.after),
                "request_id": actor.request_id,
                "ip": actor.ip,
            }
            for event in events
        ],
    )
    for event in events:
        for job in SUBSCRIPTIONS.of(event.kind):
            await defer(
                context.db,
                job,
                space_id=str(space) if space else None,
                ref_id=str(event.ref.id) if event.ref.id else None,
                batch=[str(one) for one in event.batch],
            )
    return len(events)


def _json(value: dict[str, Any] | None) -> str | None:
    return None if value is None else orjson.dumps(value, default=str).decode()
