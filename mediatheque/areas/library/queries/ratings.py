"""What members gave a work, and what one did with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import select, text

from mediatheque.areas.library.models import Mark
from mediatheque.areas.library.schemas.annotations import MarkRead, RatingRead
from mediatheque.core.context import ReadContext, requires
from mediatheque.core.permissions import Permission

if TYPE_CHECKING:
    from uuid import UUID

MARK: Final = """
    (SELECT jsonb_build_object('status', m.status, 'finished_on', m.finished_on,
                               'times', m.times)
     FROM library_marks m
     WHERE m.space_id = t.space_id AND m.title_id = t.id
       AND m.user_id = :user AND m.season = 0 AND m.episode = 0)
"""
"""What the user did with a work ``t`` as a whole."""

RATINGS: Final = """
    (SELECT jsonb_build_object('average', round(avg(r.value) / 10, 2), 'count', count(*),
                               'mine', max(r.value) FILTER (WHERE r.user_id = :user))
     FROM library_ratings r WHERE r.space_id = t.space_id AND r.title_id = t.id)
"""
"""The members' ratings of a work ``t``; the average is 0.5–10, one's own in tenths."""

_OF_TITLE = text(
    f"SELECT {RATINGS} AS ratings FROM catalog_titles t WHERE t.space_id = :space AND t.id = :id"  # noqa: S608  (constants)
)


@requires(Permission.LIBRARY_READ)
async def get_ratings(ctx: ReadContext, title_id: UUID) -> RatingRead:
    """One's own rating of a work beside everybody's."""
    row = await ctx.db.row(_OF_TITLE.bindparams(space=ctx.space_id, id=title_id, user=ctx.actor.id))
    ratings = row["ratings"] if row else {"average": None, "count": 0, "mine": None}
    return RatingRead(my_rating=my_rating(ratings["mine"]), ratings=ratings)


@requires(Permission.LIBRARY_READ)
async def find_mark(ctx: ReadContext, title_id: UUID) -> MarkRead | None:
    """What one did with a work as a whole."""
    row = await ctx.db.row(
        select(Mark.status, Mark.finished_on, Mark.times).where(
            Mark.space_id == ctx.space_id,
            Mark.title_id == title_id,
            Mark.user_id == ctx.user_id,
            Mark.season == 0,
            Mark.episode == 0,
        )
    )
    return MarkRead.model_validate(row) if row else None


def my_rating(tenths: int | None) -> float | None:
    """A stored rating as it goes out."""
    return None if tenths is None else tenths / 10
