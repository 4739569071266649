from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mediatheque.kit.dates import read_date, read_year


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2022-01-25", date(2022, 1, 25)),
        ("2022/1/5", date(2022, 1, 5)),
        ("20220125", date(2022, 1, 25)),
        ("2022-09-20T00:00:00Z", date(2022, 9, 20)),
        ("2011-01-01 10:00:00", date(2011, 1, 1)),
        ("25.01.2022", date(2022, 1, 25)),
        ("13/04/2020", date(2020, 4, 13)),
        ("04/13/2020", date(2020, 4, 13)),
        ("05/05/2020", date(2020, 5, 5)),
        ("Oct 5, 2013", date(2013, 10, 5)),
        ("5 October 2013", date(2013, 10, 5)),
        ("5. März 2010", date(2010, 3, 5)),
        ("5 mars 2010", date(2010, 3, 5)),
        ("12-Oct-2010", date(2010, 10, 12)),
        ("Tue Mar 15 00:00:00 2016", date(2016, 3, 15)),
        ("03/04/2020", None),
        ("31.02.2020", None),
        ("0000-00-00", None),
        ("2022", None),
        ("soon", None),
        ("", None),
    ],
)
def test_dates(text: str, day: date | None) -> None:
    assert read_date(text) == day


def test_the_order_can_be_said() -> None:
    assert read_date("03/04/2020", day_first=True) == date(2020, 4, 3)
    assert read_date("03/04/2020", day_first=False) == date(2020, 3, 4)
    assert read_date("03-04-2020", day_first=True) == date(2020, 4, 3)


@settings(deadline=None)
@given(st.dates())
def test_iso_dates_come_back(day: date) -> None:
    assert read_date(day.isoformat()) == day


@settings(deadline=None)
@given(st.text(max_size=20))
def test_no_text_makes_it_crash(text: str) -> None:
    read_date(text)
    read_year(text)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("1984", 1984),
        ("c. 1984", 1984),
        ("1984–86", 1984),
        ("May 1984", 1984),
        ("1927-02-06", 1927),
        ("-700", -700),
        ("800", 800),
        ("0", None),
        ("12345", None),
        ("2999", None),
        ("unknown", None),
    ],
)
def test_years(text: str, year: int | None) -> None:
    assert read_year(text) == year
