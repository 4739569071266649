from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mediatheque.kit.figures import (
    Money,
    read_count,
    read_minutes,
    read_money,
    read_number,
    read_rating,
    write_money,
)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", "12"),
        ("12.5", "12.5"),
        ("12,5", "12.5"),
        ("1,234.5", "1234.5"),
        ("1.234,5", "1234.5"),
        ("1.234.567", "1234567"),
        ("1 234,5", "1234.5"),
        ("4.16E2", "416"),
        ("-3", "-3"),
        ("1.2.3", None),
        ("abc", None),
        ("", None),
        ("1e999", None),
    ],
)
def test_numbers(text: str, number: str | None) -> None:
    assert read_number(text) == (None if number is None else Decimal(number))


@pytest.mark.parametrize(
    ("text", "minor", "currency"),
    [
        ("12.50", 1250, None),
        ("€12,50", 1250, "EUR"),
        ("12,50 EUR", 1250, "EUR"),
        ("$1,234.56", 123456, "USD"),
        ("1.234,56 €", 123456, "EUR"),
        ("1.234", 123400, None),
        ("12,-", 1200, None),
        ("¥1200", 1200, "JPY"),
        ("KWD 1.250", 1250, "KWD"),
        ("£9.99", 999, "GBP"),
        ("4.16E2", 41600, None),
    ],
)
def test_money(text: str, minor: int, currency: str | None) -> None:
    assert read_money(text) == Money(minor, currency)


def test_money_with_a_known_currency() -> None:
    assert read_money("9.99", "EUR") == Money(999, "EUR")
    assert read_money("$9.99", "AUD") == Money(999, "AUD")
    assert read_money("£9.99", "EUR") == Money(999, "GBP")
    assert read_money("-1") is None
    assert read_money("free") is None


@settings(deadline=None)
@given(
    st.integers(0, 10**9), st.sampled_from([None, "EUR", "USD", "JPY", "KWD", "GBP", "CHF", "PLN"])
)
def test_money_comes_back(minor: int, currency: str | None) -> None:
    assert read_money(write_money(minor, currency), currency) == Money(minor, currency)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("105", 105),
        ("105 min", 105),
        ("105 mins", 105),
        ("1h 45m", 105),
        ("1 hr 45 min", 105),
        ("1:45", 105),
        ("1:45:30", 105),
        ("PT1H45M", 105),
        ("2h", 120),
        ("95.0", 95),
        ("4.16E2", 416),
        ("0", None),
        ("long", None),
    ],
)
def test_minutes(text: str, minutes: int | None) -> None:
    assert read_minutes(text) == minutes


@pytest.mark.parametrize(
    ("text", "scale", "rating"),
    [
        ("4.5", 5, 9.0),
        ("0.5", 5, 1.0),
        ("4,5", 5, 9.0),
        ("8", 10, 8.0),
        ("83", 100, 8.3),
        ("4/5", 10, 8.0),
        ("★★★½", 10, 7.0),
        ("0", 5, None),
        ("6", 5, None),
        ("good", 5, None),
    ],
)
def test_ratings(text: str, scale: float, rating: float | None) -> None:
    assert read_rating(text, scale) == rating


def test_counts() -> None:
    assert read_count("12") == 12
    assert read_count("1,234") == 1234
    assert read_count("12.0") == 12
    assert read_count("12.5") is None
    assert read_count("-1") is None
    assert read_count("²") is None


@settings(deadline=None)
@given(st.text(max_size=20))
def test_no_text_makes_it_crash(text: str) -> None:
    read_money(text)
    read_minutes(text)
    read_rating(text, 5)
    read_count(text)
