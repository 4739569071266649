"""What is copied into stages arrives as it was: NULL, control characters, backslashes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from hypothesis import example, given
from hypothesis import strategies as st

from mediatheque.kit.db import Stage
from mediatheque.kit.db.staging import cells, joined, lines

if TYPE_CHECKING:
    from tests.house import House

STAGE = Stage("stage_of_tests", {"position": "int", "a": "text", "b": "text", "c": "uuid"})
AWKWARD = (
    "",
    "\\N",
    "\\",
    "\\.",
    "a\tb",
    "a\nb",
    "a\rb",
    "\x01",
    "\x02",
    "\x03",
    "ä\x02\t\x01",
    "\\x",
)


def read(copied: bytes) -> list[list[str | None]]:
    """COPY's text format, read by the letter of PostgreSQL's description."""
    back = {"t": "\t", "n": "\n", "r": "\r", "\\": "\\"}
    rows: list[list[str | None]] = []
    for line in copied.decode().split("\n")[:-1]:
        rows.append([])
        for cell in line.split("\t"):
            letters = iter(cell)
            text = "".join(back[next(letters)] if one == "\\" else one for one in letters)
            rows[-1].append(None if cell == "\x01" else text)
    return rows


def stored(value: str | None) -> str | None:
    """What text can be stored: no NUL; what stands for NULL alone in a cell is empty."""
    if value is None:
        return None
    return "" if value == "\x01" else value.replace("\0", "")


CELL = st.none() | st.text() | st.sampled_from(AWKWARD)


@given(st.lists(st.tuples(CELL, CELL, CELL), max_size=8))
@example([("a\x02b", None, "c"), (None, "", "\\")])
@example([("a\0", "\0", "x\x03"), (None, None, None)])
def test_cells_are_read_back(rows: list[tuple[str | None, ...]]) -> None:
    assert read(lines(rows)) == [[stored(cell) for cell in row] for row in rows]


def test_other_values_are_written_as_postgresql_reads_them() -> None:
    one = UUID(int=1)
    row = (1, -2.5, True, date(1927, 1, 10), one)
    assert lines([row]) == b"1\t-2.5\tTrue\t1927-01-10\t" + b"0" * 31 + b"1\n"
    assert lines([]) == b""


async def test_postgresql_takes_them(house: House) -> None:
    rows = [(n, text, None, UUID(int=n)) for n, text in enumerate(AWKWARD)]
    plain = [row for row in rows if not {"\x02", "\x03"} & set(row[1])]
    async with house.database.transaction(None) as db:
        connection = await db.connection()
        for some in (rows, plain):
            await STAGE.fill(connection, some)
            found = await (
                await connection.execute("SELECT position, a, b, c FROM stage_of_tests ORDER BY 1")
            ).fetchall()
            assert found == [(n, stored(a), b, c) for n, a, b, c in some]


@given(st.lists(st.tuples(CELL, CELL, CELL), max_size=8))
@example([("a\x02b", None, "c"), (None, "", "\\")])
def test_rows_that_are_made_in_parts_are_the_same_rows(rows: list[tuple[str | None, ...]]) -> None:
    assert joined((cells(row[:1]), cells(row[1:])) for row in rows) == lines(rows)
