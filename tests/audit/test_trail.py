"""The audit trail over HTTP: who sees it, what it shows, how it is filtered, kept and exported."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from sqlalchemy import text

from mediatheque.areas.audit.jobs import seal_journals, shorten_journals
from mediatheque.core.edge import read_context
from mediatheque.core.seals import verify
from mediatheque.core.work import Work
from mediatheque.kit.tabular.writing import csv_lines, guarded
from tests.counting import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from httpx import AsyncClient

    from mediatheque.core.settings import Settings
    from mediatheque.kit.db import Database
    from tests.house import House, Member

AUDIT = "/api/v1/audit"


@pytest.fixture
def work(database: Database, settings: Settings) -> Work:
    return Work(database, settings)


@pytest.fixture
def owner_of_tables(database_url: str) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(database_url, autocommit=True) as connection:
        yield connection


async def rename(member: Member, *names: str) -> None:
    for name in names:
        answer = await member.client.patch("/api/v1/spaces/current", json={"name": name})
        assert answer.status_code == 200, answer.text


async def trail(client: AsyncClient, **params: str | int | list[str]) -> list[dict[str, Any]]:
    answer = await client.get(AUDIT, params=params)
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


async def test_an_entry_says_who_what_from_where_and_what_changed(house: House) -> None:
    member = await house.member()
    member.client.headers["user-agent"] = "Browser 7"
    await rename(member, "New name")
    (entry,) = await trail(member.client)
    assert entry["action"] == "spaces.space_renamed"
    assert entry["label"] == "renamed the space to New name"
    assert entry["actor"] == {"kind": "user", "id": str(member.user_id), "name": member.name}
    assert entry["object"] == {"kind": "space", "id": str(member.space.id), "label": "New name"}
    assert (entry["before"], entry["after"]) == ({"name": "Test space"}, {"name": "New name"})
    assert (entry["outcome"], entry["user_agent"]) == ("succeeded", "Browser 7")
    assert entry["ip"]
    assert entry["request_id"]
    assert entry["hash"] is None
    one = await member.client.get(f"{AUDIT}/{entry['id']}")
    assert one.json() == entry


async def test_filters(house: House) -> None:
    owner = await house.member()
    viewer = await house.member(owner.space, "viewer")
    await rename(owner, "One", "Two 100%")
    refused = await viewer.client.patch("/api/v1/spaces/current", json={"name": "No"})
    assert refused.status_code == 403
    await owner.client.post("/api/v1/invitations", json={"role": "member"})
    everything = await trail(owner.client)
    assert len(everything) == 4

    async def actions(**params: str | int | list[str]) -> list[str]:
        return [one["action"] for one in await trail(owner.client, **params)]

    assert await actions(actor=str(viewer.user_id)) == ["audit.request_refused"]
    assert await actions(action="spaces.space_renamed") == ["spaces.space_renamed"] * 2
    assert len(await actions(action="spaces")) == 3
    assert len(await actions(action=["spaces.space_renamed", "audit"])) == 3
    assert await actions(outcome="refused") == ["audit.request_refused"]
    assert len(await actions(outcome=["refused", "succeeded"])) == 4
    assert await actions(outcome="failed") == []
    assert await actions(object="invitation") == ["spaces.invitation_created"]
    assert len(await actions(object=f"space:{owner.space.id}")) == 2
    assert await actions(q="two 100%") == ["spaces.space_renamed"]
    assert await actions(q="100_") == [], "signs of patterns are letters"
    assert await actions(q=viewer.name) == ["audit.request_refused"]
    assert await actions(q=refused.headers["x-request-id"]) == ["audit.request_refused"]
    middle = everything[1]["at"]
    assert len(await actions(**{"from": middle})) == 2
    assert len(await actions(to=middle)) == 2
    assert (await owner.client.get(AUDIT, params={"sort": "x"})).status_code == 400
    assert (await owner.client.get(AUDIT, params={"outcome": "odd"})).status_code == 422


async def test_the_cursor_walks_the_whole_trail_once(house: House) -> None:
    member = await house.member()
    names = [f"Name {number}" for number in range(7)]
    await rename(member, *names)
    seen: list[str] = []
    cursor = None
    while True:
        params = {"limit": 3} | ({"cursor": cursor} if cursor else {})
        page = (await member.client.get(AUDIT, params=params)).json()
        seen += [one["after"]["name"] for one in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert seen == names[::-1]
    bad = await member.client.get(AUDIT, params={"cursor": "bm90aGluZw"})
    assert (bad.status_code, bad.json()["error"]["code"]) == (400, "bad_cursor")


@pytest.mark.parametrize(
    ("role", "status"),
    [("owner", 200), ("manager", 200), ("member", 403), ("support", 403), ("viewer", 403)],
)
async def test_who_reads_it(house: House, role: str, status: int) -> None:
    member = await house.member(role=role)
    for path in (AUDIT, f"{AUDIT}.csv", f"{AUDIT}/seal", "/api/v1/space/retention"):
        assert (await member.client.get(path)).status_code == status, path
    may_keep = 200 if role == "owner" else 403
    put = await member.client.put("/api/v1/space/retention", json={"keep_days": 90})
    assert put.status_code == may_keep


async def test_nothing_of_another_space_is_seen(house: House) -> None:
    member, stranger = await house.member(), await house.member()
    await rename(stranger, "Secret")
    foreign = (await trail(stranger.client))[0]["id"]
    assert await trail(member.client) == []
    answer = await member.client.get(f"{AUDIT}/{foreign}")
    assert answer.status_code == 404
    assert "Secret" not in (await member.client.get(f"{AUDIT}.csv")).text
    for wrong in ("0", "-1", str(2**63)):
        assert (await member.client.get(f"{AUDIT}/{wrong}")).status_code == 422


async def test_the_trail_is_one_statement_beside_identity(house: House) -> None:
    member = await house.member()
    await rename(member, "One", "Two")
    with counted(house.database) as seen:
        await trail(member.client, action="spaces", q="o", outcome="succeeded")
    assert len(seen) == 2


async def test_the_file_holds_all_and_runs_nothing(house: House) -> None:
    member = await house.member()
    evil = '=HYPERLINK("http://evil.example";"x")'
    await rename(member, "Plain, with; signs", evil, "+1", "@SUM(1)", "-1", "'=1")
    answer = await member.client.get(f"{AUDIT}.csv", params={"action": "spaces"})
    assert answer.headers["content-type"].startswith("text/csv")
    assert "audit.csv" in answer.headers["content-disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [row["object"] for row in rows] == [
        "''=1",
        "'-1",
        "'@SUM(1)",
        "'+1",
        f"'{evil}",
        "Plain, with; signs",
    ]
    assert {row["actor_id"] for row in rows} == {str(member.user_id)}
    assert all(not cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())


async def test_a_long_file_is_written_in_stretches(house: House) -> None:
    member = await house.member()
    async with house.write(member) as ctx:
        await ctx.db.execute(
            "INSERT INTO core_journal (space_id, actor_kind, kind, ref_kind, label) "
            "SELECT :space, 'job', 'cellar.bottle_kept', 'bottle', n::text "
            "FROM generate_series(1, 2500) n",
            {"space": member.space.id},
        )
    rows = list(csv.DictReader(io.StringIO((await member.client.get(f"{AUDIT}.csv")).text)))
    assert [int(row["object"]) for row in rows] == list(range(2500, 0, -1))


def test_cells() -> None:
    assert csv_lines([[None, 1, "a\0b", 'say "x"']]) == b',1,ab,"say ""x"""\r\n'
    assert [guarded(one) for one in ("=a", "\ta", "'-a", "a=", "'a", "")] == [
        "'=a",
        "'\ta",
        "''-a",
        "a=",
        "'a",
        "",
    ]


