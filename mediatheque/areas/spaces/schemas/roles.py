"""Wire shapes of roles, teams, grants and of what follows from them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, model_validator

from mediatheque.areas.accounts.schemas import Line
from mediatheque.kit.wire import Filter, Input, Prose, Wire

RoleSlug = Annotated[str, Field(min_length=1, max_length=80)]
"""A built-in role, or the slug of one of the space's own."""
Description = Annotated[Prose, Field(max_length=1000)]
Permissions = Annotated[list[str], Field(max_length=200)]


class PermissionRead(Wire):
    """A permission that roles can have."""

    name: str
    is_held: bool = Field(description="Whether you hold it yourself, and so can give it.")
    roles: list[str] = Field(description="The built-in roles that have it.")
    kinds: list[str] = Field(description="Kinds of things that it can be narrowed to.")


class RoleRead(Wire):
    """A role, built in or of the space's own."""

    id: UUID | None = Field(description="Null for a built-in role, which nobody can change.")
    slug: str
    name: str
    description: str
    is_built_in: bool
    permissions: list[str] = Field(description="What it gives itself.")
    extends: list[str] = Field(description="The roles whose permissions it has besides.")
    effective: list[str] = Field(description="All that it gives.")
    members: int
    teams: int


class RoleCreate(Input):
    """A role of the space's own."""

    name: Line
    description: Description = ""
    permissions: Permissions = Field(default_factory=list)
    extends: list[RoleSlug] = Field(default_factory=list, max_length=20)


class RoleUpdate(Input):
    """What can be changed of a role; its slug stays."""

    name: Line | None = None
    description: Description | None = None
    permissions: Permissions | None = None
    extends: list[RoleSlug] | None = Field(None, max_length=20)


class RoleDeletion(Filter):
    """What becomes of those who have the role."""

    replacement: RoleSlug | None = Field(
        None, description="The role they get. Without one, a role in use is not deleted."
    )


class TeamMemberRead(Wire):
    """A member of a team."""

    member_id: UUID
    user_id: UUID
    name: str


class TeamRead(Wire):
    """A team and who is in it."""

    id: UUID
    name: str
    description: str
    role: str | None = Field(description="What each of them may besides their own role.")
    members: list[TeamMemberRead]


class TeamCreate(Input):
    """A new team."""

    name: Line
    description: Description = ""
    role: RoleSlug | None = None


class TeamUpdate(Input):
    """What can be changed of a team; a null role takes it away."""

    name: Line | None = None
    description: Description | None = None
    role: RoleSlug | None = None


class TeamMembers(Input):
    """Everybody who is to be in the team."""

    members: list[UUID] = Field(max_length=1000, description="Ids of members, not of users.")


class GrantFilter(Filter):
    """Which grants to show."""

    member_id: UUID | None = None
    team_id: UUID | None = None
    kind: str | None = Field(None, max_length=40)
    id: UUID | None = Field(None, description="The thing.")


class GrantCreate(Input):
    """A permission for one thing, to a member or to a team."""

    member_id: UUID | None = None
    team_id: UUID | None = None
    permission: Annotated[str, Field(max_length=80)]
    kind: Annotated[str, Field(max_length=40)] = Field(description="`library`, `title`, …")
    id: UUID = Field(description="The thing.")

    @model_validator(mode="after")
    def _one_holder(self) -> Self:
        if self.member_id is not None and self.team_id is not None:
            raise ValueError("Name a member or a team, not both.")
        return self


class GrantRead(Wire):
    """A permission that somebody has for one thing."""

    id: UUID
    member_id: UUID | None
    team_id: UUID | None
    holder: str = Field(description="Name of the member or the team.")
    permission: str
    kind: str
    object_id: UUID
    label: str | None = Field(description="What the thing is called; null: it is gone.")
    created_at: datetime


class EffectiveFilter(Filter):
    """Whose permissions, and for what."""

    user_id: UUID
    kind: str | None = Field(None, max_length=40, description="Kind of the thing.")
    id: UUID | None = Field(None, description="The thing; with `kind`.")
    permission: str | None = Field(None, max_length=80, description="Only this one.")


class Reason(Wire):
    """Why somebody may do something, or why not."""

    kind: Literal[
        "role", "team", "grant", "owner", "suspended", "second_factor", "missing", "no_member"
    ]
    words: str = Field(description="The reason as a sentence.")
    role: str | None = None
    through: list[str] = Field(
        default_factory=list, description="From the role that is held to the one that gives it."
    )
    team: str | None = None
    grant_id: UUID | None = None


class EffectiveRead(Wire):
    """Whether somebody holds a permission, and every reason for it."""

    permission: str
    allowed: bool
    because: list[Reason]
