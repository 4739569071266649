"""The collection as rows that an import reads back, in stretches of constant size."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from sqlalchemy import text

from mediatheque.areas.catalog.rules.names import default_sort_title
from mediatheque.areas.catalog.rules.words import SCHEMES
from mediatheque.areas.library.queries.exports_parts import (
    choose,
    counted,
    parts_of,
    works_after,
    works_at,
)
from mediatheque.areas.library.rules.refusals import NoSuchLibraryError
from mediatheque.areas.library.schemas.rows import (
    CopyRow,
    CreditRow,
    EpisodeRow,
    ItemRow,
    MarkRow,
    SeasonRow,
)
from mediatheque.core.context import ReadContext, requires
from mediatheque.core.permissions import Permission

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mediatheque.areas.library.schemas.exports import ExportFilter
    from mediatheque.kit.db import Row

STRETCH: Final = 1_000
_TENTHS: Final = 10
_PLAIN: Final = (
    *("kind", "title", "original_title", "year", "synopsis", "released_on", "runtime_minutes"),
    *("age_rating", "minimum_age", "added_on"),
)
_LIBRARIES: Final = text(
    """
    SELECT id, slug FROM library_libraries
    WHERE space_id = :space
      AND (slug = ANY(cast(:named AS text[])) OR id::text = ANY(cast(:named AS text[])))
    """
)

Parts = dict[str, dict[UUID, list["Row"]]]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Whole works with their sort keys, all that have one of these keys; ``after`` the last."""

    items: list[tuple[str, ItemRow]]
    after: str | None


@requires(Permission.EXPORT_CREATE)
async def find_libraries(ctx: ReadContext, wanted: ExportFilter) -> list[UUID]:
    """The ids of the libraries named by slug or id; raises ``NoSuchLibraryError``."""
    if not wanted.library:
        return []
    rows = await ctx.db.rows(_LIBRARIES.bindparams(space=ctx.space_id, named=wanted.library))
    known = {row["slug"] for row in rows} | {str(row["id"]) for row in rows}
    if not known.issuperset(wanted.library):
        raise NoSuchLibraryError(field="library")
    return [row["id"] for row in rows]


@requires(Permission.EXPORT_CREATE)
async def count_works(ctx: ReadContext, wanted: ExportFilter, libraries: Sequence[UUID]) -> int:
    """How many works the export has."""
    return int(await ctx.db.scalar(counted(choose(ctx, wanted, libraries))) or 0)


@requires(Permission.EXPORT_CREATE)
async def list_stretch(
    ctx: ReadContext, wanted: ExportFilter, libraries: Sequence[UUID], after: str | None
) -> Stretch:
    """The works that follow a sort key; those of one key are never parted.

    So the order within a key can be that of the content, whatever ids the works have.
    """
    chosen = choose(ctx, wanted, libraries)
    rows = await ctx.db.rows(works_after(chosen, after, STRETCH))
    if len(rows) == STRETCH:
        last = rows[-1]["sort_key"]
        whole = [row for row in rows if row["sort_key"] != last]
        if whole:
            rows = whole
        else:
            rows = await ctx.db.rows(works_at(chosen, last))
    if not rows:
        return Stretch([], None)
    selects = parts_of(ctx, [row["id"] for row in rows], libraries)
    found = await ctx.db.batch(*selects.values())
    parts = {name: _by_work(part) for name, part in zip(selects, found, strict=True)}
    return Stretch([(row["sort_key"], _item(row, parts)) for row in rows], rows[-1]["sort_key"])


def _by_work(rows: Sequence[Row]) -> dict[UUID, list[Row]]:
    found: dict[UUID, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.pop("title_id")].append(row)
    return found


def _item(row: Row, parts: Parts) -> ItemRow:
    def of(name: str) -> list[Row]:
        return parts[name].get(row["id"], [])

    item = ItemRow(line=0, **{name: row[name] for name in _PLAIN})
    item.rating = row["rating"] / _TENTHS if row["rating"] else None
    item.details = row["details"]
    for field, scheme in SCHEMES.items():
        setattr(item, field, [term["name"] for term in of("terms") if term["scheme"] == scheme])
    if row["sort_title"] != default_sort_title(item.title, item.languages[:1]):
        item.sort_title = row["sort_title"]
    item.external_ids = _ids(of("ids"))
    item.credits = [CreditRow(**credit) for credit in of("credits")]
    item.seasons = _seasons(of("seasons"), of("episodes"))
    item.copies = [_copy(copy) for copy in of("copies")]
    item.my_rating = next((one["value"] / _TENTHS for one in of("ratings")), None)
    item.notes = [note["body"] for note in of("notes")]
    item.marks = [_mark(mark) for mark in of("marks")]
    return item


def _ids(rows: Sequence[Row]) -> dict[str, str]:
    """The ids by scheme; in a file the kind says that a TMDB number is a series'."""
    return {"tmdb" if row["scheme"] == "tmdb_tv" else row["scheme"]: row["value"] for row in rows}


def _seasons(seasons: Sequence[Row], episodes: Sequence[Row]) -> list[SeasonRow]:
    made = {row["number"]: SeasonRow(**row) for row in seasons}
    for row in episodes:
        made[row["season"]].episodes.append(EpisodeRow(**row))
    return list(made.values())


def _copy(row: dict[str, Any]) -> CopyRow:
    made = CopyRow(**row)
    if made.price_cents is None:
        made.currency = None
    return made


def _mark(row: Row) -> MarkRow:
    return MarkRow(
        row["status"],
        row["finished_on"],
        row["season"] or None if not row["episode"] else row["season"],
        row["episode"] or None,
        row["times"] or None,
    )
