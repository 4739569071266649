"""Near duplicates: found, dismissed, merged, undone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import text

from mediatheque.areas.catalog import actions
from mediatheque.areas.catalog.queries.titles import get_title
from tests.catalog.steps import METROPOLIS, add, change

if TYPE_CHECKING:
    from mediatheque.core.context import Context
    from tests.house import House, Member

TABLES = (
    "titles",
    "external_ids",
    "title_terms",
    "credits",
    "people",
    "terms",
    "seasons",
    "episodes",
    "aliases",
    "duplicates",
)


async def look(house: House, owner: Member) -> list[dict[str, Any]]:
    async with house.write(owner) as ctx:
        await actions.find_duplicates(ctx)
    return await pairs(owner)


async def pairs(owner: Member, **query: str) -> list[dict[str, Any]]:
    answer = await owner.client.get("/api/v1/duplicates", params=query)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


async def contents(house: House, owner: Member, kept: str) -> dict[str, Any]:
    """Every row of the catalogue; an undo moves the kept work's revision on."""
    found: dict[str, Any] = {}
    for table in TABLES:
        rows = await house.read(owner).db.rows(
            text(f"SELECT to_jsonb(x) AS row FROM catalog_{table} x ORDER BY to_jsonb(x)")  # noqa: S608  (our own names)
        )
        found[table] = [row["row"] for row in rows]
    for row in found["titles"]:
        if row["id"] == kept:
            del row["revision"], row["updated_at"]
    found["titles"].sort(key=lambda row: row["id"])
    return found


async def two(owner: Member) -> tuple[dict[str, Any], dict[str, Any]]:
    left = await add(owner, **{**METROPOLIS, "synopsis": None})
    right = await add(
        owner,
        title="Metropolis",
        year=1926,
        synopsis="Towers.",
        genres=["Dystopia", "Drama"],
        external_ids={"tvdb": "77"},
        slug="metropolis-restored",
        credits=[
            {"name": "Fritz Lang", "job": "director"},
            {"name": "Karl Freund", "job": "cinematographer"},
        ],
    )
    return left, right


async def merge(owner: Member, pair: dict[str, Any], **body: object) -> dict[str, Any]:
    answer = await owner.client.post(f"/api/v1/duplicates/{pair['id']}/merge", json=body)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_likely_pairs_are_found(house: House) -> None:
    owner = await house.member()
    await two(owner)
    for title, year in (("Rocky II", 1979), ("Rocky III", 1980), ("Alien", 1979), ("Aliens", 1986)):
        await add(owner, title=title, year=year)
    await add(owner, title="The Cabinet of Dr. Caligari", year=1920)
    await add(owner, title="The Cabinet of Doctor Caligari", year=1920)
    await add(owner, title="Das Cabinet of Dr. Caligary", year=1921, kind="other")
    found = await look(house, owner)
    names = [{one["left"]["title"], one["right"]["title"]} for one in found]
    assert names == [
        {"The Metropolis", "Metropolis"},
        {"The Cabinet of Dr. Caligari", "The Cabinet of Doctor Caligari"},
    ]
    assert found[0]["reasons"] == ["same title", "years one apart", "same creator"]
    assert found[0]["score"] == 100
    assert found[1]["reasons"] == ["similar title", "same year"]
    assert await look(house, owner) == found


async def test_a_typo_at_the_start_is_found(house: House) -> None:
    owner = await house.member()
    await add(owner, title="Nosferatu, eine Symphonie des Grauens", year=1922)
    await add(owner, title="Mosferatu, eine Symphonie des Grauens", year=1922)
    for letter in "abcdefghijklmnopqrstuvwxyz":
        await add(owner, title=f"{letter * 4} filler", year=1922)
    found = await look(house, owner)
    assert [one["left"]["title"][:4] for one in found] == ["Nosf"]


async def test_different_strong_ids_are_two_works(house: House) -> None:
    owner = await house.member()
    await add(owner, title="Home", year=2009, external_ids={"imdb": "tt1014762"})
    await add(owner, title="Home", year=2009, external_ids={"imdb": "tt1014763"})
    assert await look(house, owner) == []


async def test_what_no_longer_speaks_for_it_is_forgotten(house: House) -> None:
    owner = await house.member()
    _, right = await two(owner)
    (pair,) = await look(house, owner)
    left_id, right_id = UUID(pair["left"]["id"]), UUID(pair["right"]["id"])
    async with house.write(owner) as ctx:
        assert await actions.record_duplicate(ctx, right_id, left_id, 80, ["same barcode"]) == 0
    (pair,) = await pairs(owner)
    assert pair["score"] == 100
    assert "same barcode" in pair["reasons"]
    await change(owner, right, title="Something else", credits=[])
    (pair,) = await look(house, owner)
    assert (pair["score"], pair["reasons"]) == (80, ["same barcode"])
    async with house.write(owner) as ctx:
        await actions.record_duplicates(ctx, "hand", [], is_complete=True)
    assert await pairs(owner) == []


