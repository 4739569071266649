"""No request of a reader issues more than six statements, and what has not changed is not sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.counting import counted
from tests.library.stock import Stock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from mediatheque.kit.db import Database
    from tests.house import House, Member


@pytest.fixture
def seen(database: Database) -> Iterator[list[str]]:
    with counted(database) as statements:
        yield statements


async def shelf_of(house: House, member: Member, works: int) -> list[UUID]:
    async with house.write(member) as ctx:
        stock = Stock(ctx)
        library = await stock.library("Shelf", is_default=True)
        made = []
        for n in range(works):
            title = await stock.title(f"Film {n}", year=1990 + n)
            await stock.term(title, "genre", "Drama")
            await stock.credit(title, f"Person {n}", "director")
            copy = await stock.copy(await stock.edition(title), library)
            await stock.loan(copy)
            made.append(title.id)
    return made


@pytest.mark.parametrize("version", [0, 1])
async def test_reads_take_few_statements_however_many_rows(
    house: House, seen: list[str], version: int
) -> None:
    member = await house.member()
    works = await shelf_of(house, member, 30)
    if version:
        answer = await member.client.put(f"/api/v1/titles/{works[0]}/rating", json={"rating": 8})
        assert answer.status_code == 200
    for path in (
        "/titles",
        "/titles?facets=true",
        "/titles?facets=true&genre=drama&kind=movie&format=dvd&sort=-year",
        "/titles?facets=true&person=person-3&library=shelf&sort=rating",
        f"/titles/{works[0]}",
        "/copies",
        "/copies?library=shelf&on_loan=true",
        "/libraries",
        "/loans",
        "/loans/statistics",
        "/library/statistics",
        f"/titles/{works[0]}/notes",
    ):
        seen.clear()
        answer = await member.client.get(f"/api/v1{path}")
        assert answer.status_code == 200, answer.text
        assert 1 < len(seen) <= 6, path


async def test_an_unchanged_answer_is_not_sent_again(house: House, seen: list[str]) -> None:
    member = await house.member()
    works = await shelf_of(house, member, 3)
    await member.client.put(f"/api/v1/titles/{works[0]}/rating", json={"rating": 8})
    paths = (
        "/titles?facets=true",
        "/titles?facets=true&fields=id",
        f"/titles/{works[0]}",
        "/libraries",
        "/library/statistics",
    )
    for rating, path in enumerate(paths, 1):
        first = await member.client.get(f"/api/v1{path}")
        seen.clear()
        again = await member.client.get(f"/api/v1{path}")
        known = {"if-none-match": first.headers["etag"]}
        unchanged = await member.client.get(f"/api/v1{path}", headers=known)

        assert again.content == first.content
        assert (unchanged.status_code, unchanged.content) == (304, b"")
        assert first.headers["cache-control"] == "private, no-cache"
        assert len(seen) == 2, "only who asks was looked up"

        await member.client.put(f"/api/v1/titles/{works[1]}/rating", json={"rating": rating})
        changed = await member.client.get(f"/api/v1{path}", headers=known)
        assert changed.status_code == 200
        assert changed.headers["etag"] != first.headers["etag"]


async def test_kept_answers_are_for_those_who_may_see_them(house: House) -> None:
    owner = await house.member()
    viewer = await house.member(owner.space, role="viewer")
    stranger = await house.member()
    works = await shelf_of(house, owner, 2)
    await owner.client.patch(f"/api/v1/titles/{works[0]}", json={"status": "draft"})
    note = {"body": "Mine alone"}
    await owner.client.post(f"/api/v1/titles/{works[1]}/notes", json=note)

    for path in ("/titles?facets=true", f"/titles/{works[0]}", f"/titles/{works[1]}"):
        mine = await owner.client.get(f"/api/v1{path}")
        known = {"if-none-match": mine.headers["etag"]}
        theirs = await viewer.client.get(f"/api/v1{path}", headers=known)
        assert mine.status_code == 200
        assert theirs.status_code == (404 if str(works[0]) in path else 200)
        assert theirs.content != mine.content
        foreign = await stranger.client.get(
            f"/api/v1{path}", headers={**known, "x-space": owner.space.slug}
        )
        assert foreign.status_code == 404
    page = (await viewer.client.get(f"/api/v1/titles/{works[1]}")).json()
    assert page["notes"] == []
    assert (await viewer.client.get("/api/v1/titles?facets=true")).json()["total"] == 1
