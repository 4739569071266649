"""The services of a space: what is secret stays so, what is broken says so, what is set is used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import pytest_asyncio
from httpx import ASGITransport, AsyncClient
from sqlalchemy import text
from structlog.testing import capture_logs

from mediatheque.areas.spaces.actions.integrations import rewrap_secrets
from mediatheque.core.edge import read_context, write_context
from mediatheque.core.keys import key_file, keyring, write_keys
from mediatheque.kit.envelope import Keyring, new_key
from mediatheque.main import create_app
from tests.catalog.steps import add
from tests.exchange.support import bring_in
from tests.library.tmdb_site import TOKEN, run_library_jobs, tmdb_site

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from mediatheque.core.settings import Settings
    from mediatheque.kit.db import Database
    from tests.house import House, Member
    from tests.library.tmdb_site import Site

PATH = "/api/v1/integrations"
SECRET = "a-secret-of-tmdb-1234"


@pytest_asyncio.fixture
async def owner(house: House) -> Member:
    return await house.member()


@pytest.fixture
def site() -> Iterator[Site]:
    with tmdb_site() as made:
        yield made


@pytest.fixture
def own(settings: Settings, tmp_path: Path) -> Settings:
    """Settings with keys of their own."""
    return settings.model_copy(update={"data": tmp_path})


def client_of(app: Any, member: Member) -> AsyncClient:  # noqa: ANN401  (an application)
    return AsyncClient(
        transport=ASGITransport(app=app),
        base_url="http://test",
        cookies=member.client.cookies,
        headers=member.client.headers,
    )


@pytest_asyncio.fixture
async def away(own: Settings, database: Database, owner: Member) -> AsyncIterator[AsyncClient]:
    """The owner's client of an application with keys of its own."""
    async with client_of(create_app(own, database), owner) as client:
        yield client


async def put(client: AsyncClient, name: str, **values: object) -> dict[str, Any]:
    answer = await client.put(f"{PATH}/{name}", json={"values": values})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def field(found: dict[str, Any], name: str) -> dict[str, Any]:
    return next(one for one in found["fields"] if one["name"] == name)


async def stored(house: House, member: Member) -> dict[str, Any]:
    (row,) = await house.read(member).db.rows(text("SELECT * FROM spaces_integrations"))
    return row


async def test_every_service_says_what_it_needs(owner: Member) -> None:
    items = (await owner.client.get(PATH)).json()["items"]
    assert [one["name"] for one in items] == [
        *("tmdb", "plex", "barcode", "vision", "smtp", "payment", "analytics"),
    ]
    assert {one["state"] for one in items} == {"off"}
    smtp = next(one for one in items if one["name"] == "smtp")
    assert {one["name"]: one["kind"] for one in smtp["fields"]} == {
        "host": "text",
        "port": "number",
        "security": "choice",
        "user": "text",
        "password": "secret",
        "sender": "text",
    }
    assert field(smtp, "security")["choices"] == ["starttls", "tls", "none"]
    assert (field(smtp, "port")["value"], field(smtp, "port")["is_required"]) == (587, False)


async def test_a_secret_is_never_told_and_nowhere_in_plain(house: House, owner: Member) -> None:
    made = await put(owner.client, "tmdb", token=SECRET)
    token = field(made, "token")
    assert (made["state"], token["is_set"], token["value"]) == ("set", True, None)
    assert token["last_four"] == "1234"
    assert len(made["key_ids"]) == 1
    answers = [
        (await owner.client.get(PATH)).text,
        (await owner.client.get(f"{PATH}/tmdb")).text,
        (await owner.client.get("/api/v1/activity")).text,
        (await owner.client.get("/api/v1/audit")).text,
        (await owner.client.get("/api/v1/audit.csv")).text,
        str(await stored(house, owner)),
    ]
    assert all(SECRET not in one for one in answers)
    (entry,) = (await owner.client.get("/api/v1/audit")).json()["items"]
    assert (entry["action"], entry["after"]) == ("spaces.integration_changed", {"token": "set"})
    short = await put(owner.client, "barcode", provider="discogs", key="short")
    assert field(short, "key")["last_four"] is None


