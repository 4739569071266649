"""The news of files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from mediatheque.core.journal import Event

LABELS = {
    "files.images_added": "added the picture {label}",
    "files.files_swept": "cleared away {label}",
}


@dataclass(frozen=True, kw_only=True)
class ImagesAdded(Event):
    """Pictures were put in; ``batch`` holds their ids."""

    kind: ClassVar[str] = "files.images_added"


@dataclass(frozen=True, kw_only=True)
class FilesSwept(Event):
    """Files that nothing had used for long are gone; ``batch`` holds their ids."""

    kind: ClassVar[str] = "files.files_swept"
