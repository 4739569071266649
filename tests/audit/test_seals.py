"""The chain of the journal: whoever changes, removes, adds or moves a row by SQL is found out."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import DBAPIError, ProgrammingError

from mediatheque.areas.spaces.actions.spaces import rename_space
from mediatheque.core.edge import read_context, write_context
from mediatheque.core.models import JournalEntry
from mediatheque.core.seals import forget_person, list_chains, seal, shorten, verify

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from mediatheque.core.seals import Verdict
    from mediatheque.kit.db import Database
    from tests.house import House, Member

ROWS = 12
LIES: dict[str, str] = {
    "space_id": "gen_random_uuid()",
    "at": "at + interval '1 microsecond'",
    "actor_kind": "'job'",
    "actor_id": "gen_random_uuid()",
    "actor_name": "actor_name || ' '",
    "kind": "kind || '_'",
    "ref_kind": "ref_kind || '_'",
    "ref_id": "gen_random_uuid()",
    "label": "label || 'x'",
    "before": "coalesce(before, '{}') || '{\"a\": 1}'",
    "after": "coalesce(after, '{}') || '{\"a\": 1}'",
    "request_id": "request_id || 'x'",
    "ip": "'192.0.2.1'",
    "user_agent": "'curl'",
    "outcome": "CASE outcome WHEN 'refused' THEN 'failed' ELSE 'refused' END",
    "salt": "gen_random_uuid()",
    "digest": "sha256('x')",
    "said_key": "sha256('x')",
    "said_digest": "sha256('x')",
    "hash": "sha256('x')",
}
EMPTY = ("actor_id", "ref_id", "before", "after", "salt", "hash")
"""What a liar may also make null."""


@pytest.fixture(scope="module")
def thief(database_url: str) -> Iterator[psycopg.Connection[Any]]:
    """Somebody with every right on the database."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        yield connection


async def told(house: House, rows: int = ROWS) -> Member:
    """A member of a space in which so much has happened."""
    member = await house.member()
    for number in range(rows):
        async with house.write(member) as ctx:
            await rename_space(ctx, f"Name {number}")
    return member


async def sealed(database: Database, member: Member) -> int:
    async with write_context(database, space=member.space) as ctx:
        return await seal(ctx.db)


async def looked(
    database: Database, member: Member, expected: tuple[int, str] | None = None
) -> Verdict:
    return await verify(read_context(database, across=True).db, member.space.id, expected)


async def test_a_sealed_chain_is_whole(house: House, database: Database) -> None:
    member = await told(house)
    assert await sealed(database, member) == ROWS
    found = await looked(database, member)
    assert (found.is_whole, found.count, found.waiting, found.removed) == (True, ROWS, 0, 0)
    async with house.write(member) as ctx:
        await rename_space(ctx, "More")
    found = await looked(database, member)
    assert (found.is_whole, found.count, found.waiting) == (True, ROWS, 1)
    assert await sealed(database, member) == 1
    assert await sealed(database, member) == 0
    assert (await looked(database, member)).count == ROWS + 1


