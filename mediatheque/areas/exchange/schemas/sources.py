"""What an import source is to the engine, whatever it brings."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

SAMPLE_BYTES = 65_536


class SourceError(Exception):
    """The file as a whole cannot be read. ``code`` is stable, ``line`` 1-based or None.

    Codes: ``empty_file``, ``header_only``, ``not_this_format``, ``too_many_columns``,
    ``archive_path_escape``, ``archive_bomb``, ``entity_bomb``, ``too_large``, ``encoding`` …
    """

    def __init__(self, code: str, message: str, line: int | None = None) -> None:
        self.code = code
        self.message = message
        self.line = line
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file on local disk under the name its owner gave it."""

    path: Path
    filename: str


@dataclass(frozen=True, slots=True)
class SourceOptions:
    """What the importing person chose. ``mapping``: header → target of an unknown table."""

    mapping: dict[str, str] | None = None
    default_kind: str | None = None
    default_format: str | None = None
    today: date | None = None
    extra: dict[str, Any] = field(default_factory=dict)


class Source(Protocol):
    """One format: says whether a file is its own, and reads it row by row."""

    name: str
    label: str
    description: str
    extensions: tuple[str, ...]

    def detect(self, sample: Any) -> float:  # noqa: ANN401  (the area's own kind of sample)
        """How sure this source is that a file is its own, 0–1."""
        ...

    def rows(self, file: SourceFile, options: SourceOptions) -> Iterator[Any]:
        """Read the area's rows and failures, in constant memory; raise :class:`SourceError`."""
        ...

    def total(self, file: SourceFile) -> int | None:
        """How many rows there are, cheaply, or None."""
        ...
