"""Making and changing packages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from mediatheque.areas.entitlements import events
from mediatheque.areas.entitlements.models import Package
from mediatheque.areas.entitlements.queries import get_package
from mediatheque.areas.entitlements.rules import (
    NoSuchPackageError,
    PackageNameTakenError,
)
from mediatheque.core.context import Context, requires
from mediatheque.core.journal import Ref, changes
from mediatheque.core.permissions import Permission
from mediatheque.kit.ids import uuid7

if TYPE_CHECKING:
    from uuid import UUID

    from mediatheque.areas.entitlements.schemas import (
        PackageCreate,
        PackageRead,
        PackageUpdate,
    )


@requires(Permission.PACKAGES_MANAGE)
async def create_package(ctx: Context, given: PackageCreate) -> PackageRead:
    """Make a package."""
    await _check_name(ctx, given.name, None)
    made = Package(
        space_id=ctx.space_id, id=uuid7(), name=given.name, description=given.description
    )
    await ctx.db.add(made)
    ctx.emit(events.PackageCreated(ref=_ref(made), after={"name": made.name}))
    return await get_package(ctx, made.id)


@requires(Permission.PACKAGES_MANAGE)
async def update_package(ctx: Context, package_id: UUID, given: PackageUpdate) -> PackageRead:
    """Rename, describe, archive or restore a package."""
    package = await ctx.db.entity(
        select(Package)
        .where(Package.space_id == ctx.space_id, Package.id == package_id)
        .with_for_update()
    )
    if package is None:
        raise NoSuchPackageError
    if given.name is not None and given.name != package.name:
        await _check_name(ctx, given.name, package_id)
    wanted = given.model_dump(exclude_unset=True, exclude_none=True, exclude={"is_archived"})
    before, after = changes({name: getattr(package, name) for name in wanted}, wanted)
    for name, value in after.items():
        setattr(package, name, value)
    was_archived = package.archived_at is not None
    if given.is_archived is not None and given.is_archived != was_archived:
        package.archived_at = ctx.now if given.is_archived else None
        before["is_archived"], after["is_archived"] = was_archived, given.is_archived
    await ctx.db.flush()
    if after:
        ctx.emit(events.PackageUpdated(ref=_ref(package), before=before, after=after))
    return await get_package(ctx, package_id)


async def _check_name(ctx: Context, name: str, besides: UUID | None) -> None:
    found = await ctx.db.row(
        select(Package.id).where(
            Package.space_id == ctx.space_id, func.lower(Package.name) == name.lower()
        )
    )
    if found is not None and found["id"] != besides:
        raise PackageNameTakenError(field="name")


def _ref(package: Package) -> Ref:
    return Ref("package", package.id, package.name)