async def test_a_dismissed_pair_stays_dismissed(house: House) -> None:
    owner = await house.member()
    await two(owner)
    (pair,) = await look(house, owner)
    url = f"/api/v1/duplicates/{pair['id']}/dismiss"
    assert (await owner.client.post(url)).status_code == 204
    assert await look(house, owner) == []
    assert len(await pairs(owner, state="dismissed")) == 1
    again = await owner.client.post(url)
    assert again.json()["error"]["code"] == "duplicate_not_found"


async def test_a_merge_keeps_what_both_had(house: House) -> None:
    owner = await house.member()
    left, right = await two(owner)
    (pair,) = await look(house, owner)
    assert pair["left"]["id"] == left["id"]
    done = await merge(owner, pair, keep="left", fields={"title": "right", "year": "left"})
    kept = done["title"]
    assert kept["id"] == left["id"]
    assert (kept["title"], kept["sort_title"], kept["year"]) == ("Metropolis", "Metropolis", 1927)
    assert kept["synopsis"] == "Towers."
    assert [one["name"] for one in kept["genres"]] == ["Drama", "Dystopia", "Science fiction"]
    assert kept["external_ids"] == {"imdb": "tt0017136", "tmdb": "19", "tvdb": "77"}
    assert [one["person"]["name"] for one in kept["credits"]] == [
        "Fritz Lang",
        "Thea von Harbou",
        "Brigitte Helm",
        "Brigitte Helm",
        "Karl Freund",
    ]
    for key in (right["id"], right["slug"]):
        assert str((await get_title(house.read(owner), key)).id) == left["id"]
    row = await house.read(owner).db.row(text("SELECT * FROM catalog_titles"))
    assert row is not None
    assert row["edited_fields"] == ["title"]
    assert row["title_key"] == "metropolis"
    assert await pairs(owner) == []


async def test_an_undo_puts_everything_back(house: House) -> None:
    owner = await house.member()
    left, right = await two(owner)
    await change(owner, right, slug="metropolis-complete")
    await add(owner, title="Metropolis", year=1927)
    found = await look(house, owner)
    pair = next(
        one for one in found if {one["left"]["id"], one["right"]["id"]} == {left["id"], right["id"]}
    )
    for keep, kept in (("left", left), ("right", right)):
        before = await contents(house, owner, kept["id"])
        fields = {"year": "right", "title": "left", "details": "right", "poster": "right"}
        done = await merge(owner, pair, keep=keep, fields=fields)
        assert await contents(house, owner, kept["id"]) != before
        undone = await owner.client.post(f"/api/v1/merges/{done['merge_id']}/undo")
        assert undone.status_code == 200, undone.text
        gone = right if keep == "left" else left
        assert undone.json()["id"] == gone["id"]
        assert await contents(house, owner, kept["id"]) == before
        again = await owner.client.post(f"/api/v1/merges/{done['merge_id']}/undo")
        assert again.json()["error"]["code"] == "merge_already_undone"


async def test_seasons_follow_and_return(house: House) -> None:
    owner = await house.member()
    episodes = [{"number": 1}, {"number": 2}]
    left = await add(
        owner,
        kind="series",
        title="Judex",
        year=1916,
        seasons=[{"number": 1, "episodes": episodes[:1]}],
    )
    await add(
        owner,
        kind="series",
        title="Judex",
        year=1916,
        seasons=[
            {"number": 1, "title": "One", "episodes": episodes},
            {"number": 2, "episodes": episodes},
        ],
    )
    (pair,) = await look(house, owner)
    before = await contents(house, owner, left["id"])
    done = await merge(owner, pair, keep="left")
    counts = [(one["number"], one["episodes_count"]) for one in done["title"]["seasons"]]
    assert counts == [(1, 2), (2, 2)]
    await owner.client.post(f"/api/v1/merges/{done['merge_id']}/undo")
    assert await contents(house, owner, left["id"]) == before


