"""Dirty input at the level of sources: good rows go in, the others say where and what to do."""

from __future__ import annotations

import asyncio
import csv
import gc
import gzip
import io
import tracemalloc
import zipfile
from itertools import islice
from typing import TYPE_CHECKING

import pytest

from mediatheque.areas.exchange.schemas.samples import Sample
from mediatheque.areas.exchange.schemas.sources import SourceError, SourceFile, SourceOptions
from mediatheque.areas.library.adapters import SOURCES, detect_file, detect_source
from mediatheque.areas.library.schemas.rows import ItemRow
from tests.library.exports import FIXTURES, detected, fixture, packed, read, source, written

if TYPE_CHECKING:
    from pathlib import Path

GOODREADS = (FIXTURES / "goodreads.csv").read_text()
TITLES = ["Frankenstein", "The Moonstone", "The Odyssey", "Walden"]
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)


def titles(file: SourceFile, name: str = "goodreads") -> list[str]:
    return [item.title for item in read(file, name)[0]]


def refusal(file: SourceFile, name: str = "goodreads") -> tuple[str, int | None]:
    with pytest.raises(SourceError) as refused:
        list(source(name).rows(file, SourceOptions()))
    assert refused.value.message
    return refused.value.code, refused.value.line


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1"]
)
def test_encodings(tmp_path: Path, encoding: str) -> None:
    text = GOODREADS.replace("Wilkie Collins", "Wïlkie Çollins")
    file = written(tmp_path, "x.csv", text.encode(encoding))
    assert detected(file)[0] == "goodreads"
    items, _ = read(file, "goodreads")
    assert [item.title for item in items] == TITLES
    assert items[1].credits[0].name == "Wïlkie Çollins"
    assert source("goodreads").total(file) == 4


@pytest.mark.parametrize("delimiter", [";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_saved_again_by_a_spreadsheet(tmp_path: Path, delimiter: str, end: str) -> None:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator=end)
    writer.writerows(csv.reader(io.StringIO(GOODREADS)))
    file = written(tmp_path, "x.csv", text.getvalue())
    assert detected(file)[0] == "goodreads"
    assert titles(file) == TITLES


def test_columns_are_found_by_name_not_by_place(tmp_path: Path) -> None:
    text = "Extra,TITLE,author,exclusive shelf,Book Id\nx,Emma,Jane Austen,read,7\n"
    items, _ = read(written(tmp_path, "x.csv", text), "goodreads")
    assert (items[0].title, items[0].key, items[0].raw["Extra"]) == ("Emma", "7", "x")


def test_one_bad_row_of_each_sort_and_the_good_ones_go_in(tmp_path: Path) -> None:
    data = (
        b"Book Id,Title,Author,ISBN13\n"
        b"1,Good one,Ada,9780141439587\n"
        b"2,Short\n"
        b"3,Long,Ada,9780141439587,,\n"
        b"4,Too, long,Ada,9780141439587\n"
        b"5,N\x00UL,Ada,\n"
        b"6,Broken \xe9 letter \xc3\xa9,Ada,\n"
        b'7,"Two\nlines",Ada,\n'
        b"8,,Ada,\n"
        b"9,Damaged,Ada,9.78031E+12\n"
        b'10,"Protected",Ada,"=""9780141439587"""\n'
        b",,,\n"
        b"\n"
        b'12,"Never closed,Ada,\n'
        b"13,Last,Ada,"
    )
    items, failures = read(written(tmp_path, "x.csv", data), "goodreads")
    assert [(item.line, item.title) for item in items] == [
        (2, "Good one"),
        (3, "Short"),
        (4, "Long"),
        (6, "NUL"),
        (7, "Broken é letter é"),
        (8, "Two\nlines"),
        (11, "Damaged"),
        (12, "Protected"),
        (16, "Last"),
    ]
    assert [(failure.line, failure.code) for failure in failures] == [
        (5, "too_many_cells"),
        (10, "missing_title"),
        (15, "unbalanced_quote"),
    ]
    assert all(failure.message.endswith(".") for failure in failures)
    assert [(item.line, problem.code) for item in items for problem in item.problems] == [
        (6, "nul_byte"),
        (7, "bad_encoding"),
        (11, "damaged_barcode"),
    ]
    assert items[-2].external_ids["isbn13"] == "9780141439587"
    assert failures[0].raw["…"] == "9780141439587"


@pytest.mark.parametrize("name", [one.name for one in SOURCES])
def test_an_empty_file_is_refused_by_every_source(tmp_path: Path, name: str) -> None:
    for content in ("", "\n\n"):
        assert refusal(written(tmp_path, "x", content), name)[0] == "empty_file"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("csv", "title,kind\n"),
        ("goodreads", "Book Id,Title,Author\n"),
        ("letterboxd", "Date,Name,Year,Letterboxd URI\n"),
        ("imdb", "Const,Title\n\n\n"),
        ("libib", "item_type,title\n"),
        ("storygraph", "Title,Authors,Read Status\n"),
        ("tmdb", "TMDb ID,Type,Name\n"),
        ("collectz", "title,media_type,format,user_rating\n"),
        ("delicious", "medium\ttitle\tmediacount\tnetrating\n"),
        ("delicious", "<library><items/></library>"),
        ("mapped", "Title,Year\n"),
        ("json", '{"titles": []}'),
        ("barcodes", "Barcode\n"),
    ],
)
def test_a_header_alone_is_told(tmp_path: Path, name: str, content: str) -> None:
    assert refusal(written(tmp_path, "x", content), name)[0] == "header_only"


