"""A space with at least one row in every space-owned table: made from the tables themselves.

A table that comes with a later area gets its row without anybody listing it here; where the
made-up values don't meet its constraints, the insert fails and :data:`FITTING` needs an entry.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from sqlalchemy import (
    ARRAY,
    Boolean,
    Column,
    Date,
    DateTime,
    Integer,
    Numeric,
    String,
    Table,
    Time,
    Uuid,
    func,
    insert,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB, TSVECTOR

from mediatheque.areas.accounts.models import Credential, Profile
from mediatheque.areas.catalog.actions import merge_people, merge_titles
from mediatheque.core.models import Base
from mediatheque.kit.ids import uuid7
from tests.architecture.sources import space_owned

if TYPE_CHECKING:
    from collections.abc import Callable

    from mediatheque.core.context import Context
    from tests.house import House, Member

Row = dict[str, Any]

FITTING: dict[str, Row] = {
    "catalog_titles": {"kind": "series"},
    "catalog_credits": {"job": "director"},
    "catalog_merges": {"snapshot": {"gone": {"title": "A work"}}},
    "catalog_terms": {"scheme": "genre"},
    "exchange_imports": {"source": "csv", "status": "succeeded"},
    "exchange_rows": {"outcome": "needs_review", "ref_kind": "title"},
    "files_files": {"kind": "image", "content_type": "image/webp"},
    "library_editions": {"format": "dvd"},
    "library_marks": {"status": "finished"},
    "live_guide_sources": {"kind": "xmltv"},
    "live_programmes": {
        "start_at": datetime(2026, 1, 1, 20, tzinfo=UTC),
        "stop_at": datetime(2026, 1, 1, 21, tzinfo=UTC),
    },
    "live_reminders": {"minutes_before": 10},
    "live_templates": {"time_zone": "Europe/Paris", "rrule": "FREQ=DAILY"},
    "spaces_invitations": {"role": "member"},
    "watch_playbacks": {"ref_kind": "channel"},
    "spaces_support_sessions": {"expires_at": func.now() + timedelta(hours=1)},
}
"""Values that the tables' constraints ask for."""

MADE_WITH_THE_SPACE = {"spaces_memberships"}


@dataclass
class LivedIn:
    """A space, its owner, and one row of each of its tables."""

    member: Member
    rows: dict[str, Row] = field(default_factory=dict)
    merge_id: UUID | None = None
    people_merge_id: UUID | None = None
    other_person_id: UUID | None = None
    profile_id: UUID | None = None

    def id_of(self, table: str) -> UUID:
        found: UUID = self.rows[table]["id"]
        return found


async def live_in(house: House) -> LivedIn:
    """Make a space and fill every table of it."""
    home = LivedIn(await house.member())
    async with house.write(home.member) as ctx:
        for table in _in_order():
            if table.name in MADE_WITH_THE_SPACE:
                found = await ctx.db.row(select(table))
                assert found is not None
                home.rows[table.name] = found
            else:
                home.rows[table.name] = await _insert(ctx, table, home.rows)
            if table.name == "catalog_titles":
                others = [await _insert(ctx, table, home.rows) for _ in range(3)]
                home.rows["catalog_titles of a pair"] = others[0]
            if table.name == "catalog_people":
                home.other_person_id = (await _insert(ctx, table, home.rows))["id"]
        one, other = others[1:]
        profile = insert(Profile).values(
            user_id=ctx.user_id, name="Ada", avatar="fox", maturity_limit=12
        )
        home.profile_id = (await ctx.db.execute(profile.returning(Profile.id))).scalar_one()
        home.merge_id = (await merge_titles(ctx, one["id"], other["id"], {}, ())).merge_id
        people = Base.metadata.tables["catalog_people"]
        pair = [(await _insert(ctx, people, home.rows))["id"] for _ in range(2)]
        home.people_merge_id = (await merge_people(ctx, *pair)).merge_id
    entry = await house.read(home.member).db.row(text("SELECT * FROM core_journal LIMIT 1"))
    assert entry is not None
    home.rows["core_journal"] = entry
    return home