async def test_what_is_not_named_stays(house: House, owner: Member) -> None:
    await put(
        owner.client,
        "smtp",
        host="mail.example",
        sender="house@test.example",
        user="me",
        password="password-of-mail",
    )
    sealed = (await stored(house, owner))["secrets"]
    changed = await put(owner.client, "smtp", port=465, security="tls")
    assert (field(changed, "port")["value"], field(changed, "host")["value"]) == (
        465,
        "mail.example",
    )
    assert (await stored(house, owner))["secrets"] == sealed
    without = await put(owner.client, "smtp", password=None, user=None)
    assert field(without, "password")["is_set"] is False
    assert field(without, "user")["value"] is None
    assert (await stored(house, owner))["secrets"] == {}


@pytest.mark.parametrize(
    ("name", "values", "wrong"),
    [
        ("tmdb", {}, "values.token"),
        ("tmdb", {"token": None}, "values.token"),
        ("tmdb", {"token": SECRET, "more": 1}, "values.more"),
        ("tmdb", {"token": "x" * 5000}, "values.token"),
        ("plex", {"url": "nonsense", "token": "x"}, "values.url"),
        ("plex", {"url": "http://me:secret@plex.example", "token": "x"}, "values.url"),
        ("plex", {"url": "file:///etc/passwd", "token": "x"}, "values.url"),
        (
            "smtp",
            {"host": "a", "sender": "a@test.example", "port": 0},
            "values.port",
        ),
        ("barcode", {"provider": "nobody", "key": "x"}, "values.provider"),
    ],
)
async def test_what_has_not_the_form_is_refused_with_its_field(
    house: House, owner: Member, name: str, values: dict[str, Any], wrong: str
) -> None:
    answer = await owner.client.put(f"{PATH}/{name}", json={"values": values})
    assert answer.status_code == 400, answer.text
    error = answer.json()["error"]
    assert (error["code"], error["field"]) == ("integration_invalid", wrong)
    assert SECRET not in answer.text
    assert await house.count("spaces_integrations", owner.space) == 0


async def test_who_may(house: House) -> None:
    for role in ("manager", "editor", "viewer"):
        member = await house.member(role=role)
        for method, path in (("GET", PATH), ("GET", f"{PATH}/tmdb"), ("DELETE", f"{PATH}/tmdb")):
            assert (await member.client.request(method, path)).status_code == 403
        put_ = await member.client.put(f"{PATH}/tmdb", json={"values": {"token": "x"}})
        assert put_.status_code == 403
        assert (await member.client.post(f"{PATH}/tmdb/check")).status_code == 403


async def test_removing(house: House, owner: Member) -> None:
    await put(owner.client, "tmdb", token=SECRET)
    assert (await owner.client.delete(f"{PATH}/tmdb")).status_code == 204
    assert await house.count("spaces_integrations", owner.space) == 0
    again = await owner.client.delete(f"{PATH}/tmdb")
    assert (again.status_code, again.json()["error"]["code"]) == (409, "integration_off")
    unknown = await owner.client.get(f"{PATH}/nothing")
    assert (unknown.status_code, unknown.json()["error"]["code"]) == (404, "no_such_integration")


