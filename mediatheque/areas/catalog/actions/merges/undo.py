"""Taking a merge back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import orjson

from mediatheque.areas.catalog.actions.merges import statements
from mediatheque.areas.catalog.actions.merges.standing import returning, standing_merge
from mediatheque.areas.catalog.events import MergeUndone
from mediatheque.areas.catalog.queries.titles import get_title
from mediatheque.areas.catalog.rules.merging import restored_columns
from mediatheque.core.context import Context, requires
from mediatheque.core.journal import Ref
from mediatheque.core.permissions import Permission

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from mediatheque.areas.catalog.actions.merges.followers import MergeFollower
    from mediatheque.areas.catalog.schemas.reads import TitleCore
    from mediatheque.kit.db import Row

_ORDER: Final = ("ids", "terms", "credits", "seasons", "episodes", "aliases", "duplicates")
"""Seasons before their episodes."""


@requires(Permission.CATALOG_MERGE)
async def undo_merge(ctx: Context, merge_id: UUID, followers: Sequence[MergeFollower]) -> TitleCore:
    """Put the work that went back as it was, and take from the other what the merge gave it.

    What was changed by hand since stays. Answers the work that stands again. Raises
    ``MergeNotFoundError``, ``MergeAlreadyUndoneError``, ``MergeSupersededError``.
    """
    merge = await standing_merge(ctx, statements.MERGE, merge_id)
    snapshot: Row = merge["snapshot"]
    values: dict[str, Any] = {
        "space": ctx.space_id,
        "merge": merge_id,
        "kept": merge["kept_id"],
        "now": ctx.now,
        "terms": snapshot["added"]["terms"],
        "credits": _json(snapshot["added"]["credits"]),
    }
    await ctx.db.execute(statements.TAKE_BACK, values)
    await _restore_columns(ctx, merge, values)
    await _put(ctx, "catalog_titles", [_gone(merge)], values)
    for part in _ORDER:
        table = statements.LISTS[part][0]
        await _put(ctx, table, snapshot[part], values, part)
    known = {follower.name: follower for follower in followers}
    for name, kept in reversed(snapshot["followers"].items()):
        await known[name].undo(ctx, kept)
    ctx.emit(
        MergeUndone(
            ref=Ref("title", merge["kept_id"], merge["label"]),
            after={
                "restored": {
                    name: snapshot["gone"][name] for name in ("id", "slug", "kind", "title", "year")
                }
            },
            batch=(merge["kept_id"], merge["gone_id"]),
        )
    )
    return await get_title(ctx, merge["gone_id"])


def _gone(merge: Row) -> Row:
    """The row of the work that went; its address is another's by now, its picture may be gone."""
    row = returning(merge["snapshot"]["gone"], is_slug_taken=merge["slug_taken"])
    if row["poster_id"] not in merge["files"]:
        row["poster_id"] = None
    return row


async def _restore_columns(ctx: Context, merge: Row, values: Mapping[str, Any]) -> None:
    snapshot, current = merge["snapshot"], merge["kept"]
    before, after = snapshot["kept"], dict(snapshot["after"])
    edited_then = set(after.pop("edited_fields"))
    since = set(current["edited_fields"]) - edited_then
    columns = restored_columns(current, before, after)
    if columns.get("poster_id") and columns["poster_id"] not in merge["files"]:
        columns["poster_id"] = None
    edited = sorted({*before["edited_fields"], *since})
    await ctx.db.execute(
        statements.set_columns(list(columns)),
        {**values, "row": _json(columns), "edited_fields": edited},
    )


async def _put(
    ctx: Context,
    table: str,
    rows: Sequence[Row],
    values: Mapping[str, Any],
    part: str = "",
) -> None:
    if rows:
        statement = statements.restore(table, list(rows[0]), part)
        await ctx.db.execute(statement, {**values, "rows": _json(rows)})


def _json(value: object) -> str:
    return orjson.dumps(value).decode()
