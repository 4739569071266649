"""The edge of HTTP: contexts for routes, errors, middleware."""

from mediatheque.core.http.contexts import Client, Read, ReadPublic, Write, WritePublic, house_of
from mediatheque.core.http.limits import address_of, limit
from mediatheque.core.http.live import live
from mediatheque.core.http.raises import raises

__all__ = [
    "Client",
    "Read",
    "ReadPublic",
    "Write",
    "WritePublic",
    "address_of",
    "house_of",
    "limit",
    "live",
    "raises",
]
