"""The edge: headers, proxies, names of the house, sizes of requests, other origins."""

from __future__ import annotations

import asyncio
import json
import re
from typing import TYPE_CHECKING, Any

import pytest
import structlog
from fastapi import APIRouter
from httpx import ASGITransport, AsyncClient
from sqlalchemy import text

from mediatheque.core.http import Write
from mediatheque.core.http.networks import networks
from mediatheque.core.http.proxies import resolved
from mediatheque.main import create_app
from tests.security.small import as_member, asking

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from fastapi import FastAPI

    from mediatheque.core.settings import Settings
    from mediatheque.kit.db import Database
    from tests.house import House

VERSION = "/api/v1/version"
INDEX = '<html><script src="/a.js" nonce="__CSP_NONCE__"></script></html>'


# --- headers ------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [VERSION, "/health/live", "/api/v1/nothing", "/api/v1/titles"])
async def test_every_answer_carries_the_headers(anonymous: AsyncClient, path: str) -> None:
    found = (await anonymous.get(path)).headers
    assert found["x-content-type-options"] == "nosniff"
    assert found["x-frame-options"] == "DENY"
    assert found["referrer-policy"] == "same-origin"
    assert found["cross-origin-opener-policy"] == "same-origin"
    assert found["cross-origin-resource-policy"] == "same-origin"
    assert "default-src 'none'" in found["content-security-policy"]
    assert "frame-ancestors 'none'" in found["content-security-policy"]
    assert "geolocation=()" in found["permissions-policy"]
    assert "strict-transport-security" not in found, "only over TLS"
    assert "server" not in found


async def test_pages_have_a_nonce_of_their_own(
    app: FastAPI, settings: Settings, database: Database, tmp_path: Path
) -> None:
    (tmp_path / "index.html").write_text(INDEX)
    (tmp_path / "a.js").write_text("1")
    seen = set()
    async with asking(settings, database, web_dist=tmp_path) as client:
        for path in ("/", "/titles/some-work", "/index.html"):
            answer = await client.get(path)
            policy = answer.headers["content-security-policy"]
            nonce = re.findall(r"script-src 'self' 'nonce-([\w-]{22})'", policy)
            assert nonce, policy
            assert f'nonce="{nonce[0]}"' in answer.text
            assert "__CSP_NONCE__" not in answer.text
            assert "unsafe" not in policy
            assert "etag" not in answer.headers
            seen.add(nonce[0])
        assert len(seen) == 3
        script = await client.get("/a.js")
        assert script.text == "1"
        assert "unsafe" not in script.headers["content-security-policy"]


@pytest.mark.parametrize("path", ["/%00", "/" + "a" * 5000, "/..%2f..%2fetc%2fpasswd", "/%2e%2e/x"])
async def test_odd_paths_answer_the_start_page(
    app: FastAPI, settings: Settings, database: Database, tmp_path: Path, path: str
) -> None:
    (tmp_path / "index.html").write_text(INDEX)
    async with asking(settings, database, web_dist=tmp_path) as client:
        answer = await client.get(path)
        assert answer.status_code == 200
        assert "root:" not in answer.text


async def test_tls_is_told_to_last(app: FastAPI, settings: Settings, database: Database) -> None:
    hsts = "strict-transport-security"
    async with asking(settings, database, base_url="https://test") as client:
        assert "includeSubDomains" in (await client.get(VERSION)).headers[hsts]
    async with asking(settings, database, public_url="https://films.example") as client:
        found = await client.get(VERSION, headers={"host": "films.example"})
        assert int(re.findall(r"max-age=(\d+)", found.headers[hsts])[0]) >= 31_536_000


