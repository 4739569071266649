"""Temporary tables that bulk work is copied into before it goes where it belongs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

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
        self._copy = f"COPY {name} ({', '.join(columns)}) FROM STDIN"

    async def fill(
        self, connection: AsyncConnection[Any], rows: Iterable[Sequence[Any]], *, clear: bool = True
    ) -> None:
        """Replace the table's rows within the open transaction."""
        await connection.execute(self._create)
        if clear:
            await connection.execute(f"TRUNCATE {self.name}")
        async with connection.cursor().copy(self._copy) as copy:
            await copy.write(lines(rows))


_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\0": None})


def lines(rows: Iterable[Sequence[Any]]) -> bytes:
    """Rows in PostgreSQL's COPY text format.

    Takes None, strings, booleans, numbers, dates, UUIDs; anything else by its ``str``.
    """
    out: list[str] = []
    for row in rows:
        cells = []
        for value in row:
            if value is None:
                cells.append("\\N")
            elif value.__class__ is str:
                cells.append(value if _plain(value) else value.translate(_ESCAPES))
            else:
                cells.append(str(value))
        out.append("\t".join(cells))
    if not out:
        return b""
    out.append("")
    return "\n".join(out).encode()


def _plain(value: str) -> bool:
    return (
        "\\" not in value
        and "\n" not in value
        and "\t" not in value
        and "\r" not in value
        and "\0" not in value
    )
