"""Wire shapes of spaces, members and invitations."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, Field

from mediatheque.areas.accounts.schemas import (
    Email,
    Line,
    Password,
    SecretInput,
    TimeZone,
    Token,
    UserRead,
)
from mediatheque.areas.spaces.rules import INVITATION_DAYS, clean_slug
from mediatheque.areas.spaces.schemas.roles import RoleSlug
from mediatheque.kit.wire import Filter, Input, Wire

Role = RoleSlug
"""A built-in role (owner, manager, …) or one of the space's own."""


class SpaceSummary(Wire):
    """A space as one of its members sees it."""

    id: UUID
    slug: str = Field(description="Names the space in the header `X-Space`.")
    name: str
    time_zone: str = Field(description="IANA: the clock by which its days begin.")
    role: str
    is_support: bool = Field(default=False, description="One is not a member but helps here.")
    permissions: list[str] = Field(
        description="What one may there, by all roles together, in alphabetical order."
    )


class SessionProfile(Wire):
    """The profile of a session, and what is kept from it."""

    id: UUID
    name: str
    is_kids: bool
    maturity_limit: int | None
    shows_unknown: bool
    is_limited: bool = Field(description="Account, members and settings are out of its reach.")


class SessionRead(Wire):
    """Who is signed in, and where they may go."""

    csrf_token: str = Field(
        description="Send it back as `X-CSRF-Token` with every request that changes something. "
        "Empty for an API key, which needs none."
    )
    user: UserRead
    profile: SessionProfile | None = Field(
        None, description="Whom of the household the session is for; null: the account itself."
    )
    spaces: list[SpaceSummary]


class SpaceCreate(Input):
    """A new space. Without a slug it gets one from its name."""

    name: Line
    slug: Annotated[str, AfterValidator(clean_slug)] | None = None
    time_zone: TimeZone = Field("UTC", description="IANA: Europe/Vienna.")


class SpaceUpdate(Input):
    """What can be changed of a space."""

    name: Line


class MemberRead(Wire):
    """A user's part in a space."""

    id: UUID
    user_id: UUID
    name: str
    email: str
    role: Role
    joined_at: datetime
    last_login_at: datetime | None


class MemberUpdate(Input):
    """Another role."""

    role: Role


class InvitationFilter(Filter):
    """Which invitations to show."""

    include_closed: bool = Field(
        default=False, description="Also those used, taken back or too old."
    )


class InvitationCreate(Input):
    """An invitation for whoever has its link, or for one e-mail address."""

    email: Email | None = None
    role: Role
    expires_in_days: int = Field(INVITATION_DAYS, ge=1, le=90)


class InvitationRead(Wire):
    """An invitation without its secret."""

    id: UUID
    email: str | None
    role: Role
    state: Literal["open", "claimed", "revoked", "expired"]
    created_at: datetime
    expires_at: datetime
    invited_by: str | None = Field(description="Name of who invites.")
    claimed_by: str | None = Field(description="Name of who joined.")
    claimed_at: datetime | None
    revoked_at: datetime | None


class InvitationCreated(InvitationRead):
    """A new invitation: the only answer with its secret."""

    token: str
    url: str = Field(description="The link to hand on.")


class LookupFilter(Filter):
    """Which invitation is held."""

    token: Token


class InvitationLookup(Wire):
    """What an invitation offers to who holds it."""

    space_name: str
    role: Role
    email: str | None = Field(description="The address it is for; null: whoever has the link.")
    needs_account: bool = Field(description="Whether who holds it has to sign in or register.")


class InvitationClaim(SecretInput):
    """Joining. Who is signed in sends the token alone.

    Others send an e-mail address and a password: of the account they have, or, with a name, of
    the one they make now.
    """

    token: Token
    name: Line | None = None
    email: Email | None = None
    password: Password | None = None
