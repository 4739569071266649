"""What an area knows about a person, as its manifest brings it: to be told, and to be forgotten.

An area above names one of these under ``accounts.belongings``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from mediatheque.kit.errors import ConflictError, NotFoundError
from mediatheque.kit.ratelimit import Rule

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from uuid import UUID

    from mediatheque.core.context import Context, ReadContext

EXTENSION: Final = "accounts.belongings"
EXPORT_LASTS: Final = timedelta(days=7)
EXPORTS_A_DAY: Final = 5
AT_ONCE: Final = 5_000
"""Rows of an archive that are in memory at a time."""


@dataclass(frozen=True, slots=True)
class Belongings:
    """What one area has of a person. All SQL takes ``:person`` and runs across spaces.

    ``parts`` maps file names (``notes``) to selects with an order: each becomes a JSON array.
    ``files`` selects ``name, key`` of what they put into the store. ``spaces`` selects
    ``space_id`` of the spaces that ``erase`` is then called in, once each, with an id that takes
    the person's place where a row cannot be without one: it makes what stays anonymous and
    deletes the rest. ``traces`` selects ``id`` of things that stand for the person in the
    journal. ``hinder`` raises a refusal when the person cannot go yet.
    """

    area: str
    parts: Mapping[str, str]
    files: str = ""
    spaces: str = ""
    traces: str = ""
    erase: Callable[[Context, UUID, UUID], Awaitable[None]] | None = None
    hinder: Callable[[ReadContext], Awaitable[None]] | None = None


class ExportRunningError(ConflictError):
    """One archive at a time."""

    code = "export_running"
    message = "Your archive is being made already."


class NoSuchExportError(NotFoundError):
    """No archive, or one that is not ready or deleted again."""

    code = "no_such_export"
    message = "There is no such archive (any more). Ask for a new one."


class LastHouseOwnerError(ConflictError):
    """A house is never without an owner."""

    code = "last_house_owner"
    message = "You alone run this house. Make somebody else its owner first."


def export_rule() -> Rule:
    """For one user having archives made."""
    return Rule("data_export", EXPORTS_A_DAY, 24 * 3600)
