"""Fetching from outside, past a guard that knows which addresses are none of our business."""

from mediatheque.kit.http.errors import FetchError
from mediatheque.kit.http.fetch import DEFAULT_LIMIT, Answer, Fetched, Fetcher, Request
from mediatheque.kit.http.guard import Guard, Resolver, is_public, system_resolver

__all__ = [
    "DEFAULT_LIMIT",
    "Answer",
    "FetchError",
    "Fetched",
    "Fetcher",
    "Guard",
    "Request",
    "Resolver",
    "is_public",
    "system_resolver",
]
