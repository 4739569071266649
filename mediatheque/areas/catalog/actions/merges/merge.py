"""Making one work of two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import orjson
from sqlalchemy import text

from mediatheque.areas.catalog.actions.merges import statements
from mediatheque.areas.catalog.events import TitlesMerged
from mediatheque.areas.catalog.queries.titles import get_title
from mediatheque.areas.catalog.rules.merging import COLUMNS, merged_columns
from mediatheque.areas.catalog.rules.refusals import DuplicateNotFoundError, TitleNotFoundError
from mediatheque.areas.catalog.schemas.duplicates import MergeDone
from mediatheque.core.context import Context, requires
from mediatheque.core.journal import Ref
from mediatheque.core.permissions import Permission
from mediatheque.kit.ids import uuid7

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from mediatheque.areas.catalog.actions.merges.followers import MergeFollower
    from mediatheque.areas.catalog.schemas.duplicates import MergeChoice
    from mediatheque.kit.db import Row

_PAIR: Final = text(
    "SELECT left_id, right_id FROM catalog_duplicates "
    "WHERE space_id = :space AND id = :id AND state = 'open' FOR UPDATE"
)


@requires(Permission.CATALOG_MERGE)
async def merge_duplicate(
    ctx: Context, duplicate_id: UUID, choice: MergeChoice, followers: Sequence[MergeFollower]
) -> MergeDone:
    """Merge an open pair as chosen, with every other area's rows.

    Raises ``DuplicateNotFoundError``.
    """
    pair = await ctx.db.row(_PAIR.bindparams(space=ctx.space_id, id=duplicate_id))
    if pair is None:
        raise DuplicateNotFoundError
    sides = {"left": pair["left_id"], "right": pair["right_id"]}
    other = "right" if choice.keep == "left" else "left"
    from_gone: dict[str, bool] = {name: side == other for name, side in choice.fields.items()}
    return await merge_titles(ctx, sides[choice.keep], sides[other], from_gone, followers)


@requires(Permission.CATALOG_MERGE)
async def merge_titles(
    ctx: Context,
    kept: UUID,
    gone: UUID,
    from_gone: Mapping[str, bool],
    followers: Sequence[MergeFollower],
) -> MergeDone:
    """Make one work of two. ``from_gone``: field → whether the other work's value was chosen.

    The kept work gets the words, credits, ids, seasons and episodes of both; the id and the
    address of the other become aliases of it. Raises ``TitleNotFoundError``.
    """
    values: dict[str, Any] = {
        "space": ctx.space_id,
        "kept": kept,
        "gone": gone,
        "merge": uuid7(),
        "now": ctx.now,
        "actor": ctx.actor.id,
    }
    snapshot = await _snapshot(ctx, values)
    columns = merged_columns(snapshot["kept"], snapshot["gone"], from_gone)
    snapshot["followers"] = {
        follower.name: await follower.follow(ctx, gone, kept) for follower in followers
    }
    moved = (await ctx.db.execute(statements.MOVE, values)).mappings().one()
    snapshot["added"] = dict(moved)
    await _set_columns(ctx, values, snapshot, columns, from_gone)
    label = columns.get("title", snapshot["kept"]["title"])
    finish = {
        **values,
        "label": label,
        "aliases": [snapshot["gone"]["slug"], str(gone)],
        "snapshot": orjson.dumps(snapshot, default=str).decode(),
    }
    await ctx.db.execute(statements.FINISH, finish)
    ctx.emit(_event(label, kept, gone, snapshot))
    return MergeDone(merge_id=values["merge"], title=await get_title(ctx, kept))


async def _snapshot(ctx: Context, values: Mapping[str, Any]) -> Row:
    """Both works and all rows of the one that goes; locks both, in one order."""
    locked = (await ctx.db.execute(statements.LOCK, values)).all()
    if len(locked) < 2 or values["kept"] == values["gone"]:  # noqa: PLR2004  (two works)
        raise TitleNotFoundError
    return dict((await ctx.db.execute(statements.snapshot(), values)).mappings().one())


async def _set_columns(
    ctx: Context,
    values: Mapping[str, Any],
    snapshot: Row,
    columns: dict[str, Any],
    from_gone: Mapping[str, bool],
) -> None:
    """Write the kept work; a field that was chosen counts as edited by hand."""
    kept = snapshot["kept"]
    by_hand = {name for name, chosen in from_gone.items() if chosen}
    by_hand &= {name for name, column in COLUMNS.items() if column in columns} | {"details"}
    edited = sorted({*kept["edited_fields"], *by_hand})
    snapshot["after"] = {**columns, "edited_fields": edited}
    row = orjson.dumps(columns).decode()
    await ctx.db.execute(
        statements.set_columns(list(columns)), {**values, "row": row, "edited_fields": edited}
    )


def _event(label: str, kept: UUID, gone: UUID, snapshot: Row) -> TitlesMerged:
    other, after = snapshot["gone"], snapshot["after"]
    changed = {name: column for name, column in COLUMNS.items() if column in after}
    before = {name: snapshot["kept"][column] for name, column in changed.items()}
    return TitlesMerged(
        ref=Ref("title", kept, label),
        before={
            **before,
            "merged": {name: other[name] for name in ("id", "slug", "kind", "title", "year")},
        },
        after={name: after[column] for name, column in changed.items()},
        batch=(kept, gone),
    )
