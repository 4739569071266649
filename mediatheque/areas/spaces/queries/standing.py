"""What a member may do, from their role, their teams and their grants: parts of statements.

``m`` is a row of ``space_id, id, role``: a membership, or a support session with no id.
"""

from __future__ import annotations

from typing import Final

STANDINGS: Final = """
    SELECT m.space_id, m.id, m.role, false AS is_support
    FROM spaces_memberships m WHERE m.user_id = :user
    UNION ALL
    SELECT t.space_id, NULL, t.role, true
    FROM spaces_support_sessions t
    JOIN accounts_users o ON o.id = t.user_id AND o.is_instance_owner
    WHERE t.user_id = :user AND t.ended_at IS NULL AND t.expires_at > now()
      AND NOT EXISTS (SELECT FROM spaces_memberships o
                      WHERE o.space_id = t.space_id AND o.user_id = t.user_id)
"""
"""All spaces that a user may enter; a member's own role goes before a support session."""

TEAMS: Final = """
    SELECT b.team_id FROM spaces_team_members b
    WHERE b.space_id = m.space_id AND b.member_id = m.id
"""

ROLES: Final = f"""
    CROSS JOIN LATERAL (
        SELECT ARRAY(
            SELECT m.role
            UNION
            SELECT t.role FROM spaces_teams t
            WHERE t.space_id = m.space_id AND t.role IS NOT NULL
              AND t.id = ANY(ARRAY({TEAMS}))
        ) AS roles
    ) k
"""  # noqa: S608  (constants)
"""Joined to ``m``: all roles somebody has, as ``k.roles``."""

CUSTOMS: Final = """
    (SELECT jsonb_agg(jsonb_build_array(r.granted, r.bases)) FROM spaces_roles r
     WHERE r.space_id = m.space_id AND r.slug = ANY(k.roles))
"""
"""What own roles among ``k.roles`` give: ``[[granted, bases], …]`` or null."""

NARROW: Final = f"""
    (SELECT jsonb_object_agg(g.permission, g.things) FROM (
        SELECT g.permission, jsonb_agg(DISTINCT g.ref_id) AS things FROM spaces_grants g
        WHERE g.space_id = m.space_id
          AND (g.member_id = m.id OR g.team_id = ANY(ARRAY({TEAMS})))
        GROUP BY g.permission) g)
"""  # noqa: S608  (constants)
"""``{permission: [id, …]}`` of grants for one thing, or null."""
