"""Rating works, and saying what one did with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from sqlalchemy import delete, select

from mediatheque.areas.library.actions.labels import get_label
from mediatheque.areas.library.events import (
    MarkRemoved,
    RatingRemoved,
    TitleMarked,
    TitleRated,
)
from mediatheque.areas.library.models import Mark, Rating
from mediatheque.areas.library.queries.ratings import find_mark, get_ratings
from mediatheque.areas.library.schemas.annotations import MarkRead, MarkSet
from mediatheque.core.context import Context, requires
from mediatheque.core.journal import Ref
from mediatheque.core.permissions import Permission

if TYPE_CHECKING:
    from uuid import UUID

    from mediatheque.areas.library.schemas.annotations import RatingRead, RatingSet


@requires(Permission.LIBRARY_NOTE)
async def rate_title(ctx: Context, title_id: UUID, given: RatingSet) -> RatingRead:
    """Give a work 0.5 to 10, or another value than before."""
    label = await get_label(ctx, title_id)
    value = round(given.rating * 10)
    rating = await _rating(ctx, title_id)
    before = None if rating is None else rating.value
    if rating is None:
        rating = Rating(space_id=ctx.space_id, title_id=title_id, user_id=ctx.user_id, value=value)
        await ctx.db.add(rating)
    rating.value = value
    rating.edited_at = ctx.now
    await ctx.db.flush()
    if before != value:
        ctx.emit(
            TitleRated(
                ref=Ref("title", title_id, label),
                before=None if before is None else {"rating": before / 10},
                after={"rating": value / 10},
            )
        )
    return await get_ratings(ctx, title_id)


@requires(Permission.LIBRARY_NOTE)
async def remove_rating(ctx: Context, title_id: UUID) -> RatingRead:
    """Take one's rating back; without one, nothing happens."""
    label = await get_label(ctx, title_id)
    rating = await _rating(ctx, title_id)
    if rating is not None:
        await ctx.db.execute(
            delete(Rating).where(
                Rating.space_id == ctx.space_id,
                Rating.title_id == title_id,
                Rating.user_id == ctx.user_id,
            )
        )
        before = {"rating": rating.value / 10}
        ctx.emit(RatingRemoved(ref=Ref("title", title_id, label), before=before))
    return await get_ratings(ctx, title_id)


@requires(Permission.LIBRARY_NOTE)
async def mark_title(ctx: Context, title_id: UUID, given: MarkSet) -> MarkRead:
    """Say that one wants, started or finished a work.

    Finishing it, or finishing it on another day, counts once more.
    """
    label = await get_label(ctx, title_id)
    mark = await _mark(ctx, title_id)
    before = None if mark is None else MarkRead.model_validate(mark)
    if mark is None:
        mark = Mark(
            space_id=ctx.space_id,
            title_id=title_id,
            user_id=ctx.user_id,
            season=0,
            episode=0,
            status=given.status,
            times=0,
        )
        await ctx.db.add(mark)
    is_finished = given.status == "finished"
    again = before is None or before.status != "finished" or before.finished_on != given.finished_on
    mark.status = given.status
    mark.finished_on = given.finished_on if is_finished else None
    mark.times += int(is_finished and again)
    mark.edited_at = ctx.now
    await ctx.db.flush()
    after = MarkRead.model_validate(mark)
    if before != after:
        ctx.emit(
            TitleMarked(
                ref=Ref("title", title_id, label),
                before=before.model_dump(mode="json") if before else None,
                after=after.model_dump(mode="json"),
            )
        )
    return after


@requires(Permission.LIBRARY_NOTE)
async def remove_mark(ctx: Context, title_id: UUID) -> None:
    """Take one's mark back; without one, nothing happens."""
    label = await get_label(ctx, title_id)
    before = await find_mark(ctx, title_id)
    if before is None:
        return
    await ctx.db.execute(
        delete(Mark).where(
            Mark.space_id == ctx.space_id,
            Mark.title_id == title_id,
            Mark.user_id == ctx.user_id,
            Mark.season == 0,
            Mark.episode == 0,
        )
    )
    ctx.emit(MarkRemoved(ref=Ref("title", title_id, label), before=before.model_dump(mode="json")))


async def _rating(ctx: Context, title_id: UUID) -> Rating | None:
    await _hold(ctx, title_id)
    found = await ctx.db.entity(
        select(Rating).where(
            Rating.space_id == ctx.space_id,
            Rating.title_id == title_id,
            Rating.user_id == ctx.user_id,
        )
    )
    return cast("Rating | None", found)


async def _mark(ctx: Context, title_id: UUID) -> Mark | None:
    await _hold(ctx, title_id)
    found = await ctx.db.entity(
        select(Mark).where(
            Mark.space_id == ctx.space_id,
            Mark.title_id == title_id,
            Mark.user_id == ctx.user_id,
            Mark.season == 0,
            Mark.episode == 0,
        )
    )
    return cast("Mark | None", found)


async def _hold(ctx: Context, title_id: UUID) -> None:
    """One change at a time of what one person says of one work."""
    await ctx.db.execute(
        "SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))",
        {"key": f"library annotations {title_id} {ctx.user_id}"},
    )
