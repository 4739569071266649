"""One batch of an import: find, decide, write, say what became of each row."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from mediatheque.areas.catalog.actions.intake import take_in
from mediatheque.areas.catalog.events import TitlesImported
from mediatheque.areas.catalog.queries.matching import find_candidates
from mediatheque.areas.catalog.rules.matching import Candidate, Decision, decide
from mediatheque.areas.exchange.schemas.runs import RowResult
from mediatheque.areas.library.actions.imports import results
from mediatheque.areas.library.actions.imports.copies import Shelf, Shelved, shelve
from mediatheque.areas.library.actions.imports.lookup import (
    Known,
    find_by_barcode,
    find_libraries,
    find_origins,
)
from mediatheque.areas.library.actions.imports.opinions import gather, note_opinions
from mediatheque.areas.library.schemas.rows import RowFailure
from mediatheque.core.context import Context, requires
from mediatheque.core.journal import Ref
from mediatheque.core.permissions import Permission
from mediatheque.kit.turns import ahead

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from mediatheque.areas.catalog.actions.intake import Intake, TitleDraft
    from mediatheque.areas.catalog.rules.matching import Wanted
    from mediatheque.areas.exchange.schemas.runs import Run
    from mediatheque.areas.library.actions.imports.prepare import Prepared


@dataclass(slots=True)
class Local:
    """Works that earlier rows of the same batch made or found: later rows meet them."""

    by_key: dict[tuple[str, str], list[Candidate]] = field(default_factory=dict)
    by_id: dict[tuple[str, str], Candidate] = field(default_factory=dict)
    by_row: dict[str, UUID] = field(default_factory=dict)
    siblings: set[UUID] = field(default_factory=set)

    def candidates(self, wanted: Wanted) -> list[Candidate]:
        """What the batch itself offers for a row."""
        found = [replace(c, how="id") for pair in wanted.ids.items() if (c := self.by_id.get(pair))]
        return found + self.by_key.get((wanted.kind, wanted.key), [])

    def remember(self, wanted: Wanted, title_id: UUID) -> None:
        """A row of this batch means this work."""
        candidate = Candidate(
            title_id,
            "title",
            wanted.kind,
            wanted.key,
            wanted.year,
            {scheme: (value,) for scheme, value in wanted.ids.items()},
            wanted.creators,
            is_sibling=title_id in self.siblings,
            title=wanted.title,
        )
        for pair in wanted.ids.items():
            self.by_id.setdefault(pair, candidate)
        self.by_key.setdefault((wanted.kind, wanted.key), []).append(candidate)


@requires(Permission.IMPORT_CREATE)
async def apply_batch(
    ctx: Context,
    run: Run,
    prepared: Sequence[Prepared],
    *,
    chosen: dict[int, UUID | None] | None = None,
) -> list[RowResult]:
    """Write one batch in the open transaction; answers a result for each row, in order."""
    answers: dict[int, RowResult] = {}
    rows: list[Prepared] = []
    for one in prepared:
        if isinstance(one.row, RowFailure):
            answers[one.position] = results.failed(one)
        else:
            rows.append(one)
    if rows:
        answers.update(await _apply(ctx, run, rows, chosen or {}))
    return [answers[one.position] for one in prepared]


async def _apply(
    ctx: Context, run: Run, rows: list[Prepared], chosen: dict[int, UUID | None]
) -> dict[int, RowResult]:
    connection = await ctx.db.connection()
    values = {
        "space": ctx.space_id,
        "actor": ctx.actor.id,
        "now": ctx.now,
        "import": run.import_id,
        "source": run.source,
        "mode": run.mode,
    }
    known = await find_origins(connection, rows, values)
    answers: dict[int, RowResult] = {}
    changed: list[Prepared] = []
    for one in rows:
        if one.position not in chosen and _unchanged(one, known):
            answers[one.position] = results.skipped(
                one, known.titles[one.position], "unchanged", "Imported before, unchanged."
            )
        else:
            changed.append(one)
    if not changed:
        return answers
    decisions = await _decide(ctx, changed, known, chosen, values)
    local_new, matched = decisions.new, []
    for one in changed:
        decision = decisions.of[one.position]
        if decision.verdict == "review":
            answers[one.position] = results.review(one, decision)
        else:
            matched.append(one)
    drafts: list[TitleDraft] = [one.draft for one in matched if one.draft]
    libraries = await find_libraries(connection, matched, run.settings.get("library_id"), values)
    shelf = Shelf(matched, known.copies, libraries)
    said = asyncio.ensure_future(ahead(gather, matched, values))
    try:
        intake = await take_in(ctx, drafts, run.mode, run.import_id)
        anywhere = {"anywhere": run.settings.get("library_id") is None}
        shelved = await shelve(connection, shelf, {**values, **anywhere})
    finally:
        opinions = await said
    changes = await note_opinions(connection, opinions, values)
    answers.update(_results(matched, local_new, intake, shelved, changes))
    touched = {a.ref_id for a in answers.values() if a.outcome in {"created", "updated"}}
    if touched:
        ctx.emit(
            TitlesImported(
                ref=Ref("import", run.import_id, run.source),
                after={"created": len(local_new), "touched": len(touched)},
                batch=tuple(sorted(one for one in touched if one)),
            )
        )
    return answers


def _unchanged(one: Prepared, known: Known) -> bool:
    return all(known.digests.get(place) == one.digest for place in one.places)


@dataclass(slots=True)
class Decisions:
    """The decision of each row, and the works that the batch makes."""

    of: dict[int, Decision] = field(default_factory=dict)
    new: set[UUID] = field(default_factory=set)


async def _decide(
    ctx: Context,
    rows: list[Prepared],
    known: Known,
    chosen: dict[int, UUID | None],
    values: dict[str, Any],
) -> Decisions:
    """One row after the other, so that later rows meet what earlier ones made."""
    unknown = [one for one in rows if one.position not in known.titles]
    found = await find_candidates(
        ctx, [one.wanted for one in unknown if one.wanted], values["import"]
    )
    # An equal id decides alone: only the others are asked for their barcodes.
    asked = [
        one
        for one in unknown
        if all(candidate.how != "id" for candidate in found.get(one.position, ()))
    ]
    by_barcode = await find_by_barcode(await ctx.db.connection(), asked, values)
    decisions, local = Decisions(), Local()
    for one in rows:
        assert one.wanted is not None  # noqa: S101  (failures are sorted out before)
        assert one.draft is not None  # noqa: S101  (the same)
        position = one.position
        if position in chosen:
            target = chosen[position]
            decision = Decision("match", target, 100) if target else Decision("new")
        elif position in known.titles:
            decision = Decision("match", known.titles[position], 100, "imported before")
        elif one.key in local.by_row:
            decision = Decision("match", local.by_row[one.key], 100, "same row")
        else:
            offered = found.get(position, []) + by_barcode.get(position, [])
            local.siblings.update(c.title_id for c in offered if c.is_sibling)
            decision = decide(one.wanted, offered + local.candidates(one.wanted))
        decisions.of[position] = decision
        if decision.verdict == "review":
            continue
        title_id = decision.title_id or one.draft.title_id
        if decision.verdict == "new":
            decisions.new.add(title_id)
            local.siblings.add(title_id)
        one.draft.title_id = title_id
        one.draft.is_new = title_id in decisions.new
        local.by_row[one.key] = title_id
        local.remember(one.wanted, title_id)
    return decisions


def _results(
    rows: list[Prepared],
    new: set[UUID],
    intake: Intake,
    shelved: Shelved,
    opinions: dict[UUID, dict[str, Any]],
) -> dict[int, RowResult]:
    answers: dict[int, RowResult] = {}
    made: set[UUID] = set()
    for one in rows:
        assert one.draft is not None  # noqa: S101  (rows here are matched)
        title_id = one.draft.title_id
        is_first = title_id in new and title_id not in made
        made.add(title_id)
        changes: dict[str, Any] = {}
        for name, pair in intake.changes.pop(title_id, {}).items():
            changes[name] = list(pair)
        changes.update(shelved.changes.get(one.position, {}))
        changes.update(opinions.pop(title_id, {}) if title_id not in new else {})
        grown = title_id in intake.grown and bool(one.draft.episodes or one.draft.seasons)
        if is_first or one.position in shelved.created or grown:
            answers[one.position] = results.created(one, title_id, changes)
        elif changes or title_id in intake.extended:
            intake.extended.discard(title_id)
            answers[one.position] = results.updated(one, title_id, changes)
        else:
            answers[one.position] = results.skipped(
                one, title_id, "exists", "Already here; nothing to add in this mode."
            )
    return answers
