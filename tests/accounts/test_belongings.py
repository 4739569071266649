"""One's own data: everything in an archive, and everything gone."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from mediatheque.areas.accounts.actions.belongings import expire_exports
from mediatheque.areas.accounts.adapters.archive import new_archive
from mediatheque.core.edge import write_context
from mediatheque.core.seals import list_chains, seal, verify
from mediatheque.core.stores import storage
from mediatheque.kit.storage import ObjectNotFoundError
from tests.accounts.conftest import PASSWORD
from tests.accounts.post import run_jobs
from tests.files.pictures import png
from tests.postbox import open_postbox

if TYPE_CHECKING:
    from fastapi import FastAPI
    from httpx import AsyncClient, Response

    from mediatheque.core.settings import Settings
    from mediatheque.kit.db import Database
    from tests.house import House, Member

EXPORT = "/api/v1/account/export"
ERASURE = "/api/v1/account/erasure"


async def run(database: Database, sql: str, **values: object) -> None:
    async with write_context(database, across=True) as context:
        await context.db.execute(sql, values)


async def rows(database: Database, sql: str, **values: object) -> list[dict[str, Any]]:
    return await database.across().rows(text(sql).bindparams(**values))


@pytest.fixture(autouse=True)
async def empty(app: FastAPI, database: Database) -> None:
    await run(database, "DELETE FROM procrastinate_jobs WHERE task_name LIKE 'accounts.%'")


@pytest.fixture
async def owner(house: House) -> Member:
    return await house.member()


@pytest.fixture
async def person(house: House, owner: Member, database: Database, password_hash: str) -> Member:
    """A member of the owner's space, with a password."""
    member = await house.member(owner.space, "catalog_editor")
    await run(
        database,
        "UPDATE accounts_users SET password_hash = :hash, name = :name WHERE id = :id",
        hash=password_hash,
        name=f"Perdita {member.email[:6]}",
        id=member.user_id,
    )
    return replace(member, name=f"Perdita {member.email[:6]}")


def ok(answer: Response) -> dict[str, Any]:
    assert answer.is_success, answer.text
    body: dict[str, Any] = answer.json() if answer.content else {}
    return body


async def live(client: AsyncClient) -> dict[str, Any]:
    """Leave something in every area; answers the work that it is about."""
    title = ok(await client.post("/api/v1/titles", json={"kind": "movie", "title": "Stalker"}))
    at = f"/api/v1/titles/{title['id']}"
    ok(await client.put(f"{at}/poster", files={"file": ("poster.png", png(64, 64), "image/png")}))
    ok(await client.post(f"{at}/notes", json={"body": "my private note", "is_shared": False}))
    ok(await client.post(f"{at}/notes", json={"body": "for everybody", "is_shared": True}))
    ok(await client.put(f"{at}/rating", json={"rating": 9}))
    ok(await client.put(f"{at}/mark", json={"status": "finished"}))
    library = ok(await client.get("/api/v1/libraries"))["items"]
    copy: dict[str, Any] = {"title_id": title["id"], "edition": {"format": "dvd"}}
    if library:
        copy["library"] = library[0]["id"]
    made = ok(await client.post("/api/v1/copies", json=copy))
    ok(await client.post(f"/api/v1/copies/{made['id']}/lend", json={"borrower": "Tom"}))
    ok(
        await client.post(
            "/api/v1/imports",
            files={"file": ("mine.csv", b"title,year\nSolaris,1972\n", "text/csv")},
            data={"source": "csv"},
        )
    )
    return title


async def get_archive(member: Member) -> zipfile.ZipFile:
    (newest, *_) = ok(await member.client.get(EXPORT))["items"]
    assert newest["state"] == "ready", newest
    assert newest["done"] == newest["total"] > 10
    answer = await member.client.get(f"{EXPORT}/{newest['id']}/file")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/zip"
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert len(answer.content) == newest["size"]
    return zipfile.ZipFile(io.BytesIO(answer.content))


