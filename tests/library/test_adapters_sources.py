"""Every source over exports of real shape."""

from __future__ import annotations

import gzip
import plistlib
import zipfile
from datetime import date
from typing import TYPE_CHECKING

import pytest

from mediatheque.areas.exchange.schemas.sources import SourceError, SourceFile, SourceOptions
from mediatheque.areas.library.schemas.rows import (
    CopyRow,
    CreditRow,
    EpisodeRow,
    MarkRow,
    SeasonRow,
)
from tests.library.exports import (
    FIXTURES,
    SHARED,
    detected,
    fixture,
    packed,
    read,
    source,
    written,
)

if TYPE_CHECKING:
    from pathlib import Path

    from mediatheque.areas.library.schemas.rows import ItemRow


def codes(item: ItemRow) -> list[str]:
    return [problem.code for problem in item.problems]


@pytest.mark.parametrize(
    ("name", "wanted", "total"),
    [
        ("goodreads.csv", "goodreads", 4),
        ("goodreads_old.csv", "goodreads", 1),
        ("letterboxd_semicolons.csv", "letterboxd", 1),
        ("letterboxd/diary.csv", "letterboxd", 2),
        ("letterboxd/lists/silent-favourites.csv", "letterboxd", 2),
        ("imdb_ratings.csv", "imdb", 4),
        ("imdb_old_latin1.csv", "imdb", 2),
        ("imdb_watchlist.csv", "imdb", 2),
        ("libib.csv", "libib", 4),
        ("storygraph.csv", "storygraph", 3),
        ("tmdb.csv", "tmdb", 3),
        ("collectz_short.csv", "collectz", 2),
        ("collectz_full.csv", "collectz", 1),
        ("clz_movies.xml", "clz", 3),
        ("clz_books.xml", "clz", 1),
        ("clz_music.xml", "clz", 1),
        ("delicious1.xml", "delicious", None),
        ("delicious3.xml", "delicious", 3),
        ("delicious_text.tsv", "delicious", 1),
        ("myanimelist.xml", "myanimelist", 4),
        ("trakt/watched-history-1.json", "trakt", 2),
        ("titles.json", "json", 3),
        ("barcodes.txt", "barcodes", 11),
        ("unknown_german.csv", "mapped", 4),
    ],
)
def test_the_format_is_found_and_the_rows_are_counted(
    name: str, wanted: str, total: int | None
) -> None:
    file = fixture(name)
    found, score = detected(file)
    assert found == wanted
    assert score >= (0.25 if wanted == "mapped" else 0.6)
    assert source(wanted).total(file) == total


def test_zips_are_told_apart(tmp_path: Path) -> None:
    for of, below in (("letterboxd", ""), ("letterboxd", "letterboxd-ada/"), ("trakt", "")):
        assert detected(packed(tmp_path, of, below))[0] == of


def test_goodreads() -> None:
    items, failures = read(fixture("goodreads.csv"), "goodreads")
    assert failures == []
    frankenstein, moonstone, odyssey, walden = items
    assert frankenstein.key == "101"
    assert frankenstein.external_ids == {"isbn13": "9780141439471", "goodreads": "101"}
    assert (frankenstein.year, frankenstein.my_rating, frankenstein.rating) == (1818, 10.0, 7.8)
    assert frankenstein.marks == [MarkRow("finished", date(2022, 1, 25))]
    assert frankenstein.review == "Cold, vast\nand sad."
    assert frankenstein.notes == ["Lend to Ada"]
    assert frankenstein.tags == ["gothic", "favourites"]
    assert frankenstein.added_on == date(2021, 12, 1)
    assert frankenstein.details == {"pages": 288, "publisher": "Penguin"}
    assert frankenstein.copies == [
        CopyRow("paperback", barcode="9780141439471", publisher="Penguin")
    ]
    assert moonstone.title == "The Moonstone"
    assert moonstone.details == {"series_name": "Sergeant Cuff", "series_position": 1.0}
    assert moonstone.credits == [
        CreditRow("Wilkie Collins", "author"),
        CreditRow("Ada Frick", "author"),
        CreditRow("Emil Veidt", "author"),
    ]
    assert moonstone.marks == [MarkRow("wanted")]
    assert (moonstone.my_rating, moonstone.copies, moonstone.tags) == (None, [], [])
    assert (odyssey.year, odyssey.marks) == (-700, [MarkRow("started")])
    assert codes(walden) == ["damaged_barcode"]
    assert "isbn13" not in walden.external_ids
    assert walden.tags == ["abandoned"]
    assert walden.copies[0].count == 2
    assert walden.raw["ISBN13"] == '="9.78031E+12"'


