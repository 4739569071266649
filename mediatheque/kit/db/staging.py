"""Temporary tables that bulk work is copied into before it goes where it belongs."""

from __future__ import annotations

import asyncio
from itertools import islice
from typing import TYPE_CHECKING, Any
from uuid import UUID

from mediatheque.kit.turns import ahead

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from psycopg import AsyncConnection


class Stage:
    """A session's temporary table, emptied at each commit.

    ``COPY`` into a table with a row policy is refused, so bulk loads go through one of these
    and ``INSERT … SELECT``. ``columns`` maps names to types in the order rows have them.
    """

    def __init__(self, name: str, columns: dict[str, str]) -> None:
        self.name = name
        self.columns = columns
        described = ", ".join(f"{column} {kind}" for column, kind in columns.items())
        self._create = (
            f"CREATE TEMPORARY TABLE IF NOT EXISTS {name} ({described}) ON COMMIT DELETE ROWS"
        )
        self._renew = f"{self._create}; DELETE FROM {name}"  # noqa: S608  (our own name)
        self._copy = f"COPY {name} ({', '.join(columns)}) FROM STDIN WITH (NULL E'\\x01')"

    async def fill(
        self,
        connection: AsyncConnection[Any],
        rows: Iterable[Sequence[Any]] | bytes,
        *,
        clear: bool = True,
    ) -> None:
        """Replace the table's rows (or what :func:`encode` made of them) in the transaction."""
        await connection.execute(self._renew if clear else self._create, prepare=False)
        async with connection.cursor().copy(self._copy) as copy:
            await copy.write(rows if isinstance(rows, bytes) else lines(rows))

    async def load(self, connection: AsyncConnection[Any], pieces: Iterable[bytes]) -> None:
        """Replace the table's rows by pieces of what :func:`lines` made, at any boundaries."""
        await connection.execute(self._renew, prepare=False)
        async with connection.cursor().copy(self._copy) as copy:
            for piece in pieces:
                await copy.write(piece)


def encode(rows: Iterable[Sequence[Any]]) -> asyncio.Future[bytes]:
    """Make rows ready for a stage in a thread, while the database does something else."""
    made = asyncio.ensure_future(ahead(lines, rows))
    made.add_done_callback(_see)
    return made


def _see(made: asyncio.Future[bytes]) -> None:
    """A fault is raised to whoever awaits the bytes; if nobody does, another came before it."""
    if not made.cancelled():
        made.exception()


_ESCAPES = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\0": ""}
_TABLE = str.maketrans(_ESCAPES)
NULL = "\x01"
"""Stands for NULL: unlike the usual backslash-N it needs no escape."""
_CELL_END = "\x02"
_ROW_END = "\x03"


_AT_ONCE = 512
"""Rows that are escaped together: enough that calls do not count, few enough for memory."""


def lines(rows: Iterable[Sequence[Any]]) -> bytes:
    """Rows in PostgreSQL's COPY text format, NULL as the one control character 1.

    Takes None, strings, booleans, numbers, dates, UUIDs; anything else by its ``str``. Rows are
    joined by characters that text does not have, and escaped together: what is done for each
    cell is done in C.
    """
    coming = iter(rows)
    pieces = []
    while parts := [_texts(row) for row in islice(coming, _AT_ONCE)]:
        pieces.append(_escaped(parts).encode())
    return b"".join(pieces)


def cells(row: Sequence[Any]) -> str:
    """Some cells of one row, ready for :func:`joined` before the row's other cells are known."""
    return _escaped([_texts(row)])[:-1]


def joined(rows: Iterable[Iterable[str]]) -> bytes:
    """Rows of which each part was made by :func:`cells`, in the format of :func:`lines`."""
    whole = "\n".join(["\t".join(parts) for parts in rows])
    return f"{whole}\n".encode() if whole else b""


def _texts(row: Sequence[Any]) -> list[str]:
    return [
        (value if value != NULL else "")
        if value.__class__ is str
        else NULL
        if value is None
        else f"{value.int:032x}"
        if value.__class__ is UUID
        else str(value)
        for value in row
    ]


def _escaped(parts: list[list[str]]) -> str:
    whole = _ROW_END.join([_CELL_END.join(row) for row in parts])
    count = len(parts) * len(parts[0])
    if whole.count(_CELL_END) + whole.count(_ROW_END) != count - 1:  # some text does have them
        escaped = ([cell.translate(_TABLE) for cell in row] for row in parts)
        return "".join("\t".join(row) + "\n" for row in escaped)
    for character, escape in _ESCAPES.items():
        if character in whole:
            whole = whole.replace(character, escape)
    return f"{whole}\n".replace(_CELL_END, "\t").replace(_ROW_END, "\n")
