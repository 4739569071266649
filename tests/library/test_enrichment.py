"""The second phase of an import: what a provider knows fills what is empty."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import pytest_asyncio
from httpx import ASGITransport, AsyncClient
from sqlalchemy import text

from mediatheque.core.edge import read_context
from mediatheque.main import create_app
from tests.catalog.steps import add, change
from tests.exchange.support import bring_in, run_jobs
from tests.exchange.test_imports import tables
from tests.library.tmdb_site import run_library_jobs, tmdb_site

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from mediatheque.core.settings import Settings
    from mediatheque.kit.db import Database
    from tests.house import House, Member
    from tests.library.tmdb_site import Site

FILE = (
    b"kind,title,year,director,format,genre\n"
    b"movie,Metropolis,1927,,bluray,\n"
    b"series,The Twilight Zone,1959,,dvd,Science fiction\n"
    b"movie,A film that nobody knows,1931,,vhs,\n"
    b"book,Frankenstein,1818,Mary Shelley,paperback,\n"
)
ENRICH = "library.enrich%"


@pytest.fixture
def site() -> Iterator[Site]:
    with tmdb_site() as made:
        yield made


@pytest_asyncio.fixture
async def owner(house: House) -> Member:
    return await house.member()


async def state(owner: Member, import_id: str) -> dict[str, Any]:
    found = (await owner.client.get(f"/api/v1/imports/{import_id}")).json()
    enrichment: dict[str, Any] = found["enrichment"]
    return enrichment


async def page(owner: Member, slug: str) -> dict[str, Any]:
    answer = await owner.client.get(f"/api/v1/titles/{slug}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


@pytest_asyncio.fixture
async def keyed(
    settings: Settings, database: Database, owner: Member, site: Site
) -> AsyncIterator[AsyncClient]:
    """The owner's client of an application that has the provider's key."""
    app = create_app(site.settings(settings), database)
    async with AsyncClient(
        transport=ASGITransport(app=app),
        base_url="http://test",
        cookies=owner.client.cookies,
        headers=owner.client.headers,
    ) as client:
        yield client


async def test_an_import_is_completed(
    database: Database, settings: Settings, owner: Member, site: Site
) -> None:
    site.troubles = [
        ("/search/movie", 429, {"retry-after": "1"}),
        ("/tv/6357", 503, {}),
        ("/movie/19", 500, {}),
    ]
    done = await bring_in(database, settings, owner, FILE)
    await run_library_jobs(database, site.settings(settings), owner, ENRICH)
    assert await state(owner, done["id"]) == {
        "state": "done",
        "done": 3,
        "total": 3,
        "message": "",
    }
    film = await page(owner, "metropolis-1927")
    assert film["synopsis"].startswith("In a futuristic city sharply")
    assert film["runtime_minutes"] == 153
    assert film["external_ids"] == {"imdb": "tt0017136", "tmdb": "19"}
    assert [(one["person"]["name"], one["job"]) for one in film["credits"]] == [
        ("Fritz Lang", "director"),
        ("Thea von Harbou", "writer"),
        ("Brigitte Helm", "actor"),
        ("Gustav Fröhlich", "actor"),
    ]
    assert {one["slug"] for one in film["genres"]} == {"drama", "science-fiction"}
    assert film["rating"] == 8.1
    assert film["poster"]["width"] == 780
    series = await page(owner, "the-twilight-zone-1959")
    assert series["runtime_minutes"] == 25
    assert series["external_ids"]["tmdb_tv"] == "6357"
    assert {one["name"] for one in series["genres"]} == {"Science fiction"}
    assert series["poster"] is None
    rows = (await owner.client.get(f"/api/v1/imports/{done['id']}/rows")).json()["items"]
    assert [row["reason"] for row in rows] == ["", "", "not_found", ""]
    assert rows[2]["message"] == "TMDB does not know it by this title and year."
    book = await page(owner, "frankenstein-1818")
    assert book["synopsis"] is None
    kinds = [one["kind"] for one in (await owner.client.get("/api/v1/activity")).json()["items"]]
    assert kinds.count("library.titles_enriched") == 1


async def test_it_waits_for_the_key_and_goes_on(
    database: Database, settings: Settings, owner: Member, site: Site
) -> None:
    done = await bring_in(database, settings, owner, FILE)
    await run_library_jobs(database, site.settings(settings, token=""), owner, ENRICH)
    waiting = await state(owner, done["id"])
    assert (waiting["state"], waiting["total"]) == ("waiting_for_key", 3)
    assert "MEDIATHEQUE_TMDB_TOKEN" in waiting["message"]
    assert site.asked == []
    again = await owner.client.post(f"/api/v1/imports/{done['id']}/enrich")
    assert again.status_code == 202, again.text
    await run_library_jobs(database, site.settings(settings), owner, ENRICH)
    assert (await state(owner, done["id"]))["state"] == "done"
    assert (await page(owner, "metropolis-1927"))["synopsis"]


async def test_what_people_wrote_or_emptied_stays(
    database: Database, settings: Settings, owner: Member, site: Site
) -> None:
    await bring_in(database, settings, owner, FILE)
    film = await page(owner, "metropolis-1927")
    await change(owner, film, synopsis="Ours.")
    await change(owner, film, runtime_minutes=150, genres=["Robots"])
    await change(owner, film, runtime_minutes=None, genres=[])
    await run_library_jobs(database, site.settings(settings), owner, ENRICH)
    film = await page(owner, "metropolis-1927")
    assert film["synopsis"] == "Ours."
    assert film["runtime_minutes"] is None
    assert film["genres"] == []
    assert film["credits"]


async def test_a_wrong_key_is_said(
    database: Database, settings: Settings, owner: Member, site: Site
) -> None:
    done = await bring_in(database, settings, owner, FILE)
    await run_library_jobs(database, site.settings(settings, token="wrong"), owner, ENRICH)
    failed = await state(owner, done["id"])
    assert (failed["state"], failed["done"]) == ("failed", 0)
    assert failed["message"].startswith("TMDB does not accept the key.")


async def test_a_long_wait_is_spent_in_the_queue(
    database: Database, settings: Settings, owner: Member, site: Site
) -> None:
    site.troubles = [("/", 429, {"retry-after": "3600"})]
    site.lasting = True
    done = await bring_in(database, settings, owner, FILE)
    await run_library_jobs(database, site.settings(settings), owner, ENRICH)
    waiting = await state(owner, done["id"])
    assert (waiting["state"], waiting["message"]) == (
        "running",
        "TMDB asks to wait for 3600 seconds.",
    )
    later = await read_context(database, across=True).db.scalar(
        text(
            "SELECT extract(epoch FROM scheduled_at - now())::int FROM procrastinate_jobs "
            "WHERE task_name = 'library.enrich_import' AND args ->> 'space_id' = :space"
        ).bindparams(space=str(owner.space.id))
    )
    assert 3500 < later <= 3600


async def test_an_interrupted_run_goes_on_behind_the_last_stretch(
    database: Database, settings: Settings, owner: Member, site: Site
) -> None:
    lines = b"".join(b"movie,Unknown %d,1950\n" % number for number in range(45))
    done = await bring_in(database, settings, owner, b"kind,title,year\n" + lines)
    first = site.settings(settings)
    site.enough = 80  # each work is searched with its year and without: two stretches
    await run_library_jobs(database, first, owner, ENRICH)
    broken = await state(owner, done["id"])
    assert (broken["state"], broken["done"], broken["total"]) == ("failed", 40, 45)
    site.enough, site.asked = None, []
    await owner.client.post(f"/api/v1/imports/{done['id']}/enrich")
    await run_library_jobs(database, first, owner, ENRICH)
    assert (await state(owner, done["id"]))["done"] == 45
    assert {path.rsplit(" ", 1)[1] for path in site.asked} == {"40", "41", "42", "43", "44"}


async def test_a_dry_run_and_an_undone_import_are_left_alone(
    database: Database, settings: Settings, owner: Member, site: Site
) -> None:
    before = await tables(database, owner)
    rehearsed = await bring_in(database, settings, owner, FILE, dry_run=True)
    await run_library_jobs(database, site.settings(settings), owner, ENRICH)
    assert await state(owner, rehearsed["id"]) is None
    refused = await owner.client.post(f"/api/v1/imports/{rehearsed['id']}/enrich")
    assert refused.status_code == 409
    done = await bring_in(database, settings, owner, FILE)
    await run_library_jobs(database, site.settings(settings), owner, ENRICH)
    await owner.client.post(f"/api/v1/imports/{done['id']}/undo")
    await run_jobs(database, settings, owner)
    undone = (await owner.client.get(f"/api/v1/imports/{done['id']}")).json()
    assert (undone["status"], undone["kept"]) == ("undone", [])
    assert await tables(database, owner) == before


async def test_one_work_is_completed(owner: Member, keyed: AsyncClient, site: Site) -> None:
    film = await add(owner, title="Metropolis", year=1927, external_ids={"imdb": "tt0017136"})
    url = f"/api/v1/titles/{film['id']}/enrich"
    lacking = await owner.client.post(url)
    assert (lacking.status_code, lacking.json()["error"]["code"]) == (409, "no_provider")
    answer = await keyed.post(url)
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert found["provider"] == "tmdb"
    assert {"credits", "genre", "poster", "runtime_minutes", "synopsis"} <= set(found["filled"])
    assert "external_ids.tmdb" in found["filled"]
    assert "/find/tt0017136" in site.asked
    seen = await page(owner, film["id"])
    assert seen["poster"]["width"] == 780
    assert (seen["age_rating"], seen["minimum_age"]) == ("6", 6)
    assert (await keyed.post(url)).json()["filled"] == []
    changed = await change(owner, seen, synopsis=None)
    assert changed["synopsis"] is None
    assert (await keyed.post(url)).json()["filled"] == []
    unknown = await add(owner, title="A film that nobody knows")
    missed = (await keyed.post(f"/api/v1/titles/{unknown['id']}/enrich")).json()
    assert (missed["filled"], missed["reason"]) == ([], "not_found")
    assert (await keyed.post("/api/v1/titles/nothing-here/enrich")).status_code == 404


async def test_silence_and_refusal_are_said(keyed: AsyncClient, owner: Member, site: Site) -> None:
    film = await add(owner, title="Metropolis", year=1927)
    site.troubles, site.lasting = [("/", 403, {})], True
    answer = await keyed.post(f"/api/v1/titles/{film['id']}/enrich")
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "provider_silent")
    assert answer.json()["error"]["message"] == "TMDB does not accept the key."


async def test_two_imports_leave_one_search_for_duplicates(
    database: Database, settings: Settings, owner: Member
) -> None:
    await bring_in(database, settings, owner, FILE)
    await bring_in(database, settings, owner, FILE + b"movie,Metropolis,1926,,,\n")
    await run_library_jobs(database, settings, owner, "library.look_for_duplicates")
    waiting = await read_context(database, across=True).db.rows(
        text(
            "SELECT task_name FROM procrastinate_jobs WHERE args ->> 'space_id' = :space "
            "AND status = 'todo' AND task_name = ANY(ARRAY['catalog.find_duplicates', "
            "'library.find_shared_barcodes']) ORDER BY task_name"
        ).bindparams(space=str(owner.space.id))
    )
    assert [row["task_name"] for row in waiting] == [
        "catalog.find_duplicates",
        "library.find_shared_barcodes",
    ]
    assert await run_library_jobs(database, settings, owner, "catalog.find%") == [
        "catalog.find_duplicates"
    ]
