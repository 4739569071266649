"""Notices: one's own, the newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from mediatheque.areas.notifications.models import Notice
from mediatheque.areas.notifications.schemas import NoticeRead
from mediatheque.core.context import ReadContext, any_profile
from mediatheque.core.profiles import of_the_profile
from mediatheque.kit.paging import Feed, cut, decode_cursor, encode_cursor

if TYPE_CHECKING:
    from mediatheque.areas.notifications.schemas import NoticeFilter


@any_profile
async def list_notices(ctx: ReadContext, wanted: NoticeFilter) -> Feed[NoticeRead]:
    """The notices of the person's profile."""
    found = (
        select(*(getattr(Notice, name) for name in NoticeRead.model_fields))
        .where(*of_the_profile(ctx, Notice))
        .order_by(Notice.id.desc())
        .limit(wanted.limit + 1)
    )
    if wanted.is_unread:
        found = found.where(Notice.read_at.is_(None))
    after = decode_cursor(wanted.cursor, 1)
    if after:
        found = found.where(Notice.id < after[0])
    rows, more = cut(await ctx.db.rows(found), wanted.limit)
    return Feed(
        items=[NoticeRead.model_validate(row) for row in rows],
        next_cursor=encode_cursor(rows[-1]["id"]) if more else None,
    )


@any_profile
async def count_unread(ctx: ReadContext) -> int:
    """How many notices the person's profile has not seen."""
    counted = await ctx.db.scalar(
        select(func.count())
        .select_from(Notice)
        .where(*of_the_profile(ctx, Notice), Notice.read_at.is_(None))
    )
    return int(counted)
