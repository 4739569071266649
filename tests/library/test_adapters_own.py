"""Our own CSV: what its cells mean."""

from __future__ import annotations

import csv
import io
import time
from datetime import date
from typing import TYPE_CHECKING

import pytest

from mediatheque.areas.exchange.schemas.sources import SourceError, SourceOptions
from mediatheque.areas.library.adapters.own.columns import COLUMNS, guard, template, unguard
from mediatheque.areas.library.adapters.vocabulary.words import KINDS
from mediatheque.areas.library.adapters.writers import write_csv
from mediatheque.areas.library.schemas.rows import (
    CopyRow,
    CreditRow,
    ItemRow,
    MarkRow,
)
from mediatheque.kit.identifiers import read_barcode
from tests.library.exports import detected, read, source, written

if TYPE_CHECKING:
    from pathlib import Path


def one(folder: Path, text: str, options: SourceOptions | None = None) -> ItemRow:
    items, failures = read(written(folder, "own.csv", text), "csv", options)
    assert failures == []
    return items[0]


def problems(item: ItemRow) -> set[tuple[str, str]]:
    return {(problem.code, problem.field) for problem in item.problems}


def test_the_template_reads_without_a_complaint(tmp_path: Path) -> None:
    file = written(tmp_path, "template.csv", template())
    assert detected(file) == ("csv", 1.0)
    items, failures = read(file, "csv")
    assert failures == []
    assert [item.kind for item in items] == list(KINDS)
    assert all(item.problems == [] for item in items)
    film = items[0]
    assert film.credits == [
        CreditRow("Fritz Lang", "director"),
        CreditRow("Thea von Harbou", "writer"),
        CreditRow("Brigitte Helm", "actor", "Maria"),
        CreditRow("Alfred Abel", "actor", "Joh Fredersen"),
    ]
    assert film.external_ids == {"imdb": "tt0017136", "tmdb": "19"}
    assert film.copies == [
        CopyRow(
            "bluray",
            resolution="full_hd",
            edition="Restored",
            region="B",
            barcode="4012345678901",
            location="Shelf A",
            condition="very_good",
            price_cents=1499,
            currency="EUR",
            bought_on=date(2023, 11, 20),
            loaned_to="Ada",
            notes="Slipcase is torn",
        )
    ]
    assert film.marks == [MarkRow("finished", date(2024, 2, 3))]
    assert (film.rating, film.my_rating, film.runtime_minutes) == (8.3, 9.0, 153)
    assert (items[1].season, items[1].episode) == (1, 2)
    assert items[1].marks == [MarkRow("finished")]
    assert items[3].credits == [CreditRow("Mary Shelley", "author")]
    assert items[3].marks == [MarkRow("started", date(2024, 5, 1))]


def test_every_cell_is_kept(tmp_path: Path) -> None:
    item = one(tmp_path, "title,kind,My own column\nAlien,movie,kept\n")
    assert item.raw == {"title": "Alien", "kind": "movie", "My own column": "kept"}


@pytest.mark.parametrize(
    ("cells", "owned"),
    [
        ({}, False),
        ({"notes": "x"}, False),
        ({"currency": "EUR"}, False),
        ({"my_rating": "8", "watched": "yes"}, False),
        ({"format": "dvd"}, True),
        ({"barcode": "4006381333931"}, True),
        ({"location": "Hall"}, True),
        ({"condition": "good"}, True),
        ({"price": "1"}, True),
        ({"bought_on": "2020-01-01"}, True),
        ({"loaned_to": "Ada"}, True),
        ({"edition": "Restored"}, True),
        ({"region": "2"}, True),
        ({"resolution": "hd"}, True),
    ],
)
def test_what_is_owned(tmp_path: Path, cells: dict[str, str], owned: bool) -> None:
    text = io.StringIO()
    writer = csv.DictWriter(text, ["title", *cells])
    writer.writeheader()
    writer.writerow({"title": "X", **cells})
    item = one(tmp_path, text.getvalue())
    assert bool(item.copies) is owned
    if "notes" in cells:
        assert item.notes == ["x"]


def test_kinds_that_are_not_said(tmp_path: Path) -> None:
    text = "title,kind,isbn13,season\nA,,,\nB,,9780141439471,\nC,,,1\nD,Blu-ray film,,\n"
    items, failures = read(written(tmp_path, "x.csv", text), "csv")
    assert [item.kind for item in items] == ["movie", "book", "series"]
    assert [(failure.line, failure.code) for failure in failures] == [(5, "unknown_kind")]
    items, _ = read(written(tmp_path, "x.csv", text), "csv", SourceOptions(default_kind="game"))
    assert items[0].kind == "game"


