"""Ages of works that come in by files: from what the source says, and as we wrote them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.exchange.support import bring_in, run_jobs

if TYPE_CHECKING:
    from mediatheque.core.settings import Settings
    from mediatheque.kit.db import Database
    from tests.house import House, Member

SAMPLES = Path(__file__).parents[1] / "fixtures" / "imports"


async def ages(member: Member) -> dict[str, int | None]:
    listed = (await member.client.get("/api/v1/titles", params={"limit": 100})).json()["items"]
    found: dict[str, int | None] = {}
    for one in listed:
        page = (await member.client.get(f"/api/v1/titles/{one['id']}")).json()
        found[page["title"]] = page["minimum_age"]
    return found


CSVS: list[tuple[str, dict[str, int | None]]] = [
    ("kind,title,age_rating\nmovie,Old,FSK 16\nmovie,Unrated,NR\n", {"Old": 16, "Unrated": None}),
    (
        "kind,title,age_rating,minimum_age\nmovie,Told,FSK 16,18\nmovie,All,,0\n",
        {"Told": 18, "All": 0},
    ),
    ("title,age_rating,minimum_age\nUnknown,FSK 16,\n", {"Unknown": None}),
    ("kind,title,minimum_age\nmovie,Wrong,99\n", {"Wrong": None}),
]


@pytest.mark.parametrize(
    ("content", "expected"), CSVS, ids=["an old one", "ours", "unknown", "wrong"]
)
async def test_our_own_table(
    house: House,
    database: Database,
    settings: Settings,
    content: str,
    expected: dict[str, int | None],
) -> None:
    member = await house.member()
    done = await bring_in(database, settings, member, content.encode())
    assert done["status"] == "succeeded"
    assert await ages(member) == expected


async def test_our_own_document(house: House, database: Database, settings: Settings) -> None:
    member = await house.member()
    titles: list[dict[str, Any]] = [
        {"kind": "movie", "title": "Told", "age_rating": "FSK 16", "minimum_age": 12},
        {"kind": "movie", "title": "Unknown", "age_rating": "FSK 16"},
    ]
    head: dict[str, Any] = json.loads((SAMPLES / "titles.json").read_text())
    kept: dict[str, Any] = {key: head[key] for key in ("format", "version") if key in head}
    document: dict[str, Any] = {**kept, "titles": titles}
    content = json.dumps(document).encode()
    await bring_in(database, settings, member, content, source="json", name="titles.json")
    assert await ages(member) == {"Told": 12, "Unknown": None}


@pytest.mark.parametrize(
    ("source", "name", "said", "put", "expected"),
    [
        (
            "clz",
            "clz_movies.xml",
            "<upc>4006381333931</upc>",
            "<mpaarating><displayname>PG-13</displayname></mpaarating>",
            {"Metropolis": 13, "The Lost World": None},
        ),
        (
            "delicious",
            "delicious1.xml",
            'mpaarating="NR"',
            'mpaarating="Rated R for violence"',
            {"The Gold Rush": 17, "Low Tide": None, "Moby-Dick": None, "Pier Racer": None},
        ),
    ],
)
async def test_other_programs_say_a_certificate(
    house: House,
    database: Database,
    settings: Settings,
    *,
    source: str,
    name: str,
    said: str,
    put: str,
    expected: dict[str, int | None],
) -> None:
    member = await house.member()
    content = (SAMPLES / name).read_text().replace(said, put).encode()
    await bring_in(database, settings, member, content, source=source, name=name)
    assert await ages(member) == expected


async def test_any_table_with_a_column_of_certificates(
    house: House, database: Database, settings: Settings
) -> None:
    member = await house.member()
    content = b"Titel,Jahr,FSK\nNosferatu,1922,FSK 12\nSaw,2004,Keine Jugendfreigabe\n"
    done = await bring_in(database, settings, member, content, source="mapped", name="films.csv")
    assert done["status"] == "needs_mapping"
    mapping = {"Titel": "title", "Jahr": "year", "FSK": "age_rating"}
    answer = await member.client.put(
        f"/api/v1/imports/{done['id']}/mapping", json={"mapping": mapping}
    )
    assert answer.status_code < 300, answer.text
    await run_jobs(database, settings, member)
    assert await ages(member) == {"Nosferatu": 12, "Saw": 18}
