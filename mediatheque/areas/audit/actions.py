"""Sealing and shortening the journal."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func
from sqlalchemy.dialects.postgresql import insert

from mediatheque.areas.audit.events import JournalShortened, RetentionChanged, SealRequested
from mediatheque.areas.audit.models import Retention
from mediatheque.areas.audit.queries.seals import get_retention
from mediatheque.areas.audit.schemas.trail import RetentionRead
from mediatheque.core.context import Context, requires
from mediatheque.core.journal import Ref, changes
from mediatheque.core.permissions import Permission
from mediatheque.core.seals import find_head, shorten


def _ref(ctx: Context) -> Ref:
    return Ref("space", ctx.space_id, ctx.space.name if ctx.space else "")


@requires(Permission.AUDIT_READ)
async def request_seal(ctx: Context) -> None:
    """Have the space's journal sealed up to now, this request among it, as soon as possible."""
    ctx.emit(SealRequested(ref=_ref(ctx)))


@requires(Permission.AUDIT_KEEP)
async def set_retention(ctx: Context, keep_days: int | None) -> RetentionRead:
    """Keep the space's journal for so many days from now on; None: always."""
    known = await get_retention(ctx)
    before, after = changes({"keep_days": known.keep_days}, {"keep_days": keep_days})
    await ctx.db.execute(
        insert(Retention)
        .values(space_id=ctx.space_id, keep_days=keep_days)
        .on_conflict_do_update(
            index_elements=[Retention.space_id],
            set_={"keep_days": keep_days, "changed_at": func.now()},
        )
    )
    if after:
        ctx.emit(RetentionChanged(ref=_ref(ctx), before=before, after=after))
    return RetentionRead(keep_days=keep_days)


@requires(Permission.AUDIT_KEEP)
async def shorten_journal(ctx: Context, keep_days: int) -> int:
    """Remove the sealed entries at the beginning that are older than so many days; how many."""
    return await _shorten(ctx, _ref(ctx), keep_days)


@requires(Permission.AUDIT_KEEP)
async def shorten_house_journal(ctx: Context, keep_days: int) -> int:
    """The same for what belongs to no space: sign-ins, accounts, the house. Across."""
    return await _shorten(ctx, Ref("house", None, "the house"), keep_days)


async def _shorten(ctx: Context, ref: Ref, keep_days: int) -> int:
    until = ctx.now - timedelta(days=keep_days)
    removed = await shorten(ctx.db, until)
    if removed:
        head = await find_head(ctx.db, ctx.space.id if ctx.space else None)
        ctx.emit(
            JournalShortened(
                ref=ref,
                after={
                    "removed": removed,
                    "until": until.isoformat(),
                    "position": head["anchor_position"] if head else 0,
                    "hash": head["anchor_hash"].hex() if head else "",
                },
            )
        )
    return removed
