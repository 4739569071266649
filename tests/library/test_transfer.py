"""A library goes to another space: what goes, what is found there, what stays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from mediatheque.areas.library.jobs import give_library
from mediatheque.core.work import Work
from tests.files.pictures import png

if TYPE_CHECKING:
    from httpx import Response

    from mediatheque.core.settings import Settings
    from tests.house import House, Member

API = "/api/v1"


async def made(member: Member, path: str, **body: object) -> dict[str, Any]:
    answer = await member.client.post(f"{API}/{path}", json=body)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def join(house: House, member: Member, other: Member, role: str) -> None:
    async with house.write(other) as ctx:
        await ctx.db.execute(
            "INSERT INTO spaces_memberships (space_id, user_id, role) VALUES (:s, :u, :r)",
            {"s": other.space.id, "u": member.user_id, "r": role},
        )


async def give(member: Member, library: str, to: Member, *, rehearse: bool = True) -> Response:
    return await member.client.post(
        f"{API}/libraries/{library}/transfer",
        json={"space": to.space.slug, "rehearse": rehearse},
    )


async def run(house: House, settings: Settings, here: Member, to: Member, library: str) -> None:
    """The job, as the queue holds it."""
    queued = await house.database.across().row(
        text(
            "SELECT args FROM procrastinate_jobs WHERE task_name = 'library.give_library' "
            "AND args ->> 'library_id' = :id"
        ).bindparams(id=library)
    )
    assert queued is not None
    assert queued["args"]["to"] == str(to.space.id)
    assert queued["args"]["space_id"] == str(here.space.id)
    await give_library.run(Work(house.database, settings), **queued["args"])


async def test_a_library_goes_with_all_that_is_its(  # noqa: PLR0915  (one journey)
    house: House, settings: Settings
) -> None:
    here, there = await house.member(), await house.member()
    await join(house, here, there, "manager")
    other = await house.member(here.space, "member")
    library = await made(here, "libraries", name="Films")
    known = await made(here, "titles", kind="movie", title="Known", year=1999)
    fresh = await made(
        here,
        "titles",
        kind="series",
        title="Fresh",
        genres=["Drama"],
        external_ids={"imdb": "tt0111161"},
        credits=[{"job": "director", "name": "Somebody New"}],
        seasons=[{"number": 1, "episodes": [{"number": 1, "title": "Pilot"}]}],
    )
    poster = await here.client.put(
        f"{API}/titles/{fresh['id']}/poster", files={"file": ("a.png", png(64, 64), "image/png")}
    )
    assert poster.is_success, poster.text
    found = await made(there, "titles", kind="movie", title="known", year=1999)
    owned = {
        "edition": {"format": "dvd", "barcode": "4006680067872"},
        "library": "films",
        "location": "Shelf 3",
    }
    copies = [
        await made(here, "copies", title_id=work["id"], **owned) for work in (known, known, fresh)
    ]
    lent = await here.client.post(f"{API}/copies/{copies[0]['id']}/lend", json={"borrower": "Ada"})
    assert lent.is_success, lent.text
    for member, words in ((here, "mine, private"), (other, "not for there")):
        await made(member, f"titles/{known['id']}/notes", body=words)

    looked = await give(here, library["id"], there)
    assert looked.status_code == 200, looked.text
    expected = {
        "space": there.space.slug,
        "copies": 3,
        "loans": 1,
        "notes": 1,
        "editions_made": 2,
        "editions_found": 0,
        "titles_made": 1,
        "titles_found": 1,
        "pictures": 0,
    }
    assert looked.json() == {**expected, "is_rehearsal": True}
    assert await house.count("library_copies", here.space) == 3
    assert await house.count("library_copies", there.space) == 0
    assert await house.count("catalog_titles", there.space) == 1

    asked = await give(here, library["id"], there, rehearse=False)
    assert asked.status_code == 202, asked.text
    await run(house, settings, here, there, library["id"])
    assert await house.count("library_copies", here.space) == 0
    assert await house.count("catalog_titles", here.space) == 2, "the works stay"
    assert await house.count("library_notes", here.space) == 2, "notes stay where they are"
    assert (await here.client.get(f"{API}/libraries/{library['id']}")).status_code == 404

    moved = (await there.client.get(f"{API}/copies/{copies[0]['id']}")).json()
    assert (moved["location"], moved["library"]["name"]) == ("Shelf 3", "Films")
    assert moved["loan"]["borrower"] == "Ada"
    assert moved["title_id"] == found["id"]
    works = (await there.client.get(f"{API}/titles")).json()["items"]
    assert sorted(one["title"] for one in works) == ["Fresh", "known"]
    new = next(one["id"] for one in works if one["title"] == "Fresh")
    assert new != fresh["id"]
    whole = (await there.client.get(f"{API}/titles/{new}")).json()
    assert [one["name"] for one in whole["genres"]] == ["Drama"]
    assert "tt0111161" in str(whole["external_ids"])
    assert "Somebody New" in str(whole["credits"])
    assert whole["poster"]["id"] != poster.json()["poster"]["id"]
    picture = await there.client.get(f"{API}/files/{whole['poster']['id']}/small")
    assert picture.status_code == 200, picture.text
    assert await house.count("catalog_episodes", there.space) == 1
    notes = await there.client.get(f"{API}/titles/{found['id']}/notes")
    assert "mine, private" not in notes.text
    assert "not for there" not in notes.text
    own = await here.client.get(
        f"{API}/titles/{found['id']}/notes", headers={"x-space": there.space.slug}
    )
    assert "mine, private" in own.text
    told = (await there.client.get(f"{API}/activity")).json()["items"]
    received = next(one for one in told if one["kind"] == "library.library_received")
    assert received["after"]["copies"] == 3

    await give_library.run(
        Work(house.database, settings),
        space_id=str(here.space.id),
        library_id=library["id"],
        to=str(there.space.id),
        user_id=str(here.user_id),
        user_name=here.name,
    )
    assert await house.count("library_copies", there.space) == 3


async def test_who_manages_one_space_only_gives_nothing_away(house: House) -> None:
    here, there = await house.member(), await house.member()
    library = await made(here, "libraries", name="Films")
    foreign = await give(here, library["id"], there)
    assert foreign.status_code == 404, foreign.text
    await join(house, here, there, "member")
    assert (await give(here, library["id"], there)).status_code == 403
    member = await house.member(here.space, "member")
    await join(house, member, there, "manager")
    assert (await give(member, library["id"], there)).status_code == 403
    itself = await give(here, library["id"], here)
    assert (itself.status_code, itself.json()["error"]["code"]) == (400, "same_space")


async def test_a_name_or_a_quota_in_the_way(house: House) -> None:
    here, there = await house.member(), await house.member()
    await join(house, here, there, "owner")
    library = await made(here, "libraries", name="Films")
    work = await made(here, "titles", kind="movie", title="One")
    await made(here, "copies", title_id=work["id"], edition={"format": "dvd"}, library="films")
    async with house.write(there) as ctx:
        await ctx.db.execute(
            "UPDATE spaces_spaces SET max_titles = 0 WHERE id = :id", {"id": there.space.id}
        )
    full = await give(here, library["id"], there)
    assert (full.status_code, full.json()["error"]["code"]) == (409, "quota_reached")
    await made(there, "libraries", name="films")
    taken = await give(here, library["id"], there)
    assert taken.status_code == 409, taken.text
    assert await house.count("library_copies", here.space) == 1
