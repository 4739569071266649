"""From what somebody holds to the reasons why they may do something, or may not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mediatheque.areas.spaces.rules.roles import BUILT_IN, GRANTABLE, runs_space
from mediatheque.core.permissions import READING, Permission

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from uuid import UUID

    from mediatheque.areas.spaces.rules.roles import Grantable

Reason = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Standing:
    """All that decides about one member. ``own`` are the space's own roles by slug."""

    user_id: UUID
    role: str
    is_active: bool
    lacks_second_factor: bool
    teams: Mapping[str, str | None]
    own: Mapping[str, Mapping[str, Any]]
    grants: Sequence[Mapping[str, Any]]


def verdicts(
    standing: Standing,
    kind: Grantable | None,
    thing: Mapping[str, Any] | None,
    only: str | None = None,
) -> list[dict[str, Any]]:
    """``{permission, allowed, because}`` of each permission that the question is about."""
    asked: Iterable[str] = kind.permissions if kind else GRANTABLE
    chosen = sorted(str(one) for one in asked if only is None or one == only)
    runs = runs_space(frozenset(one for one in GRANTABLE if _by_roles(standing, one)))
    return [_verdict(standing, kind, thing, one, runs=runs) for one in chosen]


def _verdict(
    standing: Standing,
    kind: Grantable | None,
    thing: Mapping[str, Any] | None,
    permission: str,
    *,
    runs: bool,
) -> dict[str, Any]:
    because: list[Reason] = []
    if kind is None or thing is None:
        because += _by_roles(standing, permission)
    else:
        because += _by_roles(standing, kind.permissions[Permission(permission)])
        because += _by_ownership(standing, thing, permission)
        because += _by_grants(standing, kind, thing, permission)
    against = _against(standing, permission, runs=runs)
    if not because:
        against.append({"kind": "missing", "words": f"Nothing gives {permission}."})
        if thing is not None and _by_roles(standing, permission):
            against[-1]["words"] += " A role allows it only for what they put in themselves."
    return {
        "permission": permission,
        "allowed": not against,
        "because": [*against, *because] if against else because,
    }


def _against(standing: Standing, permission: str, *, runs: bool) -> list[Reason]:
    found: list[Reason] = []
    if not standing.is_active:
        found.append({"kind": "suspended", "words": "Their account is suspended."})
    if standing.lacks_second_factor and runs and permission not in READING:
        words = "The space asks those who run it for a second factor, and they have none."
        found.append({"kind": "second_factor", "words": words})
    return found


def _by_roles(standing: Standing, permission: str) -> list[Reason]:
    found: list[Reason] = [
        {"kind": "role", "role": way[-1], "through": way, "words": _words(way)}
        for way in _ways(standing.own, standing.role, permission)
    ]
    for team, role in standing.teams.items():
        for way in _ways(standing.own, role, permission) if role else ():
            words = f"Team {team}: {_words(way)}"
            found.append(
                {"kind": "team", "team": team, "role": way[-1], "through": way, "words": words}
            )
    return found


def _ways(own: Mapping[str, Mapping[str, Any]], role: str, permission: str) -> list[list[str]]:
    """Every way from a role to one that gives the permission itself."""
    if role in BUILT_IN:
        return [[role]] if permission in BUILT_IN[role] else []
    row = own.get(role)
    if row is None:
        return []
    found = [[role]] if permission in row["permissions"] else []
    for parent in row["extends"]:
        found += [[role, *way] for way in _ways(own, parent, permission)]
    return found


def _words(way: Sequence[str]) -> str:
    role, *parents = way
    return f"Role {role}" + "".join(f", which extends {one}" for one in parents) + "."


def _by_ownership(standing: Standing, thing: Mapping[str, Any], permission: str) -> list[Reason]:
    if thing["added_by"] != standing.user_id or not _by_roles(standing, permission):
        return []
    return [{"kind": "owner", "words": f"They put {thing['label']} in themselves."}]


def _by_grants(
    standing: Standing, kind: Grantable, thing: Mapping[str, Any], permission: str
) -> list[Reason]:
    found: list[Reason] = []
    for grant in standing.grants:
        if grant["permission"] != permission:
            continue
        what = f"Grant for the {grant['ref_kind']}"
        what += f" “{thing['label']}”" if grant["ref_kind"] == kind.kind else " it is in"
        words = f"{what}, by team {grant['team']}." if grant["team"] else f"{what}."
        found.append(
            {"kind": "grant", "grant_id": grant["id"], "team": grant["team"], "words": words}
        )
    return found