async def test_a_lost_key_shows_as_broken_with_the_remedy_and_is_logged(
    own: Settings, owner: Member, away: AsyncClient, database: Database
) -> None:
    await put(away, "tmdb", token=SECRET)
    path = key_file(own)
    assert path is not None
    old = keyring(own).keys
    write_keys(path, [new_key()])
    with capture_logs() as logs:
        found = (await away.get(f"{PATH}/tmdb")).json()
    token = field(found, "token")
    assert (found["state"], token["is_set"], token["last_four"]) == ("broken", True, None)
    assert "Set it anew" in token["problem"]
    assert keyring(own).current not in token["problem"]
    assert [one["event"] for one in logs if one["log_level"] == "error"] == [
        "a secret cannot be read"
    ]
    title = await add(owner, title="Metropolis", year=1927)
    refused = await away.post(f"/api/v1/titles/{title['id']}/enrich")
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "integration_broken")
    checked = (await away.post(f"{PATH}/tmdb/check")).json()
    assert checked["check"]["state"] == "fails"
    assert "cannot be read" in checked["check"]["message"]
    write_keys(path, [*keyring(own).keys, *old])
    assert (await away.get(f"{PATH}/tmdb")).json()["state"] == "set", "older keys still read"
    await put(away, "tmdb", token="another-token-9876")
    assert (await away.get(f"{PATH}/tmdb")).json()["key_ids"] == [keyring(own).current]
    del database


async def test_a_secret_opens_at_its_own_place_only(
    house: House, owner: Member, database: Database
) -> None:
    """Copied to another space by SQL it is no secret of that space."""
    stranger = await house.member()
    await put(owner.client, "tmdb", token=SECRET)
    async with write_context(database, across=True) as ctx:
        await ctx.db.execute(
            "INSERT INTO spaces_integrations (space_id, name, secrets) "
            "SELECT :to, name, secrets FROM spaces_integrations WHERE space_id = :space",
            {"to": stranger.space.id, "space": owner.space.id},
        )
    found = (await stranger.client.get(f"{PATH}/tmdb")).json()
    assert found["state"] == "broken"
    assert "changed in the database, or copied" in field(found, "token")["problem"]


async def test_trying_a_service_makes_a_real_call(
    own: Settings, database: Database, owner: Member, site: Site
) -> None:
    app = create_app(site.settings(own, token=""), database)
    async with client_of(app, owner) as client:
        off = await client.post(f"{PATH}/tmdb/check")
        assert (off.status_code, off.json()["error"]["code"]) == (409, "integration_off")
        await put(client, "tmdb", token="a-wrong-token-of-tmdb")
        wrong = (await client.post(f"{PATH}/tmdb/check")).json()["check"]
        assert (wrong["state"], wrong["message"]) == ("fails", "TMDB does not accept the key.")
        fresh = await put(client, "tmdb", token=TOKEN)
        assert fresh["check"] is None, "what was tried before says nothing of a new key"
        right = (await client.post(f"{PATH}/tmdb/check")).json()["check"]
        assert (right["state"], right["message"]) == ("works", "TMDB answered.")
        assert site.asked.count("/configuration") == 2
        await put(client, "analytics", provider="umami", url="https://u.example", site="x")
        none = await client.post(f"{PATH}/analytics/check")
        assert none.json()["error"]["code"] == "integration_not_checkable"


async def test_a_call_into_the_private_net_is_refused(owner: Member) -> None:
    await put(owner.client, "plex", url="http://127.0.0.1:1", token="x")
    found = (await owner.client.post(f"{PATH}/plex/check")).json()["check"]
    assert found["state"] == "fails"
    assert "private or reserved" in found["message"]


async def test_the_space_s_own_key_goes_before_the_house_s(
    settings: Settings, database: Database, owner: Member, house: House, site: Site
) -> None:
    """With a wrong key in the environment and the right one in the space, works are completed."""
    environment = site.settings(settings, token="a-wrong-token-of-the-house")
    other = await house.member()
    app = create_app(environment, database)
    async with client_of(app, owner) as mine, client_of(app, other) as theirs:
        await put(mine, "tmdb", token=TOKEN)
        title = await add(owner, title="Metropolis", year=1927)
        done = await mine.post(f"/api/v1/titles/{title['id']}/enrich")
        assert done.status_code == 200, done.text
        assert "synopsis" in done.json()["filled"]
        title = await add(other, title="Metropolis", year=1927)
        refused = await theirs.post(f"/api/v1/titles/{title['id']}/enrich")
        assert refused.json()["error"]["code"] == "provider_silent"
        await put(theirs, "tmdb", token="also-a-wrong-token")
    content = b"kind,title,year\nmovie,Metropolis,1927\nmovie,Another film,1931\n"
    fresh = await house.member()
    async with client_of(app, fresh) as client:
        await put(client, "tmdb", token=TOKEN)
    done_import = await bring_in(database, environment, fresh, content)
    await run_library_jobs(database, environment, fresh, "library.enrich%")
    found = (await fresh.client.get(f"/api/v1/imports/{done_import['id']}")).json()
    assert found["enrichment"]["state"] == "done", found["enrichment"]


