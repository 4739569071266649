"""Host names: a space's own, proven by a file; the name goes before what else a request says."""

from __future__ import annotations

import asyncio
import secrets
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest
from httpx import ASGITransport, AsyncClient

from mediatheque.areas.spaces.actions.domains import verify_domain
from mediatheque.areas.spaces.adapters.proofs import PATH, is_proven, proof_of
from mediatheque.areas.spaces.queries.domains import list_hosts
from mediatheque.kit.http import Fetcher
from tests.spaces.test_care import code_of, newest

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.house import House, Member

DOMAINS = "/api/v1/space/domains"


async def claim(owner: Member, host: str) -> dict[str, Any]:
    answer = await owner.client.post(DOMAINS, json={"host": host})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def prove(house: House, owner: Member, domain_id: str) -> None:
    async with house.write(owner) as ctx:
        await verify_domain(ctx, UUID(domain_id), is_proven=True)


def under(host: str, member: Member, house: House) -> AsyncClient:
    """The member's client, calling the house by another name."""
    return AsyncClient(
        transport=ASGITransport(app=house.app, raise_app_exceptions=False),
        base_url=f"http://{host}",
        cookies=dict(member.client.cookies),
        headers={"x-csrf-token": member.client.headers["x-csrf-token"]},
    )


async def test_a_proven_name_leads_to_its_space_before_all_else(house: House) -> None:
    owner = await house.member()
    second = await house.member()
    host = f"films-{uuid4().hex[:8]}.example.org"
    made = await claim(owner, host.upper())
    assert (made["host"], made["is_verified"]) == (host, False)
    assert made["proof_url"] == f"https://{host}{PATH}"
    async with under(host, second, house) as client:
        assert (await client.get("/api/v1/space")).json()["slug"] == second.space.slug
    await prove(house, owner, made["id"])
    assert host in await list_hosts(house.database)
    async with under(host, owner, house) as client:
        assert (await client.get("/api/v1/space")).json()["slug"] == owner.space.slug
        named = await client.get("/api/v1/space", headers={"x-space": second.space.slug})
        assert named.json()["slug"] == owner.space.slug
    async with under(host, second, house) as client:
        for headers in ({}, {"x-space": second.space.slug}):
            foreign = await client.get("/api/v1/space", headers=headers)
            assert foreign.status_code == 404, foreign.text
    assert await newest(owner, "spaces.domain_verified")
    assert (await owner.client.delete(f"{DOMAINS}/{made['id']}")).status_code == 204
    async with under(host, second, house) as client:
        assert (await client.get("/api/v1/space")).json()["slug"] == second.space.slug


async def test_one_space_only_has_a_name(house: House) -> None:
    first, second = await house.member(), await house.member()
    host = f"one-{uuid4().hex[:8]}.example.org"
    mine, theirs = await claim(first, host), await claim(second, host)
    await prove(house, first, mine["id"])
    late = await second.client.post(f"{DOMAINS}/{theirs['id']}/verify")
    assert (late.status_code, code_of(late)) == (409, "domain_not_verified")
    twice = await first.client.post(DOMAINS, json={"host": host})
    assert (twice.status_code, code_of(twice)) == (409, "host_taken")


async def test_names_that_are_none_and_who_may(house: House) -> None:
    owner = await house.member()
    for host in ("localhost", "a b.example", "-a.example", "10.0.0.1", "a..example", "", "é" * 300):
        answer = await owner.client.post(DOMAINS, json={"host": host})
        assert answer.status_code == 422, host
    manager = await house.member(owner.space, "manager")
    assert (await manager.client.get(DOMAINS)).status_code == 403
    assert (await manager.client.post(DOMAINS, json={"host": "a.example"})).status_code == 403


async def served(body: bytes, status: bytes = b"200 OK") -> AsyncIterator[int]:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked = await reader.readuntil(b"\r\n\r\n")
        is_it = asked.startswith(f"GET {PATH} ".encode())
        said = status if is_it else b"404 Not Found"
        writer.write(b"HTTP/1.1 " + said + b"\r\nContent-Type: text/plain\r\nConnection: close\r\n")
        writer.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]


async def proven(body: bytes, token: str, *, allow: tuple[str, ...] = ("127.0.0.0/8",)) -> bool:
    async for port in served(body):
        fetcher = Fetcher(allow=allow, resolver=local)
        try:
            return await is_proven(fetcher, f"films.example:{port}", token, ("http",))
        finally:
            await fetcher.close()
    return False


async def local(_: str, __: int) -> list[str]:
    return ["127.0.0.1"]


async def test_the_file_proves_it(house: House) -> None:
    del house
    assert await proven(proof_of("secret").encode() + b"\n", "secret")
    assert not await proven(proof_of("other").encode(), "secret")
    assert not await proven(b"", "secret")
    assert not await proven(proof_of("secret").encode(), "secret", allow=()), "private addresses"


async def test_an_address_is_proven_over_http(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole way: claimed, asked for over the network, served, taken into use."""
    owner = await house.member()
    host = f"films-{uuid4().hex[:8]}.example.org"
    made = await claim(owner, host)
    here = f"127.{secrets.randbelow(250) + 1}.{secrets.randbelow(250)}.{secrets.randbelow(250) + 1}"
    files = {PATH: b"something else"}

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked = (await reader.readuntil(b"\r\n\r\n")).decode()
        path, name = asked.split(" ")[1], asked.lower().partition("\r\nhost: ")[2].split("\r\n")[0]
        body = files.get(path, b"") if name == host else b""
        writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n")
        writer.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        await writer.drain()
        writer.close()

    async def resolved(name: str, _: int) -> list[str]:
        return [here] if name == host else []

    try:
        server = await asyncio.start_server(answer, here, 80)
    except PermissionError:
        pytest.skip("nobody but root may serve at port 80 here")
    fetcher = Fetcher(allow=("127.0.0.0/8",), resolver=resolved)
    monkeypatch.setattr("mediatheque.areas.spaces.routes.care.fetcher", lambda _: fetcher)
    verify = f"{DOMAINS}/{made['id']}/verify"
    async with server:
        wrong = await owner.client.post(verify)
        assert (wrong.status_code, code_of(wrong)) == (409, "domain_not_verified")
        assert host not in await list_hosts(house.database)
        files[PATH] = made["proof"].encode()
        right = await owner.client.post(verify)
        assert (right.status_code, right.json()["is_verified"]) == (200, True), right.text
    await fetcher.close()
    assert host in await list_hosts(house.database)
    async with under(host, owner, house) as client:
        assert (await client.get("/api/v1/space")).json()["slug"] == owner.space.slug
