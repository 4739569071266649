"""Sources that are documents and lists: Delicious Library, Trakt, MyAnimeList, JSON, bar codes."""

from __future__ import annotations

import gzip
import plistlib
from datetime import date
from typing import TYPE_CHECKING

import pytest

from mediatheque.areas.exchange.schemas.sources import SourceError, SourceOptions
from mediatheque.areas.library.schemas.rows import (
    CopyRow,
    CreditRow,
    EpisodeRow,
    MarkRow,
    SeasonRow,
)
from tests.library.exports import (
    FIXTURES,
    detected,
    fixture,
    packed,
    read,
    source,
    written,
)

if TYPE_CHECKING:
    from pathlib import Path


def test_delicious_1() -> None:
    items, failures = read(fixture("delicious1.xml"), "delicious")
    assert [item.title for item in items] == [
        "Moby-Dick",
        "The Gold Rush",
        "Low Tide",
        "Pier Racer",
    ]
    assert [failure.code for failure in failures] == ["missing_title"]
    book, film, album, game = items
    assert book.key == "B1"
    assert book.tags == ["Bedroom", "Lent"]
    assert film.tags == ["Bedroom"]
    assert book.synopsis == "A whale, a café and “quotes”.\nSecond line."
    assert book.external_ids["isbn13"] == "9780142437247"
    assert book.details["pages"] == 654
    assert book.released_on == date(2003, 3, 1)
    assert (book.copies[0].price_cents, book.copies[0].currency) == (1200, "USD")
    assert book.copies[0].bought_on == date(2006, 2, 5)
    assert (book.rating, book.my_rating, book.added_on) == (9.0, 10.0, date(2006, 2, 6))
    assert film.copies[0].barcode == "085392118823"
    assert film.copies[0].currency == "GBP"
    assert CreditRow("Georgia Hale", "actor") in film.credits
    assert album.details["tracks"][1] == {"position": "2", "title": "High Tide"}
    assert (game.copies[0].format, game.details["platforms"]) == ("disc", ["PlayStation2"])


def test_delicious_3_and_2() -> None:
    items, _ = read(fixture("delicious3.xml"), "delicious")
    book, film, thing = items
    assert [credit.name for credit in book.credits] == ["George Eliot", "Ada Frick"]
    assert book.genres == ["Novel", "Victorian"]
    assert book.external_ids == {"isbn13": "9780141439549"}
    assert (book.year, book.runtime_minutes) == (None, None)
    assert book.marks == [MarkRow("finished")]
    copy = book.copies[0]
    assert (copy.format, copy.condition, copy.location) == ("hardcover", "very_good", "Hall")
    assert copy.bought_on == date(2012, 3, 4)
    assert film.credits == [CreditRow("Buster Keaton Roscoe Arbuckle", "director")]
    assert film.my_rating is None
    assert thing.kind == "other"


def test_delicious_as_a_binary_property_list(tmp_path: Path) -> None:
    found = plistlib.loads((FIXTURES / "delicious3.xml").read_bytes())
    found[0]["coverImage"] = b"\x00\x01"
    data = plistlib.dumps(found, fmt=plistlib.FMT_BINARY)
    file = written(tmp_path, "library.plist", data)
    assert detected(file)[0] == "delicious"
    items, _ = read(file, "delicious")
    assert [item.title for item in items] == ["Middlemarch", "Sherlock Jr.", "Projector"]
    assert items[0].raw["coverImage"] == "2 bytes"
    for bad, code in ((data[:60], "plist_damaged"), (plistlib.dumps({}, fmt=plistlib.FMT_BINARY),
                                                     "not_this_format")):  # fmt: skip
        with pytest.raises(SourceError) as refused:
            read(written(tmp_path, "bad.plist", bad), "delicious")
        assert refused.value.code == code


def test_delicious_text() -> None:
    items, _ = read(fixture("delicious_text.tsv"), "delicious")
    assert [credit.name for credit in items[0].credits] == ["Emily Brontë", "Ada Frick"]
    assert items[0].genres == ["Gothic", "Classics"]
    assert items[0].synopsis == "A moor.\nA storm."
    assert items[0].released_on == date(1998, 8, 1)


def test_trakt(tmp_path: Path) -> None:
    items, failures = read(packed(tmp_path, "trakt"), "trakt")
    assert [failure.code for failure in failures] == ["not_a_work"]
    rows = {item.key: item for item in items}
    assert set(rows) == {"movie:12", "movie:13", "show:77:1", "show:77:1:5"}
    film = rows["movie:12"]
    assert film.external_ids == {"imdb": "tt0017136", "tmdb": "19"}
    assert film.my_rating == 9.0
    assert film.marks == [MarkRow("finished", date(2023, 5, 1))]
    assert film.tags == ["silent era"]
    assert film.copies == [CopyRow("bluray", resolution="full_hd")]
    episode = rows["show:77:1:5"]
    assert (episode.kind, episode.title, episode.year) == ("series", "The Twilight Zone", 1959)
    assert (episode.season, episode.episode) == (1, 5)
    assert episode.episode_title == "Walking Distance"
    assert episode.external_ids == {"imdb": "tt0052520", "tmdb": "6357", "tvdb": "73587"}
    assert episode.marks == [
        MarkRow("finished", date(2023, 5, 2)),
        MarkRow("finished", date(2024, 1, 7)),
    ]
    assert (rows["show:77:1"].season, rows["show:77:1"].my_rating) == (1, 8.0)
    assert rows["movie:13"].marks == [MarkRow("wanted", date(2023, 6, 1))]
    assert rows["movie:13"].notes == ["with Ada"]
    assert source("trakt").total(packed(tmp_path, "trakt")) == 5


