"""What belongs to an area lies in files named for it."""

from __future__ import annotations

import ast

import pytest

from tests.architecture.sources import sources

DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


def defined(tree: ast.Module) -> list[str]:
    """Functions and classes, at whatever depth."""
    return [
        getattr(node, "name", "lambda") for node in ast.walk(tree) if isinstance(node, DEFINITIONS)
    ]


@pytest.mark.parametrize(
    "text",
    ["def one(): ...", "class One: ...", "if True:\n    async def one(): ...", "one = lambda: 1"],
)
def test_what_is_defined_is_found(text: str) -> None:
    assert defined(ast.parse(text)) != []
    assert defined(ast.parse("from a import one\n__all__ = ['one']")) == []


def test_the_front_of_a_folder_defines_nothing() -> None:
    fronts = [one for one in sources() if one.area and one.path.name == "__init__.py"]
    assert fronts
    assert {one.name: found for one in fronts if (found := defined(one.tree))} == {}
