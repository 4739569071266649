"""The floor below an import: the rows that it wrote, copied into empty copies of their tables."""

from __future__ import annotations

import tempfile
import time
from typing import TYPE_CHECKING, Final

import psycopg
from psycopg import sql

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bench.product import Product

PIECE: Final = 1 << 20
OF_IMPORT: Final = "SELECT * FROM {table} WHERE import_id = {}"


def copied(
    product: Product,
    tables: Mapping[str, str],
    import_id: str,
    alter: str = "",
) -> tuple[float, int]:
    """Seconds that COPY takes, and how many rows there were.

    ``tables`` maps each table to a query for its rows, with ``{}`` for the import and
    ``{table}`` for its name (:data:`OF_IMPORT` where it says who wrote a row); ``alter`` is
    done to each empty copy first, for what ``LIKE … INCLUDING ALL`` leaves out.
    """
    seconds, count = 0.0, 0
    with psycopg.connect(product.database, autocommit=True) as connection:
        for table, rows in tables.items():
            twin = sql.Identifier(f"floor_{table}")
            connection.execute(
                sql.SQL("CREATE TABLE {} (LIKE {} INCLUDING ALL)").format(
                    twin, sql.Identifier(table)
                )
            )
            if alter:
                connection.execute(sql.SQL("ALTER TABLE {} ").format(twin) + sql.SQL(alter))
            chosen = sql.SQL(rows).format(sql.Literal(import_id), table=sql.Identifier(table))
            with tempfile.TemporaryFile() as kept:
                with connection.cursor().copy(
                    sql.SQL("COPY ({}) TO STDOUT").format(chosen)
                ) as copy:
                    for piece in copy:
                        kept.write(bytes(piece))
                        count += bytes(piece).count(b"\n")
                kept.seek(0)
                started = time.perf_counter()
                with connection.cursor().copy(sql.SQL("COPY {} FROM STDIN").format(twin)) as copy:
                    while part := kept.read(PIECE):
                        copy.write(part)
                seconds += time.perf_counter() - started
            connection.execute(sql.SQL("DROP TABLE {}").format(twin))
    return seconds, count
