"""Which module writes which table: read from the SQL in its strings and from its models.

Seen are ``INSERT INTO``, ``UPDATE``, ``DELETE FROM``, ``MERGE INTO``, ``TRUNCATE`` and ``COPY`` in
strings, ``insert(Model)``, ``update(Model)``, ``delete(Model)``, and models that are constructed.
A table named at run time (``INSERT INTO {table}``) is told apart: :data:`NAMED_LATER`.
"""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.architecture.sources import Source

NAMED_LATER = "{}"
_TARGET = re.compile(
    r"\b(?:INSERT\s+INTO|DELETE\s+FROM|MERGE\s+INTO|TRUNCATE(?:\s+TABLE)?|COPY"
    r"|UPDATE(?:\s+ONLY)?)\s+(?!SET\b|OF\b|SKIP\b|NOWAIT\b)\"?([a-z_]+[a-z0-9_]*|\{\})"
)


def written(source: Source, models: dict[str, str]) -> Iterator[tuple[str, ast.AST]]:
    """The tables that a module writes, each with the place; temporary ones among them."""
    docstrings = set(_docstrings(source.tree))
    models = _imported(source, models)
    inside = {
        id(part)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.JoinedStr)
        for part in node.values
    }
    for node in ast.walk(source.tree):
        if isinstance(node, ast.JoinedStr) or (
            isinstance(node, ast.Constant) and isinstance(node.value, str)
        ):
            if id(node) not in docstrings and id(node) not in inside:
                for name in _TARGET.findall(_text(node, models)):
                    yield name, node
        elif isinstance(node, ast.Call):
            for name in _orm(node, models):
                yield name, node


def strings(source: Source) -> Iterator[tuple[str, ast.AST]]:
    """All string constants that are no docstrings."""
    docstrings = set(_docstrings(source.tree))
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.Constant) or id(node) in docstrings:
            continue
        if isinstance(node.value, str):
            yield node.value, node


def _orm(node: ast.Call, models: dict[str, str]) -> Iterator[str]:
    called = node.func
    if not isinstance(called, ast.Name):
        return
    if called.id in {"insert", "update", "delete"} and node.args:
        (first, *_) = node.args
        if isinstance(first, ast.Name) and first.id in models:
            yield models[first.id]
    elif called.id in models:
        yield models[called.id]


def _text(node: ast.AST, models: dict[str, str]) -> str:
    """A string's text; ``Model.__tablename__`` is put in, what else is computed is ``{}``."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    assert isinstance(node, ast.JoinedStr)
    parts = []
    for value in node.values:
        if isinstance(value, ast.Constant):
            parts.append(str(value.value))
            continue
        inner = value.value if isinstance(value, ast.FormattedValue) else value
        if (
            isinstance(inner, ast.Attribute)
            and inner.attr == "__tablename__"
            and isinstance(inner.value, ast.Name)
        ):
            parts.append(models.get(inner.value.id, NAMED_LATER))
        else:
            parts.append(NAMED_LATER)
    return "".join(parts)


def _imported(source: Source, models: dict[str, str]) -> dict[str, str]:
    """The models that a module imports, by the names it gives them, with their tables."""
    return {
        alias.asname or alias.name: models[alias.name]
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ImportFrom) and ".models" in (node.module or "")
        for alias in node.names
        if alias.name in models
    }


def _docstrings(tree: ast.Module) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield id(node.value)
