"""Imports over HTTP: modes, idempotence, dry run, undo, review."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from mediatheque.core.edge import read_context
from tests.exchange.support import bring_in, hand_in, run_jobs

if TYPE_CHECKING:
    from mediatheque.core.settings import Settings
    from mediatheque.kit.db import Database
    from tests.house import House, Member

HEADER = (
    "kind,title,year,original_title,sort_title,season,episode,format,resolution,edition,region,"
    "barcode,isbn13,imdb_id,tmdb_id,director,cast,genre,language,runtime_minutes,rating,my_rating,"
    "watched,location,condition,price,currency,bought_on,loaned_to,notes,tags,added_on\n"
)
METROPOLIS = (
    "movie,Metropolis,1927,,,,,bluray,full_hd,Restored,B,,,tt0017136,19,Fritz Lang,"
    "Brigitte Helm;Gustav Fröhlich,Science fiction;Drama,de,153,8.3,9,2020-01-02,Shelf B2,good,"
    "19.99,EUR,2019-05-06,Nina,First pressing,silent;robots,2019-05-07\n"
)
NOSFERATU = (
    "movie,Nosferatu,1922,,,,,dvd,,,,,,tt0013442,653,F. W. Murnau,,Horror,de,94,,,,,,,,,,,,\n"
)
EPISODE = "series,Les Vampires,1915,,,1,3,,,,,,,,,,,Crime,fr,,,,2021-03-04,,,,,,,,,\n"
FILE = (HEADER + METROPOLIS + NOSFERATU + EPISODE).encode()

TABLES = (
    "catalog_titles",
    "catalog_external_ids",
    "catalog_terms",
    "catalog_title_terms",
    "catalog_people",
    "catalog_credits",
    "catalog_seasons",
    "catalog_episodes",
    "library_libraries",
    "library_editions",
    "library_copies",
    "library_loans",
    "library_ratings",
    "library_notes",
    "library_marks",
    "library_origins",
)
MOVING = "{updated_at,revision,digest}"


async def tables(database: Database, member: Member) -> dict[str, list[str]]:
    """All rows of the space, as text, for comparing; without what counts writes."""
    db = read_context(database, space=member.space).db
    found = {}
    for name in TABLES:
        rows = await db.rows(
            text(
                f"SELECT (to_jsonb(t) - '{MOVING}'::text[])::text AS row FROM {name} t ORDER BY 1"  # noqa: S608  (our own names)
            )
        )
        found[name] = [row["row"] for row in rows]
    return found


@pytest.fixture
async def owner(house: House) -> Member:
    return await house.member()


async def test_all_columns_arrive(database: Database, settings: Settings, owner: Member) -> None:
    done = await bring_in(database, settings, owner, FILE)
    assert done["status"] == "succeeded", done
    assert done["summary"] == {
        "created": 3,
        "updated": 0,
        "removed": 0,
        "skipped": 0,
        "needs_review": 0,
        "failed": 0,
    }
    assert done["progress"]["done"] == done["progress"]["total"] == 3
    page = (await owner.client.get("/api/v1/titles/metropolis-1927")).json()
    assert page["title"] == "Metropolis"
    assert page["runtime_minutes"] == 153
    assert page["external_ids"] == {"imdb": "tt0017136", "tmdb": "19"}
    assert {one["person"]["name"] for one in page["credits"]} == {
        "Fritz Lang",
        "Brigitte Helm",
        "Gustav Fröhlich",
    }
    copy = page["editions"][0]["copies"][0]
    assert copy["price_cents"] == 1999
    assert copy["loan"]["borrower"] == "Nina"
    assert page["my_rating"] == 9


async def test_second_import_changes_nothing(
    database: Database, settings: Settings, owner: Member
) -> None:
    await bring_in(database, settings, owner, FILE)
    before = await tables(database, owner)
    for mode in ("add", "fill", "overwrite"):
        again = await bring_in(database, settings, owner, FILE, mode=mode)
        assert again["summary"]["created"] == 0
        assert again["summary"]["failed"] == 0
        assert again["summary"]["skipped"] == 3, (mode, again)
        assert await tables(database, owner) == before


async def test_identical_rows_are_two_copies(
    database: Database, settings: Settings, owner: Member
) -> None:
    twice = (HEADER + METROPOLIS + METROPOLIS).encode()
    await bring_in(database, settings, owner, twice)
    assert len((await tables(database, owner))["library_copies"]) == 2
    await bring_in(database, settings, owner, twice)
    assert len((await tables(database, owner))["library_copies"]) == 2
    assert len((await tables(database, owner))["catalog_titles"]) == 1


async def test_undo_leaves_no_trace(database: Database, settings: Settings, owner: Member) -> None:
    await bring_in(database, settings, owner, (HEADER + NOSFERATU).encode())
    before = await tables(database, owner)
    poor = METROPOLIS + "movie,Nosferatu,1922,Eine Symphonie,,,,,,,,,,,,,,,,95,7,6,,,,,,,,,,\n"
    done = await bring_in(database, settings, owner, (HEADER + poor).encode(), mode="overwrite")
    assert done["summary"] == {
        "created": 1,
        "updated": 1,
        "removed": 0,
        "skipped": 0,
        "needs_review": 0,
        "failed": 0,
    }
    assert await tables(database, owner) != before
    answer = await owner.client.post(f"/api/v1/imports/{done['id']}/undo")
    assert answer.status_code == 202
    await run_jobs(database, settings, owner)
    undone = (await owner.client.get(f"/api/v1/imports/{done['id']}")).json()
    assert undone["status"] == "undone"
    assert undone["kept"] == []
    assert await tables(database, owner) == before


async def test_undo_keeps_what_was_edited(
    database: Database, settings: Settings, owner: Member
) -> None:
    done = await bring_in(database, settings, owner, FILE)
    page = (await owner.client.get("/api/v1/titles/nosferatu-1922")).json()
    edited = await owner.client.patch(
        f"/api/v1/titles/{page['id']}",
        json={"synopsis": "A count travels by sea.", "revision": page["revision"]},
    )
    assert edited.status_code == 200, edited.text
    await owner.client.post(f"/api/v1/imports/{done['id']}/undo")
    await run_jobs(database, settings, owner)
    undone = (await owner.client.get(f"/api/v1/imports/{done['id']}")).json()
    assert [one["label"] for one in undone["kept"]] == ["Nosferatu"]
    titles = (await tables(database, owner))["catalog_titles"]
    assert len(titles) == 1


async def test_dry_run_writes_nothing(
    database: Database, settings: Settings, owner: Member
) -> None:
    before = await tables(database, owner)
    done = await bring_in(database, settings, owner, FILE, dry_run=True)
    assert done["summary"]["created"] == 3
    assert done["status"] == "succeeded"
    assert await tables(database, owner) == before
    assert not done["can"]["undo"]


async def test_fill_and_overwrite_respect_hands(
    database: Database, settings: Settings, owner: Member
) -> None:
    await bring_in(database, settings, owner, (HEADER + NOSFERATU).encode())
    page = (await owner.client.get("/api/v1/titles/nosferatu-1922")).json()
    await owner.client.patch(
        f"/api/v1/titles/{page['id']}",
        json={"runtime_minutes": 99, "revision": page["revision"]},
    )
    richer = NOSFERATU.replace(",94,,", ",111,7.9,").replace(
        "Nosferatu,1922,,", "Nosferatu,1922,N,"
    )
    done = await bring_in(database, settings, owner, (HEADER + richer).encode(), mode="overwrite")
    assert done["summary"]["updated"] == 1, done
    after = (await owner.client.get("/api/v1/titles/nosferatu-1922")).json()
    assert after["runtime_minutes"] == 99
    assert after["original_title"] == "N"
    assert after["rating"] == 7.9


async def test_review_is_decided(database: Database, settings: Settings, owner: Member) -> None:
    await bring_in(database, settings, owner, (HEADER + NOSFERATU).encode())
    other = "movie,Nosferatu,1923,,,,,vhs,,,,,,,,,,,,,,,,,,,,,,,,\n"
    done = await bring_in(database, settings, owner, (HEADER + other).encode())
    assert done["summary"]["needs_review"] == 1, done
    queue: dict[str, Any] = (await owner.client.get("/api/v1/review")).json()
    assert len(queue["items"]) == 1
    entry = queue["items"][0]
    assert entry["candidates"][0]["score"] == 85
    assert (await owner.client.get("/api/v1/review/count")).json() == {"open": 1}
    answer = await owner.client.post(f"/api/v1/review/{entry['id']}", json={"decision": "accept"})
    assert answer.status_code == 204, answer.text
    assert (await owner.client.get("/api/v1/review/count")).json() == {"open": 0}
    page = (await owner.client.get("/api/v1/titles/nosferatu-1922")).json()
    assert {one["format"] for one in page["editions"]} == {"dvd", "vhs"}
    again = await owner.client.post(f"/api/v1/review/{entry['id']}", json={"decision": "skip"})
    assert again.status_code == 409


async def test_conflicting_ids_are_two_titles(
    database: Database, settings: Settings, owner: Member
) -> None:
    one = "movie,Faust,1926,,,,,,,,,,,tt0016847,,,,,,,,,,,,,,,,,,\n"
    two = "movie,Faust,1926,,,,,,,,,,,tt9999999,,,,,,,,,,,,,,,,,,\n"
    done = await bring_in(database, settings, owner, (HEADER + one + two).encode())
    assert done["summary"]["created"] == 2, done


async def test_steps_of_another_state_are_refused(
    database: Database, settings: Settings, owner: Member
) -> None:
    import_id = await hand_in(owner, FILE)
    assert (await owner.client.post(f"/api/v1/imports/{import_id}/resume")).status_code == 409
    assert (await owner.client.post(f"/api/v1/imports/{import_id}/pause")).status_code == 202
    await run_jobs(database, settings, owner)
    paused = (await owner.client.get(f"/api/v1/imports/{import_id}")).json()
    assert paused["status"] == "paused"
    assert paused["progress"]["done"] == 0
    assert (await owner.client.post(f"/api/v1/imports/{import_id}/resume")).status_code == 202
    await run_jobs(database, settings, owner)
    done = (await owner.client.get(f"/api/v1/imports/{import_id}")).json()
    assert done["status"] == "succeeded"
    rows = (await owner.client.get(f"/api/v1/imports/{import_id}/rows?outcome=created")).json()
    assert [row["line"] for row in rows["items"]] == [2, 3, 4]
    report = await owner.client.get(f"/api/v1/imports/{import_id}/report.csv")
    assert report.text.count("\r\n") == 4


async def test_a_file_with_the_name_of_somebody_merged_away_finds_who_stayed(
    database: Database, settings: Settings, owner: Member, house: House
) -> None:
    await bring_in(database, settings, owner, FILE)
    await bring_in(database, settings, owner, b"kind,title,director\nmovie,Tabu,Fred Murnau\n")
    people = (await owner.client.get("/api/v1/people", params={"q": "murnau"})).json()["items"]
    by_name = {one["name"]: one["id"] for one in people}
    url = f"/api/v1/people/{by_name['F. W. Murnau']}/merge"
    merged = await owner.client.post(url, json={"other": by_name["Fred Murnau"]})
    assert merged.status_code == 200, merged.text
    again = b"kind,title,director\nmovie,City Girl,Fred Murnau\nmovie,Sunrise,F. W. Murnau\n"
    assert (await bring_in(database, settings, owner, again))["summary"]["created"] == 2
    (murnau,) = (await owner.client.get("/api/v1/people", params={"q": "murnau"})).json()["items"]
    assert (murnau["name"], murnau["titles_count"]) == ("F. W. Murnau", 4)
