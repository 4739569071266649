"""Who sees which work when; posters; what the house does by itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from mediatheque.areas.catalog import actions
from mediatheque.areas.catalog.jobs import find_duplicates, publish_due
from mediatheque.areas.catalog.queries.titles import get_title
from mediatheque.areas.catalog.rules.refusals import PictureNotFoundError, TitleNotFoundError
from mediatheque.core.edge import read_context
from mediatheque.core.permissions import ROLES
from mediatheque.core.work import Work
from tests.catalog.steps import METROPOLIS, add, change

if TYPE_CHECKING:
    from uuid import UUID

    from mediatheque.core.context import ReadContext
    from mediatheque.core.settings import Settings
    from tests.house import House, Member

HOUR = timedelta(hours=1)


def seen_by(house: House, member: Member, role: str) -> ReadContext:
    grants = frozenset(str(one) for one in ROLES[role])
    return read_context(house.database, actor=member.actor, space=member.space, grants=grants)


async def sees(ctx: ReadContext, title: dict[str, Any]) -> bool:
    try:
        await get_title(ctx, title["id"])
    except TitleNotFoundError:
        return False
    return True


def at(offset: timedelta) -> str:
    return (datetime.now(UTC) + offset).isoformat()


async def test_viewers_see_what_is_published_and_inside_its_window(house: House) -> None:
    owner = await house.member()
    viewer = seen_by(house, await house.member(owner.space, "viewer"), "viewer")
    author = seen_by(house, await house.member(owner.space, "author"), "author")
    cases: list[tuple[dict[str, Any], bool]] = [
        ({}, True),
        ({"status": "draft"}, False),
        ({"status": "in_review"}, False),
        ({"status": "archived"}, False),
        ({"status": "scheduled", "available_from": at(-HOUR)}, False),
        ({"available_from": at(HOUR)}, False),
        ({"available_from": at(-HOUR)}, True),
        ({"available_until": at(-HOUR)}, False),
        ({"available_from": at(-HOUR), "available_until": at(HOUR)}, True),
    ]
    for fields, is_seen in cases:
        title = await add(owner, **fields)
        assert await sees(viewer, title) is is_seen, fields
        assert await sees(author, title)


async def test_a_member_sees_their_own_draft(house: House) -> None:
    owner = await house.member()
    first, second = [await house.member(owner.space, "member") for _ in range(2)]
    mine = await add(first, title="Mine", status="draft")
    assert (await change(first, mine, year=2001))["year"] == 2001
    assert await sees(seen_by(house, first, "member"), mine)
    assert not await sees(seen_by(house, second, "member"), mine)
    hidden = await second.client.patch(f"/api/v1/titles/{mine['id']}", json={"year": 1})
    assert hidden.status_code == 404


async def test_scheduled_titles_appear_on_time(house: House, settings: Settings) -> None:
    first, second = await house.member(), await house.member()
    due = await add(first, title="Due", status="scheduled", available_from=at(-HOUR))
    also = await add(second, title="Also", status="scheduled", available_from=at(-HOUR))
    later = await add(first, title="Later", status="scheduled", available_from=at(HOUR))
    await publish_due.run(Work(house.database, settings))
    states = [
        (await get_title(house.read(owner), title["id"])).status
        for owner, title in ((first, due), (second, also), (first, later))
    ]
    assert states == ["published", "published", "scheduled"]
    event = await house.read(first).db.row(
        text("SELECT label, after FROM core_journal WHERE kind = 'catalog.titles_published'")
    )
    assert event == {"label": "Due", "after": {"status": "published"}}


async def test_the_job_looks_for_duplicates_in_every_space(
    house: House, settings: Settings
) -> None:
    first, second = await house.member(), await house.member()
    for owner in (first, second):
        await add(owner, title="Sunrise", year=1927)
        await add(owner, title="Sunrise", year=1927, slug="sunrise-again")
    await find_duplicates.run(Work(house.database, settings), space_id=str(first.space.id))
    assert await house.count("catalog_duplicates", first.space) == 1
    assert await house.count("catalog_duplicates", second.space) == 0
    await find_duplicates.run(Work(house.database, settings), timestamp=0)
    assert await house.count("catalog_duplicates", second.space) == 1
    asked = await first.client.post("/api/v1/duplicates/find")
    assert asked.status_code == 202


async def file_of(house: House, member: Member, kind: str = "image") -> UUID:
    async with house.write(member) as ctx:
        result = await ctx.db.execute(
            "INSERT INTO files_files (space_id, kind, key, content_type, size, sha256, width, "
            "height, blurhash) VALUES (:space, :kind, 'k', 'image/png', 1, 'x', 600, 900, 'LKO2')"
            " RETURNING id",
            {"space": member.space.id, "kind": kind},
        )
        found: UUID = result.scalar_one()
        return found


async def test_a_poster_comes_and_goes(house: House) -> None:
    owner, stranger = await house.member(), await house.member()
    made = await add(owner, **METROPOLIS)
    picture = await file_of(house, owner)
    async with house.write(owner) as ctx:
        shown = await actions.set_poster(ctx, made["id"], picture)
    assert shown.poster is not None
    assert shown.poster.id == picture
    assert shown.poster.sources.medium == f"/api/v1/files/{picture}/medium"
    assert shown.revision == 2
    for wrong in (await file_of(house, stranger), await file_of(house, owner, "document")):
        with pytest.raises(PictureNotFoundError):
            async with house.write(owner) as ctx:
                await actions.set_poster(ctx, made["id"], wrong)
    async with house.write(owner) as ctx:
        assert (await actions.remove_poster(ctx, made["slug"])).poster is None
    row = await house.read(owner).db.row(text("SELECT edited_fields FROM catalog_titles"))
    assert row == {"edited_fields": ["poster"]}
