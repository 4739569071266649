"""Giving a library to another space: its copies move, their works are found or made there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text

from mediatheque.areas.catalog.actions.carry import carry_titles
from mediatheque.areas.files.actions import keep_images
from mediatheque.areas.library.events import LibraryReceived, LibraryTransferred
from mediatheque.areas.library.rules.refusals import (
    LibraryNameTakenError,
    NoSuchLibraryError,
    SameSpaceError,
)
from mediatheque.areas.library.schemas.libraries import TransferSummary
from mediatheque.core.context import Context, ReadContext, Space, require, requires
from mediatheque.core.journal import Ref, write_events
from mediatheque.core.permissions import Permission
from mediatheque.core.queue import defer
from mediatheque.kit.ids import uuid7

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from mediatheque.areas.files.actions import PreparedImage
    from mediatheque.kit.db import Row

_LIBRARY: Final = """
    SELECT l.id, l.name, l.slug, l.is_default, EXISTS (
        SELECT FROM library_libraries o
        WHERE o.space_id = :there AND (lower(o.name) = lower(l.name) OR o.slug = l.slug)
    ) AS is_taken
    FROM library_libraries l WHERE l.space_id = :here AND l.id = :library FOR UPDATE OF l
"""
_TITLES: Final = """
    SELECT DISTINCT c.title_id FROM library_copies c
    WHERE c.space_id = :here AND c.library_id = :library
"""
_PICTURES: Final = text(
    """
    SELECT t.poster_id AS id FROM catalog_titles t
    WHERE t.space_id = :here AND t.poster_id IS NOT NULL AND t.id = ANY(ARRAY(
        SELECT c.title_id FROM library_copies c
        WHERE c.space_id = :here AND c.library_id = :library))
    UNION
    SELECT e.cover_id FROM library_editions e
    WHERE e.space_id = :here AND e.cover_id IS NOT NULL AND e.id = ANY(ARRAY(
        SELECT c.edition_id FROM library_copies c
        WHERE c.space_id = :here AND c.library_id = :library))
    """
)
_EDITIONS: Final = """
    SELECT e.id AS old, w.new AS title, (
        SELECT o.id FROM library_editions o
        WHERE o.space_id = :there AND o.title_id = w.new AND o.format = e.format
          AND o.resolution = e.resolution AND o.region = e.region AND o.name = e.name
          AND o.barcode = e.barcode) AS new,
        row_number() OVER (PARTITION BY w.new, e.format, e.resolution, e.region, e.name, e.barcode
                           ORDER BY e.id) AS nth,
        first_value(e.id) OVER (PARTITION BY w.new, e.format, e.resolution, e.region, e.name,
                                e.barcode ORDER BY e.id) AS twin
    FROM library_editions e
    JOIN unnest(cast(:olds AS uuid[]), cast(:news AS uuid[])) AS w (old, new) ON w.old = e.title_id
    WHERE e.space_id = :here AND e.id = ANY(ARRAY(
        SELECT c.edition_id FROM library_copies c
        WHERE c.space_id = :here AND c.library_id = :library))
"""
_MEMBER: Final = """
    (SELECT b.user_id FROM spaces_memberships b WHERE b.space_id = :there AND b.user_id = {})
"""
_NEW_EDITIONS: Final = f"""
    INSERT INTO library_editions (space_id, id, title_id, format, resolution, region, name, barcode,
                                  publisher, released_on, cover_id, added_by, edited_at,
                                  edited_fields)
    SELECT :there, m.new, m.title, e.format, e.resolution, e.region, e.name, e.barcode,
           e.publisher, e.released_on, p.new, {_MEMBER.format("e.added_by")}, e.edited_at,
           e.edited_fields
    FROM unnest(cast(:old_editions AS uuid[]), cast(:new_editions AS uuid[]),
                cast(:of_titles AS uuid[])) AS m (old, new, title)
    JOIN library_editions e ON e.space_id = :here AND e.id = m.old
    LEFT JOIN unnest(cast(:pictures AS uuid[]), cast(:copied AS uuid[])) AS p (old, new)
           ON p.old = e.cover_id