async def test_an_import_says_why_it_is_not_completed(
    settings: Settings, database: Database, owner: Member, site: Site
) -> None:
    """A key that cannot be read fails it, a switch that is off stops it; mended, it goes on."""
    environment = site.settings(settings)
    content = b"kind,title,year\nmovie,Metropolis,1927\n"
    await put(owner.client, "tmdb", token=TOKEN)
    async with write_context(database, space=owner.space) as ctx:
        await ctx.db.execute(
            "UPDATE spaces_integrations "
            "SET secrets = jsonb_build_object('token', cast(:sealed AS text))",
            {"sealed": Keyring([new_key()]).seal(TOKEN, "elsewhere")},
        )
    done = await bring_in(database, settings, owner, content)

    async def run() -> dict[str, Any]:
        await run_library_jobs(database, environment, owner, "library.enrich%")
        found = (await owner.client.get(f"/api/v1/imports/{done['id']}")).json()
        enrichment: dict[str, Any] = found["enrichment"]
        return enrichment

    broken = await run()
    assert broken["state"] == "failed"
    assert "TMDB: The token cannot be read" in broken["message"]
    assert site.asked == [], "the house's key does not take its place"
    await put(owner.client, "tmdb", token=TOKEN)
    await owner.client.put("/api/v1/flags/catalog.enrichment", json={"enabled": False})
    again = await owner.client.post(f"/api/v1/imports/{done['id']}/enrich")
    assert again.status_code == 202, again.text
    off = await run()
    assert (off["state"], "switched off" in off["message"]) == ("failed", True)
    await owner.client.put("/api/v1/flags/catalog.enrichment", json={"enabled": None})
    assert (await owner.client.post(f"/api/v1/imports/{done['id']}/enrich")).status_code == 202
    assert (await run())["state"] == "done"
    assert "/configuration" in site.asked


async def test_rewrapping_puts_every_secret_under_the_new_key(
    own: Settings, owner: Member, away: AsyncClient, database: Database, house: House
) -> None:
    await put(away, "tmdb", token=SECRET)
    await put(away, "payment", key="sk_test_0000000000", webhook_secret="whsec_00000000")
    before = (await stored_secrets(house, owner))["payment"]
    old = keyring(own)
    fresh = Keyring([new_key(), *old.keys])
    async with write_context(database, across=True) as ctx:
        done = await rewrap_secrets(ctx, fresh)
    assert done.secrets >= 3
    after = await stored_secrets(house, owner)
    for name, sealed in after["payment"].items():
        assert sealed.split(".")[1] == fresh.current
        assert sealed.split(".")[3] == before[name].split(".")[3], "only the data key is wrapped"
    path = key_file(own)
    assert path is not None
    write_keys(path, [fresh.keys[0]])
    found = (await away.get(f"{PATH}/payment")).json()
    assert (found["state"], field(found, "key")["last_four"]) == ("set", "0000")
    row = await read_context(database, across=True).db.row(
        text(
            "SELECT after FROM core_journal WHERE kind = 'spaces.secrets_rewrapped' "
            "ORDER BY position DESC LIMIT 1"
        )
    )
    assert row is not None
    assert row["after"]["key"] == fresh.current


async def stored_secrets(house: House, member: Member) -> dict[str, dict[str, str]]:
    rows = await house.read(member).db.rows(text("SELECT name, secrets FROM spaces_integrations"))
    return {row["name"]: row["secrets"] for row in rows}
