"""Filling in what providers know: only what is empty, never what people edited."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from mediatheque.areas.catalog.actions.intake import take_in
from mediatheque.areas.catalog.actions.intake.drafts import FIELDS
from mediatheque.areas.catalog.actions.intake.posters import give_posters
from mediatheque.areas.catalog.rules.titles import check_editor
from mediatheque.areas.catalog.rules.words import SCHEMES
from mediatheque.areas.exchange.actions.batches import NotOursError, hold_catalogue
from mediatheque.areas.exchange.actions.enrichment import (
    hold_enrichment,
    note_enrichment,
    note_misses,
)
from mediatheque.areas.files.actions import keep_images
from mediatheque.areas.library.actions.imports.prepare import draft_of
from mediatheque.areas.library.events import TitlesEnriched
from mediatheque.areas.library.queries.enrichment import (
    count_lacking,
    get_state,
    list_states,
)
from mediatheque.core.context import Actor, Context, requires
from mediatheque.core.journal import Ref
from mediatheque.core.permissions import Permission

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mediatheque.areas.catalog.actions.intake import TitleDraft
    from mediatheque.areas.files.actions import PreparedImage
    from mediatheque.areas.library.adapters.providers import Answer, Facts, Provider
    from mediatheque.areas.library.schemas.enrichment import Lacking


@dataclass(frozen=True, slots=True)
class Begun:
    """Where the second phase of an import stands: it goes on behind the work ``after``."""

    after: UUID | None
    created_by: UUID | None


@requires(Permission.IMPORT_CREATE)
async def begin_enrichment(ctx: Context, import_id: UUID, provider: Provider) -> Begun | None:
    """Begin the second phase of an import or go on with it; None where there is nothing to do.

    Without the provider's key it waits, and says for what.
    """
    row = await hold_enrichment(ctx, import_id)
    if row is None:
        return None
    known = row.enrichment
    if known.get("state") not in {"running", "failed"}:
        total = await count_lacking(ctx, import_id, provider.kinds)
        known = {"done": 0, "total": total, "after": None, "message": ""}
        if not total:
            if row.enrichment:
                await note_enrichment(ctx, row, {**known, "state": "done"})
            return None
    if not provider.is_ready:
        message = (
            f"Set up {provider.label} among the space's services, or "
            f"{' and '.join(provider.needs)} for the whole house, to complete {known['total']} "
            "works from it, then go on."
        )
        waiting = {**known, "state": "waiting_for_key", "message": message}
        await note_enrichment(ctx, row, waiting)
        return None
    running = {**known, "state": "running", "provider": provider.name, "message": ""}
    await note_enrichment(ctx, row, running)
    after = known.get("after")
    return Begun(UUID(after) if after else None, row.created_by)


@requires(Permission.IMPORT_CREATE)
async def enrich_titles(
    ctx: Context,
    import_id: UUID,
    after: UUID | None,
    answers: Sequence[Answer],
    images: Mapping[UUID, PreparedImage],
) -> dict[UUID, list[str]]:
    """Fill in a batch of an import's works and note the misses: work → what was filled.

    ``after`` is the work behind which the batch begins. Raises ``NotOursError`` when the import
    was taken back, or somebody else went on with it.
    """
    row = await hold_enrichment(ctx, import_id)
    if row is None or row.enrichment.get("state") != "running":
        raise NotOursError
    if row.enrichment.get("after") != (str(after) if after else None):
        raise NotOursError
    filled = await _fill(ctx, import_id, answers, images)
    missed = {one.work.id: (one.reason, one.message) for one in answers if one.facts is None}
    found = {one.work.id for one in answers if one.facts is not None}
    await note_misses(ctx, import_id, missed, found)
    done = row.enrichment.get("done", 0) + len(answers)
    await note_enrichment(ctx, row, {"after": answers[-1].work.id, "done": done, "message": ""})
    completed = [one for one, fields in filled.items() if fields]
    ctx.emit(
        TitlesEnriched(
            ref=Ref("import", import_id, f"{len(completed)} titles"),
            after={
                "provider": row.enrichment.get("provider"),
                "filled": len(completed),
                "missed": len(missed),
            },
            batch=tuple(sorted(completed)),
        )
    )
    return filled


@requires(Permission.IMPORT_CREATE)
async def end_enrichment(ctx: Context, import_id: UUID, state: str, message: str = "") -> None:
    """Note that the second phase is ``done``, has ``failed``, or why it pauses (``running``)."""
    row = await hold_enrichment(ctx, import_id)
    if row is not None:
        await note_enrichment(ctx, row, {"state": state, "message": message})


@requires(Permission.IMPORT_CREATE)
async def stop_enrichment(ctx: Context, import_id: UUID, message: str) -> None:
    """Note why a second phase that had begun goes no further; one that had not does not begin."""
    row = await hold_enrichment(ctx, import_id)
    if row is not None and row.enrichment:
        await note_enrichment(ctx, row, {**row.enrichment, "state": "failed", "message": message})


@requires(Permission.CATALOG_EDIT)
async def enrich_title(
    ctx: Context, provider: str, answer: Answer, image: PreparedImage | None
) -> list[str]:
    """Fill in one work; answers what was filled. ``NotYourTitleError``, ``TitleNotFoundError``."""
    _, added_by = await get_state(ctx, str(answer.work.id))
    check_editor(ctx, added_by)
    # What a provider says is no edit by hand, whoever asks for it.
    actor = Actor("job", id=ctx.actor.id, name=ctx.actor.name)
    inner = Context(ctx.db, actor, ctx.space, ctx.grants, ctx.now, ctx.events, narrow=ctx.narrow)
    images = {answer.work.id: image} if image else {}
    filled = (await _fill(inner, None, [answer], images)).get(answer.work.id, [])
    ctx.emit(
        TitlesEnriched(
            ref=Ref("title", answer.work.id, answer.work.title),
            after={"provider": provider, "fields": filled},
            batch=(answer.work.id,),
        )
    )
    return filled


async def _fill(
    ctx: Context,
    import_id: UUID | None,
    answers: Sequence[Answer],
    images: Mapping[UUID, PreparedImage],
) -> dict[UUID, list[str]]:
    known = {one.work.id: one.facts for one in answers if one.facts is not None}
    if not known:
        return {}
    await hold_catalogue(ctx)
    before = await list_states(ctx, list(known))
    drafts = [
        _draft(position, work, facts)
        for position, (title_id, facts) in enumerate(known.items(), 1)
        if (work := before.get(title_id))
    ]
    await take_in(ctx, drafts, "fill", import_id)
    wanted = {one: image for one, image in images.items() if one in before}
    if wanted:
        kept = await keep_images(ctx, list(wanted.values()))
        await give_posters(ctx, dict(zip(wanted, kept, strict=True)))
    after = await list_states(ctx, list(before))
    return {one: sorted(after[one].has - work.has) for one, work in before.items()}


def _draft(position: int, work: Lacking, facts: Facts) -> TitleDraft:
    """The facts for a work that is there, without what people edited, emptied fields included."""
    draft = draft_of(facts.row, position)
    draft.title_id, draft.is_new, draft.kind = work.id, False, work.kind
    for name in FIELDS:
        if name in work.edited:
            setattr(draft, name, None)
    closed = {scheme for field, scheme in SCHEMES.items() if field in work.edited}
    draft.terms = [term for term in draft.terms if term[0] not in closed]
    if "credits" in work.edited:
        draft.credits = []
    if "external_ids" in work.edited:
        draft.ids = {}
    return draft
