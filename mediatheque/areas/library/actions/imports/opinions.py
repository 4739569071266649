"""What the importing person said of works: ratings, notes, marks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from mediatheque.kit.db import Stage
from mediatheque.kit.db.staging import lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from psycopg import AsyncConnection

    from mediatheque.areas.library.actions.imports.prepare import Prepared
    from mediatheque.areas.library.schemas.rows import ItemRow, MarkRow

RATINGS = Stage("stage_ratings", {"title_id": "uuid", "value": "smallint"})
NOTES = Stage("stage_notes", {"id": "uuid", "title_id": "uuid", "body": "text"})
MARKS = Stage(
    "stage_marks",
    {
        "title_id": "uuid",
        "season": "smallint",
        "episode": "smallint",
        "status": "text",
        "finished_on": "date",
        "times": "smallint",
    },
)
NOTES_NAMESPACE = UUID("5b0f6a43-6f5d-4b0c-9a54-0c9bd6b9b6d1")
_ORDER = {"wanted": 0, "started": 1, "finished": 2}

_RATE = """
    INSERT INTO library_ratings AS r (space_id, title_id, user_id, value, import_id)
    SELECT %(space)s, title_id, %(actor)s, value, %(import)s FROM stage_ratings
    ON CONFLICT (space_id, title_id, user_id) DO UPDATE SET value = excluded.value
    WHERE %(mode)s::text = 'overwrite' AND r.edited_at IS NULL AND r.value <> excluded.value
    RETURNING new.title_id, old.value, new.value
"""
_NOTE = """
    INSERT INTO library_notes (space_id, id, title_id, user_id, body, created_at, import_id)
    SELECT %(space)s, s.id, s.title_id, %(actor)s, s.body, %(now)s, %(import)s
    FROM stage_notes s
    WHERE NOT EXISTS (
        SELECT 1 FROM library_notes n
        WHERE n.space_id = %(space)s AND n.title_id = s.title_id AND n.user_id = %(actor)s
          AND btrim(replace(n.body, E'\\r', ''), E' \\t\\n')
            = btrim(replace(s.body, E'\\r', ''), E' \\t\\n'))
    ON CONFLICT DO NOTHING
    RETURNING title_id
"""
_RANK = "array_position(ARRAY['wanted', 'started', 'finished'], {}.status)"
_MARK = f"""
    INSERT INTO library_marks AS m (space_id, title_id, user_id, season, episode, status,
                                    finished_on, times, import_id)
    SELECT %(space)s, title_id, %(actor)s, season, episode, status, finished_on, times,
           %(import)s
    FROM stage_marks
    ON CONFLICT (space_id, title_id, user_id, season, episode) DO UPDATE
    SET status = excluded.status, times = excluded.times,
        finished_on = greatest(m.finished_on, excluded.finished_on)
    WHERE m.edited_at IS NULL
      AND ({_RANK.format("excluded")}, excluded.times) > ({_RANK.format("m")}, m.times)
    RETURNING new.title_id, new.season, new.episode, old.status, old.finished_on, old.times,
              new.status, new.finished_on, new.times
"""  # noqa: S608  (the parts are constants of this file)


@dataclass(slots=True)
class Opinions:
    """What the rows of a batch say of their works, ready for the stages."""

    ratings: bytes
    notes: bytes
    marks: bytes


def gather(rows: Sequence[Prepared], values: dict[str, Any]) -> Opinions:
    """Collect ratings, notes and marks of decided rows. Runs in a thread."""
    ratings: dict[UUID, int] = {}
    notes: dict[UUID, tuple[UUID, str]] = {}
    marks: dict[tuple[UUID, int, int], tuple[str, Any, int]] = {}
    for one in rows:
        _collect(one, values, ratings, notes, marks)
    return Opinions(
        lines(ratings.items()),
        lines((key, *note) for key, note in notes.items()),
        lines((*key, *mark) for key, mark in marks.items()),
    )


async def note_opinions(
    connection: AsyncConnection[Any], opinions: Opinions, values: dict[str, Any]
) -> dict[UUID, dict[str, Any]]:
    """Write ratings, notes and marks; answers work → what was added or changed.

    Entries are ``my_rating`` and ``mark:season:episode`` with ``[before, after]`` (before is
    None for what is new), and ``note``.
    """
    done: dict[UUID, dict[str, Any]] = {}
    if opinions.ratings:
        await RATINGS.fill(connection, opinions.ratings)
        for title_id, old, new in await (await connection.execute(_RATE, values)).fetchall():
            done.setdefault(title_id, {})["my_rating"] = [old, new]
    if opinions.notes:
        await NOTES.fill(connection, opinions.notes)
        for (title_id,) in await (await connection.execute(_NOTE, values)).fetchall():
            done.setdefault(title_id, {})["note"] = [None, True]
    if opinions.marks:
        await MARKS.fill(connection, opinions.marks)
        for row in await (await connection.execute(_MARK, values)).fetchall():
            title_id, season, episode, *sides = row
            before = None if sides[0] is None else [sides[0], _iso(sides[1]), sides[2]]
            done.setdefault(title_id, {})[f"mark:{season}:{episode}"] = [
                before,
                [sides[3], _iso(sides[4]), sides[5]],
            ]
    return done


def _iso(day: Any) -> str | None:  # noqa: ANN401  (a date or None)
    return day.isoformat() if day else None


def _collect(
    one: Prepared,
    values: dict[str, Any],
    ratings: dict[UUID, int],
    notes: dict[UUID, tuple[UUID, str]],
    marks: dict[tuple[UUID, int, int], tuple[str, Any, int]],
) -> None:
    row: ItemRow = one.row  # type: ignore[assignment]  # failures are sorted out before
    assert one.draft is not None  # noqa: S101  (rows here are matched)
    title_id = one.draft.title_id
    if row.my_rating is not None and row.episode is None and row.season is None:
        ratings[title_id] = max(1, round(row.my_rating * 10))
    for body in [*row.notes, *([row.review] if row.review else [])]:
        name = f"{values['space']}|{values['actor']}|{title_id}|{body}"
        notes[uuid5(NOTES_NAMESPACE, name)] = (title_id, body)
    places: dict[tuple[int, int], list[MarkRow]] = {}
    for mark in row.marks:
        season = row.season if mark.season is None else mark.season
        episode = row.episode if mark.episode is None else mark.episode
        places.setdefault((season or 0, episode or 0), []).append(mark)
    for place, said in places.items():
        best = max(said, key=lambda mark: _ORDER.get(mark.status, 0)).status
        days = [mark.on for mark in said if mark.status == "finished" and mark.on]
        times = sum(
            mark.times if mark.times is not None else mark.status == "finished" for mark in said
        )
        marks[title_id, *place] = (best, max(days, default=None), times)
