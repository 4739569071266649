"""Who has what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Select, and_, func, literal, null, or_, select

from mediatheque.areas.accounts.models import User
from mediatheque.areas.entitlements.models import Entitlement, Package
from mediatheque.areas.entitlements.rules import NoSuchEntitlementError, NoSuchPackageError
from mediatheque.areas.entitlements.schemas import EntitlementRead, PackageRead
from mediatheque.core.context import ReadContext, requires
from mediatheque.core.permissions import Permission

if TYPE_CHECKING:
    from typing import Any
    from uuid import UUID

    from sqlalchemy import ColumnElement

    from mediatheque.areas.entitlements.schemas import EntitlementFilter


def entitled(column: str) -> str:
    """SQL: whether a package's column is null, or names one that ``:viewer`` has at ``:now``.

    For statements in text; bind :func:`viewer` with them.
    """
    return f"""({column} IS NULL OR cast(:has_all AS boolean) OR EXISTS (
        SELECT 1 FROM entitlements_entitlements e
        WHERE e.space_id = :space AND e.user_id = :viewer AND e.package_id = {column}
          AND e.revoked_at IS NULL AND e.starts_at <= :now
          AND (e.expires_at IS NULL OR e.expires_at > :now)))"""  # noqa: S608  (a column of ours)


def viewer(ctx: ReadContext) -> dict[str, Any]:
    """What :func:`entitled` binds, besides ``space`` and ``now``. Who runs channels has all."""
    return {"viewer": ctx.actor.id, "has_all": ctx.may(Permission.LIVE_MANAGE)}


def is_current(ctx: ReadContext) -> ColumnElement[bool]:
    """Entitlements that hold now."""
    return and_(
        Entitlement.revoked_at.is_(None),
        Entitlement.starts_at <= ctx.now,
        or_(Entitlement.expires_at.is_(None), Entitlement.expires_at > ctx.now),
    )


def _packages(ctx: ReadContext) -> Select[Any]:
    of_package = (
        select(func.count(func.distinct(Entitlement.user_id)))
        .where(
            Entitlement.space_id == Package.space_id,
            Entitlement.package_id == Package.id,
            is_current(ctx),
        )
        .correlate(Package)
    )
    holders = of_package.scalar_subquery() if ctx.may(Permission.PACKAGES_MANAGE) else null()
    mine = of_package.where(Entitlement.user_id == ctx.user_id).scalar_subquery()
    return select(
        Package.id,
        Package.name,
        Package.description,
        Package.archived_at.is_not(None).label("is_archived"),
        (mine > literal(0)).label("is_mine"),
        holders.label("holders"),
    ).where(Package.space_id == ctx.space_id)


@requires(Permission.LIVE_READ)
async def list_packages(ctx: ReadContext) -> list[PackageRead]:
    """All packages by name."""
    rows = await ctx.db.rows(_packages(ctx).order_by(func.lower(Package.name)))
    return [PackageRead.model_validate(row) for row in rows]


@requires(Permission.LIVE_READ)
async def get_package(ctx: ReadContext, package_id: UUID) -> PackageRead:
    """One package."""
    row = await ctx.db.row(_packages(ctx).where(Package.id == package_id))
    if row is None:
        raise NoSuchPackageError
    return PackageRead.model_validate(row)


def _entitlements(ctx: ReadContext) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Entitlement.id,
            Entitlement.user_id,
            User.name.label("user_name"),
            Entitlement.package_id,
            Package.name.label("package_name"),
            Entitlement.kind,
            Entitlement.note,
            Entitlement.starts_at,
            Entitlement.expires_at,
            Entitlement.revoked_at,
        )
        .join(
            Package,
            and_(Package.space_id == Entitlement.space_id, Package.id == Entitlement.package_id),
        )
        .join(User, User.id == Entitlement.user_id)
        .where(Entitlement.space_id == ctx.space_id)
    )


@requires(Permission.PACKAGES_MANAGE)
async def list_entitlements(
    ctx: ReadContext, wanted: EntitlementFilter, most: int = 500
) -> list[EntitlementRead]:
    """The newest entitlements of the space."""
    found = _entitlements(ctx).order_by(Entitlement.id.desc()).limit(most)
    if wanted.user_id:
        found = found.where(Entitlement.user_id == wanted.user_id)
    if wanted.package_id:
        found = found.where(Entitlement.package_id == wanted.package_id)
    if wanted.is_current:
        found = found.where(is_current(ctx))
    return [EntitlementRead.model_validate(row) for row in await ctx.db.rows(found)]


@requires(Permission.PACKAGES_MANAGE)
async def get_entitlement(ctx: ReadContext, entitlement_id: UUID) -> EntitlementRead:
    """One entitlement."""
    row = await ctx.db.row(_entitlements(ctx).where(Entitlement.id == entitlement_id))
    if row is None:
        raise NoSuchEntitlementError
    return EntitlementRead.model_validate(row)