async def test_sealing_goes_on_where_it_stopped(house: House, database: Database) -> None:
    member = await told(house)
    for _ in range(ROWS // 5):
        async with write_context(database, space=member.space) as ctx:
            assert await seal(ctx.db, most=5) == 5
    assert (await looked(database, member)).waiting == ROWS % 5
    with pytest.raises(RuntimeError):
        await killed_before_the_commit(database, member)
    assert (await looked(database, member)).waiting == ROWS % 5
    await sealed(database, member)
    found = await looked(database, member)
    assert (found.is_whole, found.count, found.waiting) == (True, ROWS, 0)


async def killed_before_the_commit(database: Database, member: Member) -> None:
    async with write_context(database, space=member.space) as ctx:
        await seal(ctx.db)
        raise RuntimeError


async def test_sealing_many_times_at_once_seals_once(house: House, database: Database) -> None:
    member = await told(house)
    writing = [told_more(house, member) for _ in range(4)]
    counts = await asyncio.gather(*(sealed(database, member) for _ in range(6)), *writing)
    counts += [await sealed(database, member)]
    assert sum(one for one in counts if one) == ROWS + 4
    found = await looked(database, member)
    assert (found.is_whole, found.count) == (True, ROWS + 4)


async def told_more(house: House, member: Member) -> int:
    async with house.write(member) as ctx:
        await rename_space(ctx, f"At once {id(ctx)}")
    return 0


async def test_the_house_has_a_chain_of_its_own(house: House, database: Database) -> None:
    member = await house.member()
    answers = await asyncio.gather(
        *(member.client.patch("/api/v1/auth/me", json={"name": f"Name {n}"}) for n in range(8))
    )
    assert {one.status_code for one in answers} == {200}
    async with write_context(database) as ctx:
        await seal(ctx.db)
    found = await verify(read_context(database, across=True).db, None)
    assert (found.is_whole, found.waiting) == (True, 0)
    assert found.count >= 8


async def test_chains_with_news_are_found(house: House, database: Database) -> None:
    member, other = await told(house, 2), await told(house, 2)
    await sealed(database, other)
    reader = read_context(database, across=True).db
    waiting = await list_chains(reader, only_waiting=True)
    assert member.space.id in waiting
    assert other.space.id not in waiting
    assert {None, member.space.id, other.space.id} <= set(await list_chains(reader))


def test_every_column_is_lied_about() -> None:
    columns = {one.name for one in JournalEntry.__table__.columns}
    assert set(LIES) == columns - {"position"}, "position is always the database's own"


def positions(thief: psycopg.Connection[Any], space: UUID) -> list[int]:
    rows = thief.execute(
        "SELECT position FROM core_journal WHERE space_id = %s ORDER BY position", (space,)
    )
    return [row[0] for row in rows]


ACTS = st.one_of(
    st.tuples(st.just("change"), st.integers(0, ROWS - 1), st.sampled_from(sorted(LIES))),
    st.tuples(st.just("empty"), st.integers(0, ROWS - 1), st.sampled_from(EMPTY)),
    st.tuples(st.just("remove"), st.integers(0, ROWS - 1), st.just("")),
    st.tuples(st.just("cut"), st.integers(0, ROWS - 1), st.just("")),
    st.tuples(st.just("swap"), st.integers(0, ROWS - 2), st.just("")),
    st.tuples(st.just("add"), st.integers(0, ROWS - 1), st.sampled_from(("plain", "hashed"))),
)


@pytest.fixture
async def victim(house: House, database: Database) -> Member:
    member = await told(house)
    async with write_context(
        database, space=member.space, actor=member.actor
    ) as ctx:  # a row of every shape: refused, without a thing
        await ctx.db.execute(
            "INSERT INTO core_journal (space_id, actor_kind, kind, ref_kind, outcome) "
            "VALUES (:space, 'anonymous', 'audit.request_refused', 'request', 'refused')",
            {"space": member.space.id},
        )
    await sealed(database, member)
    return member


@settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(act=ACTS)
async def test_whatever_is_done_by_sql_is_found(
    database: Database, thief: psycopg.Connection[Any], victim: Member, act: tuple[str, int, str]
) -> None:
    """Each act is done to the whole chain, looked at, and taken back."""
    kind, place, what = act
    space = victim.space.id
    rows = positions(thief, space)
    thief.execute("CREATE TEMP TABLE IF NOT EXISTS kept AS TABLE core_journal WITH NO DATA")
    thief.execute("TRUNCATE kept")
    thief.execute("INSERT INTO kept SELECT * FROM core_journal WHERE space_id = %s", (space,))
    try:
        done = tamper(thief, space, rows, (kind, place, what))
        found = await looked(database, victim)
        assert found.is_whole != done, f"{act} was not found"
    finally:
        thief.execute(
            "DELETE FROM core_journal WHERE position = ANY(SELECT position FROM kept) "
            "OR space_id = %s",
            (space,),
        )
        thief.execute("INSERT INTO core_journal OVERRIDING SYSTEM VALUE SELECT * FROM kept")
    assert (await looked(database, victim)).is_whole


def tamper(
    thief: psycopg.Connection[Any], space: UUID, rows: list[int], act: tuple[str, int, str]
) -> bool:
    """Do it; whether anything changed."""
    kind, place, what = act
    at = rows[place]
    if kind == "change":
        sql = f"UPDATE core_journal SET {what} = {LIES[what]} WHERE position = %s"  # noqa: S608  (our own names)
        return thief.execute(sql.encode(), (at,)).rowcount == 1
    if kind == "empty":
        sql = f"UPDATE core_journal SET {what} = NULL WHERE position = %s AND {what} IS NOT NULL"  # noqa: S608  (our own names)
        return thief.execute(sql.encode(), (at,)).rowcount == 1
    if kind == "remove":
        return thief.execute("DELETE FROM core_journal WHERE position = %s", (at,)).rowcount == 1
    if kind == "cut":
        gone = thief.execute(
            "DELETE FROM core_journal WHERE position >= %s AND space_id = %s", (at, space)
        )
        return gone.rowcount > 0
    if kind == "swap":
        columns = ", ".join(sorted(set(LIES) - {"space_id"}))
        swapped = thief.execute(
            (
                f"WITH other AS (SELECT CASE position WHEN %(a)s THEN %(b)s ELSE %(a)s END AS to_, "  # noqa: S608  (our own names)
                f"{columns} FROM core_journal WHERE position IN (%(a)s, %(b)s)) "
                f"UPDATE core_journal j SET ({columns}) = (SELECT {columns} FROM other "
                "WHERE to_ = j.position) WHERE position IN (%(a)s, %(b)s)"
            ).encode(),
            {"a": at, "b": rows[place + 1]},
        )
        return swapped.rowcount == 2
    # A row put in: positions are never taken twice, so it takes that of a row that is gone.
    thief.execute(
        "INSERT INTO core_journal (position, space_id, actor_kind, kind, ref_kind, hash) "
        "OVERRIDING SYSTEM VALUE VALUES (-%s, %s, 'user', 'catalog.title_created', 'title', %s)",
        (at, space, None if what == "plain" else b"x" * 32),
    )
    return True


async def test_a_head_kept_elsewhere_tells_what_the_database_cannot(
    house: House, database: Database, thief: psycopg.Connection[Any]
) -> None:
    """Somebody with every right seals a chain anew after a change; the kept hash tells."""
    member = await told(house)
    await sealed(database, member)
    honest = await looked(database, member)
    kept = (honest.count, honest.hash.hex())
    assert (await looked(database, member, kept)).is_whole
    thief.execute("UPDATE core_journal SET label = 'x' WHERE space_id = %s", (member.space.id,))
    thief.execute("DELETE FROM core_seals WHERE space_id = %s", (member.space.id,))
    await sealed(database, member)
    assert (await looked(database, member)).is_whole, "this is what nobody can see from inside"
    assert not (await looked(database, member, kept)).is_whole
    assert not (await looked(database, member, (ROWS + 1, kept[1]))).is_whole


_INSERT = (
    "INSERT INTO core_journal (space_id, actor_kind, kind, ref_kind, {}) "
    "VALUES (:space, 'u', 'x.y', 'z', {})"
)
FORBIDDEN = (
    "UPDATE core_journal SET label = 'x'",
    "UPDATE core_journal SET hash = NULL",
    "DELETE FROM core_journal",
    "TRUNCATE core_journal",
    _INSERT.format("at", "now() - interval '1 year'"),
    _INSERT.format("hash", "'x'"),
    _INSERT.format("salt", "NULL"),
    "UPDATE core_seals SET count = 0",
    "DELETE FROM core_seals",
    "INSERT INTO core_seals (space_id, hash, anchor_hash) VALUES (:space, '', '')",
)


async def test_the_roles_of_the_application_add_and_read_only(
    house: House, database: Database
) -> None:
    member = await told(house, 2)
    await sealed(database, member)
    for across in (False, True):
        for sql in FORBIDDEN:
            async with database.transaction(member.space.id, across=across) as writer:
                values = {"space": member.space.id} if ":space" in sql else {}
                with pytest.raises(ProgrammingError, match="permission denied"):
                    await writer.execute(sql, values)
                await writer.session.rollback()
    async with database.transaction(None) as writer:
        with pytest.raises(ProgrammingError, match="permission denied"):
            await forget_person(writer, member.user_id)
        await writer.session.rollback()
    assert (await looked(database, member)).is_whole


async def test_another_space_is_neither_sealed_nor_shortened(
    house: House, database: Database
) -> None:
    mine, other = await told(house, 3), await told(house, 3)
    assert await sealed(database, mine) == 3
    assert (await looked(database, other)).waiting == 3


async def test_a_forgotten_person_leaves_the_chain_whole(
    house: House, database: Database, thief: psycopg.Connection[Any]
) -> None:
    member = await told(house)
    await sealed(database, member)
    before = await looked(database, member)
    async with write_context(database, across=True) as ctx:
        assert await forget_person(ctx.db, member.user_id) >= ROWS
    rows = thief.execute(
        "SELECT actor_name, ip, user_agent, label, actor_id FROM core_journal WHERE space_id = %s",
        (member.space.id,),
    ).fetchall()
    assert {row[:3] for row in rows} == {("", "", "")}
    assert {row[4] for row in rows} == {member.user_id}
    assert {row[3] for row in rows} == {f"Name {n}" for n in range(ROWS)}, "what they did stays"
    found = await looked(database, member)
    assert found.is_whole, found.faults
    assert found.hash == before.hash
    thief.execute(
        "UPDATE core_journal SET label = 'lie' WHERE position = "
        "(SELECT min(position) FROM core_journal WHERE space_id = %s)",
        (member.space.id,),
    )
    assert not (await looked(database, member)).is_whole


async def test_nobody_is_blanked_without_a_trace(
    house: House, database: Database, thief: psycopg.Connection[Any]
) -> None:
    """With every right, and with the right digests: the note of an erasure is missing."""
    member = await told(house, 3)
    await sealed(database, member)
    thief.execute(
        "UPDATE core_journal j SET digest = core_entry_who(j), said_key = core_entry_key(j), "
        "salt = NULL, actor_name = '', ip = '', user_agent = '' WHERE space_id = %s",
        (member.space.id,),
    )
    found = await looked(database, member)
    assert len(found.faults) == 3
    assert "nobody's erasure" in found.faults[0].message


async def test_the_last_thirty_days_cannot_be_cut(house: House, database: Database) -> None:
    member = await told(house, 2)
    await sealed(database, member)
    for days in (0, 29):
        async with database.transaction(member.space.id) as writer:
            with pytest.raises(DBAPIError, match="thirty days"):
                await shorten(writer, datetime.now(UTC) - timedelta(days=days))
            await writer.session.rollback()
    assert (await looked(database, member)).count == 2


async def test_words_with_any_signs_are_sealed_as_they_are(
    house: House, database: Database
) -> None:
    """What is computed here is what the database computed, whatever a label holds."""
    member = await house.member()
    odd = ['"', "\\", "é\u0301 \U0001f3ac", "\u2028", "]", "\x07", "null", "a, b"]
    for one in odd:
        async with house.write(member) as ctx:
            await rename_space(ctx, one)
    async with house.write(member) as ctx:
        await ctx.db.execute(
            "INSERT INTO core_journal (space_id, actor_kind, kind, ref_kind, after) "
            "VALUES (:space, 'user', 'x.y', 'z', cast(:after AS jsonb))",
            {
                "space": member.space.id,
                "after": json.dumps({"n": 1.50, "big": 10**30, "t": odd, "z": None}),
            },
        )
    await sealed(database, member)
    found = await looked(database, member)
    assert (found.is_whole, found.count) == (True, len(odd) + 1), found.faults