async def test_the_api_describes_itself_without_a_script_or_another_house(
    app: FastAPI, anonymous: AsyncClient
) -> None:
    answer = await anonymous.get("/api/docs")
    assert answer.status_code == 200
    document = app.openapi()
    told = [one for path in document["paths"].values() for one in path.values()]
    assert len(told) > 200
    missing = [
        one["operationId"] for one in told if f'id="{one["operationId"]}"' not in answer.text
    ]
    assert not missing
    links = set(re.findall(r'href="#([^"]+)"', answer.text))
    assert links <= set(re.findall(r'id="([^"]+)"', answer.text))
    assert len(links) > len(document["components"]["schemas"]) / 2
    assert "<script" not in answer.text
    elsewhere = set(re.findall(r'(?:href|src)="([^#"][^"]*)"', answer.text))
    assert elsewhere == {"/icon.svg", app.openapi_url}
    policy = answer.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "script-src" not in policy, "default-src 'none' is for scripts too"
    (nonce,) = re.findall(r"style-src 'nonce-([^']+)'", policy)
    assert re.findall(r"<style([^>]*)>", answer.text) == [f' nonce="{nonce}"']
    again = await anonymous.get("/api/docs")
    assert again.headers["content-security-policy"] != policy


# --- proxies ------------------------------------------------------------------------------------

TRUSTED = networks("10.0.0.0/8, 192.0.2.7, 2001:db8:ff::/48")


def scope(peer: str, **headers: str) -> dict[str, Any]:
    return {
        "type": "http",
        "scheme": "http",
        "client": (peer, 1),
        "headers": [
            (b"host", b"inner"),
            *((k.replace("_", "-").encode(), v.encode()) for k, v in headers.items()),
        ],
    }


@pytest.mark.parametrize(
    ("peer", "chain", "client"),
    [
        ("203.0.113.5", "198.51.100.1", "203.0.113.5"),  # no proxy of ours: its word is nothing
        ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "1.1.1.1, 198.51.100.1", "198.51.100.1"),  # the left was written by the client
        ("10.0.0.1", "198.51.100.1, 10.2.2.2", "198.51.100.1"),  # two proxies
        ("10.0.0.1", "127.0.0.1, 198.51.100.1, 192.0.2.7", "198.51.100.1"),
        ("10.0.0.1", "10.9.9.9, 10.2.2.2", "10.9.9.9"),  # from inside
        ("10.0.0.1", "nonsense, 10.2.2.2", "10.2.2.2"),
        ("10.0.0.1", "nonsense", "10.0.0.1"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", "198.51.100.1:4711", "198.51.100.1"),
        ("10.0.0.1", "[2001:db8::1]:4711", "2001:db8::1"),
        ("::ffff:10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("2001:db8:ff::1", "2001:db8::1", "2001:db8::1"),
        ("2001:db8:fe::1", "2001:db8::1", "2001:db8:fe::1"),
        ("10.0.0.1", "::ffff:10.0.0.2, ::ffff:198.51.100.1", "198.51.100.1"),
        ("unix", "198.51.100.1", "unix"),
    ],
)
def test_the_client_is_the_rightmost_that_is_no_proxy(peer: str, chain: str, client: str) -> None:
    found = resolved(scope(peer, x_forwarded_for=chain), TRUSTED)
    assert found["client"][0] == client


def test_several_header_lines_are_one_chain() -> None:
    asked = scope("10.0.0.1", x_forwarded_for="1.1.1.1")
    asked["headers"].append((b"x-forwarded-for", b"198.51.100.1"))
    assert resolved(asked, TRUSTED)["client"][0] == "198.51.100.1"


def test_scheme_and_host_come_from_proxies_only() -> None:
    told = {"x_forwarded_proto": "https", "x_forwarded_host": "films.example"}
    found = resolved(scope("10.0.0.1", **told), TRUSTED)
    assert (found["scheme"], dict(found["headers"])[b"host"]) == ("https", b"films.example")
    found = resolved(scope("203.0.113.5", **told), TRUSTED)
    assert (found["scheme"], dict(found["headers"])[b"host"]) == ("http", b"inner")
    assert b"x-forwarded-host" not in dict(found["headers"])
    odd = resolved(scope("10.0.0.1", x_forwarded_proto="gopher"), TRUSTED)
    assert odd["scheme"] == "http"


async def test_a_forged_address_does_not_escape_the_limit(
    app: FastAPI, settings: Settings, database: Database
) -> None:
    async with asking(settings, database, requests_per_minute=2) as client:
        found = [
            (
                await client.get("/api/v1/titles", headers={"x-forwarded-for": f"198.51.100.{n}"})
            ).status_code
            for n in range(3)
        ]
    assert found == [401, 401, 429]


async def test_the_journal_knows_the_client_behind_the_proxy(
    app: FastAPI, settings: Settings, database: Database, house: House
) -> None:
    member = await house.member()
    given = {"cookies": dict(member.client.cookies), "headers": dict(member.client.headers)}
    async with asking(
        settings, database, peer="10.0.0.1", client=given, trusted_proxies="10.0.0.0/8"
    ) as client:
        made = await client.post(
            "/api/v1/titles",
            json={"title": "A work", "kind": "movie"},
            headers={"x-forwarded-for": "1.1.1.1, 198.51.100.77"},
        )
    assert made.status_code == 201, made.text
    found = await house.read(member).db.scalar(text("SELECT host(ip::inet) FROM core_journal"))
    assert found == "198.51.100.77"


# --- names --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("films.example", 200),
        ("FILMS.example:8000", 200),
        ("family.films.example", 200),
        ("other.example", 200),
        ("a.wild.example", 200),
        ("wild.example", 421),
        ("evil.example", 421),
        ("films.example.evil.example", 421),
        ("xfilms.example", 421),
        ("127.0.0.1:8000", 421),
        ("[::1", 421),
    ],
)
async def test_with_a_public_address_only_its_names_are_answered(
    app: FastAPI, settings: Settings, database: Database, host: str, status: int
) -> None:
    chosen: dict[str, Any] = {
        "public_url": "https://films.example",
        "allowed_hosts": "other.example, *.wild.example",
    }
    async with asking(settings, database, **chosen) as client:
        assert (await client.get(VERSION, headers={"host": host})).status_code == status
        live = await client.get("/health/live", headers={"host": host})
        assert live.status_code == 200, "probes know only addresses"


