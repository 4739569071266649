"""How spaces as a whole refuse: settings, archiving, support, quotas, domains."""

from __future__ import annotations

import re

from mediatheque.kit.errors import BadInputError, ConflictError, NotAllowedError, NotFoundError

SUPPORT_HOURS = 8
SUPPORT_ROLES = ("viewer", "support", "member", "catalog_editor", "manager")
"""What somebody who helps may be, the least first."""

_LABEL = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
_HOST = re.compile(rf"(?=.{{4,253}}$)({_LABEL}\.)+(?=[a-z]){_LABEL}")


class SecondFactorFirstError(ConflictError):
    """Who asks others for a second factor has one."""

    code = "second_factor_first"
    message = "Set up a second factor of your own first, or you would lock yourself out."


class InstanceOwnerOnlyError(NotAllowedError):
    """Only for the owner of the house."""

    code = "instance_owner_only"
    message = "Only the owner of the house can do this."


class NoSuchSpaceError(NotFoundError):
    """There is no such space, or it is nobody's business."""

    code = "no_such_space"
    message = "There is no such space."


class OwnersOfSpaceOnlyError(NotAllowedError):
    """Only for owners of the space."""

    code = "space_owner_only"
    message = "Only an owner of the space can do this."


class MemberNeedsNoSupportError(ConflictError):
    """Who helps is a member already."""

    code = "member_already"
    message = "You are a member of this space: enter it as such."


class SupportRoleError(NotAllowedError):
    """More than the space allows those who help."""

    code = "support_role_not_allowed"
    message = "This space does not let those who help be that much. Ask one of its owners."


class SupportOpenError(ConflictError):
    """A support session is open already."""

    code = "support_open"
    message = "You are helping in this space already. End that session first."


class NoSuchSupportError(NotFoundError):
    """There is no such support session."""

    code = "no_such_support"
    message = "There is no such open support session."


class HostTakenError(ConflictError):
    """The host name leads elsewhere."""

    code = "host_taken"
    message = "This address is in use already."


class NotVerifiedError(ConflictError):
    """The proof is not where it should be."""

    code = "domain_not_verified"
    message = "The proof was not found at this address. Put the file there and try again."


class NoSuchDomainError(NotFoundError):
    """The space claims no such host name."""

    code = "no_such_domain"
    message = "This space has no such address."


class NoSuchUserError(BadInputError):
    """Nobody has this e-mail address."""

    code = "no_such_user"
    message = "Nobody here has this e-mail address. Invite them to the house first."


def clean_host(text: str) -> str:
    """A host name in lower case ASCII (IDNA); ValueError when it is none."""
    try:
        host = text.strip().rstrip(".").lower().encode("idna").decode()
    except UnicodeError:
        host = ""
    if not _HOST.fullmatch(host):
        raise ValueError("This is not a host name such as “films.example.org”.")
    return host


def is_within(role: str, most: str) -> bool:
    """Whether a role of somebody who helps is no more than the space allows."""
    return SUPPORT_ROLES.index(role) <= SUPPORT_ROLES.index(most)
