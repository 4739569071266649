"""The audit trail as CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from mediatheque.kit.db.jsonb import jsonb
from mediatheque.kit.tabular.writing import csv_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

COLUMNS: Final = {
    "position": "position",
    "at": "at",
    "actor_kind": "actor_kind",
    "actor_id": "actor_id",
    "actor": "actor_name",
    "action": "kind",
    "outcome": "outcome",
    "object_kind": "ref_kind",
    "object_id": "ref_id",
    "object": "label",
    "before": "before",
    "after": "after",
    "request_id": "request_id",
    "ip": "ip",
    "user_agent": "user_agent",
    "hash": "hash",
}
"""The file's columns, and those of the rows."""

HEAD: Final = csv_lines([tuple(COLUMNS)])


def lines(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Entries as lines; times in ISO 8601, what changed as JSON."""
    return csv_lines([[_cell(row[column]) for column in COLUMNS.values()] for row in rows])


def _cell(value: Any) -> Any:  # noqa: ANN401  (any column's value)
    if isinstance(value, dict | list):
        return jsonb(value)
    return value.isoformat() if hasattr(value, "isoformat") else value
