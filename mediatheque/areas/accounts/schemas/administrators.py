"""Wire shapes of the administration: who administers, and whom."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field, StringConstraints

from mediatheque.areas.accounts.schemas.factors import SecondFactorRead
from mediatheque.areas.accounts.schemas.sessions import SessionInfo
from mediatheque.kit.paging import Cursor
from mediatheque.kit.wire import Filter, Input, Wire

InstanceRole = Literal["owner", "operator", "auditor"]
Status = Literal["active", "suspended"]


class AdministratorRead(Wire):
    """Who is signed in to the administration."""

    csrf_token: str = Field(description="Send it back as `X-CSRF-Token` with every change.")
    id: UUID
    email: str
    name: str
    role: InstanceRole
    permissions: list[str]
    expires_at: datetime = Field(description="When the session ends if it is not used.")
    ends_at: datetime = Field(description="When it ends in any case.")


class RevokeAll(Filter):
    """Whose admin sessions to end."""

    everybody: bool = Field(default=False, description="Of all administrators; for owners.")


class PeopleFilter(Filter):
    """Whom to look for."""

    email: Annotated[str, StringConstraints(max_length=254, pattern=r"^[^\x00]*$")] = Field(
        "", description="A part of the address, in any case."
    )
    role: InstanceRole | Literal["none"] | None = Field(None, description="Role in the house.")
    status: Status | None = None
    signed_up_from: AwareDatetime | None = None
    signed_up_until: AwareDatetime | None = Field(None, description="Before this moment.")
    cursor: Cursor | None = None
    limit: int = Field(50, ge=1, le=200)


class PersonSummary(Wire):
    """A user as administrators see them in a list."""

    id: UUID
    email: str
    name: str
    role: InstanceRole | None
    status: Status
    is_verified: bool
    has_second_factor: bool
    created_at: datetime
    last_login_at: datetime | None


class PersonMembership(Wire):
    """A space somebody is a member of."""

    slug: str
    name: str
    role: str
    joined_at: datetime


class PersonActivity(Wire):
    """Something that somebody did."""

    at: datetime
    kind: str
    label: str
    ip: str


class PersonRead(PersonSummary):
    """A user with what they have open."""

    locale: str
    second_factor: SecondFactorRead
    sessions: list[SessionInfo]
    api_keys: int = Field(description="How many that work.")
    memberships: list[PersonMembership]
    activity: list[PersonActivity] = Field(description="The last twenty things they did.")


class RoleChange(Input):
    """Another role in the house, or none."""

    role: InstanceRole | None
