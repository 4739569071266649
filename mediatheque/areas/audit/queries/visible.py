"""What a profile with a limit learns of what happened: only of things it may see.

The areas whose things have an age register, under :data:`VISIBLE`, a clause for each kind of ref;
what nobody registered is not told. Without a limit nothing is asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from mediatheque.core.module import EXTENSIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Any, TypeAlias

    from sqlalchemy import TextClause

    from mediatheque.core.context import ReadContext
    from mediatheque.kit.db import Row

    Told: TypeAlias = Mapping[str, Callable[[ReadContext], tuple[str, dict[str, Any]]]]
    """Kind of ref → SQL over ``core_journal`` and its parameters (``:space`` is bound)."""

VISIBLE: Final = "audit.visible"


def visible_to(ctx: ReadContext) -> Iterator[TextClause]:
    """The condition for the journal of a limited profile; none for everybody else."""
    if ctx.actor.profile is None or not ctx.actor.profile.is_limited:
        return
    values: dict[str, Any] = {}
    parts = ["false"]
    for told in EXTENSIONS.get(VISIBLE, ()):
        for kind, clause in told.items():
            sql, more = clause(ctx)
            values |= more
            parts.append(f"(core_journal.ref_kind = '{kind}' AND {sql})")
    yield text(f"({' OR '.join(parts)})").bindparams(**values)


def discreet(ctx: ReadContext, rows: list[Row]) -> list[Row]:
    """The entries as such a profile may read them: not what changed, which may name other works."""
    if ctx.actor.profile is None or not ctx.actor.profile.is_limited:
        return rows
    return [{**row, "before": None, "after": None} for row in rows]
