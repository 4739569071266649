"""What a batch's rows met before: origins, barcodes, the libraries they name.

``OFFSET 0`` asks for one search of an index for each row, as in the catalogue's matching.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mediatheque.areas.catalog.rules.matching import Candidate
from mediatheque.areas.library.models import Library
from mediatheque.kit.db import Stage
from mediatheque.kit.ids import uuid7
from mediatheque.kit.text import fold, slugify

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from psycopg import AsyncConnection

    from mediatheque.areas.library.actions.imports.prepare import Prepared

KEYS = Stage("stage_keys", {"position": "int", "key": "text"})
BARCODES = Stage("stage_barcodes", {"position": "int", "barcode": "text"})

_ORIGINS = """
    SELECT k.position, o.key, o.ordinal, o.title_id, o.copy_id, o.digest
    FROM stage_keys k
    CROSS JOIN LATERAL (
        SELECT * FROM library_origins o
        WHERE o.space_id = %(space)s AND o.source = %(source)s AND o.key = k.key OFFSET 0) o
"""
_BY_BARCODE = """
    SELECT DISTINCT b.position, t.id, t.kind, t.title_key, t.year,
           t.import_id IS NOT DISTINCT FROM %(import)s AS is_sibling
    FROM stage_barcodes b
    CROSS JOIN LATERAL (
        SELECT e.title_id FROM library_editions e
        WHERE e.space_id = %(space)s AND e.barcode = b.barcode AND e.barcode <> '' OFFSET 0) e
    CROSS JOIN LATERAL (
        SELECT * FROM catalog_titles t
        WHERE t.space_id = %(space)s AND t.id = e.title_id OFFSET 0) t
    ORDER BY b.position, t.id
"""
_LIBRARIES = "SELECT id, slug, name, is_default FROM library_libraries WHERE space_id = %s"


@dataclass(slots=True)
class Known:
    """Rows met before: position → work, (key, ordinal) → copy and digest."""

    titles: dict[int, UUID] = field(default_factory=dict)
    copies: dict[tuple[str, int], UUID] = field(default_factory=dict)
    digests: dict[tuple[str, int], str] = field(default_factory=dict)


async def find_origins(
    connection: AsyncConnection[Any], rows: Sequence[Prepared], values: dict[str, Any]
) -> Known:
    """Where the rows of a batch went in earlier imports of the same source."""
    await KEYS.fill(
        connection,
        ((one.position, key) for one in rows for key in dict.fromkeys(k for k, _ in one.places)),
    )
    known = Known()
    works: dict[str, UUID] = {}
    found = await (await connection.execute(_ORIGINS, values)).fetchall()
    for _, key, ordinal, title_id, copy_id, digest in found:
        works[key] = title_id
        known.digests[key, ordinal] = digest
        if copy_id:
            known.copies[key, ordinal] = copy_id
    for one in rows if works else ():
        title = next((works[key] for key, _ in one.places if key in works), None)
        if title:
            known.titles[one.position] = title
    return known


async def find_by_barcode(
    connection: AsyncConnection[Any], rows: Sequence[Prepared], values: dict[str, Any]
) -> dict[int, list[Candidate]]:
    """Works that have an edition with a row's barcode."""
    pairs = [
        (one.position, copy.barcode)
        for one in rows
        for copy in one.row.copies  # type: ignore[union-attr]  # items only
        if copy.barcode
    ]
    found: dict[int, list[Candidate]] = {}
    if not pairs:
        return found
    await BARCODES.fill(connection, pairs)
    for position, title_id, kind, key, year, is_sibling in await (
        await connection.execute(_BY_BARCODE, values)
    ).fetchall():
        found.setdefault(position, []).append(
            Candidate(title_id, "barcode", kind, key, year, is_sibling=is_sibling)
        )
    return found


async def find_libraries(
    connection: AsyncConnection[Any],
    rows: Sequence[Prepared],
    chosen: UUID | None,
    values: dict[str, Any],
) -> dict[str | None, UUID]:
    """The library of each name that the rows use; None is the import's own.

    Libraries that are named and not there are made; without a choice the space's first library
    takes the rest, and is made when there is none.
    """
    have = await (await connection.execute(_LIBRARIES, (values["space"],))).fetchall()
    by_name = {fold(name): one for one, _, name, _ in have}
    slugs = {slug for _, slug, _, _ in have}
    default = next((one for one, _, _, is_default in have if is_default), None)
    wanted = {
        copy.library
        for one in rows
        for copy in one.row.copies  # type: ignore[union-attr]  # items only
    }
    found: dict[str | None, UUID] = {}
    for name in sorted(wanted, key=lambda one: one or ""):
        if name is None:
            if chosen is None and default is None:
                default = await _make(connection, "Library", slugs, values, is_default=True)
            found[None] = chosen or default  # type: ignore[assignment]  # one of them is there
        else:
            known = by_name.get(fold(name))
            if known is None:
                is_first = not have and default is None
                known = await _make(connection, name, slugs, values, is_default=is_first)
                default = default or known
            found[name] = by_name[fold(name)] = known
    return found


async def _make(
    connection: AsyncConnection[Any],
    name: str,
    slugs: set[str],
    values: dict[str, Any],
    *,
    is_default: bool,
) -> UUID:
    made = uuid7()
    slug = slugify(name)
    if slug in slugs:
        slug = f"{slug}-{made.hex[-6:]}"
    slugs.add(slug)
    await connection.execute(
        f"INSERT INTO {Library.__tablename__} (space_id, id, slug, name, is_default, import_id) "  # noqa: S608  (our own name)
        "VALUES (%s, %s, %s, %s, %s, %s)",
        (values["space"], made, slug, name, is_default, values["import"]),
    )
    return made
