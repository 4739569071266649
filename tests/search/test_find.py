from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.search.conftest import Desk

LANG = [{"name": "Fritz Lang", "job": "director"}]


async def test_a_word_of_the_title_finds_it_with_its_card(desk: Desk) -> None:
    made = await desk.add("The Metropolis", year=1927, credits=LANG)
    await desk.add("Nosferatu")
    await desk.index()
    found = await desk.search("metropolis")
    (hit,) = found["items"]
    assert hit["type"] == "title"
    assert hit["title"]["id"] == made["id"]
    assert hit["title"]["people"] == "Fritz Lang"
    assert hit["title"]["copies_count"] == 0
    assert hit["highlight"] == "The <mark>Metropolis</mark>"
    assert hit["person"] is None
    assert found["total"] == 1
    assert found["next_cursor"] is None
    assert found["did_you_mean"] is None


async def test_slips_are_corrected_and_said(desk: Desk) -> None:
    await desk.add("Metropolis", credits=LANG)
    await desk.add("The Shawshank Redemption")
    await desk.add("Seven Samurai", credits=[{"name": "Akira Kurosawa", "job": "director"}])
    await desk.add("Jaws")
    await desk.index()
    for typed, meant, first in (
        ("metroplis", "metropolis", "Metropolis"),
        ("metropolsi", "metropolis", "Metropolis"),
        ("mettropolis", "metropolis", "Metropolis"),
        ("shawshenk redemtion", "shawshank redemption", "The Shawshank Redemption"),
        ("seven samuari", "seven samurai", "Seven Samurai"),
        ("kurasowa samurai", "kurosawa samurai", "Seven Samurai"),
        ("jwas", "jaws", "Jaws"),
        ("the jwas", "the jaws", "Jaws"),
    ):
        found = await desk.search(typed)
        assert found["did_you_mean"] == meant, typed
        assert found["items"][0]["title"]["title"] == first, typed
    marked = (await desk.search("metroplis"))["items"][0]["highlight"]
    assert marked == "<mark>Metropolis</mark>"


async def test_accents_case_and_letters_of_other_alphabets(desk: Desk) -> None:
    await desk.add("Amélie", original_title="Le Fabuleux Destin d’Amélie Poulain")
    await desk.add("Ænima", kind="album")
    await desk.add("Броненосец Потёмкин")
    await desk.index()
    assert await desk.names("amelie") == ["Amélie"]
    assert await desk.names("AMÉLIE") == ["Amélie"]
    assert await desk.names("destin fabuleux") == ["Amélie"]
    assert await desk.names("aenima") == ["Ænima"]
    assert await desk.names("потемкин") == ["Броненосец Потёмкин"]
    found = await desk.search("amelie")
    assert found["items"][0]["highlight"] == "<mark>Amélie</mark>"


async def test_words_in_any_order_together_and_apart(desk: Desk) -> None:
    await desk.add("Spider-Man")
    await desk.add("Superman")
    await desk.add("S.H.I.E.L.D.")
    await desk.add("WALL·E")
    await desk.index()
    for typed in ("spider man", "man spider", "spiderman", "Spider-Man", "spidreman"):
        assert await desk.names(typed) == ["Spider-Man"], typed
    assert await desk.names("super man") == ["Superman"]
    assert await desk.names("shield") == ["S.H.I.E.L.D."]
    assert await desk.names("walle") == ["WALL·E"]


async def test_small_words_bind_nobody(desk: Desk) -> None:
    await desk.add("Wizard of Oz, The")
    await desk.add("The The: Infected", kind="album")
    await desk.index()
    assert await desk.names("the wizard of oz") == ["Wizard of Oz, The"]
    assert await desk.names("a wizard in oz") == ["Wizard of Oz, The"]
    assert "The The: Infected" in await desk.names("the the")


async def test_chinese_japanese_and_korean(desk: Desk) -> None:
    await desk.add("Seven Samurai", original_title="七人の侍")
    await desk.add("기생충")
    await desk.add("花樣年華")
    await desk.index()
    assert await desk.names("七人") == ["Seven Samurai"]
    assert await desk.names("侍") == ["Seven Samurai"]
    assert await desk.names("생충") == ["기생충"]
    assert await desk.names("年華") == ["花樣年華"]
    assert (await desk.search("年華"))["items"][0]["highlight"] == "花樣<mark>年華</mark>"


async def test_people_and_titles_stand_in_one_list(desk: Desk) -> None:
    await desk.add("M", credits=LANG)
    await desk.add("Metropolis", credits=LANG)
    await desk.add("The Life of Fritz")
    await desk.index()
    found = await desk.search("fritz lang")
    assert found["items"][0]["type"] == "person"
    assert found["items"][0]["person"]["name"] == "Fritz Lang"
    assert found["items"][0]["person"]["slug"] == "fritz-lang"
    assert found["items"][0]["highlight"] == "<mark>Fritz Lang</mark>"
    assert {hit["title"]["title"] for hit in found["items"][1:]} == {"M", "Metropolis"}
    assert await desk.names("lang metropolis") == ["Metropolis"]
    assert set(await desk.names("fritz lang", kind="movie")) == {"M", "Metropolis"}


async def test_genres_tags_and_ids_find(desk: Desk) -> None:
    await desk.add(
        "Metropolis",
        genres=["Science fiction"],
        tags=["silent"],
        external_ids={"imdb": "tt0017136", "isbn13": "9783161484100"},
    )
    await desk.add("Fiction")
    await desk.index()
    assert await desk.names("science fiction") == ["Metropolis"]
    assert await desk.names("silent") == ["Metropolis"]
    assert await desk.names("tt0017136") == ["Metropolis"]
    for isbn in ("978-3-16-148410-0", "9783161484100", "3-16-148410-X"):
        assert await desk.names(isbn) == ["Metropolis"], isbn
    assert (await desk.names("fiction"))[0] == "Fiction"


