"""What happens to spaces, their members and invitations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from mediatheque.core.journal import Event


@dataclass(frozen=True, kw_only=True)
class SpaceCreated(Event):
    """A space is there; its creator is its owner. ``after``: ``name``, ``slug``."""

    kind: ClassVar[str] = "spaces.space_created"


@dataclass(frozen=True, kw_only=True)
class SpaceRenamed(Event):
    """A space has another name."""

    kind: ClassVar[str] = "spaces.space_renamed"


@dataclass(frozen=True, kw_only=True)
class MemberAdded(Event):
    """Somebody became a member without an invitation. ``after``: ``role``."""

    kind: ClassVar[str] = "spaces.member_added"


@dataclass(frozen=True, kw_only=True)
class MemberRoleChanged(Event):
    """A member has another role."""

    kind: ClassVar[str] = "spaces.member_role_changed"


@dataclass(frozen=True, kw_only=True)
class MemberRemoved(Event):
    """Somebody is no member any more, by another's will or their own. ``before``: ``role``."""

    kind: ClassVar[str] = "spaces.member_removed"


@dataclass(frozen=True, kw_only=True)
class InvitationCreated(Event):
    """Somebody may join. ``after``: ``role``, ``expires_at``."""

    kind: ClassVar[str] = "spaces.invitation_created"


@dataclass(frozen=True, kw_only=True)
class InvitationRevoked(Event):
    """An invitation is taken back."""

    kind: ClassVar[str] = "spaces.invitation_revoked"


@dataclass(frozen=True, kw_only=True)
class InvitationClaimed(Event):
    """Somebody joined by their invitation. ``after``: ``role``, ``user_id``."""

    kind: ClassVar[str] = "spaces.invitation_claimed"


@dataclass(frozen=True, kw_only=True)
class PersonForgotten(Event):
    """Somebody's membership ended because their account did. ``after``: ``count``."""

    kind: ClassVar[str] = "spaces.person_forgotten"


LABELS = {
    SpaceCreated.kind: "created the space {label}",
    SpaceRenamed.kind: "renamed the space to {label}",
    MemberAdded.kind: "added {label} as {role}",
    MemberRoleChanged.kind: "made {label} {role}",
    MemberRemoved.kind: "removed {label}",
    InvitationCreated.kind: "invited somebody as {role}",
    InvitationRevoked.kind: "took back an invitation as {role}",
    InvitationClaimed.kind: "joined as {role}",
    PersonForgotten.kind: "let go of a person",
}
"""Event kind → words for people."""
