"""Requests that were refused or broke stand in the audit trail; nobody can fill it with them."""

from __future__ import annotations

from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from asgi_lifespan import LifespanManager
from httpx import ASGITransport, AsyncClient
from sqlalchemy import text

from mediatheque.core.edge import read_context
from mediatheque.core.seals import seal, verify
from mediatheque.kit.db import Database
from mediatheque.kit.ids import uuid7
from mediatheque.main import create_app
from tests.house import House

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from mediatheque.core.settings import Settings
    from tests.house import Member

NOTES = text(
    "SELECT space_id, actor_kind, actor_id, actor_name, kind, label, before, after, request_id, "
    "ip, user_agent, outcome FROM core_journal WHERE ref_kind = 'request' "
    "AND (space_id = :space OR (cast(:space AS uuid) IS NULL AND space_id IS NULL "
    "AND user_agent = :agent)) ORDER BY position"
)


async def notes(database: Database, member: Member | None, agent: str = "") -> list[dict[str, Any]]:
    """The notes of a space, or those of no space that a user agent caused."""
    space = member.space.id if member else None
    return await read_context(database, across=True).db.rows(
        NOTES.bindparams(space=space, agent=agent)
    )


@asynccontextmanager
async def with_mode(settings: Settings, **changed: object) -> AsyncIterator[House]:
    """A house that notes in another way, over the same database."""
    database = Database(settings.database_url)
    app = create_app(settings.model_copy(update=changed), database)
    async with LifespanManager(app):
        made = House(app, database)
        yield made
        await made.close()


async def test_a_refused_write_is_noted_though_it_was_rolled_back(
    house: House, database: Database
) -> None:
    owner = await house.member()
    viewer = await house.member(owner.space, "viewer")
    answer = await viewer.client.patch(
        "/api/v1/spaces/current?secret=query",
        json={"name": "body"},
        headers={"user-agent": "Browser 1"},
    )
    assert answer.status_code in {403, 422}
    answer = await viewer.client.patch(
        "/api/v1/spaces/current", json={"name": "body"}, headers={"user-agent": "Browser 1"}
    )
    assert answer.status_code == 403
    note = (await notes(database, owner))[-1]
    assert note["actor_id"] == viewer.user_id
    assert (note["actor_kind"], note["actor_name"]) == ("user", viewer.name)
    assert (note["kind"], note["outcome"]) == ("audit.request_refused", "refused")
    assert note["user_agent"] == "Browser 1"
    assert note["request_id"] == answer.headers["x-request-id"]
    assert note["ip"]
    assert note["before"] is None
    assert note["after"] == {
        "method": "PATCH",
        "route": "/spaces/current",
        "status": 403,
        "code": "not_allowed",
    }
    written = str(await notes(database, owner))
    assert "secret" not in written
    assert "body" not in written
    assert await house.count("core_journal", owner.space) == 0


async def test_ids_of_a_path_are_noted_and_nothing_else_of_it(
    house: House, database: Database
) -> None:
    member = await house.member()
    nobody = uuid7()
    assert (await member.client.delete(f"/api/v1/members/{nobody}")).status_code == 404
    assert (await member.client.get("/api/v1/titles/some-secret-word")).status_code == 404
    first, second = await notes(database, member)
    assert first["after"]["route"] == "/members/{member_id}"
    assert first["after"]["params"] == {"member_id": str(nobody)}
    assert first["after"]["code"] == "not_found"
    assert "params" not in second["after"]
    assert "some-secret-word" not in str(second)


async def test_a_failed_sign_in_belongs_to_no_space(
    anonymous: AsyncClient, database: Database
) -> None:
    agent = f"agent {uuid7()}"
    body = {"email": "nobody@test.example", "password": "a wrong password"}
    answer = await anonymous.post("/api/v1/auth/login", json=body, headers={"user-agent": agent})
    assert answer.status_code == 401
    (note,) = await notes(database, None, agent)
    assert (note["actor_kind"], note["after"]["status"]) == ("anonymous", 401)
    assert "nobody@test" not in str(note)
    assert "wrong" not in str({**note, "after": {**note["after"], "code": ""}})


async def test_looking_without_a_credential_is_no_failure(
    anonymous: AsyncClient, database: Database
) -> None:
    agent = f"agent {uuid7()}"
    headers = {"user-agent": agent}
    assert (await anonymous.get("/api/v1/auth/session", headers=headers)).status_code == 401
    assert await notes(database, None, agent) == []
    headers["authorization"] = "Bearer mtk_made-up"
    assert (await anonymous.get("/api/v1/titles", headers=headers)).status_code == 401
    (note,) = await notes(database, None, agent)
    assert "made-up" not in str(note)
    await anonymous.get("/api/v1/there/is/a-secret/deeper", headers={"user-agent": agent})
    assert "a-secret" not in str(await notes(database, None, agent))