async def test_archive_holds_everything_about_me_and_nothing_of_others(
    owner: Member, person: Member, database: Database, settings: Settings
) -> None:
    ok(
        await owner.client.post(
            "/api/v1/titles", json={"kind": "movie", "title": "Nobody's business"}
        )
    )
    await live(person.client)
    asked = await person.client.post(EXPORT)
    assert asked.status_code == 202, asked.text
    assert asked.json()["state"] == "queued"
    again = await person.client.post(EXPORT)
    assert (again.status_code, again.json()["error"]["code"]) == (409, "export_running")
    early = await person.client.get(f"{EXPORT}/{asked.json()['id']}/file")
    assert (early.status_code, early.json()["error"]["code"]) == (404, "no_such_export")
    with open_postbox() as box:
        await run_jobs(database, settings, smtp_url=box.url)
    (letter,) = box.to(person.email)
    assert letter.message["subject"] == "Your data is ready"

    archive = await get_archive(person)
    assert archive.testzip() is None
    found = {
        name: json.loads(archive.read(name))
        for name in archive.namelist()
        if name.endswith(".json")
    }
    counts = {name.removesuffix(".json"): len(one) for name, one in found.items()}
    assert counts["accounts/account"] == 1
    assert found["accounts/account.json"][0]["email"] == person.email
    expected = {
        "catalog/titles": 1,
        "library/notes": 2,
        "library/ratings": 1,
        "library/marks": 1,
        "library/copies": 1,
        "library/loans": 1,
        "exchange/imports": 1,
        "files/pictures": 1,
        "spaces/memberships": 1,
    }
    assert {name: counts[name] for name in expected} == expected
    assert counts["accounts/journal"] > 5
    assert {one["body"] for one in found["library/notes.json"]} == {
        "my private note",
        "for everybody",
    }
    files = [name for name in archive.namelist() if name.startswith("files/") and "." in name]
    assert any(archive.read(name).startswith(b"title,year") for name in files)
    assert len([name for name in files if name.startswith("files/files/")]) == 1
    everything = b"".join(archive.read(name) for name in archive.namelist())
    for secret in (b"Nobody's business", b"argon2", b"token_hash", owner.email.encode()):
        assert secret not in everything


async def test_archive_is_mine_alone_and_for_a_week(
    owner: Member, person: Member, database: Database, settings: Settings
) -> None:
    asked = ok(await person.client.post(EXPORT))
    await run_jobs(database, settings)
    address = f"{EXPORT}/{asked['id']}/file"
    assert (await owner.client.get(address)).status_code == 404
    assert ok(await owner.client.get(EXPORT))["items"] == []
    key = ok(await person.client.post("/api/v1/api-keys", json={"name": "A program"}))["key"]
    person.client.headers["authorization"] = f"Bearer {key}"
    assert (await person.client.get(address)).status_code == 403
    assert (await person.client.post(EXPORT)).status_code == 403
    del person.client.headers["authorization"]
    assert (await person.client.get(address)).status_code == 200

    await run(
        database,
        "UPDATE accounts_exports SET expires_at = now() - interval '1 s' WHERE id = :id",
        id=UUID(asked["id"]),
    )
    assert (await person.client.get(address)).status_code == 404
    async with write_context(database, across=True) as context:
        keys = await expire_exports(context)
    assert len([one for one in keys if str(person.user_id) in one]) == 1
    assert ok(await person.client.get(EXPORT))["items"][0]["state"] == "expired"


async def test_archive_that_fails_can_be_asked_for_again(
    person: Member, database: Database, settings: Settings
) -> None:
    ok(await person.client.post(EXPORT))
    with pytest.raises(Exception, match="storage"):
        await run_jobs(database, settings, storage_url="nowhere://at/all")
    assert ok(await person.client.get(EXPORT))["items"][0]["state"] == "failed"
    ok(await person.client.post(EXPORT))
    await run_jobs(database, settings)
    await get_archive(person)


async def erase(member: Member, password: str = PASSWORD) -> Response:
    return await member.client.post(ERASURE, json={"password": password})


async def test_person_is_gone_and_what_they_gave_stays(
    owner: Member, person: Member, database: Database, settings: Settings
) -> None:
    title = await live(person.client)
    archive = ok(await person.client.post(EXPORT))
    await run_jobs(database, settings)
    key = ok(await person.client.post("/api/v1/api-keys", json={"name": "A program"}))["key"]
    before = ok(await owner.client.get(f"/api/v1/titles/{title['id']}"))
    assert (await erase(person, "wrong")).status_code == 400

    assert (await erase(person)).status_code == 202
    assert (await person.client.get("/api/v1/auth/session")).status_code == 401, "at once"
    bearer = {"authorization": f"Bearer {key}"}
    assert (await person.client.get("/api/v1/titles", headers=bearer)).status_code == 401
    with open_postbox() as box:
        await run_jobs(database, settings, smtp_url=box.url)
    (letter,) = box.to(person.email)
    assert letter.message["subject"] == "Your account is deleted"

    after = ok(await owner.client.get(f"/api/v1/titles/{title['id']}"))
    assert after["ratings"] == before["ratings"], "their rating counts on"
    assert [note["body"] for note in after["notes"]] == ["for everybody"]
    assert after["notes"][0]["author"] is None
    assert len(ok(await owner.client.get("/api/v1/copies"))["items"]) == 1
    listed = ok(await owner.client.get("/api/v1/members"))["items"]
    assert {one["user_id"] for one in listed} == {str(owner.user_id)}
    assert await traces_of(database, person) == []
    with pytest.raises(ObjectNotFoundError):
        await storage(settings).head(f"exports/{person.user_id}/{archive['id']}.zip")


