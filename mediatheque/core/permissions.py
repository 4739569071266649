"""Every permission, and which built-in role holds it. The one place for both."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache


class Permission(StrEnum):
    """``area.thing.verb``, in alphabetical order."""

    ACTIVITY_READ = "audit.activity.read"
    AUDIT_KEEP = "audit.retention.edit"
    AUDIT_READ = "audit.entry.read"
    CATALOG_BULK_EDIT = "catalog.title.bulk_edit"
    CATALOG_CREATE = "catalog.title.create"
    CATALOG_DELETE = "catalog.title.delete"
    CATALOG_DRAFT_READ = "catalog.draft.read"
    CATALOG_EDIT = "catalog.title.edit"
    CATALOG_EDIT_ANY = "catalog.title.edit_any"
    CATALOG_MERGE = "catalog.title.merge"
    CATALOG_READ = "catalog.title.read"
    EXPORT_CREATE = "exchange.export.create"
    FILE_CREATE = "files.file.create"
    FLAGS_EDIT = "spaces.flag.edit"
    HOUSE_AUDIT_READ = "audit.house.read"
    HOUSE_FLAGS_EDIT = "spaces.flag.edit_default"
    HOUSE_USERS_MANAGE = "accounts.user.manage"
    HOUSE_USERS_READ = "accounts.user.read"
    IMPORT_CREATE = "exchange.import.create"
    IMPORT_MANAGE = "exchange.import.manage"
    IMPORT_READ = "exchange.import.read"
    INTEGRATIONS_MANAGE = "spaces.integration.manage"
    LIBRARY_COPY_CREATE = "library.copy.create"
    LIBRARY_COPY_EDIT = "library.copy.edit"
    LIBRARY_COPY_EDIT_ANY = "library.copy.edit_any"
    LIBRARY_LEND = "library.copy.lend"
    LIBRARY_MANAGE = "library.library.manage"
    LIBRARY_NOTE = "library.note.create"
    LIBRARY_READ = "library.library.read"
    LIVE_MANAGE = "live.channel.manage"
    LIVE_READ = "live.guide.read"
    LIVE_SCHEDULE = "live.schedule.edit"
    PACKAGES_MANAGE = "entitlements.package.manage"
    REVIEW_DECIDE = "exchange.review.decide"
    SPACE_EDIT = "spaces.space.edit"
    SPACE_INVITE = "spaces.invitation.create"
    SPACE_MEMBERS_MANAGE = "spaces.member.manage"
    SPACE_MEMBERS_READ = "spaces.member.read"
    SPACE_ROLES_MANAGE = "spaces.role.manage"


P = Permission

HOUSE: frozenset[Permission] = frozenset(
    {P.HOUSE_AUDIT_READ, P.HOUSE_FLAGS_EDIT, P.HOUSE_USERS_MANAGE, P.HOUSE_USERS_READ}
)
"""About the house itself: held by its own roles, through the admin audience, in no space."""

INSTANCE_ROLES: dict[str, frozenset[Permission]] = {
    "owner": HOUSE,
    "operator": HOUSE,
    "auditor": frozenset({P.HOUSE_AUDIT_READ, P.HOUSE_USERS_READ}),
}
"""The house's own roles. An operator does all an owner does, but to no owner."""

_VIEWER = frozenset({P.CATALOG_READ, P.LIBRARY_READ, P.LIBRARY_NOTE, P.LIVE_READ})
_MEMBER = _VIEWER | {
    P.ACTIVITY_READ,
    P.CATALOG_CREATE,
    P.CATALOG_EDIT,
    P.EXPORT_CREATE,
    P.FILE_CREATE,
    P.IMPORT_CREATE,
    P.IMPORT_READ,
    P.LIBRARY_COPY_CREATE,
    P.LIBRARY_COPY_EDIT,
    P.LIBRARY_LEND,
    P.SPACE_MEMBERS_READ,
}
_AUTHOR = _MEMBER | {P.CATALOG_DRAFT_READ}
_CATALOG_EDITOR = _AUTHOR | {
    P.CATALOG_BULK_EDIT,
    P.CATALOG_DELETE,
    P.CATALOG_EDIT_ANY,
    P.CATALOG_MERGE,
    P.LIVE_SCHEDULE,
    P.REVIEW_DECIDE,
}
_MANAGER = _CATALOG_EDITOR | {
    P.AUDIT_READ,
    P.FLAGS_EDIT,
    P.IMPORT_MANAGE,
    P.LIBRARY_COPY_EDIT_ANY,
    P.LIBRARY_MANAGE,
    P.LIVE_MANAGE,
    P.PACKAGES_MANAGE,
    P.SPACE_INVITE,
    P.SPACE_MEMBERS_MANAGE,
    P.SPACE_ROLES_MANAGE,
}

ROLES: dict[str, frozenset[Permission]] = {
    "owner": frozenset(Permission) - HOUSE,
    "manager": _MANAGER,
    "catalog_editor": _CATALOG_EDITOR,
    "editor": _AUTHOR,
    "author": _AUTHOR,
    "moderator": _MEMBER,
    "support": _VIEWER | {P.ACTIVITY_READ, P.SPACE_MEMBERS_READ},
    "member": _MEMBER,
    "viewer": _VIEWER,
}

READING: frozenset[str] = frozenset(one for one in P if one.endswith(".read"))
"""What is left of a role that a space gives only to those with a second factor."""

IN_KIDS_PROFILES: frozenset[str] = frozenset({P.CATALOG_READ, P.LIBRARY_READ, P.LIVE_READ})
"""What of a role is left in a children's profile: reading."""

_PAST_LIMITS = (
    *("accounts.", "audit.", "catalog.draft.", "catalog.title.merge", "exchange.import."),
    *("exchange.review.", "spaces."),
)
_WITHIN_LIMITS: frozenset[str] = frozenset({P.ACTIVITY_READ})


@lru_cache(maxsize=256)
def in_profile(granted: frozenset[str], *, is_kids: bool) -> frozenset[str]:
    """What of a role's permissions is left in a profile with a limit.

    Gone is also for adults what shows works as they were written by others, before anybody knew
    an age (rows of files, pairs, drafts), and what lets somebody else in.
    """
    if is_kids:
        return granted & IN_KIDS_PROFILES
    return frozenset(
        one for one in granted if one in _WITHIN_LIMITS or not one.startswith(_PAST_LIMITS)
    )


RANK = {name: rank for rank, name in enumerate(reversed(ROLES))}
"""Order of the roles: nobody gives or takes a role above their own."""
