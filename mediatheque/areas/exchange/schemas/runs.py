"""What passes between the engine and the area whose rows it moves."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Protocol

from mediatheque.kit.db.jsonb import jsonb
from mediatheque.kit.db.staging import cells

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractAsyncContextManager
    from uuid import UUID

    from mediatheque.areas.exchange.schemas.files import SourceFile
    from mediatheque.areas.exchange.schemas.sources import SourceOptions
    from mediatheque.core.context import Context, ReadContext

Outcome = Literal["created", "updated", "removed", "skipped", "needs_review", "failed"]
Mode = Literal["add", "fill", "overwrite"]


@dataclass(slots=True)
class Run:
    """One import while it runs. ``memory`` is the applier's own, kept between batches."""

    import_id: UUID
    source: str
    mode: Mode
    dry_run: bool
    options: SourceOptions
    settings: dict[str, Any] = field(default_factory=dict)
    memory: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class RowResult:
    """What became of one row. ``changes`` maps a field to ``[before, after]``.

    ``item`` is the packed row, kept while it waits for a decision or a retry. ``staged`` is what
    does not depend on the outcome, as :func:`said` makes it: where it is given, line, label, key,
    raw and problems are taken from there.
    """

    position: int
    line: int
    outcome: Outcome
    reason: str = ""
    message: str = ""
    label: str = ""
    key: str | None = None
    ref_kind: str | None = None
    ref_id: UUID | None = None
    raw: dict[str, Any] = field(default_factory=dict)
    item: dict[str, Any] | None = None
    problems: list[dict[str, Any]] | None = None
    candidates: list[dict[str, Any]] | None = None
    changes: dict[str, Any] | None = None
    staged: str = ""


SAID = {"line": "int", "label": "text", "key": "text", "raw": "jsonb", "problems": "jsonb"}
"""The columns that :func:`said` makes cells of, in its order."""


def said(
    line: int,
    label: str,
    key: str | None,
    raw: dict[str, Any] | str,
    problems: list[dict[str, Any]] | None = None,
) -> str:
    """What a row says (:data:`SAID`), ready for the database before anything is decided.

    ``raw`` may be JSON text already.
    """
    return cells(
        (
            line,
            label,
            key,
            raw if isinstance(raw, str) else jsonb(raw),
            None if problems is None else jsonb(problems),
        )
    )


class Applier(Protocol):
    """The area's half of an import: it knows what a row is and writes what it brings."""

    def prepare(self, run: Run, position: int, row: Any, *, passed: bool = False) -> Any:  # noqa: ANN401  (each area's own rows)
        """Normalise a row (in a thread). ``passed`` rows were applied before: only count them.

        The answer's ``staged`` is what :func:`said` makes of the row; by its length batches
        are cut.
        """
        ...

    async def apply(
        self,
        ctx: Context,
        run: Run,
        prepared: Sequence[Any],
        *,
        chosen: dict[int, UUID | None] | None = None,
    ) -> list[RowResult]:
        """Write a batch; ``chosen`` holds people's decisions: position → work, None = new."""
        ...

    def refuse(self, prepared: Any, reason: str, message: str) -> RowResult:  # noqa: ANN401  (each area's own rows)
        """The result of a row that the database would not take."""
        ...

    def unpack(self, item: dict[str, Any], line: int) -> Any:  # noqa: ANN401  (each area's own rows)
        """The row that a result's ``item`` holds."""
        ...

    async def undo(
        self, ctx: Context, import_id: UUID, changes: list[tuple[UUID | None, dict[str, Any]]]
    ) -> list[dict[str, Any]]:
        """Take an import back; answers what stays because people changed it since."""
        ...


@dataclass(slots=True)
class Loaded:
    """What became of one part of a file. ``counts`` are by outcome, for all rows of the part.

    ``results`` tell only of rows that somebody wants to know of: changed, removed, refused.
    ``checkpoint`` is added to what the import remembers for going on after a stop.
    """

    counts: Counter[str] = field(default_factory=Counter)
    results: list[RowResult] = field(default_factory=list)
    checkpoint: dict[str, Any] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """How many rows of the file are done with; what was removed stands in none."""
        return sum(n for outcome, n in self.counts.items() if outcome != "removed")


class Loading(Protocol):
    """The engine's half of loading a file whole: transactions, progress, what was done before."""

    run: Run
    checkpoint: dict[str, Any]

    def read(self) -> ReadContext:
        """Give a context for reading what is committed (in a dry run: before it)."""
        ...

    def part(self, loaded: Loaded) -> AbstractAsyncContextManager[Context]:
        """Give one transaction, in which ``loaded`` is saved with what was written.

        A dry run's parts see each other and are all taken back. Leaves the loader by an exception
        of the engine's when somebody paused or cancelled the import.
        """
        ...

    async def expect(self, total: int | None) -> None:
        """Say how many rows there are."""
        ...


class Loader(Protocol):
    """An area's way of loading a whole file by set-based statements, where rows are too slow."""

    async def load(self, loading: Loading, file: SourceFile) -> None:
        """Load the file; after a stop, all but what the checkpoint says. A job may do it twice."""
        ...

    async def undo(self, ctx: Context, import_id: UUID) -> list[dict[str, Any]]:
        """Take an import back; answers what stays because somebody changed it since."""
        ...


@dataclass(frozen=True, slots=True)
class Detected:
    """What a file seems to be. ``columns`` are for the mapping step of an unknown table."""

    source: str | None
    score: float = 0.0
    header: tuple[str, ...] = ()
    columns: tuple[dict[str, Any], ...] = ()