async def test_a_verified_domain_of_a_space_is_a_name_of_the_house(
    app: FastAPI, settings: Settings, database: Database, house: House
) -> None:
    member = await house.member()
    mark = member.space.slug
    async with house.write(member) as ctx:
        await ctx.db.execute(
            "INSERT INTO spaces_domains (space_id, host, token, verified_at) VALUES "
            "(:space, :own, 'x', now()), (:space, :claimed, 'x', NULL)",
            {"space": member.space.id, "own": f"{mark}.org", "claimed": f"{mark}.com"},
        )
    async with asking(settings, database, public_url="https://films.example") as client:
        for host, status in ((f"{mark}.org", 200), (f"{mark}.com", 421)):
            assert (await client.get(VERSION, headers={"host": host})).status_code == status


# --- sizes --------------------------------------------------------------------------------------


async def test_a_large_body_is_refused_declared_or_not(
    app: FastAPI, settings: Settings, database: Database
) -> None:
    async def pieces(number: int) -> AsyncIterator[bytes]:
        yield b'{"email": "'
        for _ in range(number):
            yield b"x" * 1024
        yield b'"}'

    as_json = {"content-type": "application/json"}
    async with asking(settings, database, body_limit_mb=1) as client:
        for body in (b" " * (1024 * 1024 + 1), pieces(1025)):
            answer = await client.post("/api/v1/auth/login", content=body, headers=as_json)
            assert answer.status_code == 413, answer.text
            assert answer.json()["error"]["code"] == "too_large"
        small = await client.post("/api/v1/auth/login", content=pieces(10), headers=as_json)
        assert small.status_code == 422, small.text