def _in_order() -> list[Table]:
    owned = set(space_owned())
    return [table for table in Base.metadata.sorted_tables if table.name in owned]


async def _insert(ctx: Context, table: Table, rows: dict[str, Row]) -> Row:
    values = {
        column.name: _value(ctx, table, column, rows)
        for column in table.columns
        if _needs_value(column)
    }
    values |= FITTING.get(table.name, {})
    if table.name == "spaces_grants":
        values["team_id"] = rows["spaces_teams"]["id"]
    if table.name == "watch_playbacks":
        values["ref_id"] = rows["live_channels"]["id"]
    if table.name == "live_replaced":
        kept = uuid5(ctx.user_id, "schedule 0")
        values |= {"import_id": kept, "row": {"_edit": str(kept)}}
    if table.name == "watch_players":
        values["credential_id"] = await _key(ctx)
    if table.name == "catalog_duplicates":
        values["right_id"] = rows["catalog_titles of a pair"]["id"]
    result = await ctx.db.execute(insert(table).values(values).returning(table))
    return dict(result.mappings().one())


async def _key(ctx: Context) -> UUID:
    """A key of the owner's, as a player has one."""
    made = await ctx.db.execute(
        insert(Credential)
        .values(user_id=ctx.user_id, kind="api_key", token_hash=uuid7().hex)
        .returning(Credential.id)
    )
    found: UUID = made.scalar_one()
    return found


def _needs_value(column: Column[Any]) -> bool:
    has_default = column.server_default is not None or column.identity is not None
    return column.name == "added_by" or not (column.nullable or has_default)


def _value(ctx: Context, table: Table, column: Column[Any], rows: dict[str, Row]) -> Any:  # noqa: ANN401  (any column's type)
    if column.name == "space_id":
        return ctx.space_id
    if column.name in {"user_id", "added_by", "created_by"}:
        return ctx.user_id
    if column.name == "credential_id":
        owned = select(Credential.id).where(Credential.user_id == ctx.user_id)
        return owned.limit(1).scalar_subquery()
    for constraint in table.foreign_key_constraints:
        for key in constraint.elements:
            target = key.column
            if key.parent is column and target.table.name in rows:
                return rows[target.table.name][target.name]
    return _made_up(column)


MADE_UP: tuple[tuple[tuple[type[Any], ...], Callable[[str], Any]], ...] = (
    ((Uuid,), lambda _: uuid7()),
    ((TSVECTOR,), lambda _: func.to_tsvector("simple", "something")),
    ((JSONB,), lambda _: {}),
    ((ARRAY,), lambda _: []),
    ((Boolean,), lambda _: False),
    ((DateTime,), lambda _: datetime.now(UTC) + timedelta(days=1)),
    ((Date,), lambda _: date(2026, 1, 1)),
    ((Time,), lambda _: time(20, 15)),
    ((Integer, Numeric), lambda _: 1),
    ((String,), lambda name: f"{name}-{uuid7().hex}"),
)


def _made_up(column: Column[Any]) -> Any:  # noqa: ANN401  (any column's type)
    for kinds, make in MADE_UP:
        if isinstance(column.type, kinds):
            return make(column.name)
    raise TypeError(f"{column}: say in MADE_UP how {column.type!r} is made up")


async def snapshot(house: House, home: LivedIn) -> dict[str, list[str]]:
    """Everything a space holds, table by table, for comparing before and after.

    Without the notes of refused requests: that they were made is not what they did.
    """
    tables = [*space_owned(), "core_journal"]
    done = {"core_journal": "WHERE ref_kind <> 'request'"}
    reader = house.read(home.member).db
    found = await reader.batch(
        *(
            text(f"SELECT to_jsonb(t)::text AS row FROM {t} t {done.get(t, '')} ORDER BY 1")  # noqa: S608  (our own names)
            for t in tables
        )
    )
    return {table: [row["row"] for row in rows] for table, rows in zip(tables, found, strict=True)}
