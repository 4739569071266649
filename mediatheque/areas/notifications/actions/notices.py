"""Telling people, and noting that they have seen it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert

from mediatheque.areas.notifications.events import NoticesRead
from mediatheque.areas.notifications.models import Notice
from mediatheque.core.context import Context, any_profile, public
from mediatheque.core.journal import Ref
from mediatheque.core.profiles import of_the_profile

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from mediatheque.areas.notifications.schemas import NoticesSeen


@dataclass(frozen=True, slots=True)
class Told:
    """What one person is told; ``key`` keeps it from being told twice."""

    user_id: UUID
    profile_id: UUID | None
    kind: str
    title: str
    body: str = ""
    url: str | None = None
    key: str | None = None
    ref_kind: str | None = None
    ref_id: UUID | None = None


@public
async def tell(ctx: Context, notices: Sequence[Told]) -> int:
    """Tell people of the context's space; answers how many notices are new.

    For the actions of other areas, whose own event says what happened.
    """
    if not notices:
        return 0
    rows: list[dict[str, Any]] = [
        {
            "space_id": ctx.space_id,
            "user_id": one.user_id,
            "profile_id": one.profile_id,
            "kind": one.kind,
            "title": one.title,
            "body": one.body,
            "url": one.url,
            "key": one.key,
            "ref_kind": one.ref_kind,
            "ref_id": one.ref_id,
        }
        for one in notices
    ]
    made = await ctx.db.execute(
        insert(Notice).values(rows).on_conflict_do_nothing().returning(Notice.id)
    )
    return len(made.all())


@any_profile
async def see_notices(ctx: Context, seen: NoticesSeen) -> None:
    """Note which of one's notices were seen."""
    changed = update(Notice).where(*of_the_profile(ctx, Notice), Notice.read_at.is_(None))
    if seen.ids is not None:
        changed = changed.where(Notice.id.in_(seen.ids))
    done = await ctx.db.execute(changed.values(read_at=ctx.now).returning(Notice.id))
    count = len(done.all())
    if count:
        ctx.emit(NoticesRead(ref=Ref("user", ctx.user_id, ""), after={"count": count}))
