"""Lists and counts of a profile with a limit: from the inventory as from the tables."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from mediatheque.areas.library.queries.browse.lists import list_titles
from mediatheque.areas.library.schemas.filters import TitleQuery
from mediatheque.core.context import ActiveProfile
from mediatheque.core.edge import read_context
from mediatheque.kit.ids import uuid7

if TYPE_CHECKING:
    from mediatheque.core.context import ReadContext
    from tests.house import House, Member

WORKS = 60
QUERIES: list[dict[str, Any]] = [
    {},
    {"sort": "-added"},
    {"sort": "year", "kind": ["movie"]},
    {"genre": ["drama"]},
    {"year_from": 1950},
]


async def _version(house: House, member: Member) -> int:
    found = await house.read(member).db.scalar(
        text("SELECT version FROM core_versions WHERE space_id = :space").bindparams(
            space=member.space.id
        )
    )
    return int(found)


def _asker(house: House, member: Member, version: int, profile: ActiveProfile) -> ReadContext:
    """Who asks; a space of no known version has no inventory, so that the tables answer."""
    return read_context(
        house.database,
        actor=replace(member.actor, profile=profile),
        space=replace(member.space, version=version),
    )


async def test_inventory_and_tables_agree_under_every_limit(house: House) -> None:
    member = await house.member()
    chance = random.Random(6)  # noqa: S311  (a test's)
    ages: dict[str, int | None] = {}
    for number in range(WORKS):
        age = chance.choice([None, 0, 6, 7, 12, 16, 18])
        answer = await member.client.post(
            "/api/v1/titles",
            json={
                "kind": chance.choice(["movie", "book"]),
                "title": f"Work {number:02}",
                "year": 1900 + number,
                "minimum_age": age,
                "genres": chance.sample(["Drama", "Comedy", "Horror"], 2),
            },
        )
        assert answer.status_code == 201, answer.text
        ages[answer.json()["title"]] = age
    version = await _version(house, member)
    for limit in (None, 0, 6, 12, 16, 18):
        for shows_unknown in (True, False):
            profile = ActiveProfile(
                uuid7(), "Kim", maturity_limit=limit, shows_unknown=shows_unknown
            )
            for query in QUERIES:
                wanted = TitleQuery(facets=True, limit=100, **query)
                tables = await list_titles(_asker(house, member, 0, profile), wanted)
                kept = await list_titles(_asker(house, member, version, profile), wanted)
                assert kept == tables, f"{limit} {shows_unknown} {query}"
                if query in ({}, {"sort": "-added"}):
                    expected = {
                        title
                        for title, age in ages.items()
                        if limit is None or (shows_unknown if age is None else age <= limit)
                    }
                    assert {one.title for one in kept.items} == expected
                    assert kept.total == len(expected)