async def traces_of(database: Database, person: Member) -> list[str]:
    """Tables that still know the person's address or name, or their id outside the journal."""
    tables = await rows(
        database,
        "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' "
        "AND table_type = 'BASE TABLE' AND table_name ~ "
        "'^(accounts|spaces|catalog|library|exchange|files|core|search|audit)_'",
    )
    found = []
    for one in tables:
        name = one["table_name"]
        personal = [person.email, person.name]
        if not name.startswith("core_journal"):
            personal.append(str(person.user_id))
        for secret in personal:
            hits = await rows(
                database,
                f"SELECT 1 FROM {name} t WHERE to_jsonb(t)::text ILIKE :like LIMIT 1",  # noqa: S608  (our own names)
                like=f"%{secret}%",
            )
            # The last letter waits for nothing any more, but says where it went.
            if hits and (name, secret) != ("accounts_letters", person.email):
                found.append(f"{name}: {secret}")
    return found


async def test_journal_forgets_who_it_was_and_its_chain_stays_whole(
    person: Member, database: Database, settings: Settings
) -> None:
    await live(person.client)
    async with write_context(database, space=person.space) as context:
        await seal(context.db)
    await erase(person)
    await run_jobs(database, settings)
    done = await rows(
        database,
        "SELECT actor_name, ip, user_agent FROM core_journal WHERE actor_id = :id",
        id=person.user_id,
    )
    assert len(done) > 5, "what was done stays, under an id that is nobody's"
    assert all(one == {"actor_name": "", "ip": "", "user_agent": ""} for one in done)
    assert person.space.id in await list_chains(database.across())
    verdict = await verify(database.across(), person.space.id)
    assert verdict.faults == []


async def test_erasure_goes_on_where_a_worker_died(
    person: Member, owner: Member, database: Database, settings: Settings
) -> None:
    """The job run again after it had let go of a part, and once more after it was done."""
    await live(person.client)
    await erase(person)
    await run(
        database,
        "UPDATE catalog_titles SET added_by = NULL WHERE added_by = :id",
        id=person.user_id,
    )
    await run_jobs(database, settings)
    async with write_context(database, across=True) as context:
        await context.db.execute(
            "SELECT procrastinate_defer_jobs_v1(ARRAY[ROW('exports', 'accounts.erase_person', 0, "
            "NULL, NULL, jsonb_build_object('user_id', cast(:id AS text)), NULL)"
            "::procrastinate_job_to_defer_v1])",
            {"id": str(person.user_id)},
        )
    assert "accounts.erase_person" in await run_jobs(database, settings)
    assert await traces_of(database, person) == []


async def test_last_owner_hands_over_first(
    house: House, owner: Member, database: Database, password_hash: str
) -> None:
    await run(
        database,
        "UPDATE accounts_users SET password_hash = :hash WHERE id = :id",
        hash=password_hash,
        id=owner.user_id,
    )
    answer = await erase(owner)
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "last_owner")
    assert answer.json()["error"]["details"] == {"spaces": [owner.space.slug]}
    assert ok(await owner.client.get("/api/v1/auth/session"))["user"]["id"] == str(owner.user_id)
    await house.member(owner.space, "owner")
    assert (await erase(owner)).status_code == 202


async def test_last_owner_of_the_house_hands_over_first(person: Member, database: Database) -> None:
    await run(
        database, "UPDATE accounts_users SET instance_role = NULL WHERE instance_role = 'owner'"
    )
    await run(
        database,
        "UPDATE accounts_users SET instance_role = 'owner' WHERE id = :id",
        id=person.user_id,
    )
    answer = await erase(person)
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "last_house_owner")


async def test_who_has_no_password_chooses_one_first(house: House) -> None:
    member = await house.member(role="viewer")
    answer = await erase(member)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "no_password")


async def test_names_in_an_archive_lead_nowhere(settings: Settings) -> None:
    kept = storage(settings)
    key = f"tests/{uuid4().hex}"
    await kept.put(key, b"x")
    async with new_archive() as (archive, path):
        for name in ("files/../../etc/passwd", "files/A.png", "files/a.png", "", "/x", "c:\\y"):
            assert await archive.add_file(name, kept, key)
        assert not await archive.add_file("gone", kept, f"tests/{uuid4().hex}")
        archive.close()
        with zipfile.ZipFile(path) as made:
            names = [name for name in made.namelist() if name != "README.txt"]
    assert len({name.casefold() for name in names}) == len(names) == 6
    assert all(name.startswith("files/") and ".." not in name for name in names)
