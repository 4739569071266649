"""Our own CSV as a source."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from mediatheque.areas.library.adapters.own.columns import COLUMNS, MORE_COLUMNS
from mediatheque.areas.library.adapters.own.plan import Plan
from mediatheque.areas.library.adapters.tables import (
    TABLE_EXTENSIONS,
    failed_record,
    header_only,
    open_table,
    problems_of,
)
from mediatheque.areas.library.schemas.rows import RowFailure
from mediatheque.kit.archives import open_content
from mediatheque.kit.tabular import count_records, normal_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mediatheque.areas.exchange.schemas.samples import Sample
    from mediatheque.areas.exchange.schemas.sources import SourceFile, SourceOptions
    from mediatheque.areas.library.schemas.rows import ItemRow

_OURS: Final = frozenset(normal_name(name) for name in (*COLUMNS, *MORE_COLUMNS))
_FEW: Final = 3


class OwnCsv:
    """The table of the template, which is also what the library's export writes."""

    name: ClassVar[str] = "csv"
    label: ClassVar[str] = "Mediatheque CSV"
    description: ClassVar[str] = (
        "A table with the columns of the template, or the CSV export of a library."
    )
    extensions: ClassVar[tuple[str, ...]] = TABLE_EXTENSIONS

    def detect(self, sample: Sample) -> float:
        """Score by the share of columns that are ours; title and kind weigh most."""
        columns = sample.columns
        if "title" not in columns:
            return 0.0
        share = len(columns & _OURS) / max(1, len(columns - {""}))
        if "kind" in columns:
            return 0.7 + 0.3 * share
        return 0.6 * share if len(columns & _OURS) >= _FEW else 0.0

    def total(self, file: SourceFile) -> int | None:
        """Count the records: exact for a well-formed table without blank lines."""
        with open_content(file.path) as stream:
            return max(0, count_records(stream) - 1)

    def rows(self, file: SourceFile, options: SourceOptions) -> Iterator[ItemRow | RowFailure]:
        """Read the rows as a stream; raises ``SourceError`` for what is no such table."""
        with open_table(file, ("title",), self.label) as table:
            plan = Plan(table.header, options)
            empty = True
            for line, cells, flaws in table:
                empty = False
                if not flaws:
                    yield plan.read(line, cells)
                elif any(flaw.fatal for flaw in flaws):
                    yield failed_record(line, cells, flaws, table)
                else:
                    found = plan.read(line, cells)
                    if not isinstance(found, RowFailure):
                        found.problems += problems_of(flaws)
                    yield found
            if empty:
                raise header_only(table.header)
