"""What happens to spaces, their members, roles and invitations."""

from mediatheque.areas.spaces.events.spaces import (
    LABELS,
    InvitationClaimed,
    InvitationCreated,
    InvitationRevoked,
    MemberAdded,
    MemberRemoved,
    MemberRoleChanged,
    SpaceCreated,
    SpaceRenamed,
)

__all__ = [
    "LABELS",
    "InvitationClaimed",
    "InvitationCreated",
    "InvitationRevoked",
    "MemberAdded",
    "MemberRemoved",
    "MemberRoleChanged",
    "SpaceCreated",
    "SpaceRenamed",
]
