"""The owned items of a batch: editions, copies, loans, and where they came from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mediatheque.areas.library.actions.imports.claims import claim
from mediatheque.areas.library.actions.imports.items import COLUMNS, FIELDS, KEY
from mediatheque.kit.db import Stage
from mediatheque.kit.db.staging import NULL, joined, lines
from mediatheque.kit.ids import uuid7

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from uuid import UUID

    from psycopg import AsyncConnection

    from mediatheque.areas.library.actions.imports.prepare import Prepared

COPIES = Stage(
    "stage_copies",
    {
        "position": "int",
        "title_id": "uuid",
        "library_id": "uuid",
        "copy_id": "uuid",
        "new_id": "uuid",
        "edition_id": "uuid",
        "is_new": "boolean",
        **COLUMNS,
    },
)
ORIGINS = Stage(
    "stage_origins",
    {"key": "text", "ordinal": "smallint", "digest": "text", "title_id": "uuid"},
)

_EDITIONS = f"""
    INSERT INTO library_editions (space_id, title_id, {", ".join(KEY)}, publisher, released_on,
                                  import_id)
    SELECT %(space)s, title_id, {", ".join(KEY)}, max(publisher), max(released_on), %(import)s
    FROM stage_copies
    WHERE copy_id IS NULL
    GROUP BY title_id, {", ".join(KEY)}
    ORDER BY min(position)
    ON CONFLICT DO NOTHING
"""  # noqa: S608  (the parts are constants of this file)
_GIVEN = {"signed": "coalesce(s.signed, false)"}
_INSERT = f"""
    INSERT INTO library_copies (space_id, id, title_id, edition_id, library_id,
                                {", ".join(FIELDS)}, added_by, added_at, import_id)
    SELECT %(space)s, s.copy_id, s.title_id, s.edition_id, s.library_id,
           {", ".join(_GIVEN.get(name, f"s.{name}") for name in FIELDS)}, %(actor)s,
           coalesce(s.added_at, %(now)s), %(import)s
    FROM stage_copies s
    WHERE s.is_new
    ORDER BY s.position, s.place
    RETURNING id
"""  # noqa: S608  (the parts are constants of this file)
_NEW_POSITIONS = "SELECT DISTINCT position FROM stage_copies WHERE is_new"
_LOANS = """
    INSERT INTO library_loans (space_id, copy_id, borrower, lent_on, lent_by, import_id)
    SELECT %(space)s, s.copy_id, s.loaned_to, s.loaned_on, %(actor)s, %(import)s
    FROM stage_copies s
    WHERE s.loaned_to IS NOT NULL AND (s.is_new OR (%(mode)s::text <> 'add' AND NOT EXISTS (
        SELECT 1 FROM library_loans l WHERE l.space_id = %(space)s AND l.copy_id = s.copy_id)))
    ON CONFLICT DO NOTHING
    RETURNING copy_id
"""
_ORIGINS = """
    INSERT INTO library_origins (space_id, source, key, ordinal, title_id, copy_id, digest,
                                 import_id)
    SELECT %(space)s, %(source)s, key, ordinal, title_id, copy_id, digest, %(import)s
    FROM stage_copies
    UNION ALL
    SELECT %(space)s, %(source)s, key, ordinal, title_id, NULL, digest, %(import)s
    FROM stage_origins
    ON CONFLICT (space_id, source, key, ordinal) DO UPDATE
    SET digest = excluded.digest
    WHERE library_origins.digest <> excluded.digest
"""


def _change(mode: str) -> str:
    values = {
        name: (
            f"coalesce(c.{name}, s.{name})"
            if mode == "fill"
            else f"CASE WHEN s.{name} IS NULL OR '{name}' = ANY(c.edited_fields) "
            f"THEN c.{name} ELSE s.{name} END"
        )
        for name in FIELDS
    }
    assign = ", ".join(f"{name} = {value}" for name, value in values.items())
    now, then = ", ".join(values.values()), ", ".join(f"c.{name}" for name in values)
    sides = ", ".join(
        f"'{name}', jsonb_build_array(to_jsonb(old.{name}), to_jsonb(new.{name}))"
        for name in values
    )
    return f"""
        UPDATE library_copies c SET {assign}
        FROM stage_copies s
        WHERE c.space_id = %(space)s AND c.id = s.copy_id AND NOT s.is_new
          AND ({now}) IS DISTINCT FROM ({then})
        RETURNING s.position, c.id, jsonb_build_object({sides})
    """  # noqa: S608  (the parts are constants of this file)


@dataclass(slots=True)
class Shelved:
    """What became of a batch's copies: positions with a new one, changes by position."""

    created: set[int] = field(default_factory=set)
    changes: dict[int, dict[str, Any]] = field(default_factory=dict)


def _staged(
    rows: Sequence[Prepared],
    known: dict[tuple[str, int], UUID],
    library_of: dict[str | None, UUID],
) -> Iterator[tuple[str, ...]]:
    for one in rows:
        assert one.draft is not None  # noqa: S101  (rows here are matched)
        work = one.draft.title_id.hex
        for item, place in zip(one.items, one.places, strict=False):
            there = known.get(place)
            yield (
                f"{one.position}",
                work,
                library_of[item.library].hex,
                there.hex if there else NULL,
                uuid7().hex,
                NULL,
                "f",
                item.staged,
            )


class Shelf:
    """A batch's copies, ready for the database.

    ``known`` maps (row key, ordinal) to copies of earlier imports.
    """

    def __init__(
        self,
        rows: Sequence[Prepared],
        known: dict[tuple[str, int], UUID],
        library_of: dict[str | None, UUID],
    ) -> None:
        self.rows = rows
        self.copies = joined(_staged(rows, known, library_of))
        self.origins = lines(
            (one.key, 0, one.digest, one.draft.title_id)
            for one in rows
            if one.draft and not one.items
        )


async def shelve(connection: AsyncConnection[Any], shelf: Shelf, values: dict[str, Any]) -> Shelved:
    """Put a batch's copies on their shelves and note where every row went.

    A copy that somebody put there by hand (or another program's import) is claimed before a
    new one is made.
    """
    await COPIES.fill(connection, shelf.copies)
    await ORIGINS.fill(connection, shelf.origins)
    done = Shelved()
    await connection.execute(_EDITIONS, values)
    await claim(connection, shelf.rows, values)
    await connection.execute(_INSERT, values)
    found = await (await connection.execute(_NEW_POSITIONS)).fetchall()
    done.created = {row[0] for row in found}
    if values["mode"] != "add":
        changed = await (await connection.execute(_change(values["mode"]), values)).fetchall()
        for position, copy_id, sides in changed:
            done.changes.setdefault(position, {})[f"copy:{copy_id}"] = {
                name: pair for name, pair in sides.items() if pair[0] != pair[1]
            }
    await connection.execute(_LOANS, values)
    await connection.execute(_ORIGINS, values)
    return done