"""  # noqa: S608  (constants)
_MOVES: Final = (
    """
    INSERT INTO library_libraries (space_id, id, slug, name, kind, description, is_default,
                                   archived_at, created_at)
    SELECT :there, l.id, l.slug, l.name, l.kind, l.description,
           l.archived_at IS NULL AND NOT EXISTS (
               SELECT FROM library_libraries o WHERE o.space_id = :there AND o.is_default),
           l.archived_at, l.created_at
    FROM library_libraries l WHERE l.space_id = :here AND l.id = :library
    """,
    f"""
    INSERT INTO library_copies (space_id, id, title_id, edition_id, library_id, condition, location,
                                price_cents, currency, bought_on, signed, notes, added_by, added_at,
                                edited_at, edited_fields)
    SELECT :there, c.id, e.title_id, e.id, c.library_id, c.condition, c.location, c.price_cents,
           c.currency, c.bought_on, c.signed, c.notes, {_MEMBER.format("c.added_by")}, c.added_at,
           c.edited_at, c.edited_fields
    FROM library_copies c
    JOIN unnest(cast(:editions AS uuid[]), cast(:theirs AS uuid[])) AS m (old, new)
      ON m.old = c.edition_id
    JOIN library_editions e ON e.space_id = :there AND e.id = m.new
    WHERE c.space_id = :here AND c.library_id = :library
    """,  # noqa: S608  (constants)
    f"""
    INSERT INTO library_loans (space_id, id, copy_id, borrower, lent_on, due_on, returned_on, note,
                               lent_by)
    SELECT :there, o.id, o.copy_id, o.borrower, o.lent_on, o.due_on, o.returned_on, o.note,
           {_MEMBER.format("o.lent_by")}
    FROM library_loans o
    JOIN library_copies c ON c.space_id = o.space_id AND c.id = o.copy_id
    WHERE o.space_id = :here AND c.library_id = :library
    """,  # noqa: S608  (constants)
    # What somebody wrote goes along for themselves only, and only if they are at home there.
    """
    INSERT INTO library_notes (space_id, id, title_id, user_id, body, is_shared, created_at,
                               edited_at)
    SELECT :there, n.id, w.new, n.user_id, n.body, false, n.created_at, n.edited_at
    FROM library_notes n
    JOIN unnest(cast(:olds AS uuid[]), cast(:news AS uuid[])) AS w (old, new) ON w.old = n.title_id
    JOIN spaces_memberships b ON b.space_id = :there AND b.user_id = n.user_id
    WHERE n.space_id = :here
    ON CONFLICT DO NOTHING
    """,
)
_LEAVE: Final = (
    "DELETE FROM library_copies c WHERE c.space_id = :here AND c.library_id = :library",
    "DELETE FROM library_libraries l WHERE l.space_id = :here AND l.id = :library",
    """
    UPDATE library_libraries l SET is_default = true
    WHERE l.space_id = :here AND l.id = (
        SELECT o.id FROM library_libraries o
        WHERE o.space_id = :here AND o.archived_at IS NULL
          AND NOT EXISTS (SELECT FROM library_libraries d WHERE d.space_id = :here AND d.is_default)
        ORDER BY o.created_at, o.id LIMIT 1)
    """,
)


@requires(Permission.LIBRARY_MANAGE)
async def rehearse_transfer(ctx: Context, library_id: UUID, to: Space) -> TransferSummary:
    """What a transfer would do: it is done, counted and taken back. Raises as the transfer."""
    here = ctx.space
    point = await ctx.db.session.begin_nested()
    try:
        summary = await transfer_library(ctx, library_id, to, {})
    finally:
        await point.rollback()
        ctx.events.clear()
        ctx.space = here
    return summary.model_copy(update={"is_rehearsal": True})


@requires(Permission.LIBRARY_MANAGE)
async def request_transfer(ctx: Context, library_id: UUID, to: Space) -> None:
    """Have a library transferred as soon as its pictures are copied."""
    await defer(
        ctx.db,
        "library.give_library",
        space_id=str(ctx.space_id),
        library_id=str(library_id),
        to=str(to.id),
        user_id=str(ctx.user_id),
        user_name=ctx.actor.name,
    )


@requires(Permission.LIBRARY_MANAGE)
async def list_pictures(ctx: ReadContext, library_id: UUID) -> list[UUID]:
    """The posters and covers that a transfer takes along."""
    rows = await ctx.db.rows(_PICTURES.bindparams(here=ctx.space_id, library=library_id))
    return [row["id"] for row in rows]


@requires(Permission.LIBRARY_MANAGE)
async def transfer_library(
    ctx: Context, library_id: UUID, to: Space, images: Mapping[UUID, PreparedImage]
) -> TransferSummary:
    """Move a library with its copies and their loans to another space, in one transaction.

    The works stay here too, with ratings, marks and everybody's notes. Needs a transaction across
    spaces; that the actor manages libraries there was looked at before. Raises NoSuchLibraryError,
    SameSpaceError, LibraryNameTakenError, QuotaReachedError.
    """
    here = ctx.space
    if here is None or here.id == to.id:
        raise SameSpaceError(field="space")
    require(ctx, Permission.LIBRARY_MANAGE)
    base: dict[str, Any] = {"here": here.id, "there": to.id, "library": library_id}
    library = await _first(ctx, _LIBRARY, base)
    if library is None:
        raise NoSuchLibraryError
    if library["is_taken"]:
        raise LibraryNameTakenError(field="name")
    titles = [row["title_id"] for row in await _rows(ctx, _TITLES, base)]
    await _into(ctx, to)
    if images:
        await keep_images(ctx, list(images.values()))
    pictures = {old: image.id for old, image in images.items()}
    carried = await carry_titles(ctx, here.id, titles, pictures)
    values = {
        **base,
        "olds": list(carried.works),
        "news": list(carried.works.values()),
        "pictures": list(pictures),
        "copied": list(pictures.values()),
    }
    new, editions = await _editions(ctx, values)
    moved = {**values, "editions": list(editions), "theirs": list(editions.values())}
    counts = [(await ctx.db.execute(step, moved)).rowcount for step in _MOVES]
    summary = TransferSummary(
        is_rehearsal=False,
        space=to.slug,
        copies=counts[1],
        loans=counts[2],
        notes=counts[3],
        editions_made=new,
        editions_found=len(set(editions.values())) - new,
        titles_made=len(carried.made),
        titles_found=len(set(carried.works.values())) - len(carried.made),
        pictures=len(pictures),
    )
    told = summary.model_dump(exclude={"is_rehearsal", "space"})
    label = library["name"]
    ctx.emit(
        LibraryReceived(ref=Ref("library", library_id, label), after={"from": here.slug, **told})
    )
    await _into(ctx, here)
    for step in _LEAVE:
        await ctx.db.execute(step, base)
    ctx.emit(
        LibraryTransferred(
            ref=Ref("library", library_id, label),
            before={"name": label},
            after={"to": to.slug, **told},
            batch=tuple(titles),
        )
    )
    return summary


async def _into(ctx: Context, space: Space) -> None:
    """Go on in another space; the news of the one before is written there first."""
    await write_events(ctx)
    await ctx.db.enter_space(space.id)
    ctx.space = space


async def _rows(ctx: Context, statement: str, values: dict[str, Any]) -> list[Row]:
    return [dict(row) for row in (await ctx.db.execute(statement, values)).mappings()]


async def _first(ctx: Context, statement: str, values: dict[str, Any]) -> Row | None:
    found = await _rows(ctx, statement, values)
    return found[0] if found else None


async def _editions(ctx: Context, values: dict[str, Any]) -> tuple[int, dict[UUID, UUID]]:
    """How many releases were made there, and what each one here is there."""
    rows = await _rows(ctx, _EDITIONS, values)
    made = {row["old"]: uuid7() for row in rows if row["new"] is None and row["nth"] == 1}
    title_of = {row["old"]: row["title"] for row in rows}
    if made:
        await ctx.db.execute(
            _NEW_EDITIONS,
            {
                **values,
                "old_editions": list(made),
                "new_editions": list(made.values()),
                "of_titles": [title_of[old] for old in made],
            },
        )
    return len(made), {row["old"]: row["new"] or made[row["twin"]] for row in rows}
