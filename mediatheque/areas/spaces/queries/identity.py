"""Who asks, and in which space: the one statement before every request's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mediatheque.areas.spaces.queries.standing import CUSTOMS, NARROW, ROLES, STANDINGS
from mediatheque.core.context import public
from mediatheque.core.flags import CHOSEN
from mediatheque.core.quotas import LIMITS
from mediatheque.kit.crypto import hash_token
from mediatheque.kit.db import Prepared

if TYPE_CHECKING:
    from mediatheque.kit.db import Database, Row

_STANDINGS = STANDINGS.replace(":user", "u.id")

# Text, because building it from the models anew at each request costs more than running it.
# Two spaces are enough to know that no single one is meant. A support session counts only where
# its space is asked for; a member's own role goes before it.
_IDENTITY = Prepared(
    f"""
    SELECT c.id AS credential_id, c.kind AS credential_kind, c.scopes,
           c.requests_per_minute,
           coalesce(c.last_seen_at, c.created_at) AS seen_at,
           coalesce(c.proven_at, c.created_at) AS proven_at,
           u.id AS user_id, u.name AS user_name, u.is_instance_owner,
           p.id AS profile_id, p.name AS profile_name, p.is_kids, p.maturity_limit,
           p.shows_unknown,
           h.space_id AS hosted_id, s.id = a.space_id AS is_active,
           s.id AS space_id, s.slug, s.name, s.role, s.version, s.roles, s.customs, s.narrow,
           s.flags, s.limits,
           s.second_factor_policy,
           CASE WHEN s.second_factor_policy <> 'optional' THEN
               EXISTS (SELECT FROM accounts_totps f
                       WHERE f.user_id = u.id AND f.confirmed_at IS NOT NULL)
               OR EXISTS (SELECT FROM accounts_passkeys f WHERE f.user_id = u.id)
           END AS has_second_factor
    FROM accounts_credentials c
    JOIN accounts_users u ON u.id = c.user_id AND u.is_active
    LEFT JOIN accounts_profiles p ON p.id = c.profile_id
    LEFT JOIN spaces_active a ON a.credential_id = c.id
    LEFT JOIN spaces_domains h
           ON h.host = cast(:host AS text) AND h.verified_at IS NOT NULL
    LEFT JOIN LATERAL (
        SELECT s.id, s.slug, s.name, s.second_factor_policy, m.role,
               coalesce(v.version, 0) AS version, k.roles,
               {CUSTOMS} AS customs, {NARROW} AS narrow, {CHOSEN} AS flags,
               {LIMITS} AS limits
        FROM ({_STANDINGS}) m
        JOIN spaces_spaces s ON s.id = m.space_id AND s.archived_at IS NULL
        LEFT JOIN core_versions v ON v.space_id = s.id
        {ROLES}
        WHERE CASE WHEN h.space_id IS NOT NULL THEN s.id = h.space_id
                   WHEN cast(:slug AS text) IS NOT NULL THEN s.slug = cast(:slug AS text)
                   ELSE NOT m.is_support OR s.id = a.space_id END
        ORDER BY coalesce(s.id = a.space_id, false) DESC
        LIMIT 2
    ) s ON true
    WHERE c.token_hash = :token_hash
      AND c.audience = 'app'
      AND c.kind = ANY(:kinds)
      AND c.revoked_at IS NULL
      AND (c.expires_at IS NULL OR c.expires_at > now())
      AND (c.ends_at IS NULL OR c.ends_at > now())
    ORDER BY coalesce(s.id = a.space_id, false) DESC
    """  # noqa: S608  (constants)
)

COOKIE_KINDS = ["session"]
BEARER_KINDS = ["api_key", "device"]


@public
async def find_identity(
    database: Database, *, token: str, is_cookie: bool, slug: str | None, host: str | None = None
) -> list[Row]:
    """The credential's owner beside at most two spaces; nothing for a credential that is no good.

    With a slug there is at most one space, and none when the owner is no member of it; so it is
    with the name of a space's own domain, which goes before a slug. Without, a session's active
    space comes first. A session
    is good in the cookie only and a key in the header only, so that neither can be passed off
    as the other (a bearer needs no CSRF token).
    """
    values: dict[str, Any] = {
        "token_hash": hash_token(token),
        "kinds": COOKIE_KINDS if is_cookie else BEARER_KINDS,
        "slug": slug,
        "host": host,
    }
    return await database.across().rows(_IDENTITY(**values))
