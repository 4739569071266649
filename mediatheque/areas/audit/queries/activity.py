"""Selects of what happened, for people and for listeners."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from sqlalchemy import ARRAY, Uuid, any_, func, literal, or_, select

from mediatheque.areas.audit.queries.visible import discreet, visible_to
from mediatheque.areas.audit.rules import parts_of, split_ref
from mediatheque.areas.audit.schemas.activity import (
    ActivityActor,
    ActivityFilter,
    ActivityRead,
    ActivityRef,
    LabelPart,
)
from mediatheque.core.context import ReadContext, public, requires
from mediatheque.core.journal import REQUEST
from mediatheque.core.models import JournalEntry, SpaceVersion
from mediatheque.core.permissions import Permission
from mediatheque.kit.paging import BadCursorError, Feed, cut, decode_cursor, encode_cursor

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from uuid import UUID

    from sqlalchemy import ColumnElement, Select

    from mediatheque.kit.db import Database, Row

Statement: TypeAlias = "Select[*tuple[Any, ...]]"

J = JournalEntry
_TOP = 2**63 - 1
IS_NEWS: ColumnElement[bool] = J.ref_kind != REQUEST
"""What was done, and not the notes of requests."""


@requires(Permission.ACTIVITY_READ)
async def list_activity(
    ctx: ReadContext, wanted: ActivityFilter, labels: Mapping[str, str]
) -> Feed[ActivityRead]:
    """What happened in the space, newest first; ``labels`` are the words for event kinds."""
    chosen = (
        select(
            J.position,
            J.at,
            J.actor_kind,
            J.actor_id,
            J.actor_name,
            J.kind,
            J.ref_kind,
            J.ref_id,
            J.label,
            J.before,
            J.after,
        )
        .where(J.space_id == ctx.space_id, *_conditions(wanted), *visible_to(ctx))
        .order_by(J.position.desc())
        .limit(wanted.limit + 1)
    )
    rows, has_more = cut(await ctx.db.rows(chosen), wanted.limit)
    return Feed(
        items=[_read(row, labels) for row in discreet(ctx, rows)],
        next_cursor=encode_cursor(rows[-1]["position"]) if has_more else None,
    )


def _conditions(wanted: ActivityFilter) -> Iterator[ColumnElement[bool]]:
    yield IS_NEWS
    yield from position_before(wanted.cursor)
    if wanted.actor is not None:
        yield J.actor_id == wanted.actor
    if wanted.kind:
        yield or_(*(is_kind(kind) for kind in wanted.kind))
    if wanted.ref is not None:
        kind, ref_id = split_ref(wanted.ref)
        yield J.ref_kind == kind
        if ref_id is not None:
            yield J.ref_id == ref_id
    if wanted.since is not None:
        yield J.at >= wanted.since
    if wanted.until is not None:
        yield J.at < wanted.until


def position_before(cursor: str | None) -> Iterator[ColumnElement[bool]]:
    """Where a cursor stopped; BadCursorError."""
    after = decode_cursor(cursor, 1)
    if after is not None:
        if type(after[0]) is not int or not 0 <= after[0] <= _TOP:
            raise BadCursorError(field="cursor")
        yield J.position < after[0]


def is_kind(kind: str) -> ColumnElement[bool]:
    """A kind, or, without a point, every kind of an area."""
    return J.kind == kind if "." in kind else func.starts_with(J.kind, f"{kind}.")


def _read(row: Row, labels: Mapping[str, str]) -> ActivityRead:
    parts = [
        LabelPart(text=text, is_ref=is_ref)
        for text, is_ref in parts_of(labels.get(row["kind"]), row)
    ]
    ref = None
    if row["ref_id"] is not None:
        ref = ActivityRef(kind=row["ref_kind"], id=row["ref_id"], label=row["label"])
    return ActivityRead(
        id=str(row["position"]),
        at=row["at"],
        actor=ActivityActor(kind=row["actor_kind"], id=row["actor_id"], name=row["actor_name"]),
        kind=row["kind"],
        label="".join(part.text for part in parts).strip(),
        parts=parts,
        ref=ref,
        before=row["before"],
        after=row["after"],
    )


def moved(space_ids: Sequence[UUID]) -> Statement:
    """The versions of spaces, which move with every event: ``space_id, version``."""
    return select(SpaceVersion.space_id, SpaceVersion.version).where(
        SpaceVersion.space_id == any_(literal(space_ids, ARRAY(Uuid())))
    )


def last_position(space_id: UUID) -> Statement:
    """The newest position of a space: ``position``, null when nothing happened yet."""
    return select(func.max(J.position).label("position")).where(J.space_id == space_id)


def news_after(space_id: UUID, position: int, limit: int) -> Statement:
    """A space's events after a position, oldest first, without their contents.

    Positions of one space follow its commits (the journal is written under the row lock of the
    space's version), so that nothing appears later below a position that was read.
    """
    return (
        select(J.position, J.kind, J.ref_kind, J.ref_id)
        .where(J.space_id == space_id, J.position > position, IS_NEWS)
        .order_by(J.position)
        .limit(limit)
    )


@public
async def read_moved(database: Database, space_ids: Sequence[UUID]) -> dict[UUID, int]:
    """Space → version, of all spaces that are listened to: one statement across them."""
    rows = await database.across().rows(moved(space_ids))
    return {row["space_id"]: row["version"] for row in rows}
