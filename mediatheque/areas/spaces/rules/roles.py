"""What a role gives: built-in ones, those of a space's own, and what follows from both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mediatheque.areas.spaces.rules.spaces import OWNER, RoleAboveOwnError
from mediatheque.core.permissions import HOUSE, ROLES, Permission
from mediatheque.kit.errors import BadInputError, ConflictError, NotFoundError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from sqlalchemy import Select

    from mediatheque.core.context import ReadContext

BUILT_IN: Mapping[str, frozenset[str]] = {
    role: frozenset(str(one) for one in granted) for role, granted in ROLES.items()
}
GRANTABLE: frozenset[str] = frozenset(str(one) for one in Permission) - HOUSE
"""What a space can give: everything but what is about the house itself."""
ADMINISTRATION: frozenset[str] = frozenset(
    {
        Permission.SPACE_EDIT,
        Permission.SPACE_INVITE,
        Permission.SPACE_MEMBERS_MANAGE,
        Permission.SPACE_ROLES_MANAGE,
    }
)
"""Who holds one of these runs the space; a policy may ask them for a second factor."""


class NoSuchRoleError(NotFoundError):
    """The space has no such role."""

    code = "no_such_role"
    message = "This space has no such role."


class RoleUnknownError(BadInputError):
    """The role that is to be given does not exist."""

    code = "role_unknown"
    message = "There is no such role. Take a built-in one or one of this space's own."


class PermissionUnknownError(BadInputError):
    """A permission that does not exist."""

    code = "permission_unknown"
    message = "There is no such permission. `GET /permissions` lists all."


class PermissionNotHeldError(RoleAboveOwnError):
    """Nobody gives away what they lack."""

    code = "permission_not_held"
    message = "You can't give permissions that you don't have yourself."


class RoleCircleError(ConflictError):
    """A role would extend itself."""

    code = "role_circle"
    message = "A role can't extend itself, neither directly nor through another role."


class RoleNameTakenError(ConflictError):
    """Another role has this name."""

    code = "role_name_taken"
    message = "There is a role of this name already. Take another name."


class RoleInUseError(ConflictError):
    """Somebody has the role."""

    code = "role_in_use"
    message = "Members, teams or other roles use this role. Name a replacement to move them to."


class OwnerByTeamError(BadInputError):
    """A team can't make owners."""

    code = "owner_by_team"
    message = "Owners are made one by one, not by a team or by another role."


@dataclass(frozen=True, slots=True)
class Grantable:
    """A kind of thing that permissions can be narrowed to.

    ``permissions`` maps each to the one that covers all things of the space, which its giver must
    hold. ``things`` selects ``space_id, id, label, added_by, within``: who put the thing in and
    may do what is theirs, and the id of the thing whose grants count here too; both may be null.
    Registered by its area, in a list, as ``spaces.grantable``.
    """

    kind: str
    permissions: Mapping[Permission, Permission]
    things: Select[*tuple[Any, ...]]


def held(
    roles: Iterable[str], customs: Iterable[Sequence[Collection[str]]] | None
) -> frozenset[str]:
    """What built-in roles and the ``[granted, bases]`` of own ones allow together."""
    found: set[str] = set()
    for role in roles:
        found |= BUILT_IN.get(role, frozenset())
    for granted, bases in customs or ():
        found.update(one for one in granted if one in GRANTABLE)
        for base in bases:
            found |= BUILT_IN.get(base, frozenset())
    return frozenset(found)


def resolve(
    own: Mapping[str, Mapping[str, Any]], slug: str, path: tuple[str, ...] = ()
) -> tuple[frozenset[str], frozenset[str]]:
    """``(granted, bases)`` of an own role among ``{slug: {permissions, extends}}``.

    Raises RoleCircleError and RoleUnknownError.
    """
    if slug in path:
        raise RoleCircleError(field="extends", details={"roles": [*path, slug]})
    granted, bases = set(own[slug]["permissions"]), set()
    for parent in own[slug]["extends"]:
        if parent in BUILT_IN:
            bases.add(parent)
        elif parent in own:
            more, below = resolve(own, parent, (*path, slug))
            granted |= more
            bases |= below
        else:
            raise RoleUnknownError(field="extends", details={"role": parent})
    return frozenset(granted), frozenset(bases)


def check_gift(ctx: ReadContext, permissions: Iterable[str], field: str | None = None) -> None:
    """Refuse to give what the giver lacks; the house itself lacks nothing."""
    wanted = frozenset(permissions)
    if unknown := sorted(wanted - GRANTABLE):
        raise PermissionUnknownError(field=field, details={"permissions": unknown})
    if lacking := sorted(wanted - ctx.grants):
        raise PermissionNotHeldError(field=field, details={"permissions": lacking})


def check_role_gift(ctx: ReadContext, role: str, permissions: Iterable[str]) -> None:
    """Refuse to give or take a role that allows more than one may oneself.

    Only owners touch the role of an owner, whatever else a role may hold.
    """
    is_house = ctx.actor.kind in {"system", "job"}
    is_owner = ctx.space is not None and ctx.space.role == OWNER
    if is_house or (is_owner and not frozenset(permissions) - ctx.grants):
        return
    if role == OWNER or frozenset(permissions) - ctx.grants:
        raise RoleAboveOwnError(details={"roles": [role]})


def runs_space(permissions: frozenset[str]) -> bool:
    """Whether who holds these is an administrator of the space."""
    return bool(permissions & ADMINISTRATION)