def test_myanimelist_also_packed(tmp_path: Path) -> None:
    data = gzip.compress((FIXTURES / "myanimelist.xml").read_bytes())
    file = written(tmp_path, "animelist.xml.gz", data)
    assert detected(file) == ("myanimelist", 1.0)
    assert source("myanimelist").total(file) == 4
    items, _ = read(file, "myanimelist")
    lights, pier, dock, quay = items
    assert (lights.kind, lights.key, lights.external_ids) == ("series", "anime:41", {"mal": "41"})
    assert lights.seasons == [SeasonRow(1, expected_episodes=26)]
    assert lights.marks == [
        MarkRow("started", date(2019, 1, 2)),
        MarkRow("finished", date(2019, 3, 4)),
    ]
    assert (pier.kind, pier.marks, pier.my_rating) == ("movie", [MarkRow("wanted")], None)
    assert (dock.marks, dock.tags) == ([MarkRow("started")], ["dropped"])
    assert (quay.kind, quay.external_ids) == ("comic", {})


def test_json() -> None:
    items, failures = read(fixture("titles.json"), "json")
    series, book = items
    assert [(failure.code, failure.line) for failure in failures] == [("missing_title", 3)]
    assert series.external_ids == {"imdb": "tt1234567", "tmdb": "99"}
    assert series.credits == [
        CreditRow("Ada Frick", "actor"),
        CreditRow("Emil Veidt", "actor", "The host"),
        CreditRow("Lotte Helm", "director"),
    ]
    assert series.seasons[0] == SeasonRow(0, "Specials", None, [EpisodeRow(0, 1, "Before")])
    assert series.seasons[1].episodes == [
        EpisodeRow(1, 1, "One", date(1958, 1, 5), 25, "It begins."),
        EpisodeRow(1, 2, "Two"),
    ]
    assert book.copies == [
        CopyRow("paperback", price_cents=750, currency="EUR", condition="good", library="Hall")
    ]
    assert book.raw["unknown_field"] == {"kept": True}


def test_json_says_what_it_leaves_out(tmp_path: Path) -> None:
    title = (
        '{"title": "X", "kind": "movie", "year": "soon", "copies": [{"format": "Betamax", '
        '"condition": "so so", "price": "free"}, 7], "external_ids": {"imdb": "nm1"}, '
        '"released_on": 5, "my_rating": 11, "seasons": {"a": 1}, "genres": 3}'
    )
    items, _ = read(written(tmp_path, "x.jsonl", title + "\n" + title), "json")
    assert len(items) == 2
    assert {problem.field for problem in items[0].problems} == {
        "year", "released_on", "my_rating", "genres", "imdb", "format", "condition", "price",
        "copies", "seasons",
    }  # fmt: skip
    assert items[0].copies == [CopyRow("other")]
    assert (items[0].year, items[0].my_rating, items[0].external_ids) == (None, None, {})
    _, failures = read(written(tmp_path, "y.json", '[1, {"title": "Y", "kind": "car"}]'), "json")
    assert [failure.code for failure in failures] == ["not_a_title", "unknown_kind"]


def test_barcodes() -> None:
    items, failures = read(fixture("barcodes.txt"), "barcodes")
    assert [(item.title, item.kind, item.copies[0].format) for item in items] == [
        ("Barcode 9780141439471", "book", "hardcover"),
        ("Barcode 9780141439471", "book", "other"),
        ("Barcode 085392118823", "movie", "dvd"),
        ("Barcode 4006381333931", "movie", "other"),
        ("Barcode 4006381333931", "movie", "laserdisc"),
    ]
    assert [item.line for item in items] == [2, 3, 4, 5, 10]
    assert items[0].external_ids == {"isbn13": "9780141439471"}
    assert items[2].external_ids == {"upc": "085392118823"}
    assert items[2].copies[0].barcode == "085392118823"
    assert all(item.details == {"lookup": "barcode"} for item in items)
    assert [(failure.line, failure.code) for failure in failures] == [
        (6, "bad_barcode"),
        (7, "damaged_barcode"),
        (9, "damaged_barcode"),
        (11, "bad_barcode"),
    ]
    options = SourceOptions(default_format="vinyl", default_kind="album")
    item = read(fixture("barcodes.txt"), "barcodes", options)[0][3]
    assert (item.kind, item.copies[0].format) == ("album", "vinyl")
