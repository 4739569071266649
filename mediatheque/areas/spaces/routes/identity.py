"""From a credential and a wished space to an identity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mediatheque.areas.spaces.queries.identity import find_identity
from mediatheque.areas.spaces.routes.sightings import SIGHTINGS
from mediatheque.areas.spaces.rules import is_slug
from mediatheque.core.context import ANONYMOUS, ActiveProfile, Actor, Space
from mediatheque.core.module import Identity
from mediatheque.core.permissions import ROLES, in_profile
from mediatheque.kit.crypto import csrf_token
from mediatheque.kit.errors import NotFoundError

if TYPE_CHECKING:
    from mediatheque.kit.db import Database, Row

_GRANTS = {role: frozenset(str(one) for one in granted) for role, granted in ROLES.items()}
_NONE: frozenset[str] = frozenset()


async def identify(
    database: Database, *, token: str | None, is_cookie: bool, slug: str | None
) -> Identity:
    """Resolve a credential and a space in one statement, at every request.

    The space is, in this order: the one of the header's slug, the user's only one. (A host name
    will come before them, a session's active space between them.) A slug of no space, or of one
    that the user is no member of, is 404; an unknown, ended or foreign credential is anonymous.
    """
    if not token:
        return Identity(ANONYMOUS)
    wished = slug if slug is None or is_slug(slug) else ""
    rows = await find_identity(database, token=token, is_cookie=is_cookie, slug=wished)
    if not rows:
        return Identity(ANONYMOUS)
    found = rows[0]
    SIGHTINGS.note(database, found["credential_id"], found["seen_at"])
    space, profile = _space(rows), _profile(found)
    if slug is not None and space is None:
        raise NotFoundError("There is no such space.")
    return Identity(
        actor=Actor(
            "user" if found["credential_kind"] == "session" else "key",
            id=found["user_id"],
            name=found["user_name"],
            credential_id=found["credential_id"],
            is_instance_owner=found["is_instance_owner"],
            profile=profile,
        ),
        space=space,
        grants=_grants(space, found["scopes"], profile),
        csrf=csrf_token(token) if is_cookie else None,
        requests_per_minute=found["requests_per_minute"],
    )


def _space(rows: list[Row]) -> Space | None:
    """The one space that was found; several are no answer."""
    one = rows[0]
    if len(rows) > 1 or one["space_id"] is None:
        return None
    return Space(one["space_id"], one["slug"], one["name"], one["role"], one["version"])


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


def _grants(
    space: Space | None, scopes: list[str] | None, profile: ActiveProfile | None
) -> frozenset[str]:
    """What the role allows, narrowed to the key's scopes and to the profile's limit."""
    if space is None:
        return _NONE
    granted = _GRANTS[space.role]
    if profile is not None and profile.is_limited:
        granted = in_profile(granted, is_kids=profile.is_kids)
    return granted if scopes is None else granted & frozenset(scopes)
