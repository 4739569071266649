"""The tab-delimited export: version 1's facts as columns; new lines have become ``/ ``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mediatheque.areas.library.adapters.sources.delicious.items import Facts
from mediatheque.areas.library.adapters.sources.delicious.version1 import DATES, LISTS
from mediatheque.areas.library.adapters.tables import (
    Columns,
    Row,
    failed_record,
    header_only,
    open_table,
    problems_of,
)
from mediatheque.areas.library.schemas.rows import RowFailure
from mediatheque.kit.dates import read_date

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mediatheque.areas.exchange.schemas.sources import SourceFile
    from mediatheque.areas.library.schemas.rows import Problem

COLUMNS: Final = ("medium", "title", "mediacount", "netrating")
_BREAK: Final = "/ "


def read_items(file: SourceFile) -> Iterator[tuple[Facts, list[Problem]] | RowFailure]:
    """Yield the facts of every row, with what was repaired in it."""
    with open_table(file, COLUMNS, "Delicious Library") as table:
        columns = Columns(table.header)
        empty = True
        for line, cells, flaws in table:
            empty = False
            if any(flaw.fatal for flaw in flaws):
                yield failed_record(line, cells, flaws, table)
            else:
                yield _facts(Row(line, cells, columns)), problems_of(flaws)
        if empty:
            raise header_only(table.header)


def _facts(row: Row) -> Facts:
    raw = row.raw()
    facts = Facts(row.line, raw)
    facts.texts = {name: str(value) for name, value in raw.items()}
    facts.texts["type"] = facts.texts.get("medium", "")
    facts.texts["uuid"] = facts.texts.get("key", "")
    facts.texts["description"] = facts.texts.get("description", "").replace(_BREAK, "\n")
    for name in LISTS & raw.keys():
        parts = (" ".join(part.split()) for part in str(raw[name]).split(_BREAK))
        facts.lists[name] = [part for part in parts if part]
    for name in DATES & raw.keys():
        facts.dates[name] = read_date(str(raw[name]), day_first=True)
    return facts
