"""How other areas' rows follow a merged work.

An area above registers followers in its manifest, ``extensions={"catalog.merge_followers": (…,)}``;
the routes hand them to the actions.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from mediatheque.core.context import Context

EXTENSION = "catalog.merge_followers"


@dataclass(frozen=True, slots=True)
class MergeFollower:
    """One area's part in merges.

    ``follow(ctx, gone_id, kept_id)`` runs before the gone work is deleted: it moves the area's
    rows to the kept one and answers what its undo needs (a JSON object). ``undo(ctx, snapshot)``
    runs after the gone work stands again.
    """

    name: str
    follow: Callable[[Context, UUID, UUID], Awaitable[dict[str, Any]]]
    undo: Callable[[Context, dict[str, Any]], Awaitable[None]]
