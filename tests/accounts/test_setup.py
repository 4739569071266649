"""The first owner of an empty house."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import structlog

from mediatheque.areas.accounts.jobs import announce_setup
from mediatheque.core.work import Work
from mediatheque.kit.db import Database
from tests.accounts.conftest import PASSWORD, open_house

if TYPE_CHECKING:
    from mediatheque.core.settings import Settings

SETUP = "/api/v1/auth/setup"


async def offered(settings: Settings, database: Database) -> str | None:
    """The token of the link that a start writes to the log."""
    with structlog.testing.capture_logs() as lines:
        await announce_setup(Work(database, settings))
    links = [line["link"] for line in lines if "link" in line]
    assert len(links) <= 1
    return parse_qs(urlsplit(links[0]).query)["token"][0] if links else None


async def test_empty_house_is_set_up_by_its_link_once(settings: Settings, empty_url: str) -> None:
    database = Database(empty_url)
    with structlog.testing.capture_logs() as lines:
        async with open_house(settings, database) as client:
            (link,) = [line["link"] for line in lines if "link" in line]
            token = parse_qs(urlsplit(link).query)["token"][0]
            assert urlsplit(link).path == "/setup"
            assert (await client.get(SETUP)).json() == {"needed": True}
            body = {
                "token": token,
                "email": "me@home.example",
                "password": PASSWORD,
                "name": "Me",
                "time_zone": "Europe/Vienna",
            }
            made_up = await client.post(SETUP, json=body | {"token": "made-up"})
            assert (made_up.status_code, made_up.json()["error"]["code"]) == (404, "setup_closed")
            weak = await client.post(SETUP, json=body | {"password": "short"})
            assert weak.json()["error"]["code"] == "weak_password"
            other_site = await client.post(SETUP, json=body, headers={"origin": "https://evil"})
            assert other_site.status_code == 403
            assert (await client.get(SETUP)).json() == {"needed": True}
            second = await offered(settings, database)
            assert second not in {None, token}

            answer = await client.post(SETUP, json=body)
            assert answer.status_code == 200, answer.text
            assert answer.json()["user"]["is_instance_owner"] is True
            (space,) = answer.json()["spaces"]
            assert (space["name"], space["slug"], space["role"]) == (
                "My space",
                "my-space",
                "owner",
            )
            assert space["time_zone"] == "Europe/Vienna"
            assert answer.json()["user"]["time_zone"] == "Europe/Vienna"
            assert (await client.get("/api/v1/auth/session")).json() == answer.json()
            assert (await client.get("/api/v1/members")).json()["items"][0]["name"] == "Me"

            assert (await client.get(SETUP)).json() == {"needed": False}
            for used in (token, second):
                again = await client.post(
                    SETUP, json=body | {"token": used, "email": "x@y.example"}
                )
                assert again.status_code == 404
            assert await offered(settings, database) is None
            login = await client.post(
                "/api/v1/auth/login", json={"email": "ME@home.example", "password": PASSWORD}
            )
            assert login.status_code == 200
            kinds = (await client.get("/api/v1/activity")).json()
            assert [one["kind"] for one in kinds["items"]] == ["spaces.space_created"]


async def test_of_two_who_set_up_at_once_one_wins(settings: Settings, empty_url: str) -> None:
    database = Database(empty_url)
    async with open_house(settings, database) as client:
        tokens = [await offered(settings, database) for _ in range(3)]
        answers = await asyncio.gather(
            *(
                client.post(
                    SETUP,
                    json={
                        "token": token,
                        "email": f"{number}@home.example",
                        "password": PASSWORD,
                        "name": "Me",
                    },
                )
                for number, token in enumerate(tokens)
            )
        )
        assert sorted(one.status_code for one in answers) == [200, 404, 404]
