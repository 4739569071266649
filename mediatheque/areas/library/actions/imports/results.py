"""What the report says of a row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from mediatheque.areas.exchange.schemas.runs import RowResult
from mediatheque.areas.library.actions.imports.prepare import Prepared
from mediatheque.areas.library.schemas.rows import ItemRow, RowFailure

if TYPE_CHECKING:
    from uuid import UUID

    from mediatheque.areas.catalog.rules.matching import Decision
    from mediatheque.areas.exchange.schemas.runs import Outcome

ITEM: TypeAdapter[ItemRow] = TypeAdapter(ItemRow)
WHY = {
    "ids_of_two_titles": "Its ids belong to two different works here. Which one is it?",
    "conflicting_ids": "One id agrees with a work here and another contradicts it.",
    "several_titles": "Several works here fit equally well.",
    "similar_title": "A work here has this title, but it may be another one.",
}


def _result(one: Prepared, outcome: Outcome, **more: Any) -> RowResult:  # noqa: ANN401  (fields of the result)
    return RowResult(
        position=one.position, line=one.line, outcome=outcome, staged=one.staged, **more
    )


def failed(one: Prepared) -> RowResult:
    """A row that the source could not read."""
    assert isinstance(one.row, RowFailure)  # noqa: S101  (the caller sorted them)
    return _result(one, "failed", reason=one.row.code, message=one.row.message)


def refused(one: Prepared, reason: str, message: str) -> RowResult:
    """A row that the database would not take; kept for a retry."""
    return _result(one, "failed", reason=reason, message=message, item=pack(one))


def created(one: Prepared, title_id: UUID, changes: dict[str, Any]) -> RowResult:
    """A new work, copy or episode."""
    return _result(one, "created", ref_kind="title", ref_id=title_id, changes=changes or None)


def updated(one: Prepared, title_id: UUID, changes: dict[str, Any]) -> RowResult:
    """Something was added to a work that was here."""
    return _result(one, "updated", ref_kind="title", ref_id=title_id, changes=changes or None)


def skipped(one: Prepared, title_id: UUID, reason: str, message: str) -> RowResult:
    """Nothing to do."""
    return _result(
        one, "skipped", ref_kind="title", ref_id=title_id, reason=reason, message=message
    )


def review(one: Prepared, decision: Decision) -> RowResult:
    """A decision for a person, with the candidates."""
    return _result(
        one,
        "needs_review",
        reason=decision.reason,
        message=WHY.get(decision.reason, ""),
        item=pack(one),
        candidates=[
            {"title_id": str(title_id), "score": points, "reasons": reasons}
            for title_id, points, reasons in decision.scored[:10]
        ],
    )


def pack(one: Prepared) -> dict[str, Any] | None:
    """The row as JSON, to be applied later."""
    if isinstance(one.row, RowFailure):
        return None
    packed: dict[str, Any] = ITEM.dump_python(one.row, mode="json")
    packed["_key"] = one.key
    return packed


def unpack(item: dict[str, Any], line: int) -> ItemRow:
    """The row again; its key is the one it had."""
    plain = dict(item)
    key = plain.pop("_key", None)
    row = ITEM.validate_python(plain)
    row.line, row.key = line, key or row.key
    return row
