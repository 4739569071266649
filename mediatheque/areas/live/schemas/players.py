"""The guide that a player fetches, before it is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class PlayersGuide:
    """What is in it, when it last changed, and a tag that says whether it is another."""

    channels: list[UUID]
    since: datetime
    until: datetime
    changed_at: datetime
    tag: str
