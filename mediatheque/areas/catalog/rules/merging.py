"""Which value a merged work gets in each field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from mediatheque.areas.catalog.rules.names import sort_key, title_key

if TYPE_CHECKING:
    from collections.abc import Mapping

COLUMNS: Final = {
    "kind": "kind",
    "title": "title",
    "original_title": "original_title",
    "sort_title": "sort_title",
    "synopsis": "synopsis",
    "year": "year",
    "released_on": "released_on",
    "runtime_minutes": "runtime_minutes",
    "age_rating": "age_rating",
    "minimum_age": "minimum_age",
    "rating": "rating",
    "status": "status",
    "poster": "poster_id",
    "available_from": "available_from",
    "available_until": "available_until",
}
"""Field of the wire → column. ``details`` are merged key by key."""

_NOT_FILLED: Final = frozenset({"status", "available_from", "available_until"})


def merged_columns(
    kept: Mapping[str, Any], gone: Mapping[str, Any], from_gone: Mapping[str, bool]
) -> dict[str, Any]:
    """The columns of the kept work that change.

    ``from_gone`` says of a field whether the other work's value was chosen. A field nobody chose
    keeps its value; where it is empty, the other work's fills it. A sort title goes with its title.
    """
    chosen = dict(from_gone)
    if "title" in chosen:
        chosen.setdefault("sort_title", chosen["title"])
    found: dict[str, Any] = {}
    for name, column in COLUMNS.items():
        is_empty = kept[column] in {None, ""} and name not in _NOT_FILLED
        if chosen.get(name, is_empty):
            found[column] = gone[column]
    found["details"] = _details(kept, gone, chosen.get("details"))
    changed = {column: value for column, value in found.items() if value != kept[column]}
    if "title" in changed:
        changed["title_key"] = title_key(changed["title"])
    if "sort_title" in changed:
        changed["sort_key"] = sort_key(changed["sort_title"])
    return changed


def _details(
    kept: Mapping[str, Any], gone: Mapping[str, Any], is_chosen: bool | None
) -> dict[str, Any]:
    if is_chosen:
        return dict(gone["details"])
    if is_chosen is None and kept["kind"] == gone["kind"]:
        return {**gone["details"], **kept["details"]}
    return dict(kept["details"])


def restored_columns(
    current: Mapping[str, Any], before: Mapping[str, Any], after: Mapping[str, Any]
) -> dict[str, Any]:
    """The columns that an undo sets back: those that still have the merge's value."""
    return {
        column: before[column] for column, value in after.items() if current.get(column) == value
    }