async def test_a_body_that_stops_coming_is_given_up(
    app: FastAPI, settings: Settings, database: Database
) -> None:
    async def halting() -> AsyncIterator[bytes]:
        yield b'{"email": "'
        await asyncio.sleep(3)
        yield b'"}'

    async with asking(settings, database, body_timeout_seconds=1) as client:
        answer = await client.post(
            "/api/v1/auth/login", content=halting(), headers={"content-type": "application/json"}
        )
    assert (answer.status_code, answer.json()["error"]["code"]) == (408, "slow_body")


# --- other origins ------------------------------------------------------------------------------


async def test_without_the_setting_no_origin_is_allowed(anonymous: AsyncClient) -> None:
    answer = await anonymous.get(VERSION, headers={"origin": "https://friend.example"})
    assert not [name for name in answer.headers if name.startswith("access-control")]


@pytest.mark.parametrize(
    ("allowed", "origin", "told"),
    [
        ("https://friend.example", "https://friend.example", "https://friend.example"),
        ("https://friend.example", "https://evil.example", None),
        ("https://friend.example", "https://friend.example.evil.example", None),
        ("https://friend.example", "null", None),
        ("*", "https://anyone.example", "*"),
    ],
)
async def test_origins_are_allowed_by_setting_and_never_with_cookies(  # noqa: PLR0917  the table
    app: FastAPI,
    settings: Settings,
    database: Database,
    allowed: str,
    origin: str,
    told: str | None,
) -> None:
    async with asking(settings, database, cors_origins=allowed) as client:
        for answer in (
            await client.get(VERSION, headers={"origin": origin, "cookie": "a=b"}),
            await client.options(
                VERSION,
                headers={
                    "origin": origin,
                    "access-control-request-method": "GET",
                    "access-control-request-headers": "authorization",
                },
            ),
        ):
            assert answer.headers.get("access-control-allow-origin") == told
            assert "access-control-allow-credentials" not in answer.headers


# --- the one character that no text of PostgreSQL holds ----------------------------------------


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/api/v1/titles?q=%00", None),
        ("GET", "/api/v1/search?q=a%00b", None),
        ("GET", "/api/v1/exports/library.csv?library=%00", None),
        ("POST", "/api/v1/titles", {"title": "A\0work", "kind": "movie"}),
        ("POST", "/api/v1/libraries", {"name": "A\0shelf"}),
    ],
)
async def test_nul_is_refused_and_no_fault(
    house: House, method: str, path: str, body: dict[str, str] | None
) -> None:
    member = await house.member()
    answer = await member.client.request(method, path, json=body)
    assert answer.status_code < 500, answer.text
    assert "internal" not in answer.text


async def test_nul_within_json_is_refused(
    app: FastAPI, settings: Settings, database: Database, house: House
) -> None:
    member = await house.member()
    given = as_member(member)
    small = create_app(settings, database)
    router = APIRouter(prefix="/api/test")

    @router.post("/json")
    async def keep(ctx: Write) -> None:
        value = json.dumps({"a": "\0"})
        await ctx.db.execute("SELECT (cast(:value AS jsonb) ->> 'a')", {"value": value})

    small.include_router(router)
    transport = ASGITransport(app=small, raise_app_exceptions=False)
    async with AsyncClient(transport=transport, base_url="http://test", **given) as client:
        answer = await client.post("/api/test/json")
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "malformed")


async def test_a_proxy_that_nobody_named_is_told_of_once(
    app: FastAPI, settings: Settings, database: Database
) -> None:
    with structlog.testing.capture_logs() as logs:
        for peer, number in (("203.0.113.9", 0), ("127.0.0.1", 1)):
            async with asking(settings, database, peer=peer) as client:
                for _ in range(3):
                    await client.get(VERSION, headers={"x-forwarded-for": "198.51.100.1"})
            assert len([one for one in logs if "TRUSTED_PROXIES" in one["event"]]) == number
