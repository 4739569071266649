"""A collection whose every text is awkward, brought in over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.catalog.steps import add
from tests.exchange.support import bring_in

if TYPE_CHECKING:
    from mediatheque.core.settings import Settings
    from mediatheque.kit.db import Database
    from tests.house import Member

WATCHED = (
    b"kind,title,year,season,episode,watched\n"
    b"series,The Example Hour,1958,1,2,2021-03-04;yes\n"
    b"series,The Example Hour,1958,2,,wanted\n"
    b"series,The Example Hour,1958,0,1,started\n"
    b"movie,Solaris,1972,,,2020-01-01;2021-01-01;yes\n"
)

TITLES: list[dict[str, Any]] = [
    {
        "title": '=HYPERLINK("http://evil.example","Click"); really',
        "year": 1999,
        "synopsis": 'Line one\nline two, with “quotes”, "these", and; a semicolon\n\n+end',
        "genres": ["Science; Fiction", "Back\\slash", "-Minus", "Rock & Roll"],
        "tags": ["@home", "'quoted'", "a;b\\;c"],
        "moods": ["Calm; mostly"],
        "themes": ["Steam\\"],
        "languages": ["ja", "de", "en"],
        "countries": ["JP", "DE"],
        "credits": [
            {"name": "Lang; Fritz", "job": "director"},
            {"name": "Mary (writer)", "job": "director"},
            {"name": "Prince (musician)", "job": "actor"},
            {"name": "Brigitte Helm", "job": "actor", "character": "Maria (robot); double"},
            {"name": "Thea von Harbou", "job": "writer"},
            {"name": "Back\\slash \\; Band", "job": "composer"},
        ],
        "rating": 8.3,
        "runtime_minutes": 153,
        "age_rating": "12",
        "released_on": "1999-03-31",
        "external_ids": {"imdb": "tt0133093", "tmdb": "603", "house_id": "A; 1"},
    },
    {
        "title": "'Allo 'Allo!",
        "year": 1982,
        "kind": "series",
        "sort_title": "Allo Allo",
        "minimum_age": 6,
    },
    {
        "title": "七人の侍",
        "original_title": "Shichinin no samurai",
        "age_rating": "FSK 16",
        "minimum_age": None,
        "year": 1954,
        "credits": [{"name": "黒澤 明", "job": "director"}],
        "languages": ["ja"],
    },
    {
        "kind": "series",
        "title": "The Example Hour",
        "year": 1958,
        "external_ids": {"tmdb": "1412"},
        "credits": [{"name": "Ann Example", "job": "creator"}],
        "seasons": [
            {"number": 0, "episodes": [{"number": 1, "title": "The pilot"}]},
            {
                "number": 1,
                "title": "First; season",
                "expected_episodes": 3,
                "episodes": [
                    {"number": 1, "title": "One", "aired_on": "1958-01-01"},
                    {"number": 2, "title": "=Two", "runtime_minutes": 25, "synopsis": "a\nb"},
                ],
            },
            {"number": 2},
        ],
    },
    {
        "kind": "book",
        "title": "Epic of Gilgamesh",
        "year": -1200,
        "details": {"isbn13": "9780140449198", "pages": 128, "series_position": 1.5},
        "external_ids": {"upc": "085392118823"},
    },
    {
        "kind": "album",
        "title": "Greatest Hits",
        "year": 1981,
        "credits": [{"name": "Queen", "job": "artist"}],
        "details": {"label": "EMI", "tracks": [{"position": "A1", "title": "One", "seconds": 5}]},
    },
    {
        "kind": "album",
        "title": "Greatest Hits",
        "year": 1991,
        "credits": [{"name": "Queen", "job": "artist"}],
    },
    {
        "kind": "album",
        "title": "Greatest Hits",
        "year": 1982,
        "credits": [{"name": "ABBA", "job": "artist"}],
    },
    {"kind": "other", "title": "Nothing but a name"},
    {
        "kind": "album",
        "title": "Kind Of Blue",
        "year": 1959,
        "credits": [{"name": "Miles Davis", "job": "artist"}],
    },
    {
        "kind": "album",
        "title": "Kind of Blue",
        "year": 1959,
        "credits": [{"name": "Miles Davis", "job": "artist"}],
        "genres": ["Jazz"],
    },
    {"title": "Solaris", "year": 1972},
]

COPIES: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("Solaris", {"format": "dvd", "barcode": "12345"}, {"library": "attic", "condition": "good"}),
    ("Solaris", {"format": "dvd", "barcode": "12345"}, {"library": "attic", "condition": "fair"}),
    ("Solaris", {"format": "dvd", "barcode": "12345"}, {"library": "cellar-b", "signed": True}),
    (
        "Solaris",
        {
            "format": "uhd",
            "resolution": "uhd_4k",
            "name": "Box; set",
            "region": "-",
            "barcode": "0085392118823",
            "publisher": "Mosfilm, “Gosfilmofond”",
            "released_on": "2011-05-24",
        },
        {
            "library": "cellar-b",
            "price_cents": 1250,
            "currency": "JPY",
            "bought_on": "2020-02-29",
            "location": "=Shelf; 1",
            "notes": 'Torn\nslipcase, "signed" inside',
        },
    ),
    ("Nothing but a name", {"format": "other"}, {"library": "attic", "notes": "x"}),
    ("Kind Of Blue", {"format": "cassette"}, {"library": "attic"}),
    ("Kind of Blue", {"format": "cassette"}, {"library": "attic"}),
    ("Epic of Gilgamesh", {"format": "paperback", "barcode": "TAG-7"}, {"library": "attic"}),
    ("Greatest Hits", {"format": "cd"}, {"library": "attic", "price_cents": 0, "currency": "EUR"}),
]  # fmt: skip


async def post(member: Member, path: str, **body: object) -> dict[str, Any]:
    answer = await member.client.post(f"/api/v1{path}", json=body)
    assert answer.status_code < 300, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def furnish(database: Database, settings: Settings, member: Member) -> dict[str, str]:
    """Give a space the collection; answers the ids of its works by title (the last of a name)."""
    await post(member, "/libraries", name="Attic")
    await post(member, "/libraries", name='Cellar; "B"')
    ids: dict[str, str] = {}
    for work in TITLES:
        ids[work["title"]] = (await add(member, **work))["id"]
    for place, (title, edition, fields) in enumerate(COPIES):
        copy = await post(member, "/copies", title_id=ids[title], edition=edition, **fields)
        if place in {1, 3}:
            lent = {"borrower": f"-Nina; {place}", "lent_on": "2024-05-06"}
            await post(member, f"/copies/{copy['id']}/lend", **lent)
    for title, body in (
        ("Solaris", "A note\nof two lines"),
        ("Solaris", "=Another; note"),
        ("七人の侍", "素晴らしい"),
        ("Kind of Blue", "The right one"),
        ("Kind Of Blue", "The wrong one"),
        ("Nothing but a name", "Kept\r\nas typed"),
    ):
        await post(member, f"/titles/{ids[title]}/notes", body=body)
    for title, rating in (("Solaris", 9.5), ("'Allo 'Allo!", 6)):
        answer = await member.client.put(
            f"/api/v1/titles/{ids[title]}/rating", json={"rating": rating}
        )
        assert answer.status_code == 200, answer.text
    wish = await member.client.put(
        f"/api/v1/titles/{ids['七人の侍']}/mark", json={"status": "wanted"}
    )
    assert wish.status_code == 200, wish.text
    seen = await bring_in(database, settings, member, WATCHED)
    assert seen["summary"]["failed"] == seen["summary"]["needs_review"] == 0, seen
    return ids


async def export(member: Member, path: str) -> bytes:
    answer = await member.client.get(f"/api/v1/exports/{path}")
    assert answer.status_code == 200, answer.text
    return answer.content
