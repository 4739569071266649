"""How many statements requests take, and what happens when two come at once."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import event

from mediatheque.kit.db.reader import PipelineReader
from tests.catalog.steps import METROPOLIS, add
from tests.catalog.test_series import SERIES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Executable

    from mediatheque.kit.db.reader import Row
    from tests.house import House, Member

MOST = 6
FRAME = ("SELECT set_config", "SET LOCAL")


@contextmanager
def counted(house: House, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Every statement of readers and writers, without the frame of their transactions."""
    seen: list[str] = []
    engine = house.database.engine.sync_engine
    batch = PipelineReader.batch

    def written(_c: object, _u: object, statement: str, *_: object) -> None:
        if not statement.startswith(FRAME):
            seen.append(statement)

    async def read(self: PipelineReader, *statements: Executable) -> list[list[Row]]:
        seen.extend(str(one) for one in statements)
        return await batch(self, *statements)

    event.listen(engine, "before_cursor_execute", written)
    monkeypatch.setattr(PipelineReader, "batch", read)
    yield seen
    monkeypatch.setattr(PipelineReader, "batch", batch)
    event.remove(engine, "before_cursor_execute", written)


async def test_no_request_takes_more_than_six_statements(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = await house.member()
    film, series = await add(owner, **METROPOLIS), await add(owner, **SERIES)
    person = film["credits"][0]["person"]["id"]
    one, base = film["id"], "/api/v1/titles"
    edit = {**METROPOLIS, "title": "M", "external_ids": {"imdb": "tt0022100"}, "tags": ["new"]}
    edit["credits"] = [{"name": "Peter Lorre", "job": "actor"}]
    requests: list[tuple[str, str, Any]] = [
        ("POST", base, {**METROPOLIS, "external_ids": {}}),
        ("POST", base, {**SERIES, "title": "Another"}),
        ("PATCH", f"{base}/{one}", edit),
        ("GET", f"{base}/{one}/history", None),
        ("GET", f"{base}/{series['id']}/seasons/1", None),
        ("PUT", f"{base}/{series['id']}/seasons/3", {"episodes": [{"number": 1}]}),
        ("PUT", f"{base}/{series['id']}/seasons/3/episodes/2", {"title": "X"}),
        ("DELETE", f"{base}/{series['id']}/seasons/3/episodes/2", None),
        ("POST", f"{base}/bulk/preview", {"filter": {}, "set": {"age_rating": "6"}}),
        ("POST", f"{base}/bulk", {"filter": {}, "set": {"age_rating": "6"}, "add_tags": ["x"]}),
        ("GET", "/api/v1/people", None),
        ("GET", f"/api/v1/people/{person}", None),
        ("PATCH", f"/api/v1/people/{person}", {"name": "Friedrich Lang"}),
        ("POST", f"/api/v1/people/{person}/merge", {"other": "peter-lorre"}),
        ("GET", "/api/v1/terms?scheme=genre", None),
        ("GET", "/api/v1/duplicates", None),
        ("GET", "/api/v1/merges", None),
        ("DELETE", f"{base}/{one}", None),
    ]
    for method, url, body in requests:
        with counted(house, monkeypatch) as seen:
            answer = await owner.client.request(method, url, json=body)
        assert answer.is_success, answer.text
        assert 0 < len(seen) <= MOST, (method, url, seen)


async def test_equal_titles_added_at_once(house: House) -> None:
    owner = await house.member()
    body = {**METROPOLIS, "external_ids": {}}
    answers = await asyncio.gather(
        *(owner.client.post("/api/v1/titles", json=body) for _ in range(8))
    )
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["slug"] for answer in answers}) == 8
    assert await house.count("catalog_people", owner.space) == 3
    assert await house.count("catalog_credits", owner.space) == 32


async def test_one_external_id_at_once(house: House) -> None:
    owner = await house.member()

    async def post(member: Member, number: int) -> int:
        body = {"kind": "movie", "title": f"T{number}", "external_ids": {"tmdb": "5"}}
        return (await member.client.post("/api/v1/titles", json=body)).status_code

    statuses = await asyncio.gather(*(post(owner, number) for number in range(6)))
    assert sorted(statuses) == [201, 409, 409, 409, 409, 409]
    assert await house.count("catalog_titles", owner.space) == 1


async def test_edits_at_once_lose_nothing(house: House) -> None:
    owner = await house.member()
    made = await add(owner, **METROPOLIS)
    url = f"/api/v1/titles/{made['id']}"
    bodies: list[dict[str, Any]] = [
        {"year": 1930, "revision": 1},
        {"runtime_minutes": 1, "revision": 1},
        {"age_rating": "6", "revision": 1},
    ]
    answers = await asyncio.gather(*(owner.client.patch(url, json=body) for body in bodies))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409]
