"""Handing files in: formats found out, unknown tables mapped and remembered, refusals."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from tests.exchange.support import bring_in, hand_in, run_jobs

if TYPE_CHECKING:
    from mediatheque.core.settings import Settings
    from mediatheque.kit.db import Database
    from tests.house import House, Member

GOODREADS = (
    "Book Id,Title,Author,Author l-f,Additional Authors,ISBN,ISBN13,My Rating,Average Rating,"
    "Publisher,Binding,Number of Pages,Year Published,Original Publication Year,Date Read,"
    "Date Added,Bookshelves,Bookshelves with positions,Exclusive Shelf,My Review,Spoiler,"
    "Private Notes,Read Count,Owned Copies\n"
    '77,Frankenstein,Mary Shelley,"Shelley, Mary",,"=""""","=""9780141439471""",5,3.9,Penguin,'
    "Paperback,352,2003,1818,2022/01/25,2021/12/01,gothic,gothic (#1),read,,,,1,1\n"
)
UNKNOWN = "Werk;Jahrgang;Regal;Bemerkung\nMetropolis;1927;B2;Restauriert\nFaust;1926;B3;\n"


def zipped(**files: str) -> bytes:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as archive:
        for name, text in files.items():
            archive.writestr(name.replace("__", "/"), text)
    return body.getvalue()


@pytest.fixture
async def owner(house: House) -> Member:
    return await house.member()


async def test_goodreads_is_recognised(
    database: Database, settings: Settings, owner: Member
) -> None:
    done = await bring_in(
        database, settings, owner, GOODREADS.encode(), name="goodreads_library.csv", source="auto"
    )
    assert done["source"] == "goodreads"
    assert done["summary"]["created"] == 1, done
    page = (await owner.client.get("/api/v1/titles/frankenstein-1818")).json()
    assert page["kind"] == "book"
    assert page["my_rating"] == 10
    assert page["editions"][0]["format"] == "paperback"


async def test_letterboxd_zip_is_recognised(
    database: Database, settings: Settings, owner: Member
) -> None:
    body = zipped(
        **{
            "ratings.csv": (
                "Date,Name,Year,Letterboxd URI,Rating\n"
                "2024-01-02,Metropolis,1927,https://boxd.it/1,4.5\n"
            ),
            "watched.csv": (
                "Date,Name,Year,Letterboxd URI\n2024-01-02,Metropolis,1927,https://boxd.it/1\n"
            ),
            "profile.csv": "Date Joined,Username\n2020-01-01,someone\n",
        }
    )
    done = await bring_in(
        database, settings, owner, body, name="letterboxd-someone.zip", source="auto"
    )
    assert done["source"] == "letterboxd"
    assert done["summary"]["created"] == 1, done
    page = (await owner.client.get("/api/v1/titles/metropolis-1927")).json()
    assert page["my_rating"] == 9
    assert page["my_mark"]["status"] == "finished"


async def test_unknown_table_is_mapped_and_remembered(
    database: Database, settings: Settings, owner: Member
) -> None:
    import_id = await hand_in(owner, UNKNOWN.encode(), name="werke.csv", source="auto")
    waiting: dict[str, Any] = (await owner.client.get(f"/api/v1/imports/{import_id}")).json()
    assert waiting["status"] == "needs_mapping"
    columns = waiting["mapping_suggestion"]["columns"]
    assert [column["header"] for column in columns] == ["Werk", "Jahrgang", "Regal", "Bemerkung"]
    assert columns[0]["samples"] == ["Metropolis", "Faust"]
    assert {"title", "year"} <= {one["name"] for one in waiting["mapping_suggestion"]["targets"]}
    refused = await owner.client.put(
        f"/api/v1/imports/{import_id}/mapping", json={"mapping": {"Jahrgang": "year"}}
    )
    assert refused.status_code == 400
    mapped = await owner.client.put(
        f"/api/v1/imports/{import_id}/mapping",
        json={"mapping": {"Werk": "title", "Jahrgang": "year", "Regal": "location"}},
    )
    assert mapped.status_code == 202, mapped.text
    await run_jobs(database, settings, owner)
    done = (await owner.client.get(f"/api/v1/imports/{import_id}")).json()
    assert done["status"] == "succeeded"
    assert done["summary"]["created"] == 2, done
    again = await bring_in(
        database, settings, owner, UNKNOWN.encode(), name="werke.csv", source="auto"
    )
    assert again["status"] == "succeeded"
    assert again["summary"]["created"] == 0, again


async def test_pasted_barcodes(database: Database, settings: Settings, owner: Member) -> None:
    answer = await owner.client.post(
        "/api/v1/imports",
        data={"text": "9780141439471\n4006381333931\n4006381333932\n", "source": "barcodes"},
    )
    assert answer.status_code == 202, answer.text
    await run_jobs(database, settings, owner)
    done = (await owner.client.get(f"/api/v1/imports/{answer.json()['id']}")).json()
    assert done["summary"]["created"] == 2, done
    assert done["summary"]["failed"] == 1
    failed = (await owner.client.get(f"/api/v1/imports/{done['id']}/rows?outcome=failed")).json()[
        "items"
    ]
    assert failed[0]["line"] == 3


@pytest.mark.parametrize(
    ("body", "name", "code"),
    [
        (b"", "empty.csv", "empty_file"),
        (b"title,year\n", "header.csv", "header_only"),
        (b"\x00\x01\x02", "noise.bin", None),
    ],
)
async def test_unreadable_files_say_why(  # noqa: PLR0917  (fixtures and cases)
    database: Database,
    settings: Settings,
    owner: Member,
    body: bytes,
    name: str,
    code: str | None,
) -> None:
    import_id = await hand_in(owner, body, name=name, source="csv")
    await run_jobs(database, settings, owner)
    done = (await owner.client.get(f"/api/v1/imports/{import_id}")).json()
    assert done["status"] == "failed", done
    assert done["error"]["message"]
    if code:
        assert done["error"]["code"] == code


async def test_archive_that_climbs_out_is_refused(owner: Member) -> None:
    answer = await owner.client.post(
        "/api/v1/imports",
        files={"file": ("x.zip", zipped(**{"..__..__evil.csv": "a,b\n1,2\n"}), "application/zip")},
        data={"source": "auto"},
    )
    assert answer.status_code == 400, answer.text
    assert answer.json()["error"]["details"]["code"] == "archive_path_escape"


async def test_unknown_source_and_nothing(owner: Member) -> None:
    answer = await owner.client.post(
        "/api/v1/imports", files={"file": ("x.csv", b"a,b\n", "text/csv")}, data={"source": "nope"}
    )
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == "unknown_source"
    answer = await owner.client.post("/api/v1/imports", data={"source": "csv"})
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == "empty_upload"


async def test_viewers_cannot_import(house: House, owner: Member) -> None:
    viewer = await house.member(owner.space, role="viewer")
    answer = await viewer.client.post(
        "/api/v1/imports", files={"file": ("x.csv", b"title\nx\n", "text/csv")}
    )
    assert answer.status_code == 403
