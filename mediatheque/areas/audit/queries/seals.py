"""How far the journal is sealed, and how long it is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from mediatheque.areas.audit.models import Retention
from mediatheque.areas.audit.schemas.trail import RetentionRead, SealRead
from mediatheque.core.context import ReadContext, requires
from mediatheque.core.models import JournalEntry, Seal
from mediatheque.core.permissions import Permission
from mediatheque.core.seals import FIRST

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import InstrumentedAttribute

    from mediatheque.kit.db import Row

J = JournalEntry


@requires(Permission.AUDIT_READ)
async def get_seal(ctx: ReadContext) -> SealRead:
    """How far the space's journal is sealed."""
    return await _seal(ctx, ctx.space_id)


@requires(Permission.HOUSE_AUDIT_READ)
async def get_house_seal(ctx: ReadContext) -> SealRead:
    """How far the journal of what belongs to no space is sealed. Across."""
    return await _seal(ctx, None)


async def _seal(ctx: ReadContext, space_id: UUID | None) -> SealRead:
    def here(column: InstrumentedAttribute[UUID | None]) -> ColumnElement[bool]:
        return column.is_(None) if space_id is None else column == space_id

    sealed_to = select(Seal.position).where(here(Seal.space_id)).scalar_subquery()
    heads, waiting = await ctx.db.batch(
        select(
            Seal.count,
            Seal.position,
            Seal.hash,
            Seal.sealed_at,
            Seal.removed,
            Seal.anchored_at,
        ).where(here(Seal.space_id)),
        select(func.count().label("waiting")).where(
            here(J.space_id), J.position > func.coalesce(sealed_to, 0)
        ),
    )
    head = heads[0] if heads else None
    return SealRead(
        sealed=head["count"] if head else 0,
        waiting=waiting[0]["waiting"],
        removed=head["removed"] if head else 0,
        removed_at=head["anchored_at"] if head else None,
        position=head["position"] if head else 0,
        hash=(head["hash"] if head else FIRST).hex(),
        sealed_at=head["sealed_at"] if head else None,
    )


@requires(Permission.AUDIT_READ)
async def get_retention(ctx: ReadContext) -> RetentionRead:
    """How long the space keeps its journal."""
    days = await ctx.db.scalar(
        select(Retention.keep_days).where(Retention.space_id == ctx.space_id)
    )
    return RetentionRead(keep_days=days)


@requires(Permission.HOUSE_AUDIT_READ)
async def list_kept(ctx: ReadContext) -> list[Row]:
    """The spaces that keep their journal for a time: ``space_id, keep_days``. Across."""
    return await ctx.db.rows(
        select(Retention.space_id, Retention.keep_days).where(Retention.keep_days.is_not(None))
    )