async def test_sealing_on_demand_and_by_the_minute(
    house: House, work: Work, database: Database
) -> None:
    member = await house.member()
    await rename(member, "One", "Two")
    before = (await member.client.get(f"{AUDIT}/seal")).json()
    assert (before["sealed"], before["waiting"], before["sealed_at"]) == (0, 2, None)
    assert (await member.client.post(f"{AUDIT}/seal")).status_code == 202
    waiting = await database.across().rows(
        text(
            "SELECT 1 FROM procrastinate_jobs WHERE task_name = 'audit.seal_journals' "
            "AND args ->> 'space_id' = :space"
        ).bindparams(space=str(member.space.id))
    )
    assert len(waiting) == 1
    await seal_journals.run(work, space_id=str(member.space.id), ref_id="", batch=[])
    await seal_journals.run(work)
    after = (await member.client.get(f"{AUDIT}/seal")).json()
    assert (after["sealed"], after["waiting"]) == (3, 0)
    newest = (await trail(member.client, limit=1))[0]
    assert newest["action"] == "audit.seal_requested"
    assert newest["hash"] == after["hash"]
    assert newest["id"] == str(after["position"])


async def test_retention_removes_whole_beginnings_and_verifying_goes_on(
    house: House, work: Work, owner_of_tables: psycopg.Connection[Any]
) -> None:
    member = await house.member()
    await rename(member, *(f"Name {number}" for number in range(6)))
    owner_of_tables.execute(  # as if the first three were written long ago
        "UPDATE core_journal SET at = at - interval '100 days' WHERE position IN (SELECT position "
        "FROM core_journal WHERE space_id = %s ORDER BY position LIMIT 3)",
        (member.space.id,),
    )
    await seal_journals.run(work)
    head = (await member.client.get(f"{AUDIT}/seal")).json()
    await shorten_journals.run(work)
    assert len(await trail(member.client)) == 6, "without a policy everything is kept"
    assert (await member.client.get("/api/v1/space/retention")).json()["keep_days"] is None
    short = await member.client.put("/api/v1/space/retention", json={"keep_days": 29})
    assert (short.status_code, short.json()["error"]["field"]) == (422, "keep_days")
    set_ = await member.client.put("/api/v1/space/retention", json={"keep_days": 90})
    assert set_.json() == {"keep_days": 90, "shortest_days": 30}
    await shorten_journals.run(work)
    left = await trail(member.client)
    assert [one["action"] for one in left] == [
        "audit.journal_shortened",
        "audit.retention_changed",
        "audit.request_refused",
        *["spaces.space_renamed"] * 3,
    ]
    assert left[0]["after"]["removed"] == 3
    assert left[1]["before"] == {"keep_days": None}
    found = await verify(read_context(work.database, across=True).db, member.space.id)
    assert found.is_whole, found.faults
    assert (found.removed, found.count, found.waiting) == (3, 6, 3)
    assert found.hash.hex() == head["hash"]
    await shorten_journals.run(work)
    assert len(await trail(member.client)) == 6, "there is nothing more to remove"
    seal = (await member.client.get(f"{AUDIT}/seal")).json()
    assert (seal["removed"], seal["sealed"]) == (3, 6)
    assert seal["removed_at"]


async def test_a_beginning_that_retention_did_not_take_is_missed(
    house: House, work: Work, owner_of_tables: psycopg.Connection[Any]
) -> None:
    """Somebody with every right removes a beginning and moves the anchor: nothing tells of it."""
    member = await house.member()
    await rename(member, *(f"Name {number}" for number in range(5)))
    await seal_journals.run(work)
    owner_of_tables.execute(
        "WITH last AS (SELECT position, hash FROM core_journal WHERE space_id = %(s)s "
        "ORDER BY position OFFSET 1 LIMIT 1) UPDATE core_seals SET removed = 2, anchor_position = "
        "last.position, anchor_hash = last.hash FROM last WHERE space_id = %(s)s",
        {"s": member.space.id},
    )
    owner_of_tables.execute(
        "DELETE FROM core_journal WHERE space_id = %s AND position IN (SELECT position FROM "
        "core_journal WHERE space_id = %s ORDER BY position LIMIT 2)",
        (member.space.id, member.space.id),
    )
    found = await verify(read_context(work.database, across=True).db, member.space.id)
    assert [one.message for one in found.faults] == [
        "Its beginning is gone, and no retention is noted for that."
    ]
