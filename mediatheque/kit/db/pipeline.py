"""One round trip of one connection: several statements sent together, their rows taken together.

psycopg's cursors do the same with a dozen generators, locks and objects for each statement, which
cost more processor time than PostgreSQL takes for most of our reads. Here libpq's pipeline mode is
used directly (PostgreSQL's manual, "Pipeline Mode"); adapting values and rows is psycopg's, and so
is waiting, which cancels the statements on the server if the one who waits is cancelled.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from psycopg import AsyncConnection, pq
from psycopg.adapt import PyFormat, Transformer
from psycopg.errors import (
    FeatureNotSupported,
    InternalError,
    InvalidSqlStatementName,
    error_from_result,
)
from psycopg.generators import fetch_many, send

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from psycopg.abc import Buffer, PQGen
    from psycopg.pq.abc import PGconn, PGresult

Row: TypeAlias = dict[str, Any]
_Key: TypeAlias = tuple[bytes, tuple[int, ...]]
Statement: TypeAlias = "tuple[str, Mapping[str, Any]]"
"""SQL with ``%(name)s`` and doubled percent signs, and its values."""

PREPARE_AFTER: Final = 2
"""A connection's third statement of a kind is prepared."""
MOST_KINDS: Final = 100
"""Those used longest ago go."""
MOST_SEEN: Final = 1000
_PLACE: Final = re.compile(r"%(?:\(([^)]+)\)s|%)")
_TEXT: Final = pq.Format.TEXT
_OK: Final = pq.ExecStatus.COMMAND_OK
_ROWS: Final = pq.ExecStatus.TUPLES_OK
_OUTDATED: Final = (FeatureNotSupported, InvalidSqlStatementName)
"""A table changed under a prepared statement, or the server has it no more."""


class _Plan:
    """A statement as PostgreSQL takes it: ``$1`` for a name, each name once, in their order."""

    __slots__ = ("formats", "names", "sql")

    def __init__(self, sql: str) -> None:
        places: dict[str, int] = {}

        def number(found: re.Match[str]) -> str:
            name = found[1]
            return f"${places.setdefault(name, len(places) + 1)}" if name else "%"

        self.sql = _PLACE.sub(number, sql).encode()
        self.names = tuple(places)
        self.formats = (PyFormat.AUTO,) * len(places)


_PLANS: dict[str, _Plan] = {}


def _plan(sql: str) -> _Plan:
    found = _PLANS.get(sql)
    if found is None:
        if len(_PLANS) >= MOST_SEEN:
            _PLANS.clear()
        found = _PLANS[sql] = _Plan(sql)
    return found


class _Kind:
    """A statement with the types of its values, on one connection."""

    __slots__ = ("columns", "name", "used")

    def __init__(self) -> None:
        self.used = 0
        self.name = b""
        """Of the prepared statement; empty as long as the server has none."""
        self.columns: tuple[str, ...] | None = None
        """Of the prepared statement: PostgreSQL refuses to run it once they are others."""


class _Sent:
    """A statement on its way: ready to be sent, then with what was answered."""

    __slots__ = ("formats", "is_prepared_now", "key", "kind", "made", "sql", "types", "values")

    def __init__(
        self,
        sql: bytes,
        values: Sequence[Buffer | None],
        types: tuple[int, ...],
        formats: Sequence[pq.Format] | None,
    ) -> None:
        self.sql = sql
        self.values = values
        self.types = types
        self.formats = formats
        self.key: _Key = (sql, types)
        self.kind: _Kind
        self.is_prepared_now = False
        self.made: PGresult | None = None