def test_goodreads_of_old_lacks_columns() -> None:
    items, _ = read(fixture("goodreads_old.csv"), "goodreads")
    assert items[0].external_ids["isbn13"] == "9780141439587"
    assert items[0].marks == [MarkRow("finished")]


@pytest.mark.parametrize("below", ["", "letterboxd-ada-2024/"])
def test_letterboxd_zip(tmp_path: Path, below: str) -> None:
    items, failures = read(packed(tmp_path, "letterboxd", below), "letterboxd")
    assert failures == []
    films = {item.title: item for item in items}
    assert set(films) == {
        "Metropolis",
        "Nosferatu, a Symphony of Horror",
        "Safety Last!",
        "Häxan",
        "The General",
    }
    metropolis = films["Metropolis"]
    assert metropolis.marks == [
        MarkRow("finished", date(2023, 1, 1)),
        MarkRow("finished", date(2024, 5, 5)),
    ]
    assert metropolis.my_rating == 10.0
    assert metropolis.review == 'Machines, stairs,\nand a "heart" between them.'
    assert metropolis.tags == ["silent", "cinema", "home", "Silent favourites"]
    assert metropolis.notes == ["The restored one"]
    assert metropolis.added_on == date(2022, 12, 31)
    assert metropolis.external_ids == {}
    assert metropolis.copies == []
    assert set(metropolis.raw) == {"diary", "list", "ratings", "reviews", "watched"}
    assert films["Safety Last!"].my_rating == 1.0
    assert films["Safety Last!"].tags == ["liked"]
    assert films["Safety Last!"].marks == [MarkRow("finished")]
    assert films["The General"].marks == [MarkRow("wanted", date(2024, 1, 1))]
    assert films["Häxan"].marks == []


def test_letterboxd_single_files() -> None:
    items, _ = read(fixture("letterboxd_semicolons.csv"), "letterboxd")
    assert (items[0].title, items[0].my_rating) == ("Safety Last!", 9.0)
    items, _ = read(fixture("letterboxd/lists/silent-favourites.csv"), "letterboxd")
    assert [item.tags for item in items] == [["Silent favourites"], ["Silent favourites"]]
    assert [item.line for item in items] == [7, 8]


