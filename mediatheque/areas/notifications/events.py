"""The news of notices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from mediatheque.core.events import Event


@dataclass(frozen=True, kw_only=True)
class NoticesRead(Event):
    """Somebody has seen notices of theirs."""

    kind: ClassVar[str] = "notifications.notices_read"


@dataclass(frozen=True, kw_only=True)
class PersonForgotten(Event):
    """Somebody's name was taken from what they left here. ``after``: ``count``."""

    kind: ClassVar[str] = "notifications.person_forgotten"


LABELS = {PersonForgotten.kind: "forgot a person", NoticesRead.kind: "read notices"}
