"""Who may give which role, what a slug looks like, and how spaces refuse."""

from __future__ import annotations

import re
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from mediatheque.kit.errors import (
    BadInputError,
    ConflictError,
    NotAllowedError,
    NotFoundError,
)
from mediatheque.kit.ratelimit import Rule
from mediatheque.kit.text import slugify

if TYPE_CHECKING:
    from collections.abc import Sequence


OWNER = "owner"
FIRST_SPACE = "My space"
INVITATION_DAYS = 7
INVITATIONS_PER_HOUR = 60
"""Of one person in a space: an invitation can be a letter to somebody who never asked for it."""
SLUG_LIMIT = 60
RESERVED = frozenset({"admin", "api", "app", "assets", "current", "mail", "static", "www"})
"""Slugs become host names; these are taken by the house."""

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class SlugTakenError(ConflictError):
    """Another space has this slug."""

    code = "slug_taken"
    message = "Another space has this address. Take another one."


class RoleAboveOwnError(NotAllowedError):
    """Nobody gives or takes a role above their own."""

    code = "role_above_own"
    message = "You can't give or take a role above your own."


class LastOwnerError(ConflictError):
    """A space is never without an owner."""

    code = "last_owner"
    message = "This is the space's only owner. Make somebody else an owner first."


class AlreadyMemberError(ConflictError):
    """Who joins is a member already."""

    code = "already_member"
    message = "You are a member of this space already."


class InvitationClosedError(NotFoundError):
    """The invitation is used, taken back, too old or made up: always the same answer."""

    code = "invitation_closed"
    message = "This invitation does not work (any more). Ask for a new one."


class OtherAddressError(ConflictError):
    """The invitation is for another e-mail address."""

    code = "invitation_for_another"
    message = "This invitation is for another e-mail address."


class AccountNeededError(BadInputError):
    """Who claims an invitation without being signed in says who they are."""

    code = "account_needed"
    message = "Sign in, or give a name, an e-mail address and a password for a new account."


def check_last_owner(target: dict[str, Any], owners: Sequence[Any]) -> None:
    """Refuse to take the owner's role from the only one who has it."""
    if target["role"] == OWNER and len(owners) == 1:
        raise LastOwnerError


def clean_slug(text: str) -> str:
    """A slug as people give it: lower case, digits and single hyphens; ValueError otherwise."""
    if len(text) > SLUG_LIMIT or not _SLUG.fullmatch(text):
        raise ValueError("Take small letters, digits and single hyphens between them.")
    if text in RESERVED:
        raise ValueError("This address is taken by the house itself.")
    return text


def is_slug(text: str) -> bool:
    """Whether a space could have this slug."""
    return len(text) <= SLUG_LIMIT and _SLUG.fullmatch(text) is not None


def slugs_for(name: str) -> list[str]:
    """Slugs to try for a name: the plain one, then one that is certainly free.

    In ASCII, because they become host names and header values.
    """
    ascii_only = re.sub(r"[^a-z0-9]+", "-", slugify(name, limit=SLUG_LIMIT - 7)).strip("-")
    plain = ascii_only or "space"
    other = f"{plain}-{secrets.token_hex(3)}"
    return [other] if plain in RESERVED else [plain, other]


def life(days: int) -> timedelta:
    """So many days."""
    return timedelta(days=days)


def invitation_rule() -> Rule:
    """For one person who invites into one space."""
    return Rule("invitation", INVITATIONS_PER_HOUR, 3600)
