"""Decisions about who may do what to whom in the house."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mediatheque.kit.errors import ConflictError, NotAllowedError, NotFoundError

if TYPE_CHECKING:
    from mediatheque.core.context import Actor

OWNER = "owner"


class NoSuchPersonError(NotFoundError):
    """No user has this id."""

    message = "There is no such user."


class YourselfError(ConflictError):
    """Nobody suspends themselves or takes their own role."""

    code = "yourself"
    message = "You can't do this to yourself. Ask another owner of this house."


class OwnersOnlyError(NotAllowedError):
    """What concerns an owner, or roles of the house, is for owners."""

    code = "owners_only"
    message = "Only an owner of this house may do this."


def check_reach(actor: Actor, target: dict[str, Any], *, may_be_self: bool = False) -> None:
    """Refuse what would lock the house: an operator over an owner, anybody over themselves."""
    if target["id"] == actor.id and not may_be_self:
        raise YourselfError
    if target["instance_role"] == OWNER and not actor.is_instance_owner:
        raise OwnersOnlyError


def needs_owner(actor: Actor) -> None:
    """Refuse everybody but owners of the house."""
    if not actor.is_instance_owner:
        raise OwnersOnlyError
