"""The third part of the story: what the members say of the works, each for themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from mediatheque.areas.catalog.models import Title
from mediatheque.areas.library.actions.notes import add_note
from mediatheque.areas.library.actions.ratings import mark_title, rate_title
from mediatheque.areas.library.models import Mark, Note, Rating
from mediatheque.areas.library.schemas.annotations import MarkSet, NoteCreate, RatingSet
from mediatheque.demo.opinions import opinions

if TYPE_CHECKING:
    from uuid import UUID

    from mediatheque.core.context import Context, ReadContext
    from mediatheque.demo.opinions import Opinion
    from mediatheque.demo.story.stage import Stage
    from mediatheque.demo.world import Note as NoteFact


async def speak(stage: Stage, person: str) -> bool:
    """Let a member rate, mark and annotate; answers whether they had anything new to say.

    Who has said anything already is left alone.
    """
    if await _has_spoken(stage.read(person)):
        return False
    held = [one for one in opinions(stage.room) if one.by == person]
    notes = [one for one in stage.room.notes if one.by == person]
    async with stage.write(person) as ctx:
        titles = await _titles(ctx)
        for opinion in held:
            await _hold(ctx, titles, opinion)
        for note in notes:
            await _note(ctx, titles, note)
    return bool(held or notes)


async def _has_spoken(ctx: ReadContext) -> bool:
    said = or_(
        *(
            select(table.space_id)
            .where(table.space_id == ctx.space_id, table.user_id == ctx.user_id)
            .exists()
            for table in (Mark, Note, Rating)
        )
    )
    return bool(await ctx.db.scalar(select(said)))


async def _titles(ctx: Context) -> dict[str, UUID]:
    """The works by their addresses, which are the keys of the facts."""
    rows = await ctx.db.rows(select(Title.slug, Title.id).where(Title.space_id == ctx.space_id))
    return {row["slug"]: row["id"] for row in rows}


async def _hold(ctx: Context, titles: dict[str, UUID], opinion: Opinion) -> None:
    """An opinion on a work; what somebody deleted meanwhile has none."""
    title_id = titles.get(opinion.work)
    if title_id is None:
        return
    given = MarkSet(status=opinion.status, finished_on=opinion.finished_on)
    await mark_title(ctx, title_id, given)
    if opinion.rating is not None:
        await rate_title(ctx, title_id, RatingSet(rating=opinion.rating))


async def _note(ctx: Context, titles: dict[str, UUID], note: NoteFact) -> None:
    title_id = titles.get(note.work)
    if title_id is not None:
        await add_note(ctx, title_id, NoteCreate(body=note.body, is_shared=note.is_shared))
