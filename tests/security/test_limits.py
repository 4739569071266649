"""Rate limits per class of requests: what is counted for whom, and what the answers tell."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from mediatheque.core.http.limits import RATES
from mediatheque.core.settings import Settings
from tests.isolation.declared import endpoints
from tests.security.small import as_member, asking

if TYPE_CHECKING:
    from fastapi import FastAPI

    from mediatheque.kit.db import Database
    from tests.house import House

TITLES, ME = "/api/v1/titles", "/api/v1/auth/setup"


async def test_a_stranger_is_counted_by_address(
    app: FastAPI, settings: Settings, database: Database
) -> None:
    async with asking(settings, database, requests_per_minute=3) as client:
        first = await client.get(ME)
        assert first.headers["x-ratelimit-limit"] == "3"
        assert first.headers["x-ratelimit-remaining"] == "2"
        assert int(first.headers["x-ratelimit-reset"]) > 1_700_000_000
        assert "retry-after" not in first.headers
        assert (await client.get(TITLES)).status_code == 401
        # A key that is none counts too, or keys could be tried without end.
        wrong = await client.get(TITLES, headers={"authorization": "Bearer k_nothing"})
        assert wrong.status_code == 401
        refused = await client.get(TITLES, headers={"authorization": "Bearer k_nothing"})
        assert refused.status_code == 429
        assert 0 < int(refused.headers["retry-after"]) <= 60
        assert refused.headers["x-ratelimit-remaining"] == "0"
        assert refused.json()["error"]["code"] == "too_many_requests"


@pytest.mark.parametrize(
    ("peers", "statuses"),
    [
        (["203.0.113.1", "203.0.113.2"], [200, 200]),
        (["2001:db8:1:2::1", "2001:db8:1:2:ffff::9"], [200, 429]),
        (["2001:db8:1:2::1", "2001:db8:1:3::1"], [200, 200]),
        (["203.0.113.1", "::ffff:203.0.113.1"], [200, 429]),
    ],
)
async def test_an_ipv6_customer_is_one_address(
    app: FastAPI, settings: Settings, database: Database, peers: list[str], statuses: list[int]
) -> None:
    found = []
    proxied: dict[str, Any] = {"requests_per_minute": 1, "trusted_proxies": "10.0.0.1"}
    async with asking(settings, database, peer="10.0.0.1", **proxied) as client:
        for peer in peers:
            answer = await client.get(ME, headers={"x-forwarded-for": peer})
            found.append(answer.status_code)
    assert found == statuses


async def test_reading_and_writing_are_counted_apart_and_over_all_addresses(
    app: FastAPI, settings: Settings, database: Database, house: House
) -> None:
    member, other = await house.member(), await house.member()
    chosen: dict[str, Any] = {"reads_per_minute": 2, "writes_per_minute": 1}
    async with asking(settings, database, client=as_member(member), **chosen) as client:
        assert [(await client.get(TITLES)).status_code for _ in range(3)] == [200, 200, 429]
        body = {"title": "A work", "kind": "movie"}
        first = await client.post(TITLES, json=body)
        assert first.status_code == 201, first.text
        assert first.headers["x-ratelimit-limit"] == "1"
        assert (await client.post(TITLES, json=body)).status_code == 429
        assert await house.count("catalog_titles", member.space) == 1
        client.cookies = other.client.cookies
        changed = await client.get(TITLES, headers={"x-space": other.space.slug})
        assert changed.status_code == 200, "another person has a count of their own"


DECLARED = {
    "accounts:end_sessions": "sign_out_everywhere",
    "accounts:list_sessions": "session_list",
    "accounts:sign_out": "sign_out",
    "audit:export_entries": "export",
    "catalog:upload_poster": "upload",
    "exchange:start_import": "upload",
    "library:export_csv": "export",
    "search:search": "search",
    "search:suggest": "search",
}


@pytest.mark.parametrize("operation_id", DECLARED)
async def test_classes_are_declared_at_the_routes(operation_id: str) -> None:
    assert endpoints()[operation_id].__rate__.name == DECLARED[operation_id]  # type: ignore[attr-defined]  # what the decorator leaves


async def test_a_declared_class_is_counted_by_itself(
    app: FastAPI, settings: Settings, database: Database, house: House
) -> None:
    member = await house.member()
    chosen: dict[str, Any] = {
        "reads_per_minute": 1,
        "searches_per_minute": 2,
        "session_lists_per_minute": 1,
    }
    async with asking(settings, database, client=as_member(member), **chosen) as client:
        search = "/api/v1/search?q=anything"
        found = await client.get(search)
        assert (found.status_code, found.headers["x-ratelimit-limit"]) == (200, "2"), found.text
        assert [(await client.get(search)).status_code for _ in range(2)] == [200, 429]
        sessions = "/api/v1/auth/sessions"
        assert [(await client.get(sessions)).status_code for _ in range(2)] == [200, 429]
        assert [(await client.get(TITLES)).status_code for _ in range(2)] == [200, 429]


async def test_nought_is_no_limit(
    app: FastAPI, settings: Settings, database: Database, house: House
) -> None:
    member = await house.member()
    async with asking(settings, database, client=as_member(member), reads_per_minute=0) as client:
        answer = await client.get(TITLES)
        assert answer.status_code == 200
        assert "x-ratelimit-limit" not in answer.headers


def test_every_class_is_a_setting_with_the_default_of_the_house() -> None:
    chosen = Settings.model_construct()
    found = {rate.name: (rate.rule(chosen).amount, rate.seconds) for rate in RATES}
    assert len(found) == len(RATES)
    wanted = {
        "anonymous": (100, 60),
        "sign_in": (5, 60),
        "second_factor": (5, 60),
        "sign_out": (30, 60),
        "sign_out_everywhere": (10, 60),
        "session_list": (30, 60),
        "password_reset": (3, 3600),
    }
    assert {name: found[name] for name in wanted} == wanted


def test_the_page_about_security_names_every_class() -> None:
    page = Path(__file__).resolve().parents[2] / "docs" / "security.md"
    named = set(re.findall(r"^\| `(\w+)` \|", page.read_text(), re.MULTILINE))
    assert {rate.name for rate in RATES} <= named
