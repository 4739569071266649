from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mediatheque.areas.catalog.rules.ages import age_of
from tests.catalog.steps import add, change

if TYPE_CHECKING:
    from tests.house import House


@pytest.mark.parametrize(
    ("said", "age"),
    [
        *((f"FSK {age}", age) for age in (0, 6, 12, 16, 18)),
        *((f"PEGI {age}", age) for age in (3, 7, 12, 16, 18)),
        ("G", 0),
        ("PG", 8),
        ("PG-13", 13),
        ("R", 17),
        ("NC-17", 18),
        ("Rated R for strong violence", 17),
        ("R (Restricted)", 17),
        ("PG-13 (Parents Strongly Cautioned)", 13),
        ("TV-Y7", 7),
        ("TV-14", 14),
        ("TV-MA", 17),
        ("U", 0),
        ("12A", 12),
        ("MA15+", 15),
        ("M", 17),
        ("E10+", 10),
        ("Everyone", 0),
        ("AO", 18),
        ("16+", 16),
        ("ab 12 Jahren", 12),
        ("o.A.", None),
        ("Tous publics", 0),
        ("Keine Jugendfreigabe", 18),
        ("Ages 9-12", 9),
        ("1984", None),
        ("Unrated", None),
        ("", None),
        (None, None),
    ],
)
def test_certificates_tell_an_age(said: str | None, age: int | None) -> None:
    assert age_of(said) == age


async def test_an_age_rating_brings_its_age(house: House) -> None:
    owner = await house.member()
    read = await add(owner, title="Read", age_rating="FSK 16")
    assert read["minimum_age"] == 16
    told = await add(owner, title="Told", age_rating="FSK 16", minimum_age=18)
    assert told["minimum_age"] == 18
    unknown = await add(owner, title="Unknown", age_rating="FSK 16", minimum_age=None)
    assert unknown["minimum_age"] is None
    assert (await add(owner, title="Silent"))["minimum_age"] is None
    changed = await change(owner, read, age_rating="PG-13")
    assert changed["minimum_age"] == 13
    kept = await change(owner, changed, age_rating="Unrated")
    assert kept["minimum_age"] == 13
    assert (await change(owner, kept, minimum_age=6))["minimum_age"] == 6


@pytest.mark.parametrize("age", [-1, 22])
async def test_an_age_is_one_of_a_board(house: House, age: int) -> None:
    owner = await house.member()
    answer = await owner.client.post(
        "/api/v1/titles", json={"kind": "movie", "title": "Old", "minimum_age": age}
    )
    assert answer.status_code == 422
    assert answer.json()["error"]["field"] == "minimum_age"
