"""Rate limits: how often something may happen for a key, in any span of a given length.

The one authority for them. A moving window (exact: five a minute means no sixty seconds hold a
sixth), refused hits don't count, kept in this process or, by `redis://…`, in one Redis for all
processes. In Redis, rules of more than a hundred hits are counted by two windows of which the
older fades (an approximation): a list of thousands of times would be walked at every hit. Which
paths have which rule is a setting; who the key is (an address, an account) is the caller's to say.
"""

import hashlib
import math
import time
from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeAlias

import limits
import structlog
from limits.aio.storage import MemoryStorage, RedisStorage, Storage
from limits.aio.strategies import MovingWindowRateLimiter, SlidingWindowCounterRateLimiter
from limits.errors import StorageError

from mediatheque.kit.clock import utc_now

if TYPE_CHECKING:
    from redis.asyncio import ConnectionPool

log = structlog.get_logger(__name__)

_Strategy: TypeAlias = MovingWindowRateLimiter | SlidingWindowCounterRateLimiter

_EXACT_UP_TO: Final = 100
_SWEEP_EVERY: Final = 1_000
_REDIS_TIMEOUT: Final = 1.0
_REDIS_PAUSE: Final = 5.0  # after a failure, seconds before Redis is asked again


@dataclass(frozen=True, slots=True)
class Rule:
    """At most `amount` hits in any `seconds`; rules of different names count apart."""

    name: str
    amount: int
    seconds: int

    @classmethod
    def parse(cls, name: str, text: str) -> "Rule":
        """Read "5/minute", "3 per hour" or "100 per 15 minutes"; ValueError for anything else."""
        item = limits.parse(text)
        return cls(name, item.amount, item.get_expiry())

    def item(self) -> limits.RateLimitItem:
        """Give the rule in the library's terms."""
        return limits.RateLimitItemPerSecond(self.amount, self.seconds, namespace=self.name)


@dataclass(frozen=True, slots=True)
class Decision:
    """What became of a hit; `retry_after` in whole seconds, 0 when it was allowed."""

    allowed: bool
    limit: int
    remaining: int
    reset_at: datetime  # when the oldest hit leaves the window and a place is free
    retry_after: int

    def headers(self) -> dict[str, str]:
        """Give `X-RateLimit-Limit`, `-Remaining`, `-Reset` (Unix seconds) and `Retry-After`."""
        found = {
            "X-RateLimit-Limit": str(self.limit),
            "X-RateLimit-Remaining": str(self.remaining),
            "X-RateLimit-Reset": str(math.ceil(self.reset_at.timestamp())),
        }
        if not self.allowed:
            found["Retry-After"] = str(self.retry_after)
        return found


@dataclass(slots=True)
class _Window:
    """The times of the hits of one key, oldest first."""

    expiry: int
    hits: deque[float] = field(default_factory=deque)

    def forget_before(self, now: float) -> None:
        while self.hits and self.hits[0] <= now - self.expiry:
            self.hits.popleft()


class _ProcessStorage(MemoryStorage):
    """The library's memory, with moving windows whose cost does not grow with their number.

    The library looks through every key after every hit; with the keys of twenty thousand callers
    that takes a core for itself. It also tells the time by our clock.
    """

    STORAGE_SCHEME = ["async+process"]  # noqa: RUF012  declared so by the library

    def __init__(self) -> None:
        super().__init__()
        self._windows: dict[str, _Window] = {}
        self._until_sweep = _SWEEP_EVERY

    def take(self, key: str, limit: int, expiry: int, amount: int) -> tuple[bool, float, int]:
        """Count `amount` hits unless that makes more than `limit` in the window.

        Gives whether they were counted, and what :meth:`get_moving_window` gives afterwards.
        """
        now = utc_now().timestamp()
        self._sweep(now)
        window = self._windows.get(key)
        if window is None:
            window = self._windows[key] = _Window(expiry)
        window.forget_before(now)
        hits = window.hits
        is_allowed = len(hits) + amount <= limit
        if is_allowed:
            hits.extend([now] * amount)
        return is_allowed, (hits[0] if hits else now), len(hits)

    async def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        """Count `amount` hits unless that makes more than `limit` in the window."""
        return self.take(key, limit, expiry, amount)[0]

    async def get_moving_window(self, key: str, limit: int, expiry: int) -> tuple[float, int]:
        """Give the time of the oldest hit in the window (now, if none) and their number."""
        del limit, expiry
        now = utc_now().timestamp()
        window = self._windows.get(key)
        if window is None:
            return now, 0
        window.forget_before(now)
        return (window.hits[0] if window.hits else now), len(window.hits)

    async def clear(self, key: str) -> None:
        """Forget a key."""
        self._windows.pop(key, None)
        await super().clear(key)

    def _sweep(self, now: float) -> None:
        """Drop the keys that have grown old, once every so many hits."""
        self._until_sweep -= 1
        if self._until_sweep > 0:
            return
        self._until_sweep = max(_SWEEP_EVERY, len(self._windows))
        for key, window in list(self._windows.items()):
            window.forget_before(now)
            if not window.hits:
                del self._windows[key]


