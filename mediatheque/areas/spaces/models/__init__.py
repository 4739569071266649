"""The tables of spaces, of who is in them, and of what they may do there."""

from mediatheque.areas.spaces.models.domains import ActiveSpace, Domain
from mediatheque.areas.spaces.models.flags import FlagChoice, FlagDefault
from mediatheque.areas.spaces.models.integrations import Integration
from mediatheque.areas.spaces.models.roles import CustomRole, Grant, Team, TeamMember
from mediatheque.areas.spaces.models.spaces import Invitation, Membership, SpaceRow
from mediatheque.areas.spaces.models.support import SupportSession

__all__ = [
    "ActiveSpace",
    "CustomRole",
    "Domain",
    "FlagChoice",
    "FlagDefault",
    "Grant",
    "Integration",
    "Invitation",
    "Membership",
    "SpaceRow",
    "SupportSession",
    "Team",
    "TeamMember",
]
