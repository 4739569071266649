"""Every query and action says what it needs: a permission, ``signed_in`` or ``public``.

Exempt are functions that run nothing (clauses, shapes) and steps of an action or a query that
take a context but are called only inside the rooms ``actions`` and ``queries`` of their own area:
their callers have declared.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
from types import ModuleType
from typing import TYPE_CHECKING, Any

import mediatheque
from mediatheque.core.permissions import HOUSE, INSTANCE_ROLES, RANK, ROLES, Permission
from tests.architecture.sources import PACKAGE, Source, functions, sources

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

OPEN = {"public", "signed_in"}
DOORS = ("queries", "actions")


def undeclared() -> dict[Callable[..., Any], str]:
    return {
        found: f"{module}.{name}"
        for module, name, found in functions(*DOORS)
        if inspect.iscoroutinefunction(found) and not hasattr(found, "__permission__")
    }


def modules() -> dict[str, ModuleType]:
    names = [one.name for one in pkgutil.walk_packages(mediatheque.__path__, "mediatheque.")]
    return {name: importlib.import_module(name) for name in names if "__main__" not in name}


def uses(
    source: Source, module: ModuleType, hidden: dict[Callable[..., Any], str]
) -> Iterator[str]:
    """Where a module reaches functions that declare nothing: by import, or through a module."""
    for name, value in vars(module).items():
        if inspect.isfunction(value) and value in hidden:
            yield f"{source.name} imports {hidden[value]} as {name}"
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            holder = vars(module).get(node.value.id)
            value = getattr(holder, node.attr, None) if isinstance(holder, ModuleType) else None
            if inspect.isfunction(value) and value in hidden:
                yield f"{source.at(node)} uses {hidden[value]}"


def test_what_declares_nothing_is_called_only_by_what_has_declared() -> None:
    hidden, loaded = undeclared(), modules()
    strangers = []
    for source in sources():
        if source.name not in loaded:
            continue
        for use in uses(source, loaded[source.name], hidden):
            at = next(one for one in hidden.values() if one in use)
            is_own = source.room in DOORS and at.startswith(f"mediatheque.areas.{source.area}.")
            if not is_own:
                strangers.append(use)
    assert strangers == []


def test_what_is_declared_is_a_permission() -> None:
    declared = {
        f"{module}.{name}": found.__permission__
        for module, name, found in functions(*DOORS)
        if hasattr(found, "__permission__")
    }
    assert len(declared) > 100
    known = OPEN | set(Permission)
    assert {name: one for name, one in declared.items() if one not in known} == {}


def test_permissions_are_only_declared_on_queries_and_actions() -> None:
    """A route decides nothing: it makes one call to what has declared."""
    others = [
        f"{module}.{name}"
        for module, name, found in functions("routes", "graph", "jobs", "rules", "adapters")
        if hasattr(found, "__permission__")
    ]
    assert others == []


def test_every_permission_guards_something() -> None:
    text = "\n".join(
        path.read_text()
        for path in PACKAGE.rglob("*.py")
        if path != PACKAGE / "core" / "permissions.py"
    )
    used = set(re.findall(r"\b(?:P|Permission)\.([A-Z_]+)\b", text))
    assert [one.name for one in Permission if one.name not in used] == []


def test_permissions_stand_in_alphabetical_order() -> None:
    names = [one.name for one in Permission]
    assert names == sorted(names)


def test_roles_hold_permissions_and_the_owner_all() -> None:
    assert ROLES["owner"] == frozenset(Permission) - HOUSE
    assert INSTANCE_ROLES["owner"] == HOUSE
    assert set(RANK) == set(ROLES)
    assert ROLES["viewer"] <= ROLES["member"] <= ROLES["manager"] <= ROLES["owner"]
