"""How much a space may hold. The limits come with the space of a request; most have none.

What counts is registered by the area that owns it: ``extensions["spaces.usage"]`` maps a quota's
name to a statement with the parameter ``space``, which answers one number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mediatheque.kit.errors import ConflictError

if TYPE_CHECKING:
    from sqlalchemy import TextClause

    from mediatheque.core.context import Context

LIMITS: Final = """
    jsonb_strip_nulls(jsonb_build_object('members', s.max_members, 'titles', s.max_titles,
                                         'storage', s.max_storage))
"""
"""A column: the limits of a space ``s`` by name; those it does not have are left out."""

_WORDS: Final = {"members": "{} members", "titles": "{} titles", "storage": "{} bytes of files"}


USAGE: dict[str, TextClause] = {}
"""What counts for each quota, as the areas registered it."""


class QuotaReachedError(ConflictError):
    """The space may not hold more. ``details``: ``quota, limit, used, adding``."""

    code = "quota_reached"
    message = "This space is full."


async def check_quota(ctx: Context, name: str, adding: int = 1) -> None:
    """Refuse what would not fit; without a limit, this asks nothing.

    Of two who add at once, the second waits for the first and counts what that one added.
    """
    limit = ctx.space.limits.get(name) if ctx.space is not None else None
    if limit is None or adding <= 0:
        return
    await ctx.db.execute(
        "SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))",
        {"key": f"quota {name} {ctx.space_id}"},
    )
    used = int(await ctx.db.scalar(USAGE[name].bindparams(space=ctx.space_id)) or 0)
    if used + adding > limit:
        allowed = _WORDS[name].format(f"{limit:,}")
        raise QuotaReachedError(
            f"This space may have {allowed}; it has {used:,}, and this would add {adding:,}. "
            "Remove something, or ask the owner of the house for more.",
            details={"quota": name, "limit": limit, "used": used, "adding": adding},
        )