def test_a_thousand_columns(tmp_path: Path) -> None:
    names = ",".join(f"Column {number}" for number in range(997))
    text = f"Book Id,Title,Author,{names}\n1,Emma,Jane Austen,{','.join('7' * 997)}\n"
    items, _ = read(written(tmp_path, "x.csv", text), "goodreads")
    assert items[0].title == "Emma"
    assert len(items[0].raw) == 1000
    text = "title," + ",".join(f"c{number}" for number in range(2500)) + "\nx\n"
    assert refusal(written(tmp_path, "y.csv", text), "csv") == ("too_many_columns", 1)


@pytest.mark.parametrize("name", [one.name for one in SOURCES])
def test_pictures_are_no_tables(tmp_path: Path, name: str) -> None:
    picture = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40
    code, _ = refusal(written(tmp_path, "x.png", picture), name)
    assert code in {"not_this_format", "xml_damaged", "json_damaged", "header_only"}


def test_spreadsheets_are_told(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        archive.writestr("xl/workbook.xml", "<x/>")
    file = SourceFile(path, "x.xlsx")
    with pytest.raises(SourceError) as refused:
        detect_file(file)
    assert refused.value.code == "spreadsheet"
    assert refusal(file)[0] == "spreadsheet"


@pytest.mark.parametrize("name", ["letterboxd", "trakt", "goodreads", "csv", "json", "clz"])
def test_a_zip_that_leaves_its_folder(tmp_path: Path, name: str) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("watched.csv", "Date,Name,Year,Letterboxd URI\n")
        archive.writestr("../../evil.csv", "x")
    file = SourceFile(path, "x.zip")
    with pytest.raises(SourceError) as refused:
        detect_source(Sample.of(file))
    assert refused.value.code == "archive_path_escape"
    assert refusal(file, name)[0] == "archive_path_escape"


@pytest.mark.parametrize("name", ["letterboxd", "trakt", "goodreads", "csv", "json", "clz"])
def test_a_zip_bomb(tmp_path: Path, name: str) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("watched.csv", b"\0" * (64 << 20))
    assert refusal(SourceFile(path, "x.zip"), name)[0] == "archive_bomb"


def test_a_gzip_bomb(tmp_path: Path) -> None:
    data = gzip.compress(b"<myanimelist>" + (b"<x>" + b" " * (8 << 20) + b"</x>") * 8)
    assert refusal(written(tmp_path, "x.gz", data), "myanimelist")[0] == "archive_bomb"


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("clz", "<movieinfo><movielist><movie><title>&c;</title></movie></movielist></movieinfo>"),
        ("delicious", '<library><items><book title="&c;"/></items></library>'),
        ("delicious", "<plist><array><dict><key>title</key><string>&c;</string></dict></array>"),
        ("myanimelist", "<myanimelist><anime><series_title>&c;</series_title></anime>"),
    ],
)  # fmt: skip
def test_entity_bombs(tmp_path: Path, name: str, body: str) -> None:
    document = f'<?xml version="1.0"?>\n{LAUGHS}\n{body}'
    assert refusal(written(tmp_path, "x.xml", document), name) == ("entity_bomb", 2)
    secret = '<!DOCTYPE x [<!ENTITY c SYSTEM "file:///etc/passwd">]>'
    assert refusal(written(tmp_path, "x.xml", secret + body), name)[0] == "entity_bomb"


