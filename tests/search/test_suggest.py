from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.search.conftest import Desk


async def test_each_letter_narrows(desk: Desk) -> None:
    await desk.add("The Metropolis", year=1927, credits=[{"name": "Fritz Lang", "job": "director"}])
    await desk.add("Memento")
    await desk.add("Frankenstein")
    await desk.index()
    assert set(await desk.suggest("m")) == {"The Metropolis", "Memento"}
    assert set(await desk.suggest("me")) == {"The Metropolis", "Memento"}
    assert await desk.suggest("met") == ["The Metropolis"]
    assert await desk.suggest("the met") == ["The Metropolis"]
    assert set(await desk.suggest("fr")) == {"Frankenstein", "Fritz Lang"}
    assert await desk.suggest("lan") == ["Fritz Lang"]
    assert await desk.suggest("") == []


async def test_shape(desk: Desk) -> None:
    made = await desk.add("Alien", year=1979, credits=[{"name": "Alina Ray", "job": "director"}])
    await desk.index()
    answer = await desk.member.client.get("/api/v1/search/suggestions", params={"q": "ali"})
    by_type = {one["type"]: one for one in answer.json()["items"]}
    assert by_type["title"] == {
        "type": "title",
        "id": made["id"],
        "slug": made["slug"],
        "label": "Alien",
        "kind": "movie",
        "year": 1979,
        "poster": None,
    }
    assert by_type["person"]["label"] == "Alina Ray"
    assert by_type["person"]["kind"] is None


async def test_words_inside_and_several(desk: Desk) -> None:
    await desk.add("Spider-Man")
    await desk.add("Silent City")
    await desk.add("The City of Lost Children")
    await desk.index()
    assert await desk.suggest("spiderm") == ["Spider-Man"]
    assert await desk.suggest("spider m") == ["Spider-Man"]
    assert await desk.suggest("man") == ["Spider-Man"]
    assert await desk.suggest("silent c") == ["Silent City"]
    assert await desk.suggest("city si") == ["Silent City"]
    assert set(await desk.suggest("cit")) == {"Silent City", "The City of Lost Children"}


async def test_slips_while_typing(desk: Desk) -> None:
    await desk.add("Metropolis")
    await desk.index()
    assert await desk.suggest("metroplis") == ["Metropolis"]


async def test_cjk_while_typing(desk: Desk) -> None:
    await desk.add("七人の侍")
    await desk.add("花樣年華")
    await desk.index()
    assert await desk.suggest("七") == ["七人の侍"]
    assert await desk.suggest("七人") == ["七人の侍"]
    assert await desk.suggest("年華") == ["花樣年華"]


async def test_popular_first(desk: Desk) -> None:
    await desk.add("Casablanca Nights")
    popular = await desk.add("Casanova")
    answer = await desk.member.client.post("/api/v1/libraries", json={"name": "Shelf"})
    assert answer.status_code == 201, answer.text
    made = await desk.member.client.post(
        "/api/v1/copies",
        json={
            "title_id": popular["id"],
            "edition": {"format": "dvd"},
            "library": answer.json()["slug"],
        },
    )
    assert made.status_code == 201, made.text
    await desk.reindex()
    assert (await desk.suggest("ca"))[0] == "Casanova"
