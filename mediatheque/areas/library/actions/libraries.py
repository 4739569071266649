"""Making, changing and removing libraries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from sqlalchemy import delete, func, select, update

from mediatheque.areas.library.events import (
    LibraryArchived,
    LibraryCreated,
    LibraryDeleted,
    LibraryRestored,
    LibraryUpdated,
)
from mediatheque.areas.library.models import Copy, Library
from mediatheque.areas.library.queries.libraries import get_library
from mediatheque.areas.library.rules.refusals import (
    LibraryArchivedError,
    LibraryNameTakenError,
    LibraryNotEmptyError,
    NoSuchLibraryError,
    SameLibraryError,
)
from mediatheque.core.context import Context, require, requires
from mediatheque.core.journal import Ref, changes
from mediatheque.core.permissions import Permission
from mediatheque.kit.ids import parse_id, uuid7
from mediatheque.kit.text import slugify

if TYPE_CHECKING:
    from typing import Literal

    from mediatheque.areas.library.schemas.libraries import (
        LibraryCreate,
        LibraryRead,
        LibraryUpdate,
    )

FIRST_NAME = "Library"
"""What the library is called that a space gets without asking."""


@requires(Permission.LIBRARY_MANAGE)
async def create_library(ctx: Context, given: LibraryCreate) -> LibraryRead:
    """Make a library; the first one of a space takes the copies that name none."""
    await _hold(ctx)
    await _check_name(ctx, given.name)
    made = Library(
        space_id=ctx.space_id,
        id=uuid7(),
        slug=await _free_slug(ctx, given.name),
        name=given.name,
        kind=given.kind,
        description=given.description,
        is_default=await _default(ctx) is None,
    )
    await ctx.db.add(made)
    ctx.emit(LibraryCreated(ref=_ref(made), after={"name": made.name, "kind": made.kind}))
    return await get_library(ctx, made.id)


@requires(Permission.LIBRARY_MANAGE, narrowly=True)
async def update_library(ctx: Context, library_id: UUID, given: LibraryUpdate) -> LibraryRead:
    """Change a library's name, kind or description, or make it the default one."""
    await _of_managed(ctx, library_id)
    await _hold(ctx)
    library = await _lock(ctx, library_id)
    wanted = given.model_dump(exclude_unset=True, exclude_none=True)
    if given.name is not None and given.name != library.name:
        await _check_name(ctx, given.name, besides=library_id)
    if given.is_default and library.archived_at is not None:
        raise LibraryArchivedError
    before, after = changes({name: getattr(library, name) for name in wanted}, wanted)
    if after.get("is_default"):
        require(ctx, Permission.LIBRARY_MANAGE)
        await _clear_default(ctx)
    for name, value in after.items():
        setattr(library, name, value)
    await ctx.db.flush()
    if after:
        ctx.emit(LibraryUpdated(ref=_ref(library), before=before, after=after))
    return await get_library(ctx, library_id)


@requires(Permission.LIBRARY_MANAGE, narrowly=True)
async def archive_library(ctx: Context, library_id: UUID) -> LibraryRead:
    """Put a library away: it keeps its copies and takes no new ones."""
    await _of_managed(ctx, library_id)
    await _hold(ctx)
    library = await _lock(ctx, library_id)
    if library.archived_at is None:
        library.archived_at = ctx.now
        await _pass_default_on(ctx, library)
        ctx.emit(LibraryArchived(ref=_ref(library)))
    return await get_library(ctx, library_id)


@requires(Permission.LIBRARY_MANAGE, narrowly=True)
async def restore_library(ctx: Context, library_id: UUID) -> LibraryRead:
    """Take an archived library into use again."""
    await _of_managed(ctx, library_id)
    await _hold(ctx)
    library = await _lock(ctx, library_id)
    if library.archived_at is not None:
        library.archived_at = None
        library.is_default = await _default(ctx) is None
        await ctx.db.flush()
        ctx.emit(LibraryRestored(ref=_ref(library)))
    return await get_library(ctx, library_id)


@requires(Permission.LIBRARY_MANAGE)
async def delete_library(
    ctx: Context,
    library_id: UUID,
    copies: Literal["delete", "move"] | None = None,
    to: UUID | None = None,
) -> int:
    """Delete a library and its copies, or move those to another; answers how many they were.

    A library with copies and no stated fate for them is refused.
    """
    await _hold(ctx)
    library = await _lock(ctx, library_id)
    count = await _count_copies(ctx, library_id)
    if count and (copies is None or (copies == "move" and to is None)):
        raise LibraryNotEmptyError(details={"copies": count})
    after: dict[str, Any] = {"copies": count, "fate": copies}
    if count and copies == "move" and to is not None:
        after["to"] = (await _move_copies(ctx, library_id, to)).name
    elif count:
        await ctx.db.execute(
            delete(Copy).where(Copy.space_id == ctx.space_id, Copy.library_id == library_id)
        )
    await _pass_default_on(ctx, library)
    ref = _ref(library)
    await ctx.db.execute(
        delete(Library).where(Library.space_id == ctx.space_id, Library.id == library_id)
    )
    ctx.emit(LibraryDeleted(ref=ref, before={"name": ref.label}, after=after))
    return count