class _Asks(Protocol):
    """What is done with a limiter, here or in Redis."""

    async def __call__(self, limiter: _Strategy) -> bool: ...


class RateLimiter:
    """Counts hits. If Redis does not answer, each process counts for itself until it does."""

    def __init__(self, url: str | None = None) -> None:
        """Count in this process, or in the Redis of `redis://`, `rediss://`, `redis+unix://`."""
        self._memory = _ProcessStorage()
        self._own = MovingWindowRateLimiter(self._memory)
        self._pool = _open_pool(url) if url else None
        storage = _redis(self._pool) if self._pool else None
        self._exact = MovingWindowRateLimiter(storage) if storage else None
        self._fading = SlidingWindowCounterRateLimiter(storage) if storage else None
        self._pause_until = 0.0

    async def close(self) -> None:
        """Close the connections to Redis."""
        if self._pool is not None:
            await self._pool.aclose()

    async def hit(self, key: str, rule: Rule, *, cost: int = 1) -> Decision:
        """Count a hit, if it is allowed, and say how the key stands."""
        item, name = rule.item(), _hashed(key)
        if self._pool is None:  # at every request: without the library's layers
            taken = self._memory.take(item.key_for(name), rule.amount, item.get_expiry(), cost)
            is_allowed, oldest, count = taken
            return _decided(rule, is_allowed, oldest + rule.seconds, rule.amount - count)

        async def ask(limiter: _Strategy) -> bool:
            return await limiter.hit(item, name, cost=cost)

        return await self._decide(ask, rule, name)

    async def peek(self, key: str, rule: Rule) -> Decision:
        """Say how the key stands without counting."""
        item, name = rule.item(), _hashed(key)

        async def ask(limiter: _Strategy) -> bool:
            return await limiter.test(item, name)

        return await self._decide(ask, rule, name)

    async def forget(self, key: str, rule: Rule) -> None:
        """Begin again for a key (a person who signed in after two typing errors)."""
        item, name = rule.item(), _hashed(key)
        await self._own.clear(item, name)
        shared = self._shared(rule)
        if shared is not None and self._redis_answers():
            try:
                await shared.clear(item, name)
            except StorageError as error:
                self._pause(error)

    async def _decide(self, ask: _Asks, rule: Rule, name: str) -> Decision:
        shared = self._shared(rule)
        if shared is not None and self._redis_answers():
            try:
                return await self._ask(shared, ask, rule, name)
            except StorageError as error:
                self._pause(error)
        return await self._ask(self._own, ask, rule, name)

    def _shared(self, rule: Rule) -> _Strategy | None:
        return self._exact if rule.amount <= _EXACT_UP_TO else self._fading

    async def _ask(self, limiter: _Strategy, ask: _Asks, rule: Rule, name: str) -> Decision:
        allowed = await ask(limiter)
        stats = await limiter.get_window_stats(rule.item(), name)
        return _decided(rule, allowed, stats.reset_time, stats.remaining)

    def _redis_answers(self) -> bool:
        return time.monotonic() >= self._pause_until

    def _pause(self, error: StorageError) -> None:
        self._pause_until = time.monotonic() + _REDIS_PAUSE
        log.warning("rate limits are counted by each process: Redis fails", error=str(error))


def _decided(rule: Rule, is_allowed: bool, reset: float, left: int) -> Decision:
    """``reset`` in Unix seconds."""
    wait = 0 if is_allowed else max(1, math.ceil(reset - utc_now().timestamp()))
    reset_at = datetime.fromtimestamp(reset, UTC)
    return Decision(is_allowed, rule.amount, max(0, left), reset_at, wait)


def _hashed(key: str) -> str:
    """Shorten a key, so that no address of a person lies in Redis."""
    return hashlib.blake2b(key.encode(), digest_size=16).hexdigest()


def _open_pool(url: str) -> "ConnectionPool":
    from redis.asyncio import ConnectionPool  # noqa: PLC0415  most houses have no Redis

    return ConnectionPool.from_url(
        url.replace("redis+unix://", "unix://", 1),
        socket_timeout=_REDIS_TIMEOUT,
        socket_connect_timeout=_REDIS_TIMEOUT,
    )


def _redis(pool: "ConnectionPool") -> Storage:
    options: dict[str, Any] = {"connection_pool": pool}
    return RedisStorage(
        "redis://",
        implementation="redispy",
        wrap_exceptions=True,
        key_prefix="mediatheque:limits",
        **options,
    )
