"""What happens to roles, teams and grants."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from mediatheque.core.journal import Event


@dataclass(frozen=True, kw_only=True)
class RoleCreated(Event):
    """A space has a role of its own. ``after``: ``name, permissions, extends``."""

    kind: ClassVar[str] = "spaces.role_created"


@dataclass(frozen=True, kw_only=True)
class RoleUpdated(Event):
    """A role of a space's own gives something else, or is called otherwise."""

    kind: ClassVar[str] = "spaces.role_updated"


@dataclass(frozen=True, kw_only=True)
class RoleDeleted(Event):
    """A role is gone. ``after``: ``replacement``, the role of those who had it."""

    kind: ClassVar[str] = "spaces.role_deleted"


@dataclass(frozen=True, kw_only=True)
class TeamCreated(Event):
    """A team is there. ``after``: ``name, role``."""

    kind: ClassVar[str] = "spaces.team_created"


@dataclass(frozen=True, kw_only=True)
class TeamUpdated(Event):
    """A team has another name, description or role."""

    kind: ClassVar[str] = "spaces.team_updated"


@dataclass(frozen=True, kw_only=True)
class TeamMembersSet(Event):
    """Others are in a team. ``before`` and ``after``: ``members``, their ids."""

    kind: ClassVar[str] = "spaces.team_members_set"


@dataclass(frozen=True, kw_only=True)
class TeamDeleted(Event):
    """A team is gone, and with it what it gave."""

    kind: ClassVar[str] = "spaces.team_deleted"


@dataclass(frozen=True, kw_only=True)
class GrantGiven(Event):
    """A member or a team may do something with one thing. ``after``: who, what, with what."""

    kind: ClassVar[str] = "spaces.grant_given"


@dataclass(frozen=True, kw_only=True)
class GrantTaken(Event):
    """A grant is taken back. ``before``: who, what, with what."""

    kind: ClassVar[str] = "spaces.grant_taken"


ROLE_LABELS = {
    RoleCreated.kind: "made the role {label}",
    RoleUpdated.kind: "changed the role {label}",
    RoleDeleted.kind: "deleted the role {label}",
    TeamCreated.kind: "made the team {label}",
    TeamUpdated.kind: "changed the team {label}",
    TeamMembersSet.kind: "chose the members of the team {label}",
    TeamDeleted.kind: "deleted the team {label}",
    GrantGiven.kind: "gave a permission for {label}",
    GrantTaken.kind: "took back a permission for {label}",
}
