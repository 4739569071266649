"""Selects of the audit trail: a space's, and that of the house."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import any_, func, literal, or_, select
from sqlalchemy.types import ARRAY, Text

from mediatheque.areas.audit.queries.activity import is_kind, position_before
from mediatheque.areas.audit.rules import NoSuchEntryError, parts_of, split_ref
from mediatheque.areas.audit.schemas.activity import ActivityActor
from mediatheque.areas.audit.schemas.trail import EntryObject, EntryRead
from mediatheque.core.context import ReadContext, requires
from mediatheque.core.models import JournalEntry
from mediatheque.core.permissions import Permission
from mediatheque.kit.paging import Feed, cut, encode_cursor

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from uuid import UUID

    from sqlalchemy import ColumnElement, Select

    from mediatheque.areas.audit.schemas.trail import TrailConditions, TrailFilter
    from mediatheque.kit.db import Row

J = JournalEntry
STRETCH: Final = 1_000


@requires(Permission.AUDIT_READ)
async def list_entries(
    ctx: ReadContext, wanted: TrailFilter, labels: Mapping[str, str]
) -> Feed[EntryRead]:
    """Everything that was done or tried in the space, newest first."""
    return await _page(ctx, ctx.space_id, wanted, labels)


@requires(Permission.HOUSE_AUDIT_READ)
async def list_house_entries(
    ctx: ReadContext, wanted: TrailFilter, labels: Mapping[str, str]
) -> Feed[EntryRead]:
    """What was done or tried in no space: sign-ins, accounts, the house. Across."""
    return await _page(ctx, None, wanted, labels)


@requires(Permission.AUDIT_READ)
async def get_entry(ctx: ReadContext, position: int, labels: Mapping[str, str]) -> EntryRead:
    """One entry; NoSuchEntryError."""
    row = await ctx.db.row(_entries(ctx.space_id).where(J.position == position))
    if row is None:
        raise NoSuchEntryError
    return _read(row, labels)


@requires(Permission.AUDIT_READ)
async def list_rows(ctx: ReadContext, wanted: TrailConditions, before: int | None) -> list[Row]:
    """The next stretch of entries before a position, for files; empty at the end."""
    chosen = _entries(ctx.space_id).where(*_conditions(wanted))
    if before is not None:
        chosen = chosen.where(J.position < before)
    return await ctx.db.rows(chosen.order_by(J.position.desc()).limit(STRETCH))


async def _page(
    ctx: ReadContext, space_id: UUID | None, wanted: TrailFilter, labels: Mapping[str, str]
) -> Feed[EntryRead]:
    chosen = (
        _entries(space_id)
        .where(*_conditions(wanted), *position_before(wanted.cursor))
        .order_by(J.position.desc())
        .limit(wanted.limit + 1)
    )
    rows, has_more = cut(await ctx.db.rows(chosen), wanted.limit)
    return Feed(
        items=[_read(row, labels) for row in rows],
        next_cursor=encode_cursor(rows[-1]["position"]) if has_more else None,
    )


def _entries(space_id: UUID | None) -> Select[*tuple[Any, ...]]:
    chosen: Select[*tuple[Any, ...]] = select(
        J.position,
        J.at,
        J.actor_kind,
        J.actor_id,
        J.actor_name,
        J.kind,
        J.ref_kind,
        J.ref_id,
        J.label,
        J.outcome,
        J.before,
        J.after,
        J.request_id,
        J.ip,
        J.user_agent,
        func.encode(J.hash, "hex").label("hash"),
    )
    here = J.space_id.is_(None) if space_id is None else J.space_id == space_id
    return chosen.where(here)


def _conditions(wanted: TrailConditions) -> Iterator[ColumnElement[bool]]:
    if wanted.actor is not None:
        yield J.actor_id == wanted.actor
    if wanted.action:
        yield or_(*(is_kind(kind) for kind in wanted.action))
    if wanted.object is not None:
        kind, ref_id = split_ref(wanted.object)
        yield J.ref_kind == kind
        if ref_id is not None:
            yield J.ref_id == ref_id
    if wanted.outcome and "succeeded" in wanted.outcome:
        yield J.outcome == any_(literal(sorted(wanted.outcome), ARRAY(Text())))
    elif wanted.outcome:
        # Said so, the partial index of what did not succeed serves.
        yield J.outcome != "succeeded"
        yield J.outcome == any_(literal(sorted(wanted.outcome), ARRAY(Text())))
    if wanted.since is not None:
        yield J.at >= wanted.since
    if wanted.until is not None:
        yield J.at < wanted.until
    if wanted.q:
        searched = (J.actor_name, J.label, J.kind, J.ip, J.request_id)
        yield or_(*(one.icontains(wanted.q, autoescape=True) for one in searched))


def _read(row: Row, labels: Mapping[str, str]) -> EntryRead:
    words = "".join(text for text, _ in parts_of(labels.get(row["kind"]), row)).strip()
    return EntryRead(
        id=str(row["position"]),
        at=row["at"],
        actor=ActivityActor(kind=row["actor_kind"], id=row["actor_id"], name=row["actor_name"]),
        action=row["kind"],
        label=words,
        object=EntryObject(kind=row["ref_kind"], id=row["ref_id"], label=row["label"]),
        outcome=row["outcome"],
        before=row["before"],
        after=row["after"],
        request_id=row["request_id"],
        ip=row["ip"],
        user_agent=row["user_agent"],
        hash=row["hash"],
    )
