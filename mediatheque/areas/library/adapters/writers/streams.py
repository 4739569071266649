"""A collection as two streams of bytes, in an order that only its content decides."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import orjson

from mediatheque.areas.library.adapters.writers.csv_table import copy_cells, csv_rows, work_cells
from mediatheque.areas.library.adapters.writers.json_document import json_titles, title_document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from mediatheque.areas.library.schemas.rows import CopyRow, ItemRow

Keyed = tuple[str, "ItemRow"]
"""A work with its sort key."""


def csv_stretch(works: Sequence[Keyed], columns: Sequence[str]) -> bytes:
    """The lines of a stretch of works: one for each copy, and one for what else is to be said."""
    spread = [(key, item, spread_item(item, columns)) for key, item in works]
    ordered = _ordered(spread, lambda one: [_row_key(row, columns) for row in one[2]])
    rows = (row for _, _, made in ordered for row in made)
    return b"".join(csv_rows(rows, columns))


def json_stretch(works: Sequence[Keyed], *, is_first: bool) -> bytes:
    """The objects of a stretch of works."""
    made = []
    for key, item in works:
        item.copies.sort(key=orjson.dumps)
        made.append((key, item))
    ordered = _ordered(made, lambda one: orjson.dumps(title_document(one[1])))
    return b"".join(json_titles((item for _, item in ordered), is_first=is_first))


def _ordered(works: list[Any], content: Callable[[Any], Any]) -> Iterator[Any]:
    """By sort key, year, kind, and where all these agree by content."""
    for _, group in groupby(works, key=itemgetter(0)):
        alike = list(group)
        if len(alike) > 1:
            alike.sort(
                key=lambda one: (
                    one[1].year is not None,
                    one[1].year or 0,
                    one[1].kind,
                    content(one),
                )
            )
        yield from alike


def spread_item(item: ItemRow, columns: Sequence[str]) -> list[ItemRow]:
    """A work as rows of a table: a row for each copy, each further note, each watched episode.

    Without copies the first row carries the first note. What a row's columns cannot tell does
    not decide the order of the rows.
    """
    named = "library" in columns
    copies = [copy if named else replace(copy, library=None) for copy in item.copies]
    copies.sort(key=lambda copy: _copy_key(copy, columns))
    own = [mark for mark in item.marks if mark.season is None and mark.episode is None]
    plain = replace(item, copies=[], notes=[], marks=own, seasons=[])
    rows = [replace(plain, copies=[copy], added_on=copy.added_on) for copy in copies]
    notes = list(item.notes)
    if not rows:
        rows.append(replace(plain, notes=notes[:1]))
        del notes[:1]
    rows += [replace(plain, notes=[note], added_on=None) for note in notes]
    parts = replace(plain, my_rating=None, added_on=None)
    rows += [
        replace(parts, marks=[mark], season=mark.season, episode=mark.episode)
        for mark in item.marks
        if mark not in own
    ]
    return rows


def _copy_key(copy: CopyRow, columns: Sequence[str]) -> tuple[str, ...]:
    cells = copy_cells(copy)
    return (*(cells.get(column, "") for column in columns), str(copy.added_on or ""))


def _row_key(row: ItemRow, columns: Sequence[str]) -> tuple[str, ...]:
    cells = work_cells(row)
    for copy in row.copies:
        cells |= copy_cells(copy)
    return tuple(cells.get(column, "") for column in columns)
