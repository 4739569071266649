"""Our own CSV and JSON: what is written reads back the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mediatheque.areas.library.adapters.vocabulary.formats import FORMATS
from mediatheque.areas.library.adapters.vocabulary.words import JOBS, KINDS
from mediatheque.areas.library.adapters.writers import ALL_COLUMNS, write_csv, write_json
from mediatheque.areas.library.schemas.rows import (
    CopyRow,
    CreditRow,
    EpisodeRow,
    ItemRow,
    MarkRow,
    SeasonRow,
)
from tests.library.exports import read, source, written

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def bare(items: list[ItemRow]) -> list[ItemRow]:
    return [replace(item, line=0, raw={}, problems=[]) for item in items]


def test_formulas_come_back(tmp_path: Path) -> None:
    items = [
        ItemRow(0, "movie", "=1+1", year=-700, original_title="'-30-", tags=["@home"]),
        ItemRow(0, "movie", "-30-", copies=[CopyRow("dvd", notes="+1 for this", location="-")]),
    ]
    data = b"".join(write_csv(items))
    assert b"'=1+1,-700" in data.replace(b"'-700", b"-700")
    back, _ = read(written(tmp_path, "x.csv", data), "csv")
    assert bare(back) == bare(items)


LINE = (
    st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" "), min_size=1, max_size=12)
    .map(lambda text: " ".join(text.split()))
    .filter(bool)
)
PART = LINE.map(lambda text: text.replace(";", ":")).filter(bool)
PROSE = st.lists(LINE, min_size=1, max_size=3).map("\n".join)
NAME = PART.filter(lambda text: ")" not in text and "(" not in text)
DAY = st.dates(date(1000, 1, 1), date(2199, 12, 31))
MAYBE = st.none


def distinct(part: st.SearchStrategy[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(part, max_size=3, unique=True)


COPIES = st.builds(
    CopyRow,
    format=st.sampled_from(FORMATS),
    resolution=st.sampled_from([None, "sd", "hd", "full_hd", "uhd_4k"]),
    edition=MAYBE() | LINE,
    region=MAYBE() | LINE,
    barcode=st.sampled_from([None, "4006381333931", "085392118823", "SHELF12"]),
    publisher=MAYBE() | LINE,
    released_on=MAYBE() | DAY,
    condition=st.sampled_from([None, "mint", "near_mint", "very_good", "good", "fair", "poor"]),
    location=MAYBE() | LINE,
    price_cents=st.just(None),
    bought_on=MAYBE() | DAY,
    signed=st.booleans(),
    notes=MAYBE() | PROSE,
    loaned_to=MAYBE() | LINE,
    loaned_on=MAYBE() | DAY,
    library=MAYBE() | LINE,
) | st.builds(
    CopyRow,
    format=st.just("dvd"),
    price_cents=st.integers(0, 10**7),
    currency=st.sampled_from(["EUR", "USD", "JPY", "KWD"]),
)
MARKS = st.builds(
    MarkRow, status=st.sampled_from(["wanted", "started", "finished"]), on=MAYBE() | DAY
)
RATINGS = MAYBE() | st.integers(1, 100).map(lambda value: value / 10)


def people() -> st.SearchStrategy[list[CreditRow]]:
    makers = st.lists(
        st.builds(
            CreditRow, name=NAME, job=st.sampled_from([job for job in JOBS if job != "actor"])
        ),
        max_size=3,
    )
    actors = st.lists(
        st.builds(CreditRow, name=NAME, job=st.just("actor"), character=MAYBE() | NAME),
        max_size=3,
    )
    return st.tuples(makers, actors).map(lambda pair: pair[0] + pair[1])


@st.composite
def works(draw: st.DrawFn) -> ItemRow:
    kind = draw(st.sampled_from(KINDS))
    copies = draw(st.lists(COPIES, max_size=1))
    item = ItemRow(
        0,
        kind,
        draw(LINE),
        year=draw(MAYBE() | st.integers(1, 2199)),
        original_title=draw(MAYBE() | LINE),
        sort_title=draw(MAYBE() | LINE),
        runtime_minutes=draw(MAYBE() | st.integers(1, 9999)),
        season=draw(MAYBE() | st.integers(0, 99)),
        episode=draw(MAYBE() | st.integers(0, 999)),
        credits=draw(people()),
        genres=draw(distinct(PART)),
        tags=draw(distinct(PART)),
        languages=draw(distinct(st.sampled_from(["en", "de", "ja"]))),
        rating=draw(RATINGS),
        my_rating=draw(RATINGS),
        marks=draw(st.lists(MARKS, max_size=3)),
        added_on=draw(MAYBE() | DAY),
        copies=copies,
        notes=[] if copies else draw(st.lists(PROSE, max_size=1)),
        episode_title=draw(MAYBE() | LINE),
        synopsis=draw(MAYBE() | PROSE),
        age_rating=draw(MAYBE() | LINE),
        minimum_age=draw(MAYBE() | st.integers(0, 21)),
        released_on=draw(MAYBE() | DAY),
        countries=draw(distinct(PART)),
        moods=draw(distinct(PART)),
        themes=draw(distinct(PART)),
        review=draw(MAYBE() | PROSE),
    )
    item.external_ids = draw(
        st.fixed_dictionaries(
            {},
            optional={
                "isbn13": st.just("9780141439471"),
                "imdb": st.just("tt0017136"),
                "tmdb": st.integers(1, 10**9).map(str),
            },
        )
    )
    return item


@settings(
    deadline=None, max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(works(), min_size=1, max_size=4))
def test_csv_reads_back_the_same(tmp_path: Path, items: list[ItemRow]) -> None:
    data = b"".join(write_csv(items, ALL_COLUMNS))
    back, failures = read(written(tmp_path, "x.csv", data), "csv")
    assert failures == []
    assert bare(back) == bare(items)
    assert all(item.problems == [] for item in back)
    assert b"".join(write_csv(back, ALL_COLUMNS)) == data


@settings(
    deadline=None, max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(works(), min_size=1, max_size=4))
def test_json_reads_back_the_same(tmp_path: Path, items: list[ItemRow]) -> None:
    items[0].seasons = [SeasonRow(0, None, 3, [EpisodeRow(0, 1, "A", date(2000, 1, 1), 5, "x")])]
    items[0].details = {"pages": 3, "tracks": [{"position": "A1", "title": "x"}]}
    items[0].notes = ["one", "two"]
    items[0].copies *= 2
    data = b"".join(write_json(items, len(items)))
    file = written(tmp_path, "x.json", data)
    assert source("json").total(file) == len(items)
    back, failures = read(file, "json")
    assert failures == []
    assert bare(back) == bare(items)
    assert all(item.problems == [] for item in back)
    assert b"".join(write_json(back, len(back))) == data


def test_names_with_brackets_come_back(tmp_path: Path) -> None:
    people = [
        CreditRow("Prince (musician)", "director"),
        CreditRow("Odd (writer)", "director"),
        CreditRow("Plain", "writer"),
        CreditRow("Prince (musician)", "actor"),
        CreditRow("Brigitte Helm", "actor", "Maria (robot)"),
    ]
    items = [ItemRow(0, "movie", "X", credits=people)]
    back, _ = read(written(tmp_path, "x.csv", b"".join(write_csv(items))), "csv")
    assert back[0].credits == people


def test_several_copies_are_several_rows(tmp_path: Path) -> None:
    work = ItemRow(
        0, "movie", "X", copies=[CopyRow("dvd", count=2), CopyRow("vhs")], notes=["the person's"]
    )
    back, _ = read(written(tmp_path, "x.csv", b"".join(write_csv([work]))), "csv")
    assert [item.copies[0].format for item in back] == ["dvd", "dvd", "vhs"]
    assert all(item.notes == [] for item in back)


def test_writing_is_a_stream() -> None:
    def endless() -> Iterator[ItemRow]:
        number = 0
        while True:
            number += 1
            yield ItemRow(0, "movie", f"Title {number}", tags=["x" * 100])

    for pieces in (write_csv(endless()), write_json(endless())):
        _, *some = islice(pieces, 4)
        assert all(60_000 < len(piece) < 70_000 for piece in some)
