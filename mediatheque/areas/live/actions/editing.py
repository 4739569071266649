"""Several changes of the schedule in one action, and taking them back.

An editor that moves an evening, shortens what is in the way or replaces it does so at once: the
constraint that no two entries overlap is asked at the end, so that the order does not matter.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import psycopg
from psycopg.rows import dict_row

from mediatheque.areas.live.actions.clashes import (
    Place,
    cancel_days,
    check_among,
    hold_channels,
    list_in_the_way,
    refusal,
)
from mediatheque.areas.live.actions.kept_edits import find_kept, keep, put_back
from mediatheque.areas.live.actions.schedule import TELLING, check_times
from mediatheque.areas.live.events import (
    ProgrammeAdded,
    ProgrammeChanged,
    ProgrammeRemoved,
    ScheduleEdited,
    ScheduleEditUndone,
)
from mediatheque.areas.live.queries.editing import list_entries
from mediatheque.areas.live.queries.guide import ENTRY_AGE, limited
from mediatheque.areas.live.rules.genres import folded_genres
from mediatheque.areas.live.rules.refusals import ProgrammeNotFoundError, ScheduleConflictError
from mediatheque.areas.live.schemas.editing import ScheduleChanged
from mediatheque.core.context import Context, requires
from mediatheque.core.journal import Ref
from mediatheque.core.permissions import Permission
from mediatheque.kit.ids import uuid7

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from mediatheque.areas.live.schemas.editing import ScheduleChanges
    from mediatheque.kit.db import Row

_FIELDS: Final = (
    "channel_id", "start_at", "stop_at", "title", "sub_title", "description", "season", "episode",
    "year", "genres", "min_age", "icon_url", "title_id", "episode_id", "match_how", "match_score",
    "matched_by",
)  # fmt: skip
_NEVER_NULL: Final = frozenset({"channel_id", "start_at", "stop_at", "title", "genres"})
_LOCK: Final = """
    SELECT p.* FROM live_programmes p
    JOIN live_channels c ON c.space_id = p.space_id AND c.id = p.channel_id
    WHERE p.space_id = %(space)s AND p.id = ANY(%(ids)s) AND $limit ORDER BY p.id FOR UPDATE OF p
"""
_DELETE: Final = "DELETE FROM live_programmes WHERE space_id = %(space)s AND id = ANY(%(ids)s)"
_UPDATE: Final = f"""
    UPDATE live_programmes SET {", ".join(f"{name} = %({name})s" for name in _FIELDS)},
           origin = 'hand', edited_by = %(who)s, edited_at = %(now)s, changed_at = %(now)s
    WHERE space_id = %(space)s AND id = %(id)s
"""  # noqa: S608  (constants of this file)
_INSERT: Final = f"""
    INSERT INTO live_programmes (space_id, id, origin, edited_by, edited_at, changed_at,
                                 {", ".join(_FIELDS)})
    VALUES (%(space)s, %(id)s, 'hand', %(who)s, %(now)s, %(now)s,
            {", ".join(f"%({name})s" for name in _FIELDS)})