def test_letterboxd_damage_inside_the_zip_is_told_with_its_file(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("watched.csv", 'Date,Name,Year,Letterboxd URI\n1,"open,1\n2,Ran,1985,x\n')
        archive.writestr("ratings.csv", "no table")
        archive.writestr("diary.csv", "")
    items, failures = read(SourceFile(path, "x.zip"), "letterboxd")
    assert [item.title for item in items] == ["Ran"]
    assert [(failure.code, failure.line) for failure in failures] == [
        ("unbalanced_quote", 2),
        ("not_this_format", 1),
    ]
    assert failures[0].message.startswith("watched.csv: ")


def test_imdb_ratings() -> None:
    items, _ = read(fixture("imdb_ratings.csv"), "imdb")
    film, series, episode, game = items
    assert (film.key, film.kind, film.year, film.my_rating) == ("tt0017136", "movie", 1927, 9.0)
    assert film.external_ids == {"imdb": "tt0017136"}
    assert film.original_title is None
    assert film.genres == ["Drama", "Sci-Fi"]
    assert film.released_on == date(1927, 2, 6)
    assert film.marks == [MarkRow("finished")]
    assert film.copies == []
    assert (series.kind, game.kind) == ("series", "game")
    assert episode.title == "The Twilight Zone"
    assert episode.episode_title == "Walking Distance"
    assert episode.external_ids == {}
    assert (episode.year, episode.my_rating) == (None, None)
    assert episode.notes == ["Episode “Walking Distance” rated 10 of 10 on 2020-02-05 (tt0734684)"]
    assert codes(episode) == ["episode_unnumbered"]


def test_imdb_of_2016_in_latin_1() -> None:
    items, _ = read(fixture("imdb_old_latin1.csv"), "imdb")
    assert items[0].my_rating == 8.0
    assert items[0].released_on == date(1922, 3, 5)
    assert items[0].added_on == date(2016, 3, 15)
    assert items[0].genres == ["Fantasy", "Horror"]
    assert items[1].notes == ["seen with Amélie"]
    assert items[1].credits[1] == CreditRow("Sam Taylor", "director")


def test_imdb_watchlist() -> None:
    items, _ = read(fixture("imdb_watchlist.csv"), "imdb")
    assert [item.kind for item in items] == ["movie", "series"]
    assert items[0].marks == [MarkRow("wanted", date(2021, 5, 5))]
    assert items[1].notes == ["for winter"]


def test_libib() -> None:
    options = SourceOptions(default_currency="EUR")
    items, _ = read(fixture("libib.csv"), "libib", options)
    book, film, album, game = items
    assert [item.kind for item in items] == ["book", "movie", "album", "game"]
    assert book.external_ids == {"isbn13": "9780141439976"}
    assert book.details == {"pages": 128, "publisher": "Penguin"}
    assert book.my_rating == 9.0
    assert book.marks == [MarkRow("finished", date(2020, 12, 24))]
    assert book.tags == ["time", "classic", "Science fiction"]
    copy = book.copies[0]
    assert (copy.price_cents, copy.currency, copy.count) == (899, "EUR", 2)
    assert (copy.library, copy.notes, copy.barcode) == ("Novels", "Cover torn", "9780141439976")
    assert film.runtime_minutes == 68
    assert CreditRow("Jackie Coogan", "actor") in film.credits
    assert album.credits == [CreditRow("Glenn Gould", "artist")]
    assert game.details["players_max"] == 2
    assert game.marks == [MarkRow("started", date(2020, 1, 1))]
    items, _ = read(fixture("libib.csv"), "libib", SourceOptions(default_format="hardcover"))
    assert items[0].copies[0].format == "hardcover"
    assert items[0].copies[0].currency is None


def test_storygraph() -> None:
    items, _ = read(fixture("storygraph.csv"), "storygraph")
    jane, awakening, dracula = items
    assert jane.external_ids == {"isbn13": "9780141441146"}
    assert jane.credits == [
        CreditRow("Charlotte Brontë", "author"),
        CreditRow("Emil Veidt", "narrator"),
        CreditRow("Ada Frick", "translator"),
    ]
    assert jane.marks == [
        MarkRow("finished", date(2021, 6, 20)),
        MarkRow("finished", date(2023, 3, 9)),
    ]
    assert jane.my_rating == 9.5
    assert jane.review == "Reader, I"
    assert jane.moods == ["dark", "emotional"]
    assert jane.copies[0].format == "audiobook"
    assert (awakening.marks, awakening.copies) == ([MarkRow("wanted")], [])
    assert awakening.key == "b7c4f3de-0000-4000-8000-000000000001"
    assert dracula.external_ids == {"isbn13": "9780141439846"}
    assert dracula.marks == [MarkRow("started", date(2021, 7, 1))]
    assert dracula.tags == ["did-not-finish"]


def test_tmdb() -> None:
    items, _ = read(fixture("tmdb.csv"), "tmdb")
    film, series, episode = items
    assert film.external_ids == {"tmdb": "19", "imdb": "tt0017136"}
    assert film.released_on == date(1927, 2, 6)
    assert film.my_rating == 9.0
    assert (series.kind, series.marks) == ("series", [])
    assert (episode.season, episode.episode, episode.external_ids) == (1, 5, {})
    assert len({item.key for item in items}) == 3


def test_collectz() -> None:
    items, _ = read(fixture("collectz_short.csv"), "collectz")
    phantom, dracula = items
    assert [copy.format for copy in phantom.copies] == ["bluray", "dvd", "vhs"]
    assert [copy.barcode for copy in phantom.copies] == ["085392118823", None, None]
    assert phantom.copies[2].notes == "Two lines\nof notes"
    assert phantom.credits[1:] == [
        CreditRow("Lon Chaney", "actor"),
        CreditRow("Mary Philbin", "actor"),
    ]
    assert dracula.copies[0].signed
    assert dracula.external_ids == {"isbn13": "9780141439846"}
    items, _ = read(fixture("collectz_full.csv"), "collectz")
    faust = items[0]
    assert (faust.key, faust.year, faust.languages) == ("77", 1926, ["de"])
    assert faust.external_ids == {"tmdb": "10728", "imdb": "tt0016847"}
    assert [copy.format for copy in faust.copies] == ["dvd", "digital"]
    assert (faust.copies[0].price_cents, faust.copies[0].currency) == (1250, "USD")
    assert faust.synopsis == "A wager,\nand its price."


def test_clz() -> None:
    items, failures = read(fixture("clz_movies.xml"), "clz")
    metropolis, wished = items
    assert [(failure.code, failure.line) for failure in failures] == [("missing_title", 39)]
    assert metropolis.key == "11"
    assert (metropolis.year, metropolis.runtime_minutes) == (1927, 153)
    assert metropolis.external_ids == {"imdb": "tt0017136"}
    assert metropolis.synopsis == "A city & its depths."
    assert metropolis.credits == [
        CreditRow("Fritz Lang", "director"),
        CreditRow("Thea von Harbou", "writer"),
        CreditRow("Brigitte Helm", "actor", "Maria"),
    ]
    assert metropolis.languages == ["de"]
    assert metropolis.my_rating == 9.0
    copy = metropolis.copies[0]
    assert (copy.format, copy.region, copy.condition) == ("bluray", "Region B", "near_mint")
    assert (copy.price_cents, copy.currency, copy.bought_on) == (1999, "EUR", date(2019, 12, 24))
    assert wished.copies == []
    assert wished.marks == [MarkRow("wanted")]
    book = read(fixture("clz_books.xml"), "clz")[0][0]
    assert book.details == {
        "pages": 213,
        "publisher": "Harbour Press",
        "series_name": "Discus",
        "series_position": 3.0,
    }
    assert book.copies[0].format == "paperback"
    assert book.marks == [MarkRow("finished", date(2020, 3, 4))]
    album = read(fixture("clz_music.xml"), "clz")[0][0]
    assert album.details["tracks"] == [
        {"position": "1", "title": "Low Tide", "seconds": 185},
        {"position": "2", "title": "High Tide", "seconds": 3723},
    ]
    assert album.copies[0].condition == "very_good"


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


@pytest.mark.skipif(not SHARED.exists(), reason="the shared files are not here")
@pytest.mark.parametrize(
    ("name", "wanted", "count"),
    [
        ("csv/goodreads_bookwyrm_test.csv", "goodreads", 3),
        ("csv/storygraph.csv", "storygraph", 2),
        ("csv/bookwyrm.csv", "mapped", 3),
        ("csv/calibre.csv", "mapped", 1),
        ("csv/generic.csv", "mapped", 4),
        ("csv/librarything.tsv", "mapped", 3),
        ("csv/openreads-csv-example.csv", "mapped", 4),
        ("delicious/delicious1_sample_export.tsv.txt", "delicious", 163),
    ],
)
def test_real_files(name: str, wanted: str, count: int) -> None:
    path = SHARED / name
    file = SourceFile(path, path.name)
    assert detected(file)[0] == wanted
    items, failures = read(file, wanted)
    assert (len(items), failures) == (count, [])
    assert all(item.kind == "book" for item in items) or wanted == "delicious"
    assert source(wanted).total(file) == count


@pytest.mark.skipif(not SHARED.exists(), reason="the shared files are not here")
def test_odd_real_tables_end_in_rows_or_a_refusal() -> None:
    outcomes = {
        path.name: _outcome(SourceFile(path, path.name))
        for path in (SHARED / "csv" / "univocity").iterdir()
    }
    assert len(outcomes) == 18
    assert {outcome for outcome in outcomes.values() if isinstance(outcome, str)} <= {"header_only"}
    assert outcomes["issues__github_194__uk-500.csv"] == 500


def _outcome(file: SourceFile) -> int | str:
    try:
        items, failures = read(file, "mapped")
    except SourceError as refused:
        return refused.code
    return len(items) + len(failures)
