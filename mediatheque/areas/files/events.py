"""The news of files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from mediatheque.core.journal import Event

LABELS = {
    "files.images_added": "added the picture {label}",
    "files.files_swept": "cleared away {label}",
    "files.person_forgotten": "let go of a person",
}


@dataclass(frozen=True, kw_only=True)
class ImagesAdded(Event):
    """Pictures were put in; ``batch`` holds their ids."""

    kind: ClassVar[str] = "files.images_added"


@dataclass(frozen=True, kw_only=True)
class FilesSwept(Event):
    """Files that nothing had used for long are gone; ``batch`` holds their ids."""

    kind: ClassVar[str] = "files.files_swept"


@dataclass(frozen=True, kw_only=True)
class PersonForgotten(Event):
    """Somebody's name was taken from what they contributed. ``after``: ``count``."""

    kind: ClassVar[str] = "files.person_forgotten"
