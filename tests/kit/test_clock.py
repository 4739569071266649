from datetime import UTC, datetime, timedelta, timezone

import pytest

from mediatheque.kit import clock

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_the_system_clock_is_aware_and_moves() -> None:
    first = clock.utc_now()
    assert first.tzinfo is UTC
    assert abs(first - datetime.now(UTC)) < timedelta(seconds=5)


def test_a_frozen_clock_stands_until_it_is_moved() -> None:
    with clock.frozen(NOON) as frozen:
        assert clock.utc_now() == NOON
        assert frozen.advance(90) == NOON + timedelta(seconds=90)
        assert clock.utc_now() == NOON + timedelta(seconds=90)
        frozen.advance(timedelta(days=1))
        frozen.set(NOON)
        assert clock.utc_now() == NOON
        with clock.frozen(NOON + timedelta(hours=1)):
            assert clock.utc_now().hour == 13
        assert clock.utc_now() == NOON
    assert clock.utc_now() > NOON or clock.utc_now() < NOON
    assert clock.utc_now() != NOON


def test_the_clock_comes_back_after_an_error() -> None:
    with pytest.raises(KeyError), clock.frozen(NOON):
        raise KeyError
    assert clock.utc_now() != NOON


def test_other_zones_become_utc_and_no_zone_is_refused() -> None:
    paris = datetime(2026, 3, 1, 13, tzinfo=timezone(timedelta(hours=1)))
    assert clock.as_utc(paris) == NOON
    assert clock.as_utc(paris).tzinfo is UTC
    with pytest.raises(ValueError, match="time zone"):
        clock.as_utc(datetime(2026, 3, 1))  # noqa: DTZ001  (a time without a zone is what is refused)
