"""From a credential and a wished space to an identity."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from mediatheque.areas.spaces.queries.identity import find_identity
from mediatheque.areas.spaces.routes.sightings import SIGHTINGS
from mediatheque.areas.spaces.rules import RESERVED, is_slug
from mediatheque.areas.spaces.rules.roles import GRANTABLE, held, runs_space
from mediatheque.core.context import ANONYMOUS, ActiveProfile, Actor, Space
from mediatheque.core.module import Identity
from mediatheque.core.permissions import READING, in_profile
from mediatheque.kit.crypto import csrf_token
from mediatheque.kit.errors import NotFoundError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mediatheque.core.module import Called
    from mediatheque.kit.db import Database, Row

_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Standing:
    """What somebody may do in a space."""

    grants: frozenset[str] = _NONE
    narrow: Mapping[str, frozenset[UUID]] = field(default_factory=dict)
    lacks_second_factor: bool = False


async def identify(
    database: Database,
    *,
    token: str | None,
    is_cookie: bool,
    slug: str | None,
    host: Called | None = None,
) -> Identity:
    """Resolve a credential and a space in one statement, at every request.

    The space is, in this order: the one of the host name (a sub-domain of the house, a domain of
    its own), of the header's slug, the session's active one, the user's only one. A space that
    does not exist, or that the user is no member of, is 404; an unknown, ended or foreign
    credential is anonymous.
    """
    if not token:
        return Identity(ANONYMOUS)
    label = host.label if host is not None else None
    if label is not None and label not in RESERVED:
        slug = label
    wished = slug if slug is None or is_slug(slug) else ""
    rows = await find_identity(
        database,
        token=token,
        is_cookie=is_cookie,
        slug=wished,
        host=host.foreign if host is not None else None,
    )
    if not rows:
        return Identity(ANONYMOUS)
    found = rows[0]
    SIGHTINGS.note(database, found["credential_id"], found["seen_at"])
    space, profile = _space(rows), _profile(found)
    if space is None and (slug is not None or found["hosted_id"] is not None):
        raise NotFoundError("There is no such space.")
    standing = _standing(found, space, profile)
    return Identity(
        actor=Actor(
            "user" if found["credential_kind"] == "session" else "key",
            id=found["user_id"],
            name=found["user_name"],
            credential_id=found["credential_id"],
            is_instance_owner=found["is_instance_owner"],
            profile=profile,
            proven_at=found["proven_at"] if found["credential_kind"] == "session" else None,
            lacks_second_factor=standing.lacks_second_factor,
        ),
        space=space,
        grants=standing.grants,
        narrow=standing.narrow,
        csrf=csrf_token(token) if is_cookie else None,
        requests_per_minute=found["requests_per_minute"],
    )


def _space(rows: list[Row]) -> Space | None:
    """The one space that was found; several are no answer."""
    one = rows[0]
    if one["space_id"] is None or (len(rows) > 1 and not one["is_active"]):
        return None
    return Space(
        one["space_id"],
        one["slug"],
        one["name"],
        one["role"],
        one["version"],
        one["flags"],
        one["limits"],
    )


def _profile(found: Row) -> ActiveProfile | None:
    """Whom of the household the session is for."""
    if found["profile_id"] is None:
        return None
    return ActiveProfile(
        found["profile_id"],
        found["profile_name"],
        found["is_kids"],
        found["maturity_limit"],
        found["shows_unknown"],
    )


def _standing(found: Row, space: Space | None, profile: ActiveProfile | None) -> Standing:
    """What roles and grants allow, narrowed to the key's scopes and to the profile's limit."""
    if space is None:
        return Standing()
    granted = held(found["roles"], found["customs"])
    lacks = found["has_second_factor"] is False and runs_space(granted)
    scopes: list[str] | None = found["scopes"]

    def left(permissions: frozenset[str]) -> frozenset[str]:
        if lacks:
            permissions &= READING
        if profile is not None and profile.is_limited:
            permissions = in_profile(permissions, is_kids=profile.is_kids)
        return permissions if scopes is None else permissions & frozenset(scopes)

    things: dict[str, list[str]] = found["narrow"] or {}
    kept = left(frozenset(things) & GRANTABLE) if things else _NONE
    return Standing(
        left(granted),
        {one: frozenset(map(UUID, things[one])) for one in kept},
        lacks_second_factor=lacks,
    )
