"""Keyset values of cursors, which come back from outside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mediatheque.kit.ids import parse_id
from mediatheque.kit.paging import BadCursorError

if TYPE_CHECKING:
    from uuid import UUID


def id_in(value: object) -> UUID:
    """An id; raises ``BadCursorError`` for anything else."""
    found = parse_id(str(value))
    if found is None:
        raise BadCursorError(field="cursor")
    return found


def number_in(value: object) -> int:
    """A whole number; raises ``BadCursorError`` for anything else."""
    if not isinstance(value, int) or abs(value) >= 2**63:
        raise BadCursorError(field="cursor")
    return value


def text_in(value: object) -> str:
    """A text that the database can hold; raises ``BadCursorError`` for anything else."""
    if not isinstance(value, str) or "\0" in value:
        raise BadCursorError(field="cursor")
    return value
