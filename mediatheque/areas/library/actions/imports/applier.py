"""The library's half of every import."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mediatheque.areas.library.actions.imports import results
from mediatheque.areas.library.actions.imports.apply import apply_batch
from mediatheque.areas.library.actions.imports.prepare import prepare
from mediatheque.areas.library.actions.imports.undo import take_import_back

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from mediatheque.areas.exchange.schemas.runs import RowResult, Run
    from mediatheque.areas.library.actions.imports.prepare import Prepared
    from mediatheque.areas.library.schemas.rows import ItemRow, RowFailure
    from mediatheque.core.context import Context


class LibraryApplier:
    """Applies rows of every source of the library (``exchange.schemas.runs.Applier``)."""

    def prepare(
        self, run: Run, position: int, row: ItemRow | RowFailure, *, passed: bool = False
    ) -> Prepared | None:
        """Normalise a row; see :func:`prepare`."""
        return prepare(run, position, row, passed=passed)

    async def apply(
        self,
        ctx: Context,
        run: Run,
        prepared: Sequence[Prepared],
        *,
        chosen: dict[int, UUID | None] | None = None,
    ) -> list[RowResult]:
        """Write a batch; see :func:`apply_batch`."""
        return await apply_batch(ctx, run, prepared, chosen=chosen)

    def refuse(self, prepared: Prepared, reason: str, message: str) -> RowResult:
        """The result of a row that the database would not take."""
        return results.refused(prepared, reason, message)

    def unpack(self, item: dict[str, Any], line: int) -> ItemRow:
        """A kept row again."""
        return results.unpack(item, line)

    async def undo(
        self, ctx: Context, import_id: UUID, changes: list[tuple[UUID | None, dict[str, Any]]]
    ) -> list[dict[str, Any]]:
        """Take an import back; see :func:`take_import_back`."""
        return await take_import_back(ctx, import_id, changes)
