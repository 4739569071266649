"""SQLAlchemy statements compiled once and then reused as plain psycopg queries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import BindParameter, Executable, TextClause, text
from sqlalchemy.dialects.postgresql.psycopg import PGDialectAsync_psycopg
from sqlalchemy.sql.cache_key import CacheKey
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import ClauseElement

if TYPE_CHECKING:
    from collections.abc import Mapping

_DIALECT = PGDialectAsync_psycopg()  # type: ignore[no-untyped-call]  # SQLAlchemy leaves it so
MAX_STATEMENTS = 1000


class Prepared:
    """A statement in text that always is the same: compiled once, at its first use.

    SQLAlchemy copies a clause to give it values, and looks through all of it to find it again;
    that costs more than many a statement takes. Values are sent with the types they have in
    Python (unlike those given to :func:`sqlalchemy.text`, which are cast): where PostgreSQL could
    not tell a text's, write ``cast(:name AS text)``.
    """

    def __init__(self, sql: str, *types: BindParameter[Any]) -> None:
        self.clause = text(sql).bindparams(*types)
        self._compiled: SQLCompiler | None = None

    def __call__(self, **values: Any) -> Bound:  # noqa: ANN401  (values of any type)
        """The statement with a value for each of its names."""
        return Bound(self, values)

    def query(self, values: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        """SQL and values as :meth:`StatementCache.query` answers them."""
        made = self._compiled
        if made is None:
            made = self._compiled = StatementCache.compile(self.clause)
        return made.string, StatementCache.bind(made, values)


class Bound(Executable):
    """A :class:`Prepared` statement with its values; readers and writers take it as any select."""

    def __init__(self, prepared: Prepared, values: dict[str, Any]) -> None:
        self._prepared = prepared
        self._values = values

    def __str__(self) -> str:
        return str(self._prepared.clause)

    @property
    def query(self) -> tuple[str, dict[str, Any]]:
        """SQL and values."""
        return self._prepared.query(self._values)

    @property
    def clause(self) -> TextClause:
        """The same for SQLAlchemy's own sessions."""
        return self._prepared.clause.bindparams(**self._values)


class StatementCache:
    """Maps a statement's structure to its SQL text; values are taken from each statement.

    SQLAlchemy's own cache key says whether two statements have the same structure. Expanding
    ``IN`` is not supported: compare with ``= ANY(array)`` instead, which has one plan.
    """

    def __init__(self) -> None:
        self._compiled: dict[Any, SQLCompiler] = {}

    def __len__(self) -> int:
        return len(self._compiled)

    def query(
        self, statement: Executable, values: Mapping[str, Any] | None = None
    ) -> tuple[str, dict[str, Any]]:
        """Answer the SQL text and the bound parameters of a statement.

        ``values`` are of the parameters it has by name and holds no value for.
        """
        if isinstance(statement, Bound):
            return statement.query
        assert isinstance(statement, ClauseElement)  # noqa: S101  (narrows for mypy)
        key = statement._generate_cache_key()  # noqa: SLF001  (SQLAlchemy's documented extension use)
        if key is None:
            compiled = self.compile(statement)
            return str(compiled), self.bind(compiled, compiled.construct_params(values))
        found = self._compiled.get(key.key)
        if found is None:
            found = self.compile(statement, key)
            if len(self._compiled) >= MAX_STATEMENTS:
                self._compiled.clear()
            self._compiled[key.key] = found
        return found.string, self.bind(
            found, found.construct_params(values, extracted_parameters=key.bindparams)
        )

    @staticmethod
    def compile(statement: ClauseElement, key: CacheKey | None = None) -> SQLCompiler:
        """Make SQL of a statement; TypeError for one whose SQL would depend on its values."""
        compiled = statement.compile(dialect=_DIALECT, cache_key=key)
        assert isinstance(compiled, SQLCompiler)  # noqa: S101  (narrows for mypy)
        if compiled.post_compile_params:
            raise TypeError("Use = ANY(array) instead of IN: its SQL does not depend on the length")
        return compiled

    @staticmethod
    def bind(compiled: SQLCompiler, values: Any) -> dict[str, Any]:  # noqa: ANN401  (what the compiler answers)
        """Values as the driver takes them."""
        processors: Any = compiled._bind_processors  # noqa: SLF001  (what the dialect's own execution uses)
        return {
            name: processors[name](value) if name in processors else value
            for name, value in values.items()
        }
