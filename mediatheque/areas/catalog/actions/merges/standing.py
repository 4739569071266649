"""What every undo begins with: the merge as it stands, and an address for who comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mediatheque.areas.catalog.rules.refusals import (
    MergeAlreadyUndoneError,
    MergeNotFoundError,
    MergeSupersededError,
)

if TYPE_CHECKING:
    from uuid import UUID

    from mediatheque.core.context import Context
    from mediatheque.kit.db import Row


async def standing_merge(
    ctx: Context,
    statement: str,
    merge_id: UUID,
    superseded: str = MergeSupersededError.message,
) -> Row:
    """Load a merge that can be undone, by a statement with ``:space`` and ``:merge``.

    It tells ``undone_at``, ``kept`` (null: gone since) and ``later_id``, the merge that it went
    in. Raises ``MergeNotFoundError``, ``MergeAlreadyUndoneError``, ``MergeSupersededError``.
    """
    result = await ctx.db.execute(statement, {"space": ctx.space_id, "merge": merge_id})
    merge = result.mappings().one_or_none()
    if merge is None:
        raise MergeNotFoundError
    if merge["undone_at"] is not None:
        raise MergeAlreadyUndoneError
    if merge["kept"] is None:
        later = merge["later_id"]
        raise MergeSupersededError(superseded, details={"merge_id": str(later)} if later else None)
    return dict(merge)


def returning(row: Row, *, is_slug_taken: bool) -> Row:
    """The row that went, to be written again: under another address if its own is taken."""
    slug = f"{row['slug']}-{row['id'][-8:]}" if is_slug_taken else row["slug"]
    return {**row, "slug": slug}
