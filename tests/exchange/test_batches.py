"""How rows are put together for one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from mediatheque.areas.exchange import jobs

if TYPE_CHECKING:
    from mediatheque.areas.exchange.schemas.runs import Applier, Run


@dataclass
class Row:
    staged: str


class Long:
    """An applier whose rows are all of one length."""

    def __init__(self, characters: int) -> None:
        self.row = Row("x" * characters)

    def prepare(self, *_: object, **__: object) -> Row:
        return self.row


def sizes(characters: int, rows: int) -> list[int]:
    applier = cast("Applier", Long(characters))
    found = jobs.cut_batches(applier, cast("Run", None), cast("Any", iter(range(rows))), 0)
    return [len(batch) for batch in found]


def test_short_rows_are_counted() -> None:
    assert sizes(10, jobs.FIRST_BATCH + jobs.BATCH + 5) == [jobs.FIRST_BATCH, jobs.BATCH, 5]


def test_rows_with_much_text_make_smaller_batches() -> None:
    assert sizes(jobs.BATCH_CHARACTERS // 2, 7) == [3, 3, 1]


def test_a_row_that_is_longer_than_a_batch_goes_alone() -> None:
    assert sizes(jobs.BATCH_CHARACTERS + 1, 2) == [1, 1]
