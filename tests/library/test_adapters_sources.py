"""Every source over exports of real shape."""

from __future__ import annotations

import zipfile
from datetime import date
from typing import TYPE_CHECKING

import pytest

from mediatheque.areas.exchange.schemas.sources import SourceFile, SourceOptions
from mediatheque.areas.library.schemas.rows import (
    CopyRow,
    CreditRow,
    MarkRow,
)
from tests.library.exports import (
    detected,
    fixture,
    packed,
    read,
    source,
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
