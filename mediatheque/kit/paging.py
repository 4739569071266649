"""Pages and feeds: numbered lists with a total, and keyset feeds with a cursor."""

from __future__ import annotations

import base64
import binascii
from typing import Annotated, Any, Generic, TypeVar

import orjson
from pydantic import BaseModel, Field

from mediatheque.kit.errors import BadInputError

T = TypeVar("T")
Cursor = Annotated[str, Field(max_length=2_000)]
"""Where a feed goes on, as it said itself; longer ones it never gives."""

DEFAULT_LIMIT = 50
MAX_LIMIT = 200


class Page(BaseModel, Generic[T]):
    """A numbered page of a list whose length matters to people."""

    items: list[T]
    total: int = Field(description="Number of items over all pages.")
    page: int = 1
    page_size: int = DEFAULT_LIMIT


class Feed(BaseModel, Generic[T]):
    """A part of an endless list. Pass ``next_cursor`` back as ``cursor`` for the next part."""

    items: list[T]
    next_cursor: str | None = Field(None, description="Null on the last part.")


class Listing(BaseModel, Generic[T]):
    """A list that is always whole (libraries, spaces, sources)."""

    items: list[T]


class BadCursorError(BadInputError):
    """A cursor that this list did not give out."""

    code = "bad_cursor"
    message = "This cursor does not belong to this list. Start again without it."


def encode_cursor(*keys: Any) -> str:  # noqa: ANN401  (keyset values are of any column type)
    """Pack keyset values (JSON scalars, dates, UUIDs) into an opaque cursor."""
    return base64.urlsafe_b64encode(orjson.dumps(keys)).rstrip(b"=").decode()


def decode_cursor(cursor: str | None, length: int) -> list[Any] | None:
    """Unpack a cursor of ``length`` values; raise :class:`BadCursorError` on anything else."""
    if not cursor:
        return None
    try:
        keys = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, orjson.JSONDecodeError, ValueError) as error:
        raise BadCursorError(field="cursor") from error
    if not isinstance(keys, list) or len(keys) != length:
        raise BadCursorError(field="cursor")
    return keys


def cut(rows: list[dict[str, Any]], limit: int) -> tuple[list[dict[str, Any]], bool]:
    """Split ``limit + 1`` fetched rows into the part to show and whether more follow."""
    return rows[:limit], len(rows) > limit
