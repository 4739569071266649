"""Tables that are nobody's: what is suggested for their columns, and what they then say."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from mediatheque.areas.exchange.schemas.sources import SourceError, SourceFile, SourceOptions
from mediatheque.areas.library.adapters import detect_file
from mediatheque.areas.library.adapters.mapped import TARGETS, suggest_mapping
from mediatheque.areas.library.adapters.mapped.source import people
from mediatheque.areas.library.adapters.mapped.targets import ALIASES
from mediatheque.areas.library.schemas.rows import CreditRow, MarkRow
from tests.library.exports import fixture, read, written

if TYPE_CHECKING:
    from pathlib import Path


def suggested(header: list[str], rows: list[list[str]] | None = None) -> dict[str, str]:
    found = suggest_mapping(header, rows or [])
    assert [name for name, _, _ in found] == header
    assert all(0 <= confidence <= 1 for _, _, confidence in found)
    return {name: target for name, target, _ in found if target}


@pytest.mark.parametrize(
    ("header", "targets"),
    [
        (["Title", "Year", "Director", "Format"], ["title", "year", "director", "format"]),
        (["Titel", "Jahr", "Regie", "Laufzeit"], ["title", "year", "director", "runtime_minutes"]),
        (["Titre", "Année", "Réalisateur", "Durée"],
         ["title", "year", "director", "runtime_minutes"]),
        (["Título", "Año", "Autor", "Páginas"], ["title", "year", "author", "pages"]),
        (["Titolo", "Anno", "Regista", "Lingua"], ["title", "year", "director", "languages"]),
        (["Book Title", "Author(s)", "ISBN-13", "Purchase Price"],
         ["title", "author", "isbn", "price"]),
        (["Movie Title", "IMDb ID", "UPC", "Loaned To"],
         ["title", "imdb_id", "barcode", "loaned_to"]),
    ],
)  # fmt: skip
def test_names_in_several_languages(header: list[str], targets: list[str]) -> None:
    assert suggested(header) == dict(zip(header, targets, strict=True))


def test_every_alias_means_a_target() -> None:
    names = {name for name, _ in TARGETS}
    assert set(ALIASES.values()) == names
    assert len(names) == len(TARGETS)


def test_content_decides_where_names_say_nothing_or_lie() -> None:
    rows = [
        ["Emma", "9780141439587", "tt0017136", "to-read", "4006381333931", "12"],
        ["Jane Eyre", "0141439475", "tt0013442", "read", "085392118823", "9"],
    ]
    header = ["Title", "Code", "Link", "Shelf", "No.", "Stars"]
    assert suggested(header, rows) == {
        "Title": "title",
        "Code": "isbn",
        "Link": "imdb_id",
        "Shelf": "status",
        "No.": "barcode",
        "Stars": "my_rating",
    }
    assert suggested(["Title", "Year"], [["A", "unknown"], ["B", "new"]]) == {"Title": "title"}


def test_a_target_is_given_once_but_lists_may_be_several() -> None:
    assert suggested(["Title", "Name", "Author", "Author 2", "Genre", "Subject"]) == {
        "Title": "title",
        "Author": "author",
        "Author 2": "author",
        "Genre": "genres",
        "Subject": "genres",
    }


def test_longer_names_are_not_taken_for_their_parts() -> None:
    assert suggested(["Title", "Author Role", "Stopped date", "Cover image", "Title sort"]) == {
        "Title": "title",
        "Title sort": "sort_title",
    }


def test_an_unknown_table_with_a_heading_in_german() -> None:
    found = detect_file(fixture("unknown_german.csv"))
    assert found.source == "mapped"
    assert found.score < 0.5
    assert found.header[0] == "Titel"
    assert {column["header"]: column["target"] for column in found.columns} == {
        "Titel": "title",
        "Jahr": "year",
        "Regie": "director",
        "Schauspieler": "actor",
        "Gattung": "genres",
        "Strichcode": "barcode",
        "Standort": "location",
        "Kaufdatum": "bought_on",
        "Preis": "price",
        "Bewertung": "my_rating",
    }
    assert found.columns[0]["samples"] == ["Nosferatu", "Das Cabinet des Dr. Caligari"]
    items, failures = read(fixture("unknown_german.csv"), "mapped")
    assert failures == []
    nosferatu, caligari = items
    assert nosferatu.line == 4
    assert nosferatu.credits == [
        CreditRow("Friedrich Wilhelm Murnau", "director"),
        CreditRow("Max Schreck", "actor"),
        CreditRow("Greta Schröder", "actor"),
    ]
    copy = nosferatu.copies[0]
    assert (copy.barcode, copy.location, copy.price_cents, copy.currency) == (
        "4006381333931",
        "Regal 1",
        1499,
        "EUR",
    )
    assert copy.bought_on == date(2019, 12, 24)
    assert caligari.copies[0].bought_on == date(2020, 4, 3)
    assert caligari.genres == ["Horror", "Stummfilm"]
    assert [nosferatu.my_rating, caligari.my_rating] == [10.0, 6.0]


def test_a_mapping_is_followed(tmp_path: Path) -> None:
    text = "A,B,C,D,E\nEmma,1815,Jane Austen,Hall,9780141439587\n"
    mapping = {"A": "title", "B": "year", "C": "author", "D": "location", "E": "isbn"}
    items, _ = read(written(tmp_path, "x.csv", text), "mapped", SourceOptions(mapping=mapping))
    assert (items[0].title, items[0].year, items[0].kind) == ("Emma", 1815, "book")
    assert items[0].copies[0].location == "Hall"
    assert items[0].external_ids == {"isbn13": "9780141439587"}
    assert items[0].raw == {
        "A": "Emma",
        "B": "1815",
        "C": "Jane Austen",
        "D": "Hall",
        "E": "9780141439587",
    }


def test_a_column_can_be_left_out(tmp_path: Path) -> None:
    file = written(tmp_path, "x.csv", "Title,Location\nEmma,Hall\n")
    items, _ = read(file, "mapped", SourceOptions(mapping={"Title": "title", "Location": ""}))
    assert items[0].copies == []
    assert items[0].raw["Location"] == "Hall"


@pytest.mark.parametrize(
    ("dates", "day"),
    [
        (["03/04/2020", "25/04/2020"], date(2020, 4, 3)),
        (["03/04/2020", "04/25/2020"], date(2020, 3, 4)),
        (["03/04/2020", "2020-01-01"], None),
    ],
)
def test_the_order_of_day_and_month_is_judged_by_the_file(
    tmp_path: Path, dates: list[str], day: date | None
) -> None:
    text = "Title,Date added\n" + "".join(f"T{n},{one}\n" for n, one in enumerate(dates))
    items, _ = read(written(tmp_path, "x.csv", text), "mapped")
    assert items[0].added_on == day
    assert ([problem.code for problem in items[0].problems] == ["bad_date"]) is (day is None)
    options = SourceOptions(extra={"day_first": True})
    items, _ = read(written(tmp_path, "x.csv", text), "mapped", options)
    assert items[0].added_on == date(2020, 4, 3)


@pytest.mark.parametrize(
    ("ratings", "wanted"),
    [
        (["5", "4"], [10, 8]),
        (["9", "4"], [9, 4]),
        (["85", "40"], [8.5, 4]),
        (["0", ""], [None] * 2),
    ],
)
def test_the_scale_of_ratings_is_judged_by_the_file(
    tmp_path: Path, ratings: list[str], wanted: list[float | None]
) -> None:
    text = "Title,My rating\n" + "".join(f"T{n},{one}\n" for n, one in enumerate(ratings))
    items, _ = read(written(tmp_path, "x.csv", text), "mapped")
    assert [item.my_rating for item in items] == wanted


def test_what_was_read_is_not_owned_unless_it_says_so(tmp_path: Path) -> None:
    text = (
        "Title,Author,Format,Status,Copies\n"
        "A,X,paperback,read,\nB,X,paperback,to-read,0\nC,X,paperback,read,2\n"
    )
    file = written(tmp_path, "x.csv", text)
    items, _ = read(file, "mapped")
    assert [len(item.copies) for item in items] == [0, 0, 1]
    assert items[2].copies[0].count == 2
    assert [item.marks for item in items] == [
        [MarkRow("finished")],
        [MarkRow("wanted")],
        [MarkRow("finished")],
    ]
    items, _ = read(file, "mapped", SourceOptions(extra={"owned": True}))
    assert [len(item.copies) for item in items] == [1, 1, 1]
    file = written(tmp_path, "y.csv", "Title,Author,Format\nA,X,Hardback\n")
    assert read(file, "mapped")[0][0].copies[0].format == "hardcover"


def test_kinds_follow_what_a_row_has(tmp_path: Path) -> None:
    text = "Title,Artist,Platform,Author\nA,Trio,,\nB,,SNES,\nC,,,Ada\n"
    file = written(tmp_path, "x.csv", text)
    assert [item.kind for item in read(file, "mapped")[0]] == ["album", "game", "book"]
    items, _ = read(file, "mapped", SourceOptions(default_kind="comic"))
    assert {item.kind for item in items} == {"comic"}


def test_names_of_people() -> None:
    assert people("Lang, Fritz") == ["Fritz Lang"]
    assert people("Fritz Lang, Thea von Harbou") == ["Fritz Lang", "Thea von Harbou"]
    assert people("Lang, Fritz; Harbou, Thea von") == ["Fritz Lang", "Thea von Harbou"]
    assert people("Sammy Davis, Jr.") == ["Sammy Davis, Jr."]
    assert people("Fritz Lang|Thea von Harbou") == ["Fritz Lang", "Thea von Harbou"]


def test_a_table_without_titles_fails_row_by_row(tmp_path: Path) -> None:
    items, failures = read(written(tmp_path, "x.csv", "Work,Shelf\nOL1,read\nOL2,read\n"), "mapped")
    assert items == []
    assert [(failure.line, failure.code) for failure in failures] == [
        (2, "missing_title"),
        (3, "missing_title"),
    ]


def test_no_table_at_all(tmp_path: Path) -> None:
    for content, code in (("", "empty_file"), ("Title,Year\n", "header_only")):
        with pytest.raises(SourceError) as refused:
            read(written(tmp_path, "x.csv", content), "mapped")
        assert refused.value.code == code
    found = detect_file(SourceFile(written(tmp_path, "x.txt", "just some words").path, "x.txt"))
    assert (found.source, found.columns) == (None, ())