"""  # noqa: S608  (the same)
_NAMED: Final = 20
"""How many entries the journal names."""


@dataclass(frozen=True, slots=True)
class _Edit:
    """What is put in, what is changed (as it will be), and what goes."""

    fresh: list[Row]
    moved: list[Row]
    removed: dict[UUID, Row]


@requires(Permission.LIVE_SCHEDULE)
async def change_schedule(ctx: Context, given: ScheduleChanges) -> ScheduleChanged:
    """Put entries in, change and remove others: all of it or nothing.

    What is changed is by hand from then on. ScheduleConflictError names what is in the way, unless
    that is to be replaced.
    """
    known = await _lock(ctx, given)
    fresh = [_added(ctx, one.model_dump()) for one in given.put]
    moved = [
        row
        for place, one in enumerate(given.change)
        if (row := _changed(known[one.id], one.model_dump(exclude_unset=True), place))
    ]
    removed = {one: known[one] for one in given.remove}
    if not (fresh or moved or removed):
        same = await list_entries(ctx, [one.id for one in given.change])
        return ScheduleChanged(undo_id=None, entries=same, removed=[])
    touched = {row["channel_id"] for row in (*fresh, *moved, *removed.values())}
    names = await hold_channels(ctx, touched | {known[row["id"]]["channel_id"] for row in moved})
    places = [_place(row) for row in (*fresh, *moved)]
    check_among(places)
    met = await list_in_the_way(ctx, places, known.keys())
    if met and given.conflicts == "refuse":
        raise refusal(met, places)
    removed |= {row["id"]: row for row in met}
    edit = uuid7()
    await keep(ctx, edit, [row["id"] for row in moved], removed, [row["id"] for row in fresh])
    if removed:
        await cancel_days(ctx, removed)
    await _write(ctx, fresh, moved, list(removed))
    _tell(ctx, known, names, _Edit(fresh, moved, removed))
    entries = await list_entries(ctx, [row["id"] for row in (*fresh, *moved)])
    return ScheduleChanged(undo_id=edit, entries=entries, removed=sorted(removed))


@requires(Permission.LIVE_SCHEDULE)
async def undo_edit(ctx: Context, undo_id: UUID) -> ScheduleChanged:
    """Take one's own change back; entries have the ids, the origin and the reminders they had.

    EditNotFoundError, EditedSinceError; ScheduleConflictError if something came in its place.
    """
    rows = await find_kept(ctx, undo_id)
    back = [row for row in rows if not row["is_added"]]
    names = await hold_channels(ctx, {row["channel_id"] for row in rows})
    places = [_place({**row, "field": "undo_id"}) for row in back]
    met = await list_in_the_way(ctx, places, [row["id"] for row in rows])
    if met:
        raise refusal(met, places)
    try:
        await put_back(ctx, rows[0]["slot"])
    except psycopg.errors.ExclusionViolation as error:
        raise ScheduleConflictError from error
    channel = next(iter(names.items()))
    ctx.emit(
        ScheduleEditUndone(
            ref=Ref("channel", *channel),
            after={"entries": [row["title"] for row in rows[:_NAMED]], "count": len(rows)},
            batch=tuple(sorted(names)),
        )
    )
    return ScheduleChanged(
        undo_id=None,
        entries=await list_entries(ctx, [row["id"] for row in back]),
        removed=[row["id"] for row in rows if row["is_added"]],
    )


async def _lock(ctx: Context, given: ScheduleChanges) -> dict[UUID, Row]:
    """The entries that are named, held, by id. ProgrammeNotFoundError says which is not there.

    For a profile with a limit there is only what suits it.
    """
    named = {one.id: f"change.{place}.id" for place, one in enumerate(given.change)}
    named |= {one: f"remove.{place}" for place, one in enumerate(given.remove)}
    if not named:
        return {}
    cursor = (await ctx.db.connection()).cursor(row_factory=dict_row)
    sql = _LOCK.replace("$limit", limited(ctx, ENTRY_AGE))
    rows = await (await cursor.execute(sql, {"space": ctx.space_id, "ids": [*named]})).fetchall()
    known = {row["id"]: row for row in rows}
    for one, field in named.items():
        if one not in known:
            raise ProgrammeNotFoundError(field=field)
    return known


def _added(ctx: Context, given: dict[str, Any]) -> Row:
    check_times(given["start_at"], given["stop_at"])
    has_title = given["title_id"] is not None
    return {
        **given,
        "id": uuid7(),
        "genres": folded_genres(given["genres"]),
        "episode_id": None,
        "match_how": "hand" if has_title else None,
        "match_score": 100 if has_title else None,
        "matched_by": ctx.actor.id if has_title else None,
        "field": "put.start_at",
    }


def _changed(known: Row, given: dict[str, Any], place: int) -> Row | None:
    """The entry as it will be, or None if that is as it is."""
    wanted = {
        name: value
        for name, value in given.items()
        if name != "id" and (value is not None or name not in _NEVER_NULL)
    }
    if "genres" in wanted:
        wanted["genres"] = folded_genres(wanted["genres"])
    differing = {name for name, value in wanted.items() if known[name] != value}
    if not differing:
        return None
    row = {**known, **wanted, "field": f"change.{place}.start_at"}
    check_times(row["start_at"], row["stop_at"])
    if known["match_how"] == "auto" and TELLING & differing:
        row |= dict.fromkeys(("title_id", "episode_id", "match_how", "match_score"))
    return row


async def _write(
    ctx: Context, fresh: Sequence[Row], moved: Sequence[Row], removed: list[UUID]
) -> None:
    """All at once; what another writer put there at the same moment is a conflict all the same."""
    also = {"space": ctx.space_id, "who": ctx.actor.id, "now": ctx.now}
    connection = await ctx.db.connection()
    try:
        async with connection.cursor() as cursor:
            await cursor.execute("SET CONSTRAINTS ex_live_programmes_overlap DEFERRED")
            if removed:
                await cursor.execute(_DELETE, {**also, "ids": removed})
            if moved:
                await cursor.executemany(_UPDATE, [_bound(row) | also for row in moved])
            if fresh:
                await cursor.executemany(_INSERT, [_bound(row) | also for row in fresh])
            await cursor.execute("SET CONSTRAINTS ex_live_programmes_overlap IMMEDIATE")
    except psycopg.errors.ExclusionViolation as error:
        raise ScheduleConflictError from error


def _tell(ctx: Context, known: dict[UUID, Row], names: dict[UUID, str], edit: _Edit) -> None:
    """One entry is told as one, several as a change of their channels."""
    fresh, moved, removed = edit.fresh, edit.moved, list(edit.removed.values())
    all_of_them = [*fresh, *moved, *removed]
    first = all_of_them[0]
    ref = Ref("programme", first["id"], first["title"])
    if len(all_of_them) > 1:
        ref = Ref("channel", first["channel_id"], names[first["channel_id"]])
        after = {"put": len(fresh), "changed": len(moved), "removed": len(removed)}
        titles = [row["title"] for row in all_of_them[:_NAMED]]
        channels = tuple(sorted({row["channel_id"] for row in all_of_them}))
        ctx.emit(ScheduleEdited(ref=ref, after={**after, "entries": titles}, batch=channels))
    elif fresh:
        ctx.emit(ProgrammeAdded(ref=ref, after=_told(first, names)))
    elif moved:
        before = known[first["id"]]
        differing = [name for name in _FIELDS if before[name] != first[name]]
        ctx.emit(
            ProgrammeChanged(
                ref=ref,
                before={name: _plain(before[name]) for name in differing},
                after={name: _plain(first[name]) for name in differing},
            )
        )
    else:
        ctx.emit(ProgrammeRemoved(ref=ref, before=_told(first, names)))


def _place(row: Row) -> Place:
    return Place(
        row["channel_id"], row["start_at"], row["stop_at"], row["title"], row["field"], row["id"]
    )


def _bound(row: Row) -> Row:
    return {name: row[name] for name in ("id", *_FIELDS)}


def _told(row: Row, names: dict[UUID, str]) -> dict[str, Any]:
    return {
        "channel": names[row["channel_id"]],
        "start_at": row["start_at"].isoformat(),
        "stop_at": row["stop_at"].isoformat(),
        "title": row["title"],
    }


def _plain(value: Any) -> Any:  # noqa: ANN401  (a value of a column)
    return value if isinstance(value, str | int | bool | list | None) else str(value)
