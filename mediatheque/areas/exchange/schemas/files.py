"""The file that is imported."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file on local disk under the name its owner gave it."""

    path: Path
    filename: str
