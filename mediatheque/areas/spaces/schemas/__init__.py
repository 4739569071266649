"""Wire shapes of spaces, members, invitations, roles and what belongs to them."""

from mediatheque.areas.spaces.schemas.spaces import (
    InvitationClaim,
    InvitationCreate,
    InvitationCreated,
    InvitationFilter,
    InvitationLookup,
    InvitationRead,
    LookupFilter,
    MemberRead,
    MemberUpdate,
    Role,
    SessionProfile,
    SessionRead,
    SpaceCreate,
    SpaceSummary,
    SpaceUpdate,
)

__all__ = [
    "InvitationClaim",
    "InvitationCreate",
    "InvitationCreated",
    "InvitationFilter",
    "InvitationLookup",
    "InvitationRead",
    "LookupFilter",
    "MemberRead",
    "MemberUpdate",
    "Role",
    "SessionProfile",
    "SessionRead",
    "SpaceCreate",
    "SpaceSummary",
    "SpaceUpdate",
]
