"""The news of players."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from mediatheque.core.events import Event


@dataclass(frozen=True, kw_only=True)
class PlayerAdded(Event):
    """Somebody made a player that needs no sign-in."""

    kind: ClassVar[str] = "watch.player_added"


@dataclass(frozen=True, kw_only=True)
class PlayerRemoved(Event):
    """Somebody took a player's addresses away."""

    kind: ClassVar[str] = "watch.player_removed"


@dataclass(frozen=True, kw_only=True)
class PersonForgotten(Event):
    """Somebody's name was taken from what they left here. ``after``: ``count``."""

    kind: ClassVar[str] = "watch.person_forgotten"


LABELS = {
    PersonForgotten.kind: "forgot a person",
    PlayerAdded.kind: "added the player {label}",
    PlayerRemoved.kind: "removed the player {label}",
}