async def test_an_undo_keeps_what_was_edited_since(house: House) -> None:
    owner = await house.member()
    left, right = await two(owner)
    (pair,) = await look(house, owner)
    done = await merge(owner, pair, keep="left", fields={"title": "right", "year": "right"})
    await change(owner, left, title="Edited", tags=["new"])
    taken = await add(owner, title="Other", slug="other")
    await owner.client.post(f"/api/v1/merges/{done['merge_id']}/undo")
    kept = await get_title(house.read(owner), left["id"])
    assert (kept.title, kept.year, kept.synopsis) == ("Edited", 1927, None)
    assert [one.name for one in kept.tags] == ["new"]
    assert "tvdb" not in kept.external_ids
    back = await get_title(house.read(owner), right["slug"])
    assert str(back.id) == right["id"]
    assert taken["slug"] == "other"


async def test_people_merged_meanwhile_are_found_again(house: House) -> None:
    owner = await house.member()
    left, right = await two(owner)
    (pair,) = await look(house, owner)
    done = await merge(owner, pair, keep="left")
    people = {one["person"]["name"]: one["person"] for one in done["title"]["credits"]}
    await owner.client.post(
        f"/api/v1/people/{people['Thea von Harbou']['id']}/merge",
        json={"other": people["Karl Freund"]["id"]},
    )
    await owner.client.post(f"/api/v1/merges/{done['merge_id']}/undo")
    back = await get_title(house.read(owner), right["id"])
    assert [one.person.name for one in back.credits] == ["Fritz Lang", "Thea von Harbou"]
    kept = await get_title(house.read(owner), left["id"])
    assert len(kept.credits) == 4


async def test_merges_are_undone_in_order(house: House) -> None:
    owner = await house.member()
    await two(owner)
    third = await add(owner, title="Metropolis", year=1927, slug="metropolis-third")
    found = await look(house, owner)
    first = next(one for one in found if third["id"] not in {one["left"]["id"], one["right"]["id"]})
    one = await merge(owner, first, keep="left")
    second = (await look(house, owner))[0]
    keep = "left" if second["left"]["id"] == third["id"] else "right"
    two_ = await merge(owner, second, keep=keep)
    early = await owner.client.post(f"/api/v1/merges/{one['merge_id']}/undo")
    assert early.status_code == 409
    assert early.json()["error"]["details"] == {"merge_id": two_["merge_id"]}
    listed = (await owner.client.get("/api/v1/merges")).json()["items"]
    assert [(entry["id"], entry["can_undo"]) for entry in listed] == [
        (two_["merge_id"], True),
        (one["merge_id"], False),
    ]
    for merge_id in (two_["merge_id"], one["merge_id"]):
        assert (await owner.client.post(f"/api/v1/merges/{merge_id}/undo")).status_code == 200
    assert await house.count("catalog_titles", owner.space) == 3
    assert await house.count("catalog_aliases", owner.space) == 0


async def test_duplicates_stay_in_their_space(house: House) -> None:
    owner, stranger = await house.member(), await house.member()
    member = await house.member(owner.space, "member")
    left, _ = await two(owner)
    await two(stranger)
    (pair,) = await look(house, owner)
    assert left["id"] == pair["left"]["id"]
    assert await pairs(stranger) == []
    base = f"/api/v1/duplicates/{pair['id']}"
    assert (await stranger.client.post(f"{base}/dismiss")).status_code == 404
    assert (await stranger.client.post(f"{base}/merge", json={"keep": "left"})).status_code == 404
    assert (await member.client.post(f"{base}/dismiss")).status_code == 403
    done = await merge(owner, pair, keep="right")
    assert (
        await stranger.client.post(f"/api/v1/merges/{done['merge_id']}/undo")
    ).status_code == 404
    assert (await stranger.client.get("/api/v1/merges")).json()["items"] == []


async def test_other_areas_follow_and_return(house: House) -> None:
    owner = await house.member()
    left, right = await two(owner)
    kept, gone = UUID(left["id"]), UUID(right["id"])
    order: list[str] = []

    def follower(name: str) -> actions.MergeFollower:
        async def follow(ctx: Context, gone_id: UUID, kept_id: UUID) -> dict[str, Any]:
            assert (gone_id, kept_id) == (gone, kept)
            await get_title(ctx, gone_id)
            order.append(f"{name} follows")
            return {"name": name}

        async def undo(ctx: Context, snapshot: dict[str, Any]) -> None:
            assert snapshot == {"name": name}
            await get_title(ctx, gone)
            order.append(f"{name} returns")

        return actions.MergeFollower(name, follow, undo)

    followers = [follower("first"), follower("second")]
    async with house.write(owner) as ctx:
        done = await actions.merge_titles(ctx, kept, gone, {}, followers)
    async with house.write(owner) as ctx:
        await actions.undo_merge(ctx, done.merge_id, followers)
    assert order == ["first follows", "second follows", "second returns", "first returns"]
