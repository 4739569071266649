"""Exports: what is written reads back as the same collection, to the byte."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.exchange.support import bring_in
from tests.exchange.test_imports import tables
from tests.library.collection import export, furnish, post

if TYPE_CHECKING:
    from mediatheque.core.settings import Settings
    from mediatheque.kit.db import Database
    from tests.house import House, Member

FILES = (("csv", "library.csv"), ("csv", "library.csv?columns=all"), ("json", "library.json"))
HEADER = (
    "kind,title,year,original_title,sort_title,season,episode,format,resolution,edition,region,"
    "barcode,isbn13,imdb_id,tmdb_id,director,cast,genre,language,runtime_minutes,rating,my_rating,"
    "watched,location,condition,price,currency,bought_on,loaned_to,notes,tags,added_on"
)


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


async def bring(
    database: Database, settings: Settings, member: Member, content: bytes, **fields: str
) -> dict[str, Any]:
    done = await bring_in(database, settings, member, content, **fields)
    assert done["status"] == "succeeded", done
    summary: dict[str, Any] = done["summary"]
    rows = (await member.client.get(f"/api/v1/imports/{done['id']}/rows?limit=200")).json()
    bad = [row for row in rows["items"] if row["outcome"] in {"failed", "needs_review"}]
    assert not bad, bad
    assert not [row["problems"] for row in rows["items"] if row["problems"]]
    return summary


@pytest.mark.parametrize(("source", "path"), FILES)
async def test_export_import_export_is_identical(
    house: House, database: Database, settings: Settings, source: str, path: str
) -> None:
    first, second = await house.member(), await house.member()
    await furnish(database, settings, first)
    written = await export(first, path)
    summary = await bring(database, settings, second, written, source=source)
    assert summary["created"] >= 10
    assert await export(second, path) == written
    again = await bring(database, settings, second, written, source=source)
    assert again["created"] == again["updated"] == 0, again
    assert await export(second, path) == written


@pytest.mark.parametrize("mode", ["add", "fill", "overwrite"])
@pytest.mark.parametrize("file", FILES)
async def test_importing_an_export_where_it_comes_from_changes_nothing(
    house: House, database: Database, settings: Settings, file: tuple[str, str], mode: str
) -> None:
    owner = await house.member()
    source, path = file
    await furnish(database, settings, owner)
    before = await tables(database, owner)
    summary = await bring(
        database, settings, owner, await export(owner, path), source=source, mode=mode
    )
    assert summary["created"] == summary["updated"] == 0, summary
    after = await tables(database, owner)
    for kept in (before, after):
        del kept["library_origins"]
    assert after == before


@pytest.mark.parametrize(("source", "path"), FILES)
async def test_what_was_edited_since_is_known_again(
    house: House, database: Database, settings: Settings, source: str, path: str
) -> None:
    owner, other = await house.member(), await house.member()
    await furnish(database, settings, other)
    await bring(database, settings, owner, await export(other, path), source=source)
    known = (await owner.client.get("/api/v1/titles/solaris-1972")).json()["id"]
    title = f"/api/v1/titles/{known}"
    renamed = await owner.client.patch(title, json={"title": "Soljaris", "year": 1973})
    assert renamed.status_code == 200
    await post(owner, "/copies", title_id=known, edition={"format": "bluray"})
    edition = (await owner.client.get(title)).json()["editions"][0]
    patched = await owner.client.patch(
        f"/api/v1/editions/{edition['id']}", json={"region": "Z", "publisher": "New"}
    )
    assert patched.status_code == 200, patched.text
    written = await export(owner, path)
    summary = await bring(database, settings, owner, written, source=source)
    assert summary["created"] == summary["updated"] == 0, summary
    assert await export(owner, path) == written


async def test_table_has_the_columns_of_the_template(
    house: House, database: Database, settings: Settings
) -> None:
    owner = await house.member()
    await furnish(database, settings, owner)
    written = await export(owner, "library.csv")
    template = (await owner.client.get("/api/v1/imports/template.csv")).text
    assert written.decode().split("\r\n", 1)[0] == HEADER == template.split("\r\n", 1)[0]
    rows = rows_of(written)
    for row in rows:
        for cell in row.values():
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r")) or row["year"] == cell
    solaris = [row for row in rows if row["title"] == "Solaris"]
    assert [row["format"] for row in solaris] == ["dvd", "dvd", "dvd", "uhd", "", ""]
    assert {row["loaned_to"] for row in solaris} == {"", "'-Nina; 1", "'-Nina; 3"}
    assert [row["notes"] for row in solaris[4:]] == ["'=Another; note", "A note\nof two lines"]
    assert {row["watched"] for row in solaris} == {"2021-01-01;yes;yes"}
    assert {row["price"] for row in solaris} == {"", "1250"}
    series = [row for row in rows if row["title"] == "The Example Hour"]
    assert [(row["season"], row["episode"], row["watched"]) for row in series] == [
        ("", "", ""),
        ("0", "1", "started"),
        ("1", "2", "2021-03-04;yes"),
        ("2", "", "wanted"),
    ]


async def test_document_carries_everything(
    house: House, database: Database, settings: Settings
) -> None:
    first, second = await house.member(), await house.member()
    await furnish(database, settings, first)
    written = await export(first, "library.json")
    await bring(database, settings, second, written, source="json")
    document = json.loads(written)
    titles = {one["title"]: one for one in document["titles"]}
    assert document["total"] == len(document["titles"]) == 12
    libraries = (await second.client.get("/api/v1/libraries")).json()["items"]
    assert {(one["name"], one["copies_count"]) for one in libraries} == {
        ("Attic", 7),
        ('Cellar; "B"', 2),
    }
    series = titles["The Example Hour"]
    assert [season["number"] for season in series["seasons"]] == [0, 1, 2]
    assert series["seasons"][1]["episodes"][1]["synopsis"] == "a\nb"
    assert {"status": "finished", "on": "2021-03-04", "season": 1, "episode": 2, "times": 2} in (
        series["marks"]
    )
    assert series["external_ids"] == {"tmdb": "1412"}
    solaris = titles["Solaris"]
    assert len(solaris["copies"]) == 4
    assert any(copy.get("signed") for copy in solaris["copies"])
    assert solaris["my_rating"] == 9.5
    assert len(solaris["notes"]) == 2
    found = (await second.client.get("/api/v1/titles?year_from=1999&year_to=1999")).json()["items"]
    page = (await second.client.get(f"/api/v1/titles/{found[0]['id']}")).json()
    assert {credit["person"]["name"] for credit in page["credits"]} >= {
        "Lang; Fritz",
        "Mary (writer)",
        "Back\\slash \\; Band",
    }
    assert {tag["name"] for tag in page["tags"]} == {"@home", "'quoted'", "a;b\\;c"}
    assert page["external_ids"] == {"imdb": "tt0133093", "tmdb": "603", "house_id": "A; 1"}


async def test_long_collections_are_sent_in_stretches(
    house: House, database: Database, settings: Settings
) -> None:
    """More than two stretches, with one name on a hundred works across a border."""
    first, second = await house.member(), await house.member()
    lines = [f"movie,Film {number:04},{1900 + number % 100},,,,\n" for number in range(2100)]
    lines += [f"movie,Film 0949 b,1950,tt{number:07},,,\n" for number in range(1, 101)]
    header = "kind,title,year,imdb_id,tags,format,notes\n"
    content = (header + "".join(reversed(lines))).encode()
    done = await bring_in(database, settings, first, content)
    assert done["summary"]["created"] == 2200, done
    for source, path in (("csv", "library.csv"), ("json", "library.json")):
        written = await export(first, path)
        there = second if source == "csv" else await house.member()
        done = await bring_in(database, settings, there, written, source=source)
        assert done["summary"]["created"] == 2200, done
        assert await export(there, path) == written
    titles = [one["title"] for one in json.loads(written)["titles"]]
    assert titles == sorted(titles)
    assert len(titles) == 2200


async def test_filters_narrow_the_export(
    house: House, database: Database, settings: Settings
) -> None:
    owner = await house.member()
    await furnish(database, settings, owner)
    rows = rows_of(await export(owner, "library.csv?library=cellar-b"))
    assert [row["format"] for row in rows if row["format"]] == ["dvd", "uhd"]
    assert {row["title"] for row in rows} == {"Solaris"}
    rows = rows_of(await export(owner, "library.csv?kind=album&kind=book"))
    assert {row["kind"] for row in rows} == {"album", "book"}
    document = json.loads(await export(owner, "library.json?library=attic&kind=other"))
    assert [one["title"] for one in document["titles"]] == ["Nothing but a name"]
    refused = await owner.client.get("/api/v1/exports/library.csv?library=nowhere")
    assert refused.status_code == 404
    assert refused.json()["error"]["code"] == "no_such_library"
    unknown = await owner.client.get("/api/v1/exports/library.csv?libary=attic")
    assert unknown.json()["error"]["code"] == "unknown_parameter"


async def test_opinions_are_ones_own(house: House, database: Database, settings: Settings) -> None:
    owner = await house.member()
    await furnish(database, settings, owner)
    member = await house.member(owner.space, role="member")
    for path in ("library.csv", "library.json"):
        text = (await export(member, path)).decode()
        assert "Another" not in text
        assert "素晴らしい" not in text
        assert "9.5" not in text
        assert "wanted" not in text
    viewer = await house.member(owner.space, role="viewer")
    for path in ("library.csv", "library.json"):
        assert (await viewer.client.get(f"/api/v1/exports/{path}")).status_code == 403
    stranger = await house.member()
    assert rows_of(await export(stranger, "library.csv")) == []
    assert json.loads(await export(stranger, "library.json"))["titles"] == []
