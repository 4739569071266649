"""Packages and entitlements."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from mediatheque.areas.entitlements import queries
from mediatheque.areas.entitlements.actions import entitlements, packages
from mediatheque.areas.entitlements.rules import (
    NoSuchEntitlementError,
    NoSuchPackageError,
    NotAMemberError,
    PackageNameTakenError,
)
from mediatheque.areas.entitlements.schemas import (
    EntitlementCreate,
    EntitlementFilter,
    EntitlementRead,
    PackageCreate,
    PackageRead,
    PackageUpdate,
)
from mediatheque.core.http import Read, Write, raises
from mediatheque.kit.paging import Listing

router = APIRouter(tags=["entitlements"])


@router.get("/packages", summary="List packages")
async def list_packages(ctx: Read) -> Listing[PackageRead]:
    """All packages of the space, and whether you have them. A space that sells nothing has none."""
    return Listing(items=await queries.list_packages(ctx))


@router.post(
    "/packages", status_code=201, summary="Make a package", responses=raises(PackageNameTakenError)
)
async def create_package(ctx: Write, given: PackageCreate) -> PackageRead:
    """Make a package; then put channels into it."""
    return await packages.create_package(ctx, given)


@router.patch(
    "/packages/{package_id}",
    summary="Change a package",
    responses=raises(NoSuchPackageError, PackageNameTakenError),
)
async def update_package(ctx: Write, package_id: UUID, given: PackageUpdate) -> PackageRead:
    """Rename, describe, archive or restore a package."""
    return await packages.update_package(ctx, package_id, given)


@router.get("/entitlements", summary="Who has which package")
async def list_entitlements(
    ctx: Read, wanted: Annotated[EntitlementFilter, Query()]
) -> Listing[EntitlementRead]:
    """The newest 500 entitlements, those that hold now unless asked for all."""
    return Listing(items=await queries.list_entitlements(ctx, wanted))


@router.post(
    "/entitlements",
    status_code=201,
    summary="Give a package",
    responses=raises(NoSuchPackageError, NotAMemberError),
)
async def grant_entitlement(ctx: Write, given: EntitlementCreate) -> EntitlementRead:
    """Give a member a package by hand."""
    return await entitlements.grant_entitlement(ctx, given)


@router.delete(
    "/entitlements/{entitlement_id}",
    status_code=204,
    summary="Take a package back",
    responses=raises(NoSuchEntitlementError),
)
async def revoke_entitlement(ctx: Write, entitlement_id: UUID) -> None:
    """End an entitlement now."""
    await entitlements.revoke_entitlement(ctx, entitlement_id)
