"""SQLAlchemy statements compiled once and then reused as plain psycopg queries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Executable
from sqlalchemy.dialects.postgresql.psycopg import PGDialectAsync_psycopg
from sqlalchemy.sql.cache_key import CacheKey
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import ClauseElement

if TYPE_CHECKING:
    from collections.abc import Mapping

_DIALECT = PGDialectAsync_psycopg()  # type: ignore[no-untyped-call]  # SQLAlchemy leaves it so
MAX_STATEMENTS = 1000


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
        assert isinstance(statement, ClauseElement)  # noqa: S101  (narrows for mypy)
        key = statement._generate_cache_key()  # noqa: SLF001  (SQLAlchemy's documented extension use)
        if key is None:
            compiled = self._compile(statement)
            return str(compiled), self._bind(compiled, compiled.construct_params(values))
        found = self._compiled.get(key.key)
        if found is None:
            found = self._compile(statement, key)
            if len(self._compiled) >= MAX_STATEMENTS:
                self._compiled.clear()
            self._compiled[key.key] = found
        return found.string, self._bind(
            found, found.construct_params(values, extracted_parameters=key.bindparams)
        )

    @staticmethod
    def _compile(statement: ClauseElement, key: CacheKey | None = None) -> SQLCompiler:
        compiled = statement.compile(dialect=_DIALECT, cache_key=key)
        assert isinstance(compiled, SQLCompiler)  # noqa: S101
        if compiled.post_compile_params:
            raise TypeError("Use = ANY(array) instead of IN: its SQL does not depend on the length")
        return compiled

    @staticmethod
    def _bind(compiled: SQLCompiler, values: Any) -> dict[str, Any]:  # noqa: ANN401
        processors: Any = compiled._bind_processors  # noqa: SLF001
        return {
            name: processors[name](value) if name in processors else value
            for name, value in values.items()
        }
