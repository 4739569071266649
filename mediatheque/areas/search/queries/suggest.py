"""Suggestions for what is being typed."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from mediatheque.areas.search.rules.questions import read_question
from mediatheque.areas.search.schemas import SUGGESTED
from mediatheque.core.context import ReadContext, requires
from mediatheque.core.flags import SUGGESTIONS
from mediatheque.core.permissions import Permission
from mediatheque.kit.db import Prepared

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic import BaseModel

    from mediatheque.areas.search.rules.declared import Cards
    from mediatheque.areas.search.schemas import Shapes

MOST: Final = 40
"""How many are looked at, so that enough are left of those to be seen."""
MOST_BEHIND_A_LIMIT: Final = 400
"""As many where a profile may be shown only a few of them."""

# OFFSET 0 keeps the planner from asking for what a suggestion shows twice.
_SUGGEST: Final = """
    SELECT m.ref_kind, m.ref_id, m.shown FROM (
        SELECT m.ref_kind, m.ref_id, CASE m.ref_kind $brief END AS shown
        FROM (SELECT * FROM search_suggest(
                  cast(:asked AS text[]), :is_open, cast(:joined AS text), :key,
                  cast(:places AS int[]), cast(:nears AS int[]), :most)
              ORDER BY score DESC, ref_id) m
        OFFSET 0) m
    WHERE m.shown IS NOT NULL LIMIT :limit
"""


@requires(Permission.CATALOG_READ)
async def suggest(
    ctx: ReadContext, cards: Sequence[Cards], shapes: Shapes, typed: str
) -> BaseModel:
    """A few things whose names begin so or have a word that does, the most popular first.

    Nothing where the space switched suggestions off.
    """
    if not SUGGESTIONS.is_on(ctx):
        return shapes.suggestions(items=[])
    question = read_question(typed, shortest=1)
    if not question.key:
        return shapes.suggestions(items=[])
    fragments = [(one.ref_kind, *one.brief(ctx)) for one in cards]
    values = question.values(ctx.space_id)
    del values["code"]
    for _, _, more in fragments:
        values |= more
    profile = ctx.actor.profile
    most = MOST_BEHIND_A_LIMIT if profile is not None and profile.is_limited else MOST
    made = _compose(tuple((kind, sql) for kind, sql, _ in fragments))
    rows = await ctx.db.rows(made(**values, space=ctx.space_id, most=most, limit=SUGGESTED))
    return shapes.suggestions(
        items=[
            shapes.suggestion(type=row["ref_kind"], id=str(row["ref_id"]), **row["shown"])
            for row in rows
        ]
    )


@lru_cache(maxsize=64)
def _compose(brief: tuple[tuple[str, str], ...]) -> Prepared:
    return Prepared(
        _SUGGEST.replace("$brief", " ".join(f"WHEN '{kind}' THEN {sql}" for kind, sql in brief))
    )
