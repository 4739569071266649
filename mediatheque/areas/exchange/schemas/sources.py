"""What an import source is to the engine, whatever it brings."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from mediatheque.areas.exchange.schemas.files import SourceFile
from mediatheque.kit.unreadable import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mediatheque.areas.exchange.schemas.samples import Sample

__all__ = ["Source", "SourceError", "SourceFile", "SourceOptions"]

SourceError = UnreadableError
"""The file as a whole cannot be read: ``code`` is stable, ``line`` 1-based or None.

Codes are those of :mod:`mediatheque.kit.unreadable`: ``empty_file``, ``header_only``,
``not_this_format``, ``spreadsheet``, ``too_many_columns``, ``too_large``, ``encoding``,
``archive_damaged``, ``archive_encrypted``, ``archive_path_escape``, ``archive_bomb``,
``archive_content``, ``entity_bomb``, ``xml_damaged``, ``json_damaged``, ``plist_damaged``.
"""


@dataclass(frozen=True, slots=True)
class SourceOptions:
    """What the importing person chose. ``mapping``: header → target of an unknown table."""

    mapping: dict[str, str] | None = None
    default_kind: str | None = None
    default_format: str | None = None
    default_currency: str | None = None
    today: date | None = None
    extra: dict[str, Any] = field(default_factory=dict)


class Source(Protocol):
    """One format: says whether a file is its own, and reads it row by row."""

    @property
    def name(self) -> str:
        """What programs call it: ``goodreads``."""
        ...

    @property
    def label(self) -> str:
        """What people call it: ``Goodreads``."""
        ...

    @property
    def description(self) -> str:
        """One sentence: what to export, and where."""
        ...

    @property
    def extensions(self) -> tuple[str, ...]:
        """The endings its files have, such as ``.csv``."""
        ...

    def detect(self, sample: Sample) -> float:
        """How sure this source is that a file is its own, 0–1."""
        ...

    def rows(self, file: SourceFile, options: SourceOptions) -> Iterator[Any]:
        """Read the area's rows and failures, in constant memory; raise :class:`SourceError`."""
        ...

    def total(self, file: SourceFile) -> int | None:
        """How many rows there are, cheaply, or None."""
        ...
