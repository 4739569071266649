"""The journal: every action's news, written in the action's own transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from mediatheque.core.events import Event, Ref, changes
from mediatheque.core.queue import QUEUES
from mediatheque.kit.db.jsonb import jsonb

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

BULK = 1_000
BULK_WAITS = 45
"""Seconds that hearers of bulk news of so many things wait: whoever works in bulk goes first."""

_WRITE = text(
    """
    WITH bumped AS (
        INSERT INTO core_versions AS v (space_id, version)
        SELECT cast(:space AS uuid), 1 WHERE cast(:space AS uuid) IS NOT NULL
        ON CONFLICT (space_id) DO UPDATE SET version = v.version + 1
        RETURNING 1
    ), locked AS MATERIALIZED (
        SELECT pg_advisory_xact_lock(7303, 0) WHERE cast(:space AS uuid) IS NULL
    ), noted AS (
        INSERT INTO core_journal (space_id, actor_kind, actor_id, actor_name, kind, ref_kind,
                                  ref_id, label, before, after, request_id, ip, user_agent)
        SELECT cast(:space AS uuid), :actor_kind, cast(:actor_id AS uuid), :actor_name, e.kind,
               e.ref_kind, e.ref_id, e.label, e.before, e.after, :request_id, :ip, :user_agent
        FROM (SELECT count(*) FROM bumped) AS first, (SELECT count(*) FROM locked) AS second,
             jsonb_to_recordset(cast(:events AS jsonb)) AS e (
                 kind text, ref_kind text, ref_id uuid, label text, before jsonb, after jsonb)
    )
    SELECT procrastinate_defer_jobs_v1(ARRAY(
        SELECT ROW(j.queue, j.name, 0, NULL, NULL, j.args,
                   now() + j.wait * interval '1 second')::procrastinate_job_to_defer_v1
        FROM jsonb_to_recordset(cast(:jobs AS jsonb))
             AS j (queue text, name text, args jsonb, wait int)))
    """
)


async def write_events(context: Context) -> int:
    """Write the context's news and one job per subscriber; the last act before the commit.

    One statement. The version moves first and stays locked until the commit: positions of a
    space follow the order of commits, so who has read up to a position has missed nothing
    before it. What belongs to no space has a lock of its own for the same. Answers how many
    events there were.
    """
    events, context.events = context.events, []
    if not events:
        return 0
    space = str(context.space.id) if context.space else None
    actor = context.actor
    await context.db.flush()
    await context.db.execute(
        _WRITE,
        {
            "space": space,
            "actor_kind": actor.kind,
            "actor_id": str(actor.id) if actor.id else None,
            "actor_name": actor.name,
            "request_id": actor.request_id,
            "ip": actor.ip,
            "user_agent": actor.user_agent,
            "events": jsonb([_noted(event) for event in events]),
            "jobs": jsonb([job for event in events for job in _heard(event, space)]),
        },
    )
    return len(events)


def _noted(event: Event) -> dict[str, Any]:
    return {
        "kind": event.kind,
        "ref_kind": event.ref.kind,
        "ref_id": event.ref.id,
        "label": event.ref.label,
        "before": event.before,
        "after": event.after,
    }


def _heard(event: Event, space: str | None) -> list[dict[str, Any]]:
    """One job for each subscriber of an event."""
    arguments = {
        "space_id": space,
        "ref_id": str(event.ref.id) if event.ref.id else None,
        "batch": [str(one) for one in event.batch],
    }
    wait = BULK_WAITS if len(event.batch) >= BULK else None
    return [
        {"queue": QUEUES.get(job, "default"), "name": job, "args": arguments, "wait": wait}
        for job in SUBSCRIPTIONS.of(event.kind)
    ]
