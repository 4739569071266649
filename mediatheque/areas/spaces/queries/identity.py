"""Who asks, and in which space: the one statement before every request's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from mediatheque.core.context import public
from mediatheque.kit.crypto import hash_token

if TYPE_CHECKING:
    from mediatheque.kit.db import Database, Row

# Text, because building it from the models anew at each request costs more than running it.
# Two spaces are enough to know that no single one is meant.
_IDENTITY = text(
    """
    SELECT c.id AS credential_id, c.kind AS credential_kind, c.scopes,
           c.requests_per_minute,
           coalesce(c.last_seen_at, c.created_at) AS seen_at,
           u.id AS user_id, u.name AS user_name, u.is_instance_owner,
           p.id AS profile_id, p.name AS profile_name, p.is_kids, p.maturity_limit,
           p.shows_unknown,
           s.id AS space_id, s.slug, s.name, s.role, s.version
    FROM accounts_credentials c
    JOIN accounts_users u ON u.id = c.user_id AND u.is_active
    LEFT JOIN accounts_profiles p ON p.id = c.profile_id
    LEFT JOIN LATERAL (
        SELECT s.id, s.slug, s.name, m.role, coalesce(v.version, 0) AS version
        FROM spaces_memberships m
        JOIN spaces_spaces s ON s.id = m.space_id AND s.archived_at IS NULL
        LEFT JOIN core_versions v ON v.space_id = s.id
        WHERE m.user_id = u.id AND (cast(:slug AS text) IS NULL OR s.slug = cast(:slug AS text))
        LIMIT 2
    ) s ON true
    WHERE c.token_hash = :token_hash
      AND c.audience = 'app'
      AND c.kind = ANY(:kinds)
      AND c.revoked_at IS NULL
      AND (c.expires_at IS NULL OR c.expires_at > now())
      AND (c.ends_at IS NULL OR c.ends_at > now())
    """
)

COOKIE_KINDS = ["session"]
BEARER_KINDS = ["api_key", "device"]


@public
async def find_identity(
    database: Database, *, token: str, is_cookie: bool, slug: str | None
) -> list[Row]:
    """The credential's owner beside at most two spaces; nothing for a credential that is no good.

    With a slug there is at most one space, and none when the owner is no member of it. A session
    is good in the cookie only and a key in the header only, so that neither can be passed off
    as the other (a bearer needs no CSRF token).
    """
    values: dict[str, Any] = {
        "token_hash": hash_token(token),
        "kinds": COOKIE_KINDS if is_cookie else BEARER_KINDS,
        "slug": slug,
    }
    return await database.across().rows(_IDENTITY.bindparams(**values))
