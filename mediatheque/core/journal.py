"""The journal: every action's news, written in the action's own transaction."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text

from mediatheque.core.events import Event, Ref, changes
from mediatheque.core.queue import QUEUES
from mediatheque.kit.db.jsonb import jsonb

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mediatheque.core.context import Actor, Context, Space
    from mediatheque.kit.db import Database

__all__ = [
    "REQUEST",
    "SUBSCRIPTIONS",
    "Event",
    "Ref",
    "RequestNote",
    "Subscriptions",
    "changes",
    "note_request",
    "write_events",
]

BAD_REQUEST: Final = 400
SERVER_FAULT: Final = 500


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


REQUEST = "request"
"""What a note of a request is about; such notes are no news."""

_NOTE = text(
    """
    WITH made AS (
        INSERT INTO core_versions (space_id, version)
        SELECT cast(:space AS uuid), 0 WHERE cast(:space AS uuid) IS NOT NULL
        ON CONFLICT (space_id) DO NOTHING RETURNING 1
    ), held AS MATERIALIZED (
        SELECT 1 FROM core_versions WHERE space_id = cast(:space AS uuid) FOR NO KEY UPDATE
    ), locked AS MATERIALIZED (
        SELECT pg_advisory_xact_lock(7303, 0) WHERE cast(:space AS uuid) IS NULL
    )
    INSERT INTO core_journal (space_id, actor_kind, actor_id, actor_name, kind, ref_kind, label,
                              after, request_id, ip, user_agent, outcome)
    SELECT cast(:space AS uuid), :actor_kind, cast(:actor_id AS uuid), :actor_name, :kind,
           'request', :label, cast(:after AS jsonb), :request_id, :ip, :user_agent, :outcome
    FROM (SELECT count(*) FROM made) AS first, (SELECT count(*) FROM held) AS second,
         (SELECT count(*) FROM locked) AS third
    """
)


@dataclass(frozen=True, slots=True)
class RequestNote:
    """A request, as the audit trail keeps it: neither its body nor its query nor any secret.

    ``route`` is the path's pattern, ``params`` the ids in it; ``suppressed`` says how many like it
    were not noted because there were too many.
    """

    method: str
    route: str
    status: int
    code: str = ""
    params: dict[str, str] = field(default_factory=dict)
    suppressed: int = 0

    @property
    def outcome(self) -> str:
        """``succeeded``, ``refused`` (4xx) or ``failed`` (5xx)."""
        if self.status < BAD_REQUEST:
            return "succeeded"
        return "refused" if self.status < SERVER_FAULT else "failed"

    @property
    def kind(self) -> str:
        """The kind of its entry."""
        return f"audit.request_{'made' if self.outcome == 'succeeded' else self.outcome}"

    def details(self) -> dict[str, Any]:
        """What stands in the entry's ``after``."""
        found: dict[str, Any] = {"method": self.method, "route": self.route, "status": self.status}
        if self.code:
            found["code"] = self.code
        if self.params:
            found["params"] = self.params
        if self.suppressed:
            found["suppressed"] = self.suppressed
        return found


async def note_request(
    database: Database, actor: Actor, space: Space | None, note: RequestNote
) -> None:
    """Write a request into the journal, in a transaction of its own.

    Whatever the request's transaction did is committed or rolled back by then. The version of the
    space is locked, for the order of positions, and does not move: nothing that is kept changed.
    """
    async with database.transaction(space.id if space else None, across=space is None) as writer:
        await writer.execute(
            _NOTE,
            {
                "space": str(space.id) if space else None,
                "actor_kind": actor.kind,
                "actor_id": str(actor.id) if actor.id else None,
                "actor_name": actor.name,
                "kind": note.kind,
                "label": f"{note.method} {note.route}",
                "after": jsonb(note.details()),
                "request_id": actor.request_id,
                "ip": actor.ip,
                "user_agent": actor.user_agent,
                "outcome": note.outcome,
            },
        )
