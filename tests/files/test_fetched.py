from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import pytest_asyncio
from sqlalchemy import text

from mediatheque.core.edge import read_context
from mediatheque.main import create_app
from tests.files import pictures
from tests.files.sites import as_owner, web

if TYPE_CHECKING:
    from mediatheque.core.settings import Settings
    from mediatheque.kit.db import Database
    from tests.house import House, Member


@pytest_asyncio.fixture
async def owner(house: House) -> Member:
    return await house.member()


async def test_from_an_address_outside_any_transaction(
    settings: Settings, database: Database, owner: Member
) -> None:
    title = await pictures.new_title(owner)
    open_meanwhile: list[int] = []

    async def answer(path: str) -> bytes:
        found = await read_context(database, across=True).db.scalar(
            text(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                "AND state LIKE 'idle in transaction%'"
            )
        )
        open_meanwhile.append(found)
        return pictures.png() if path == "/a.png" else b"words"

    open_app = create_app(settings.model_copy(update={"allow_private_fetch": True}), database)
    async with web(answer) as site, as_owner(open_app, owner) as client:
        url = f"/api/v1/titles/{title['id']}/poster"
        taken = await client.post(url, json={"url": f"{site}/a.png"})
        assert taken.status_code == 200, taken.text
        assert taken.json()["poster"]["width"] == 800
        refused = await client.post(url, json={"url": f"{site}/b"})
        assert (refused.status_code, refused.json()["error"]["field"]) == (415, "url")
        closed = await owner.client.post(url, json={"url": f"{site}/a.png"})
    error = closed.json()["error"]
    assert (closed.status_code, error["code"]) == (400, "image_not_fetched")
    assert error["details"] == {"reason": "forbidden_address"}
    assert error["field"] == "url"
    assert open_meanwhile == [0, 0]


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "http://169.254.169.254/latest", "http://[::1]:80/a.png", "x"]
)
async def test_addresses_that_are_not_fetched(owner: Member, url: str) -> None:
    title = await pictures.new_title(owner)
    answer = await owner.client.post(f"/api/v1/titles/{title['id']}/poster", json={"url": url})
    assert answer.json()["error"]["code"] == "image_not_fetched"
