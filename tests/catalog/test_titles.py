"""Works over HTTP: adding, changing, deleting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import TextClause, text

from mediatheque.areas.catalog.queries.titles import get_title
from tests.catalog.steps import METROPOLIS, add, change

if TYPE_CHECKING:
    from tests.house import House


async def test_a_title_is_added_whole(house: House) -> None:
    owner = await house.member()
    made = await add(owner, **METROPOLIS)
    assert made["slug"] == "the-metropolis-1927"
    assert made["sort_title"] == "Metropolis"
    assert made["people"] == "Fritz Lang"
    assert [one["name"] for one in made["genres"]] == ["Drama", "Science fiction"]
    assert made["languages"] == ["de"]
    assert made["countries"] == ["DE"]
    assert made["external_ids"] == {"imdb": "tt0017136", "tmdb": "19"}
    assert made["rating"] == 8.3
    assert made["revision"] == 1
    assert made["can_edit"]
    assert made["can_delete"]
    assert made["added_by"]["id"] == str(owner.user_id)
    parts = [(c["person"]["name"], c["job"], c["character"]) for c in made["credits"]]
    assert parts == [
        ("Fritz Lang", "director", None),
        ("Thea von Harbou", "writer", None),
        ("Brigitte Helm", "actor", "Maria"),
        ("Brigitte Helm", "actor", "Machine"),
    ]
    assert await house.count("catalog_people", owner.space) == 3


async def test_people_and_words_are_shared(house: House) -> None:
    owner = await house.member()
    await add(owner, **METROPOLIS)
    second = await add(
        owner,
        title="M",
        year=1931,
        genres=["DRAMA"],
        credits=[{"name": "fritz LANG", "job": "director"}],
    )
    assert second["people"] == "Fritz Lang"
    assert second["genres"] == [{"slug": "drama", "name": "Drama"}]
    assert await house.count("catalog_people", owner.space) == 3


async def test_equal_titles_get_different_addresses(house: House) -> None:
    owner = await house.member()
    slugs = {(await add(owner, title="Solaris", year=1972))["slug"] for _ in range(3)}
    assert len(slugs) == 3
    assert "solaris-1972" in slugs
    taken = await owner.client.post(
        "/api/v1/titles", json={"kind": "movie", "title": "X", "slug": "solaris-1972"}
    )
    assert taken.status_code == 409
    assert taken.json()["error"]["code"] == "slug_taken"


async def test_people_whose_names_make_one_address(house: House) -> None:
    owner = await house.member()
    made = await add(
        owner, credits=[{"name": "!!!", "job": "actor"}, {"name": "???", "job": "actor"}]
    )
    slugs = {one["person"]["slug"] for one in made["credits"]}
    assert len(slugs) == 2


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "a\u0000b"}, "title"),
        ({"kind": "poem"}, "kind"),
        ({"year": 99999}, "year"),
        ({"kind": "book", "details": {"isbn13": "9780141439519"}}, "details.isbn13"),
        ({"kind": "book", "details": {"platforms": ["PC"]}}, "details.platforms"),
        ({"kind": "game", "details": {"players_min": "many"}}, "details.players_min"),
        ({"kind": "album", "details": {"tracks": [{"position": "1"}]}}, "details.tracks.0.title"),
        ({"external_ids": {"imdb": "nm0000001"}}, "external_ids.imdb"),
        ({"languages": ["german"]}, "languages.0"),
        ({"countries": ["Germany"]}, "countries.0"),
        ({"credits": [{"name": "X", "job": "dancer"}]}, "credits.0.job"),
        ({"seasons": [{"number": 1}]}, "seasons"),
        ({"colour": "red"}, "colour"),
    ],
)
async def test_what_is_wrong_is_named(house: House, fields: dict[str, Any], field: str) -> None:
    owner = await house.member()
    body = {"kind": "movie", "title": "X", **fields}
    answer = await owner.client.post("/api/v1/titles", json=body)
    assert answer.status_code == 422, answer.text
    assert answer.json()["error"]["field"] == field


@pytest.mark.parametrize(
    ("kind", "details", "stored"),
    [
        (
            "book",
            {"isbn13": "0-14-143951-3", "pages": 480, "series_position": 2.5},
            {"isbn13": "9780141439518", "pages": 480, "series_position": 2.5},
        ),
        (
            "album",
            {"label": "ECM", "tracks": [{"position": "A1", "title": "One", "seconds": 90}]},
            {"label": "ECM", "tracks": [{"position": "A1", "title": "One", "seconds": 90}]},
        ),
        (
            "game",
            {"platforms": ["Amiga"], "players_max": 2},
            {"platforms": ["Amiga"], "players_max": 2},
        ),
        ("comic", {"issue": "12", "publisher": None}, {"issue": "12"}),
        ("movie", {}, {}),
    ],
)
async def test_details_are_those_of_the_kind(
    house: House, kind: str, details: dict[str, Any], stored: dict[str, Any]
) -> None:
    owner = await house.member()
    made = await add(owner, kind=kind, details=details)
    assert made["details"] == stored
    assert made["external_ids"].get("isbn13") == stored.get("isbn13")


async def test_an_external_id_belongs_to_one_title(house: House) -> None:
    owner = await house.member()
    first = await add(owner, **METROPOLIS)
    clash = await owner.client.post(
        "/api/v1/titles",
        json={"kind": "movie", "title": "Other", "external_ids": {"imdb": "0017136"}},
    )
    assert clash.status_code == 409
    error = clash.json()["error"]
    assert error["code"] == "external_id_taken"
    assert error["field"] == "external_ids.imdb"
    assert error["details"]["title"]["id"] == first["id"]
    other = await add(owner, title="Other")
    clash = await owner.client.patch(
        f"/api/v1/titles/{other['id']}", json={"external_ids": {"tmdb": "19"}}
    )
    assert clash.status_code == 409
    assert clash.json()["error"]["details"]["title"]["id"] == first["id"]
    series = await add(owner, kind="series", title="Series", external_ids={"tmdb": "19"})
    assert series["external_ids"] == {"tmdb_tv": "19"}


async def test_an_edit_changes_what_is_sent(house: House) -> None:
    owner = await house.member()
    made = await add(owner, **METROPOLIS)
    changed = await change(
        owner,
        made,
        title="Die Metropolis",
        synopsis=None,
        genres=["Drama", "Dystopia"],
        external_ids={"imdb": None, "tvdb": "77"},
        credits=[{"name": "Karl Freund", "job": "cinematographer"}],
    )
    assert changed["revision"] == 2
    assert changed["slug"] == made["slug"]
    assert changed["sort_title"] == "Metropolis"
    assert changed["synopsis"] is None
    assert [one["name"] for one in changed["genres"]] == ["Drama", "Dystopia"]
    assert [one["name"] for one in changed["tags"]] == ["silent"]
    assert changed["external_ids"] == {"tmdb": "19", "tvdb": "77"}
    assert [one["person"]["name"] for one in changed["credits"]] == ["Karl Freund"]
    assert changed["year"] == 1927
    row = await house.read(owner).db.row(_journal(made["id"], "catalog.title_updated"))
    assert row is not None
    assert set(row["before"]) == {"title", "synopsis", "genres", "external_ids", "credits"}
    assert row["before"]["title"] == "The Metropolis"
    assert row["after"]["title"] == "Die Metropolis"


async def test_an_edit_that_changes_nothing_leaves_no_trace(house: House) -> None:
    owner = await house.member()
    made = await add(owner, **METROPOLIS)
    same = await change(
        owner,
        made,
        title="The Metropolis",
        genres=["drama", "Science Fiction"],
        rating=8.3,
        credits=METROPOLIS["credits"],
        external_ids={"imdb": "tt0017136"},
        countries=["DE"],
        revision=1,
    )
    assert same == made
    assert await house.count("core_journal", owner.space) == 1


async def test_hand_edits_are_remembered(house: House) -> None:
    owner = await house.member()
    made = await add(owner, **METROPOLIS)
    await change(owner, made, year=1926, tags=["silent", "classic"])
    await change(owner, made, sort_title="Metropolis, The")
    renamed = await change(owner, made, title="A Metropolis")
    assert renamed["sort_title"] == "Metropolis, The"
    row = await house.read(owner).db.row(_title(made["id"]))
    assert row is not None
    assert row["edited_fields"] == ["sort_title", "tags", "title", "year"]
    assert row["edited_at"] is not None
    assert row["title_key"] == "metropolis"
    assert row["sort_key"] == "metropolis the"


async def test_two_people_edit_at_once(house: House) -> None:
    owner = await house.member()
    made = await add(owner, **METROPOLIS)
    await change(owner, made, year=1926, revision=1)
    late = await owner.client.patch(
        f"/api/v1/titles/{made['id']}", json={"year": 1928, "revision": 1}
    )
    assert late.status_code == 409
    error = late.json()["error"]
    assert error["code"] == "revision_conflict"
    assert error["details"] == {"revision": 2, "fields": {"year": 1926}}


async def test_members_edit_what_they_added(house: House) -> None:
    owner = await house.member()
    member = await house.member(owner.space, "member")
    viewer = await house.member(owner.space, "viewer")
    theirs = await add(owner, title="Owner's")
    mine = await add(member, title="Member's")
    for method in ("patch", "delete"):
        body = {"json": {"year": 2000}} if method == "patch" else {}
        url = f"/api/v1/titles/{theirs['id']}"
        answer = await getattr(member.client, method)(url, **body)
        assert answer.status_code == 403
        assert answer.json()["error"]["code"] == "not_your_title"
        assert (await getattr(viewer.client, method)(url, **body)).status_code == 403
    await change(member, mine, year=2000)
    await change(owner, mine, year=2001)
    assert (await member.client.delete(f"/api/v1/titles/{mine['id']}")).status_code == 204
    assert (
        await viewer.client.post("/api/v1/titles", json={"kind": "movie", "title": "V"})
    ).status_code == 403


async def test_a_deleted_title_is_gone(house: House) -> None:
    owner = await house.member()
    made = await add(owner, **METROPOLIS)
    assert (await owner.client.delete(f"/api/v1/titles/{made['slug']}")).status_code == 204
    assert (await owner.client.delete(f"/api/v1/titles/{made['slug']}")).status_code == 404
    for table in ("titles", "credits", "external_ids", "title_terms"):
        assert await house.count(f"catalog_{table}", owner.space) == 0


async def test_an_old_address_still_leads_there(house: House) -> None:
    owner = await house.member()
    made = await add(owner, **METROPOLIS)
    await change(owner, made, slug="metropolis")
    found = await get_title(house.read(owner), "the-metropolis-1927")
    assert found.slug == "metropolis"
    again = await add(owner, title="The Metropolis", year=1927)
    assert again["slug"] != "the-metropolis-1927"
    back = await change(owner, made, slug="the-metropolis-1927")
    assert back["slug"] == "the-metropolis-1927"


async def test_a_kind_can_change(house: House) -> None:
    owner = await house.member()
    made = await add(
        owner, kind="book", details={"pages": 100, "publisher": "P", "series_name": "S"}
    )
    wrong = await owner.client.patch(
        f"/api/v1/titles/{made['id']}", json={"kind": "comic", "details": {"isbn13": "x"}}
    )
    assert wrong.status_code == 422
    assert wrong.json()["error"]["field"] == "details.isbn13"
    changed = await change(owner, made, kind="comic", details={"issue": "3", "publisher": None})
    assert changed["details"] == {"pages": 100, "series_name": "S", "issue": "3"}


async def test_a_window_makes_sense(house: House) -> None:
    owner = await house.member()
    body = {"kind": "movie", "title": "Soon", "status": "scheduled"}
    missing = await owner.client.post("/api/v1/titles", json=body)
    assert missing.status_code == 400
    assert missing.json()["error"]["field"] == "available_from"
    made = await add(owner, **body, available_from="2030-01-01T00:00:00Z")
    backwards = await owner.client.patch(
        f"/api/v1/titles/{made['id']}", json={"available_until": "2029-01-01T00:00:00Z"}
    )
    assert backwards.json()["error"]["field"] == "available_until"


async def test_another_space_does_not_see_it(house: House) -> None:
    owner, stranger = await house.member(), await house.member()
    made = await add(owner, **METROPOLIS)
    for method in ("patch", "delete"):
        body = {"json": {"year": 2000}} if method == "patch" else {}
        answer = await getattr(stranger.client, method)(f"/api/v1/titles/{made['id']}", **body)
        assert answer.status_code == 404
    copy = await add(stranger, **METROPOLIS)
    assert copy["slug"] == made["slug"]
    assert {c["person"]["id"] for c in copy["credits"]}.isdisjoint(
        c["person"]["id"] for c in made["credits"]
    )
    person = made["credits"][0]["person"]["id"]
    refused = await stranger.client.post(
        "/api/v1/titles",
        json={
            "kind": "movie",
            "title": "X",
            "credits": [{"name": "X", "job": "actor", "person_id": person}],
        },
    )
    assert refused.status_code == 404
    assert refused.json()["error"]["code"] == "person_not_found"


def _journal(title_id: str, kind: str) -> TextClause:
    return text(
        "SELECT before, after FROM core_journal WHERE ref_id = cast(:id AS uuid) AND kind = :kind "
        "ORDER BY position DESC LIMIT 1"
    ).bindparams(id=title_id, kind=kind)


def _title(title_id: str) -> TextClause:
    return text("SELECT * FROM catalog_titles WHERE id = cast(:id AS uuid)").bindparams(id=title_id)