class Talk:
    """One connection: its prepared statements, and how it adapts values and rows."""

    def __init__(self, connection: AsyncConnection[Any]) -> None:
        self._pgconn: PGconn = connection.pgconn
        self._adapt = Transformer(connection)
        self._kinds: OrderedDict[_Key, _Kind] = OrderedDict()
        self._gone: list[bytes] = []
        self._names = 0

    @property
    def is_still(self) -> bool:
        """Whether the connection is as it was before, fit for the next exchange."""
        return (
            self._pgconn.pipeline_status == pq.PipelineStatus.OFF
            and self._pgconn.transaction_status == pq.TransactionStatus.IDLE
        )

    def exchange(self, asked: Sequence[Statement]) -> PQGen[list[list[Row]]]:
        """Send all, take the rows of all; raises the error of the first statement that has one.

        However it ends, everything that was sent is answered, unless the connection broke.
        """
        pgconn = self._pgconn
        # Adapted before anything is sent: a value that cannot be leaves nothing behind.
        ready = [self._adapted(sql, values) for sql, values in asked]
        pgconn.enter_pipeline_mode()
        for one in ready:
            self._send(one)
        gone, self._gone = self._gone, []
        for name in gone:
            pgconn.send_query_params(b"DEALLOCATE " + name, None)
        pgconn.pipeline_sync()
        yield from send(pgconn)
        fault: PGresult | None = None
        for one in ready:
            if one.is_prepared_now:
                (made,) = yield from fetch_many(pgconn)
                if made.status != _OK:
                    self._kinds.pop(one.key, None)
                    fault = fault or made
            (one.made,) = yield from fetch_many(pgconn)
            if one.made.status != _ROWS:
                fault = fault or one.made
        for _ in range(len(gone) + 1):  # and the synchronisation
            yield from fetch_many(pgconn)
        pgconn.exit_pipeline_mode()
        if fault is not None:
            raise self._error(fault, ready)
        return [self._rows(one) for one in ready]

    def _adapted(self, sql: str, values: Mapping[str, Any]) -> _Sent:
        plan = _plan(sql)
        adapt = self._adapt
        dumped = adapt.dump_sequence([values[name] for name in plan.names], plan.formats)
        return _Sent(plan.sql, dumped, adapt.types or (), adapt.formats)

    def _send(self, one: _Sent) -> None:
        pgconn, kind = self._pgconn, self._kind(one.key)
        one.kind = kind
        kind.used += 1
        if not kind.name and kind.used > PREPARE_AFTER:
            self._names += 1
            kind.name = b"read_%d" % self._names
            one.is_prepared_now = True
            pgconn.send_prepare(kind.name, one.sql, one.types)
        if kind.name:
            pgconn.send_query_prepared(kind.name, one.values, one.formats, _TEXT)
        else:
            pgconn.send_query_params(one.sql, one.values, one.types, one.formats, _TEXT)

    def _kind(self, key: _Key) -> _Kind:
        found = self._kinds.get(key)
        if found is not None:
            self._kinds.move_to_end(key)
            return found
        found = self._kinds[key] = _Kind()
        if len(self._kinds) > MOST_KINDS:
            self._forget(next(iter(self._kinds)))
        return found

    def _forget(self, key: _Key) -> None:
        gone = self._kinds.pop(key, None)
        if gone is not None and gone.name:
            self._gone.append(gone.name)

    def _rows(self, one: _Sent) -> list[Row]:
        made, kind = one.made, one.kind
        assert made is not None  # noqa: S101  (every statement was answered)
        columns = kind.columns
        if columns is None:
            names = (made.fname(at) or b"" for at in range(made.nfields))
            columns = tuple(name.decode() for name in names)
            if kind.name:
                kind.columns = columns
        if not made.ntuples:
            return []
        adapt = self._adapt
        adapt.set_pgresult(made)
        return adapt.load_rows(0, made.ntuples, lambda row: dict(zip(columns, row, strict=True)))

    def _error(self, fault: PGresult, sent: list[_Sent]) -> Exception:
        """What PostgreSQL said, as psycopg's cursors raise it."""
        if fault.status != pq.ExecStatus.FATAL_ERROR:
            status = pq.ExecStatus(fault.status).name
            return InternalError(f"a statement that reads was answered with {status}")
        error = error_from_result(fault, self._adapt.encoding)
        if isinstance(error, _OUTDATED):
            for one in sent:
                self._forget(one.key)
        return error


class ReadingConnection(AsyncConnection[Row]):
    """A connection of the reading pool."""

    @cached_property
    def talk(self) -> Talk:
        """What is known of it."""
        return Talk(self)

    async def exchange(self, asked: Sequence[Statement]) -> list[list[Row]]:
        """The rows of some statements, in one transaction and one round trip.

        A connection that cannot be used after it is closed; its pool makes another.
        """
        try:
            return await self.wait(self.talk.exchange(asked))
        except BaseException:
            if not self.talk.is_still:
                await self.close()
            raise