def test_rows_before_the_damage_of_a_document_go_in(tmp_path: Path) -> None:
    text = (FIXTURES / "clz_movies.xml").read_text()
    padding = "<!-- " + "x" * 200_000 + " -->"
    cut = text.index("<movie>\n      <id>12")
    file = written(tmp_path, "x.xml", text[:cut] + padding + "<movie><id>12</movie>")
    rows = source("clz").rows(file, SourceOptions())
    first = next(rows)
    assert isinstance(first, ItemRow)
    assert first.title == "Metropolis"
    with pytest.raises(SourceError) as refused:
        next(rows)
    assert refused.value.code == "xml_damaged"
    assert refused.value.line


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("goodreads", "a,b\n1,2\n"),
        ("letterboxd", "a,b\n1,2\n"),
        ("imdb", GOODREADS),
        ("clz", "<library/>"),
        ("delicious", "<html/>"),
        ("myanimelist", "<plist/>"),
        ("json", '{\n "x": 1\n}'),
    ],
)
def test_the_wrong_source_says_so(tmp_path: Path, name: str, content: str) -> None:
    assert refusal(written(tmp_path, "x", content), name)[0] == "not_this_format"


def test_zip_or_single_file_for_every_table(tmp_path: Path) -> None:
    for name, wanted in (
        ("goodreads.csv", "goodreads"),
        ("imdb_ratings.csv", "imdb"),
        ("libib.csv", "libib"),
        ("titles.json", "json"),
        ("clz_movies.xml", "clz"),
    ):
        path = tmp_path / f"{name}.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(FIXTURES / name, f"my export/{name}")
            archive.writestr("my export/read me.txt", "hello")
            archive.writestr("__MACOSX/._x", "hello")
        file = SourceFile(path, path.name)
        assert detected(file)[0] == wanted
        assert read(file, wanted)[0] == read(fixture(name), wanted)[0]
        assert source(wanted).total(file) == source(wanted).total(fixture(name))


@pytest.mark.parametrize("of", ["letterboxd", "trakt"])
def test_the_same_file_gives_the_same_rows_in_the_same_order(tmp_path: Path, of: str) -> None:
    file = packed(tmp_path, of)
    assert list(source(of).rows(file, SourceOptions())) == list(
        source(of).rows(file, SourceOptions())
    )


async def test_rows_can_be_asked_for_from_changing_threads(tmp_path: Path) -> None:
    one = (FIXTURES / "clz_movies.xml").read_text()
    movie = one[one.index("<movie>") : one.index("</movielist>")]
    document = f"<movieinfo><movielist>{movie * 400}</movielist></movieinfo>"
    rows = source("clz").rows(written(tmp_path, "x.xml", document), SourceOptions())
    count = 0
    while batch := await asyncio.to_thread(lambda: list(islice(rows, 50))):
        count += len(batch)
    assert count == 1200


def test_memory_stays_where_it_is_while_a_large_table_is_read(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    with path.open("w") as file:
        file.write("Book Id,Title,Author,My Review\n")
        for number in range(10_000):
            file.write(f'{number},Title {number},Ada Frick,"{"A review. " * 100}\nEnd."\n')
    tracemalloc.start()
    try:
        rows = source("goodreads").rows(SourceFile(path, "x.csv"), SourceOptions())
        assert sum(1 for _ in rows) == 10_000
        assert tracemalloc.get_traced_memory()[1] < 4_000_000
    finally:
        tracemalloc.stop()


def test_reading_twice_and_stopping_early_leaves_nothing_open(tmp_path: Path) -> None:
    file = packed(tmp_path, "letterboxd")
    for _ in range(3):
        rows = source("letterboxd").rows(file, SourceOptions())
        next(rows)
        rows.close()  # type: ignore[attr-defined]  # it is a generator
    file.path.unlink()
    assert gc.collect() >= 0
