"""Temporary tables that bulk work is copied into before it goes where it belongs."""

from __future__ import annotations

import asyncio
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
        self._copy = f"COPY {name} ({', '.join(columns)}) FROM STDIN WITH (NULL E'\\x01')"

    async def fill(
        self,
        connection: AsyncConnection[Any],
        rows: Iterable[Sequence[Any]] | bytes,
        *,
        clear: bool = True,
    ) -> None:
        """Replace the table's rows (or what :func:`encode` made of them) in the transaction."""
        await connection.execute(self._create)
        if clear:
            await connection.execute(f"DELETE FROM {self.name}")  # noqa: S608  (our own name)
        async with connection.cursor().copy(self._copy) as copy:
            await copy.write(rows if isinstance(rows, bytes) else lines(rows))

    async def load(self, connection: AsyncConnection[Any], pieces: Iterable[bytes]) -> None:
        """Replace the table's rows by pieces of what :func:`lines` made, at any boundaries."""
        await connection.execute(self._create)
        await connection.execute(f"DELETE FROM {self.name}")  # noqa: S608  (our own name)
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


_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\0": None})
_NULL = "\x01"
"""Stands for NULL: unlike the usual backslash-N it lets a whole line be checked at once."""


def lines(rows: Iterable[Sequence[Any]]) -> bytes:
    """Rows in PostgreSQL's COPY text format, NULL as the one control character 1.

    Takes None, strings, booleans, numbers, dates, UUIDs; anything else by its ``str``.
    """
    out = []
    for row in rows:
        cells = [_cell(value) for value in row]
        line = "\t".join(cells)
        if (
            "\\" in line
            or "\n" in line
            or "\r" in line
            or "\0" in line
            or line.count("\t") >= len(cells)
        ):
            line = "\t".join(cell if cell == _NULL else cell.translate(_ESCAPES) for cell in cells)
        out.append(line)
    if not out:
        return b""
    out.append("")
    return "\n".join(out).encode()


def _cell(value: Any) -> str:  # noqa: ANN401  (a column's value)
    if value is None:
        return _NULL
    kind = value.__class__
    if kind is str:
        return value if value != _NULL else ""
    if kind is UUID:
        return f"{value.int:032x}"
    return str(value)
