"""The edge of HTTP: contexts for routes, errors, middleware."""

from mediatheque.core.http.admin import ReadAdmin, WriteAdmin
from mediatheque.core.http.client import Client
from mediatheque.core.http.contexts import Read, ReadPublic, Write, WritePublic, house_of
from mediatheque.core.http.limits import address_of, limit, rated
from mediatheque.core.http.live import live
from mediatheque.core.http.raises import raises

__all__ = [
    "Client",
    "Read",
    "ReadAdmin",
    "ReadPublic",
    "Write",
    "WriteAdmin",
    "WritePublic",
    "address_of",
    "house_of",
    "limit",
    "live",
    "raises",
    "rated",
]