async def test_a_fault_of_ours_is_noted(
    house: House, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    member = await house.member()

    async def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("mediatheque.areas.spaces.queries.spaces.list_members", broken)
    assert (await member.client.get("/api/v1/members")).status_code == 500
    (note,) = await notes(database, member)
    assert (note["kind"], note["outcome"]) == ("audit.request_failed", "failed")
    assert note["after"]["status"] == 500


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        ("off", []),
        ("failures", [403]),
        ("mutations", [200, 403]),
        ("all", [200, 200, 403]),
    ],
)
async def test_modes(settings: Settings, mode: str, expected: list[int]) -> None:
    async with with_mode(settings, audit_mode=mode) as house:
        owner = await house.member()
        viewer = await house.member(owner.space, "viewer")
        assert (await owner.client.get("/api/v1/members")).status_code == 200
        assert (
            await owner.client.patch("/api/v1/spaces/current", json={"name": "New"})
        ).status_code == 200
        assert (
            await viewer.client.patch("/api/v1/spaces/current", json={"name": "No"})
        ).status_code == 403
        found = await notes(house.database, owner)
        assert [one["after"]["status"] for one in found] == expected
        done = (await owner.client.get("/api/v1/activity")).json()["items"]
        assert [one["kind"] for one in done] == ["spaces.space_renamed"], "notes are no news"


async def test_nobody_fills_the_trail(settings: Settings) -> None:
    async with with_mode(settings, audit_notes_per_minute=5) as house:
        agent = f"agent {uuid7()}"
        transport = ASGITransport(app=house.app, client=("203.0.113.7", 1))
        async with AsyncClient(transport=transport, base_url="http://test") as attacker:
            for _ in range(40):
                answer = await attacker.get(
                    "/api/v1/titles",
                    headers={"user-agent": agent, "authorization": "Bearer mtk_x"},
                )
                assert answer.status_code == 401
        assert len(await notes(house.database, None, agent)) == 5
        other = ASGITransport(app=house.app, client=("203.0.113.8", 1))
        async with AsyncClient(transport=other, base_url="http://test") as somebody:
            headers = {"user-agent": agent, "authorization": "Bearer mtk_x"}
            await somebody.get("/api/v1/titles", headers=headers)
        assert len(await notes(house.database, None, agent)) == 6, "each address has its own count"


async def test_all_together_have_a_limit_too(settings: Settings) -> None:
    async with with_mode(settings, audit_notes_per_hour=4) as house:
        agent = f"agent {uuid7()}"
        for number in range(12):
            transport = ASGITransport(app=house.app, client=(f"2001:db8:{number:x}::1", 1))
            async with AsyncClient(transport=transport, base_url="http://test") as attacker:
                headers = {"user-agent": agent, "authorization": "Bearer mtk_x"}
                await attacker.get("/api/v1/titles", headers=headers)
        assert len(await notes(house.database, None, agent)) == 4


async def test_what_was_left_out_is_counted(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with with_mode(settings, audit_notes_per_minute=2) as house:
        owner = await house.member()
        viewer = await house.member(owner.space, "viewer")
        for _ in range(6):
            await viewer.client.patch("/api/v1/spaces/current", json={"name": "No"})
        assert len(await notes(house.database, owner)) == 2
        later = datetime.now(UTC) + timedelta(seconds=61)
        monkeypatch.setattr("mediatheque.kit.ratelimit.utc_now", lambda: later)
        await viewer.client.patch("/api/v1/spaces/current", json={"name": "No"})
        found = await notes(house.database, owner)
        assert [one["after"].get("suppressed") for one in found] == [None, None, 4]


async def test_notes_are_sealed_with_the_rest(house: House, database: Database) -> None:
    owner = await house.member()
    viewer = await house.member(owner.space, "viewer")
    await viewer.client.patch("/api/v1/spaces/current", json={"name": "No"})
    await owner.client.patch("/api/v1/spaces/current", json={"name": "Yes"})
    async with database.transaction(owner.space.id) as writer:
        assert await seal(writer) == 2
    found = await verify(read_context(database, across=True).db, owner.space.id)
    assert (found.is_whole, found.count) == (True, 2)


async def test_a_note_moves_no_version(house: House) -> None:
    """Else strangers could empty the kept answers of a space."""
    owner = await house.member()
    viewer = await house.member(owner.space, "viewer")
    await owner.client.patch("/api/v1/spaces/current", json={"name": "Yes"})
    before = await house.read(owner).db.rows(text("SELECT version FROM core_versions"))
    await viewer.client.patch("/api/v1/spaces/current", json={"name": "No"})
    assert await house.read(owner).db.rows(text("SELECT version FROM core_versions")) == before
