"""Wire shapes of a space as a whole: settings, quotas, support, domains, a member's drawer."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, Field

from mediatheque.areas.accounts.rules import clean_locale
from mediatheque.areas.accounts.schemas import Email, Line, TimeZone
from mediatheque.areas.spaces.rules import clean_slug
from mediatheque.areas.spaces.rules.care import SUPPORT_HOURS, clean_host
from mediatheque.areas.spaces.schemas.spaces import MemberRead
from mediatheque.kit.wire import Input, Wire

SupportRole = Literal["viewer", "support", "member", "catalog_editor", "manager"]
SecondFactorPolicy = Literal["optional", "administrators"]
Slug = Annotated[str, AfterValidator(clean_slug)]
Count = Annotated[int, Field(ge=0, le=10**9)]


class SpaceSettings(Wire):
    """A space and how it is set."""

    id: UUID
    slug: str
    name: str
    locale: str
    time_zone: str = Field(description="IANA: the clock by which its days begin.")
    second_factor_policy: SecondFactorPolicy = Field(
        description="`administrators`: who runs the space may only read without a second factor."
    )
    support_role: SupportRole = Field(
        description="The most that the house's owner may be when they help here."
    )
    created_at: datetime


class SpaceSettingsUpdate(Input):
    """What can be changed of a space."""

    name: Line | None = None
    locale: Annotated[str, AfterValidator(clean_locale)] | None = None
    time_zone: TimeZone | None = None
    second_factor_policy: SecondFactorPolicy | None = None
    support_role: SupportRole | None = None


class QuotaRead(Wire):
    """One quota: what is used and what there may be."""

    name: Literal["members", "titles", "storage"]
    used: int = Field(description="Storage in bytes.")
    limit: int | None = Field(description="Null: no limit.")


class QuotaUpdate(Input):
    """How much a space may hold. What is not sent stays; null lifts a limit."""

    members: Count | None = None
    titles: Count | None = None
    storage: Annotated[int, Field(ge=0, le=10**15)] | None = None


class ProvisionedSpace(Input):
    """A space that the house's owner makes for somebody."""

    name: Line
    slug: Slug | None = None
    owner_email: Email
    time_zone: TimeZone = Field("UTC", description="IANA: Europe/Vienna.")
    quotas: QuotaUpdate = Field(default_factory=QuotaUpdate)


class HouseSpaceRead(Wire):
    """A space as the house's owner sees it: from outside."""

    id: UUID
    slug: str
    name: str
    created_at: datetime
    archived_at: datetime | None
    owners: list[str] = Field(description="Names of its owners.")
    limits: dict[str, int] = Field(description="Quotas by name; those without a limit are absent.")


class ArchivedSpaceRead(Wire):
    """A space that was put away, for its owners."""

    id: UUID
    slug: str
    name: str
    archived_at: datetime


class SupportCreate(Input):
    """Helping in a space, for a reason and a time."""

    space: Annotated[str, Field(max_length=80, description="The space's slug.")]
    reason: Annotated[str, Field(min_length=3, max_length=500)]
    role: SupportRole = "support"
    hours: int = Field(1, ge=1, le=SUPPORT_HOURS)


class SupportRead(Wire):
    """A visit of the house's owner."""

    id: UUID
    space: str = Field(description="The space's slug.")
    user_id: UUID
    name: str
    role: str
    reason: str
    started_at: datetime
    expires_at: datetime
    ended_at: datetime | None
    is_open: bool


class ActiveSpaceSet(Input):
    """The space that the session is to be in."""

    slug: Annotated[str, Field(max_length=80)]


class TeamBrief(Wire):
    """A team by name."""

    id: UUID
    name: str
    role: str | None


class MemberDrawer(MemberRead):
    """A member with what is known of their part in the space."""

    is_active: bool
    has_second_factor: bool
    contributions: int = Field(description="Changes they made here, as the journal counts.")
    last_contribution_at: datetime | None
    teams: list[TeamBrief]
    grants: int


class DomainCreate(Input):
    """A host name for the space."""

    host: Annotated[str, Field(max_length=300), AfterValidator(clean_host)]


class DomainRead(Wire):
    """A host name and how to prove that it is the space's."""

    id: UUID | None = Field(description="Null for the sub-domain that every space has.")
    host: str
    is_verified: bool
    proof_url: str | None = Field(description="Where the file with the proof has to lie.")
    proof: str | None = Field(description="What the file has to hold.")
    created_at: datetime | None