def test_what_a_cell_cannot_mean_is_left_out_with_a_word(tmp_path: Path) -> None:
    text = (
        "title,year,season,episode,format,resolution,barcode,isbn13,imdb_id,tmdb_id,language,"
        "runtime_minutes,rating,my_rating,watched,condition,price,bought_on,added_on\n"
        "X,soon,one,two,Betamax,8k,4006381333932,9.78031E+12,nm1,abc,Klingonese,long,eleven,12,"
        "maybe,so so,free,03/04/2020,yesterday\n"
        "Y,1999,1,2,dvd,sd,4006381333931,9780141439471,tt0017136,19,English,90,8,8.5,no,good,1.5,"
        "2020-01-02,2020-01-03\n"
    )
    items, failures = read(written(tmp_path, "x.csv", text), "csv")
    assert failures == []
    assert problems(items[0]) == {
        ("bad_year", "year"),
        ("bad_number", "season"),
        ("bad_number", "episode"),
        ("unknown_format", "format"),
        ("unknown_resolution", "resolution"),
        ("bad_barcode", "barcode"),
        ("damaged_barcode", "isbn13"),
        ("bad_id", "imdb_id"),
        ("bad_id", "tmdb_id"),
        ("unknown_language", "language"),
        ("bad_number", "runtime_minutes"),
        ("bad_rating", "rating"),
        ("bad_rating", "my_rating"),
        ("bad_mark", "watched"),
        ("unknown_condition", "condition"),
        ("bad_price", "price"),
        ("bad_date", "bought_on"),
        ("bad_date", "added_on"),
    }
    assert items[0].external_ids == {}
    assert items[0].copies == [CopyRow("other")]
    assert items[1].problems == []
    assert items[1].languages == ["en"]
    assert items[1].marks == []


def test_damaged_barcodes_are_never_kept(tmp_path: Path) -> None:
    text = "title,barcode\nA,9.78031E+12\nB,85392118823.0\nC,85392118823\nD,SHELF-12\n"
    items, _ = read(written(tmp_path, "x.csv", text), "csv")
    assert [item.copies[0].barcode for item in items] == [None, None, None, "SHELF12"]
    assert [problems(item) for item in items] == [
        {("damaged_barcode", "barcode")},
        {("damaged_barcode", "barcode")},
        {("bad_barcode", "barcode")},
        set(),
    ]
    assert "leading zero" in items[2].problems[0].message


def test_currencies(tmp_path: Path) -> None:
    text = "title,price,currency\nA,12.50,eur\nB,1200,JPY\nC,9.99,\nD,€5,\n"
    items, _ = read(written(tmp_path, "x.csv", text), "csv", SourceOptions(default_currency="CHF"))
    assert [(item.copies[0].price_cents, item.copies[0].currency) for item in items] == [
        (1250, "EUR"),
        (1200, "JPY"),
        (999, "CHF"),
        (500, "EUR"),
    ]


@pytest.mark.parametrize(
    "text",
    ["=SUM(A1)", "+1", "-30-", "@home", "'tis", "'-quoted", "''=", "\tx", "plain", "", "'"],
)
def test_formulas_are_guarded_without_loss(text: str) -> None:
    assert unguard(guard(text)) == text
    assert not guard(text).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_columns_in_any_order_case_and_delimiter(tmp_path: Path) -> None:
    item = one(tmp_path, "Original Title;TITLE;Tmdb-ID;My_Rating\nOrig;Title;603;7,5\n")
    assert (item.original_title, item.title) == ("Orig", "Title")
    assert (item.external_ids, item.my_rating) == ({"tmdb": "603"}, 7.5)


def test_spreadsheet_protection_and_blanks(tmp_path: Path) -> None:
    item = one(tmp_path, 'title,isbn13,tags\n  Emma  ,"=""9780141439587""", a ;  b c ;;\n')
    assert (item.title, item.external_ids) == ("Emma", {"isbn13": "9780141439587"})
    assert item.tags == ["a", "b c"]


def test_isbn_becomes_isbn_13_and_barcodes_one_form(tmp_path: Path) -> None:
    item = one(tmp_path, "title,isbn13,barcode\nX,0-14-143947-5,0085392118823\n")
    assert item.external_ids == {"isbn13": "9780141439471"}
    assert item.copies[0].barcode == read_barcode("0085392118823") == "085392118823"


def test_not_a_table_of_ours(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as refused:
        read(written(tmp_path, "x.csv", "a,b\n1,2\n"), "csv")
    assert (refused.value.code, refused.value.line) == ("not_this_format", 1)
    assert "title" in refused.value.message


def test_speed(tmp_path: Path) -> None:
    """A floor far below what it does, so that a slow machine passes and a loop per cell fails."""
    row = next(csv.reader([template().splitlines()[1]]))
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for number in range(10_000):
        row[1] = f"Title {number}"
        writer.writerow(row)
    file = written(tmp_path, "x.csv", text.getvalue())
    started = time.process_time()
    assert sum(1 for _ in source("csv").rows(file, SourceOptions())) == 10_000
    assert time.process_time() - started < 10_000 / 8_000


def test_the_byte_order_mark_is_optional(tmp_path: Path) -> None:
    data = b"".join(write_csv([ItemRow(0, "movie", "Häxan")], bom=True))
    assert data.startswith(b"\xef\xbb\xbfkind,")
    assert one(tmp_path, data.decode("utf-8")).title == "Häxan"