async def test_bar_codes_of_editions(desk: Desk) -> None:
    made = await desk.add("Alien")
    answer = await desk.member.client.post(
        f"/api/v1/titles/{made['id']}/editions",
        json={"format": "dvd", "barcode": "4006381333931"},
    )
    assert answer.status_code == 201, answer.text
    await desk.index()
    assert await desk.names("4006381333931") == ["Alien"]
    assert await desk.names("4006381 333931") == ["Alien"]
    gone = await desk.member.client.delete(f"/api/v1/editions/{answer.json()['id']}")
    assert gone.status_code in {200, 204}
    await desk.index()
    assert await desk.names("4006381333931") == []


async def test_bar_codes_that_come_with_a_copy(desk: Desk) -> None:
    made = await desk.add("Alien")
    edition = {"format": "dvd", "barcode": "4006381333931"}
    answer = await desk.member.client.post(
        "/api/v1/copies", json={"title_id": made["id"], "edition": edition}
    )
    assert answer.status_code == 201, answer.text
    await desk.index()
    assert await desk.names("4006381333931") == ["Alien"]


async def test_the_exact_name_comes_first(desk: Desk) -> None:
    await desk.add("Alien vs. Predator")
    await desk.add("Aliens")
    await desk.add("The Alien")
    await desk.add("My Favourite Alien")
    await desk.index()
    assert (await desk.names("alien"))[0] == "The Alien"
    assert set(await desk.names("alien")) == {
        "Alien vs. Predator",
        "Aliens",
        "The Alien",
        "My Favourite Alien",
    }


async def test_the_last_word_may_go_on(desk: Desk) -> None:
    await desk.add("Blade Aliens")
    await desk.add("Alien")
    await desk.add("Metropolis")
    await desk.index()
    assert await desk.names("metropol") == ["Metropolis"]
    assert await desk.names("blade alien") == ["Blade Aliens"]
    assert await desk.names("alien") == ["Alien", "Blade Aliens"]
    assert (await desk.search("metropol"))["items"][0]["highlight"] == "<mark>Metropolis</mark>"


async def test_a_word_that_is_nowhere_is_left_out(desk: Desk) -> None:
    await desk.add("Metropolis", credits=LANG)
    await desk.index()
    assert await desk.names("metropolis qqqq") == ["Metropolis"]
    assert await desk.names("qqqq") == []
    assert await desk.names("fritz metropolis zzzz lang") == ["Metropolis"]


async def test_facets_count_and_choose(desk: Desk) -> None:
    await desk.add("Night Train", genres=["Drama"])
    await desk.add("Night Mail", genres=["Documentary"])
    await desk.add("Night", kind="book", genres=["Drama"])
    await desk.index()
    facets = (await desk.search("night"))["facets"]
    assert facets["kind"] == [
        {"value": "movie", "label": "Movie", "count": 2},
        {"value": "book", "label": "Book", "count": 1},
    ]
    assert facets["genre"][0] == {"value": "drama", "label": "Drama", "count": 2}
    chosen = await desk.search("night", kind="book")
    assert [hit["title"]["title"] for hit in chosen["items"]] == ["Night"]
    assert len(chosen["facets"]["kind"]) == 2
    assert chosen["total"] == 1
    assert set(await desk.names("night", facet="genre:drama")) == {"Night", "Night Train"}
    assert await desk.names("night", facet="genre:drama", kind="movie") == ["Night Train"]


async def test_parts_of_a_long_list_meet_without_gap(desk: Desk) -> None:
    for number in range(7):
        await desk.add(f"Star {number}")
    await desk.index()
    whole = await desk.names("star")
    assert len(whole) == 7
    parts: list[str] = []
    cursor = ""
    while True:
        found = await desk.search("star", limit=3, cursor=cursor)
        parts += [hit["title"]["title"] for hit in found["items"]]
        assert (found["facets"] is None) == bool(cursor)
        cursor = found["next_cursor"]
        if cursor is None:
            break
    assert parts == whole
    for bad in ("nonsense", "W10", "WyJhIiwiYiJd"):
        answer = await desk.member.client.get("/api/v1/search", params={"q": "star", "cursor": bad})
        assert answer.status_code in {400, 422}, answer.text
        assert answer.json()["error"]["code"] == "bad_cursor"


async def test_highlights_are_safe(desk: Desk) -> None:
    await desk.add("<img src=x> & <b>Bold</b>")
    await desk.index()
    (hit,) = (await desk.search("bold"))["items"]
    assert "<b>" not in hit["highlight"]
    assert "<img" not in hit["highlight"]
    assert "<mark>Bold</mark>" in hit["highlight"]


async def test_anything_may_be_typed(desk: Desk) -> None:
    await desk.add("It’s a \\ 'quoted' | & ! title :* (here)")
    await desk.add("!!!", kind="album")
    await desk.index()
    for typed in ("'", "\\", "a'b", "\\'", "& | !", ":*", "( )", "a:*b", "%", "_", "\0", "*", "-"):
        await desk.search(typed)
        await desk.suggest(typed)
    assert await desk.names("!!!") == ["!!!"]
    assert (await desk.search(""))["items"] == []
    assert (await desk.search("   "))["items"] == []
    assert len(await desk.names("quoted title")) == 1
    assert (await desk.search("q " * 99))["items"] == []
    too_long = await desk.member.client.get("/api/v1/search", params={"q": "q" * 201})
    assert too_long.status_code == 422
    unknown = await desk.member.client.get("/api/v1/search", params={"q": "a", "colour": "red"})
    assert unknown.json()["error"]["code"] == "unknown_parameter"
