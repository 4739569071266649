"""What each operation's calls declare: read from the route's code, not from a list.

From an endpoint, its dependencies and the helpers of its own routes, every query and action that
is named is collected with its ``__permission__``.
"""

from __future__ import annotations

import inspect
import typing
from functools import cache
from types import CodeType, ModuleType
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter
from fastapi.routing import APIRoute

from mediatheque.core.module import House
from mediatheque.registry import MODULES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

OPEN = {"public", "signed_in"}


@cache
def endpoints() -> dict[str, Callable[..., Any]]:
    """Operation id → the function that answers it."""
    house = House(MODULES)
    found: dict[str, Callable[..., Any]] = {}
    for module in MODULES:
        for router in module.routers:
            made = router if isinstance(router, APIRouter) else router(house)
            found |= {f"{one.tags[0]}:{one.name}": one.endpoint for one in _routes(made)}
    return found


def _routes(router: APIRouter) -> Iterator[APIRoute]:
    """A router's routes, those of the routers it includes among them."""
    for one in router.routes:
        if isinstance(one, APIRoute):
            yield one
        else:
            yield from _routes(one.original_router)  # type: ignore[attr-defined]  # FastAPI's own


@cache
def declared(operation_id: str) -> frozenset[str]:
    """The permissions, ``signed_in`` and ``public`` that an operation's calls declare."""
    found: set[str] = set()
    seen: set[int] = set()
    pending = [endpoints()[operation_id]]
    while pending:
        one = pending.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        for called in _named(one):
            permission = getattr(called, "__permission__", None)
            if permission is not None:
                found.add(str(permission))
            elif inspect.isfunction(called) and _is_of_routes(called):
                pending.append(called)
    return frozenset(found)


def _is_of_routes(function: Callable[..., Any]) -> bool:
    parts = function.__module__.split(".")
    return parts[:2] == ["mediatheque", "areas"] and parts[3:4] == ["routes"]


def _named(function: Callable[..., Any]) -> Iterator[Any]:
    """Everything that a function's code and its dependencies name."""
    plain = inspect.unwrap(function)
    space = plain.__globals__
    for name, *attributes in _chains(plain.__code__):
        value = space.get(name)
        if isinstance(value, ModuleType):
            yield from (getattr(value, one, None) for one in attributes)
        yield value
    try:
        hints = typing.get_type_hints(plain, include_extras=True)
    except NameError:  # names only a type checker reads: not a dependency, FastAPI could not either
        return
    for hint in hints.values():
        for extra in getattr(hint, "__metadata__", ()):
            depends = getattr(extra, "dependency", None)
            if depends is not None:
                yield depends


def _chains(code: CodeType) -> Iterator[list[str]]:
    """Each global name, with all attribute names of the same code (a superset is enough)."""
    names = list(code.co_names)
    for name in names:
        yield [name, *names]
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _chains(constant)