async def _move_copies(ctx: Context, library_id: UUID, to: UUID) -> Library:
    if to == library_id:
        raise SameLibraryError(field="to")
    target = await _lock(ctx, to)
    if target.archived_at is not None:
        raise LibraryArchivedError(field="to")
    await ctx.db.execute(
        update(Copy)
        .where(Copy.space_id == ctx.space_id, Copy.library_id == library_id)
        .values(library_id=to)
    )
    return target


@requires(Permission.LIBRARY_COPY_CREATE, narrowly=True)
async def open_library(ctx: Context, wanted: str | None = None) -> Library:
    """The library that is to take copies: by slug or id, or the space's default one.

    A space without a library gets one, so that nobody has to think of it. Archived ones are
    refused. Makes no news of its own: the copy that comes does.
    """
    found = await (_named(ctx, wanted) if wanted else _default(ctx))
    if found is None and wanted:
        raise NoSuchLibraryError(field="library")
    if found is None:
        await _hold(ctx)
        require(ctx, Permission.LIBRARY_COPY_CREATE)
        found = await _default(ctx) or await _first(ctx)
    require(ctx, Permission.LIBRARY_COPY_CREATE, found.id)
    if found.archived_at is not None:
        raise LibraryArchivedError(field="library")
    return found


async def _of_managed(ctx: Context, library_id: UUID) -> None:
    """Refuse the change of a library that is there but not the actor's to manage."""
    if not ctx.may(Permission.LIBRARY_MANAGE):
        await _lock(ctx, library_id)
        require(ctx, Permission.LIBRARY_MANAGE, library_id)


async def _first(ctx: Context) -> Library:
    made = Library(
        space_id=ctx.space_id,
        id=uuid7(),
        slug=await _free_slug(ctx, FIRST_NAME),
        name=FIRST_NAME,
        is_default=True,
    )
    await ctx.db.add(made)
    return made


async def _hold(ctx: Context) -> None:
    """One change of a space's libraries at a time: names and the default place are unique."""
    await ctx.db.execute(
        "SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))",
        {"key": f"library_libraries {ctx.space_id}"},
    )


async def _lock(ctx: Context, library_id: UUID) -> Library:
    found = await ctx.db.entity(
        select(Library)
        .where(Library.space_id == ctx.space_id, Library.id == library_id)
        .with_for_update()
    )
    if found is None:
        raise NoSuchLibraryError
    return cast("Library", found)


async def _named(ctx: Context, wanted: str) -> Library | None:
    known = parse_id(wanted)
    found = await ctx.db.entity(
        select(Library)
        .where(Library.space_id == ctx.space_id)
        .where(Library.id == known if known else Library.slug == wanted)
    )
    return cast("Library | None", found)


async def _default(ctx: Context) -> Library | None:
    found = await ctx.db.entity(
        select(Library).where(Library.space_id == ctx.space_id, Library.is_default)
    )
    return cast("Library | None", found)


async def _clear_default(ctx: Context) -> None:
    await ctx.db.execute(
        update(Library)
        .where(Library.space_id == ctx.space_id, Library.is_default)
        .values(is_default=False)
    )


async def _pass_default_on(ctx: Context, library: Library) -> None:
    """Give the default place of a library that goes to the oldest other one in use."""
    if not library.is_default:
        await ctx.db.flush()
        return
    library.is_default = False
    await ctx.db.flush()
    heir = await ctx.db.entity(
        select(Library)
        .where(
            Library.space_id == ctx.space_id,
            Library.id != library.id,
            Library.archived_at.is_(None),
        )
        .order_by(Library.created_at, Library.id)
        .limit(1)
    )
    if heir is not None:
        heir.is_default = True
        await ctx.db.flush()


async def _count_copies(ctx: Context, library_id: UUID) -> int:
    found = await ctx.db.scalar(
        select(func.count()).where(Copy.space_id == ctx.space_id, Copy.library_id == library_id)
    )
    return int(found)


async def _check_name(ctx: Context, name: str, besides: UUID | None = None) -> None:
    same = select(Library.id).where(
        Library.space_id == ctx.space_id, func.lower(Library.name) == name.lower()
    )
    if besides is not None:
        same = same.where(Library.id != besides)
    if await ctx.db.scalar(same) is not None:
        raise LibraryNameTakenError(field="name")


async def _free_slug(ctx: Context, name: str) -> str:
    """The name's slug, with a number where it is taken."""
    base = slugify(name, fallback="library")
    rows = await ctx.db.rows(
        select(Library.slug).where(
            Library.space_id == ctx.space_id, func.starts_with(Library.slug, base)
        )
    )
    taken = {row["slug"] for row in rows}
    if base not in taken:
        return base
    return next(slug for n in range(2, len(taken) + 3) if (slug := f"{base}-{n}") not in taken)


def _ref(library: Library) -> Ref:
    return Ref("library", library.id, library.name)
