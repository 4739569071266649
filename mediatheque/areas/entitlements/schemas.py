"""Packages and entitlements on the wire."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field

from mediatheque.kit.wire import Filter, Input, OneLine, Prose, Wire

PackageName = Annotated[OneLine, Field(min_length=1, max_length=120)]
Description = Annotated[Prose, Field(max_length=2_000)]


class PackageCreate(Input):
    """A new package."""

    name: PackageName
    description: Description = ""


class PackageUpdate(Input):
    """What to change of a package."""

    name: PackageName | None = None
    description: Description | None = None
    is_archived: bool | None = Field(None, description="Archived: kept by who has it, not given.")


class PackageRead(Wire):
    """A package."""

    id: UUID
    name: str
    description: str
    is_archived: bool
    is_mine: bool = Field(description="Whether you have it now.")
    holders: int | None = Field(description="How many have it now; null unless you manage them.")


class EntitlementCreate(Input):
    """Give a member a package."""

    user_id: UUID
    package_id: UUID
    kind: Literal["grant", "promo"] = "grant"
    expires_at: AwareDatetime | None = None
    note: Prose = Field("", max_length=500)


class EntitlementFilter(Filter):
    """Whose entitlements, to what."""

    user_id: UUID | None = None
    package_id: UUID | None = None
    is_current: bool = Field(default=True, description="Leave out what expired or was taken back.")


class EntitlementRead(Wire):
    """A member has a package."""

    id: UUID
    user_id: UUID
    user_name: str
    package_id: UUID
    package_name: str
    kind: str
    note: str
    starts_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
