from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum import ean, isbn

from mediatheque.kit.identifiers import (
    is_damaged,
    is_isbn_barcode,
    read_barcode,
    read_imdb_id,
    read_isbn,
    read_tmdb_id,
)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0756404738", "9780756404734"),
        ("978-0-7564-0473-4", "9780756404734"),
        ("9780756404734", "9780756404734"),
        ("0-8044-2957-x", "9780804429573"),
        ("080442957X", "9780804429573"),
        ("9780756404735", None),
        ("0756404739", None),
        ("9790060115615", None),
        ("4006381333931", None),
        ("9.78031E+12", None),
        ("", None),
        ("٩٧٨٠٧٥٦٤٠٤٧٣٤", None),
    ],
)
def test_isbn(text: str, number: str | None) -> None:
    assert read_isbn(text) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("085392118823", "085392118823"),
        ("0085392118823", "085392118823"),
        ("0 85392 11882 3", "085392118823"),
        ("4006381333931", "4006381333931"),
        ("04006381333931", "4006381333931"),
        ("73513537", "73513537"),
        ("85392118823", None),
        ("4006381333932", None),
        ("85392118823.0", None),
        ("hello", None),
        ("", None),
    ],
)
def test_barcode(text: str, number: str | None) -> None:
    assert read_barcode(text) == number


@settings(deadline=None)
@given(st.text("0123456789", min_size=8, max_size=14))
def test_the_short_way_agrees_with_stdnum(digits: str) -> None:
    assert (read_barcode(digits) is not None) == bool(ean.is_valid(digits))
    assert (read_isbn(digits) is not None) == bool(
        isbn.is_valid(digits) and not digits.startswith("9790")
    )


@pytest.mark.parametrize(
    ("text", "damaged"),
    [
        ("9.78031E+12", True),
        ("9,78031E+12", True),
        ("9.78E12", True),
        ("85392118823.0", True),
        ("85392118823,00", True),
        ("9780756404734", False),
        ("12.50", False),
        ("E12", False),
    ],
)
def test_damage_by_spreadsheets(text: str, damaged: bool) -> None:
    assert is_damaged(text) is damaged


def test_other_ids() -> None:
    assert read_imdb_id("tt0017136") == "tt0017136"
    assert read_imdb_id("https://www.imdb.com/title/tt10872600/?ref=x") == "tt10872600"
    assert read_imdb_id("nm0000485") is None
    assert read_imdb_id("tt12") is None
    assert read_tmdb_id("0603") == "603"
    assert read_tmdb_id("https://www.themoviedb.org/movie/603-the-matrix") == "603"
    assert read_tmdb_id("6.03E2") is None
    assert read_tmdb_id("0") is None
    assert is_isbn_barcode("9780756404734")
    assert not is_isbn_barcode("9790060115615")
