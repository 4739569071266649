from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mediatheque.areas.search.jobs import index_refs, reindex_space
from mediatheque.core.queue import Job
from mediatheque.core.work import Work
from tests.house import House, Member

if TYPE_CHECKING:
    from mediatheque.core.settings import Settings
    from mediatheque.kit.db import Database


class Desk:
    """A member's searches, and the jobs that the worker would run for them."""

    def __init__(self, house: House, work: Work, member: Member) -> None:
        self.house = house
        self.work = work
        self.member = member

    async def add(self, title: str, **fields: object) -> dict[str, Any]:
        answer = await self.member.client.post(
            "/api/v1/titles", json={"kind": "movie", "title": title, **fields}
        )
        assert answer.status_code == 201, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def index(self) -> None:
        """Run the jobs that wait, with the arguments that the events gave them."""
        async with self.house.write(self.member) as context:
            result = await context.db.execute(
                "DELETE FROM procrastinate_jobs WHERE task_name = 'search.index_refs' "
                "AND args ->> 'space_id' = :space RETURNING id, args",
                {"space": str(self.member.space.id)},
            )
            waiting = sorted(result.mappings(), key=lambda job: job["id"])
        for job in waiting:
            await index_refs.run(self.work, **job["args"])

    async def reindex(self) -> None:
        await self.run(reindex_space, space_id=str(self.member.space.id))

    async def run(self, job: Job, **arguments: object) -> None:
        await job.run(self.work, **arguments)

    async def search(self, q: str, member: Member | None = None, **more: object) -> dict[str, Any]:
        client = (member or self.member).client
        answer = await client.get("/api/v1/search", params={"q": q, **more})  # type: ignore[dict-item]  # values of every type
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def names(self, q: str, member: Member | None = None, **more: object) -> list[str]:
        return [name_of(hit) for hit in (await self.search(q, member, **more))["items"]]

    async def suggest(self, q: str, member: Member | None = None) -> list[str]:
        client = (member or self.member).client
        answer = await client.get("/api/v1/search/suggestions", params={"q": q})
        assert answer.status_code == 200, answer.text
        return [one["label"] for one in answer.json()["items"]]


def name_of(hit: dict[str, Any]) -> str:
    name: str = hit["title"]["title"] if hit["type"] == "title" else hit["person"]["name"]
    return name


@pytest.fixture
def work(database: Database, settings: Settings) -> Work:
    return Work(database, settings)


@pytest.fixture
async def desk(house: House, work: Work) -> Desk:
    return Desk(house, work, await house.member())
