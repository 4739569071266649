"""What an operation asks of who calls it: read from its route's code and description.

Nothing is listed by hand: a new route is judged by the contexts it takes and by what the queries
and actions it calls declare.
"""

from __future__ import annotations

import inspect
import re
import typing
from dataclasses import dataclass
from functools import cache
from types import CodeType
from typing import TYPE_CHECKING, Any

from mediatheque.core.http import admin, contexts, uploads
from mediatheque.core.permissions import Permission
from tests.isolation.declared import OPEN, declared, endpoints
from tests.isolation.operations import IDS, METHODS, PLAIN, Operation, document, example

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.isolation.rows import LivedIn

IN_SPACE = {contexts._read, contexts._write, uploads._beforehand}  # noqa: SLF001  (the dependencies that routes are told apart by)
ACROSS = {contexts._read_across, contexts._write_across}  # noqa: SLF001  (the dependencies that routes are told apart by)
ADMIN = {admin._read, admin._write}  # noqa: SLF001  (the dependencies that routes are told apart by)

NO_ROUTE_OF_AN_AREA = {"system:live", "system:ready", "system:read_version"}
"""The house's own: no query is called, everybody may ask."""


FOR_MEMBERS = {"audit:watch"}
"""Ask for a person and a space in the route itself: the stream lives longer than any query."""

OF_OTHERS: dict[str, Permission] = {
    "exchange:map_import": Permission.IMPORT_MANAGE,
    "exchange:steer_import": Permission.IMPORT_MANAGE,
}
"""What is needed besides where the thing is somebody else's, as it is for all callers here."""


@dataclass(frozen=True)
class Asked:
    """An operation and what it needs."""

    operation: Operation
    audience: str  # app, admin or open
    is_in_space: bool
    needs: frozenset[str]
    is_signed_in: bool

    @property
    def id(self) -> str:
        return self.operation.id

    @property
    def is_write(self) -> bool:
        return self.operation.method != "get"

    @property
    def statuses(self) -> set[str]:
        """The documented ones, ``4XX`` among them."""
        return set(dict(self.operation.described)["responses"])

    def address(self, home: LivedIn) -> str:
        """The path with the ids of a home; what names nothing of it gets an example."""
        try:
            return self.operation.address(home)
        except KeyError:
            return re.sub(r"\{(\w+)\}", self._put_in(home), self.operation.path)

    def _put_in(self, home: LivedIn) -> Callable[[re.Match[str]], str]:
        described = dict(self.operation.described).get("parameters", ())
        schemas = {one["name"]: one["schema"] for one in described if one["in"] == "path"}

        def put_in(found: re.Match[str]) -> str:
            name = found[1]
            if name in IDS:
                return str(IDS[name](home))
            return str(PLAIN.get(name, example(schemas.get(name, {}))))

        return put_in


@cache
def asked() -> tuple[Asked, ...]:
    """Every operation of the document."""
    return tuple(
        _read(Operation(method, path, tuple(described.items())))
        for path, methods in document()["paths"].items()
        for method, described in methods.items()
        if method in METHODS
    )


def _read(operation: Operation) -> Asked:
    if operation.id in NO_ROUTE_OF_AN_AREA:
        return Asked(operation, "open", is_in_space=False, needs=frozenset(), is_signed_in=False)
    found = set(_dependencies(endpoints()[operation.id]))
    says = declared(operation.id)
    needs = (says - OPEN) | {str(one) for name, one in OF_OTHERS.items() if name == operation.id}
    assert needs <= set(Permission), f"{operation.id}: {needs}"
    # A dependency of the route's own, which finds out who it is for what the route needs.
    asks = {one for one in found if needs and "identify" in _code(one).co_names} - ADMIN
    audience = "admin" if found & ADMIN else "app" if found & (IN_SPACE | ACROSS) | asks else "open"
    return Asked(
        operation,
        audience,
        is_in_space=bool(found & IN_SPACE) or any(not _is_across(one) for one in asks - ACROSS),
        needs=frozenset(needs),
        is_signed_in=bool(needs) or _is_for_people(operation, says),
    )


def _code(function: Callable[..., Any]) -> CodeType:
    code: CodeType = inspect.unwrap(function).__code__
    return code


def _is_across(function: Callable[..., Any]) -> bool:
    """Whether a dependency of a route's own asks who it is, and not in which space."""
    return any(isinstance(one, tuple) and "in_space" in one for one in _code(function).co_consts)


def _is_for_people(operation: Operation, says: frozenset[str]) -> bool:
    """Whether only somebody signed in is answered.

    Where not all calls are for people, the description decides: it documents the refusal
    (``raises(NotSignedInError)``) or it does not.
    """
    if says == {"signed_in"} or operation.id in FOR_MEMBERS:
        return True
    refusals = dict(operation.described)["responses"].get("401", {})
    return "not_signed_in" in refusals.get("x-codes", ())


def _dependencies(function: Callable[..., Any]) -> Iterator[Any]:
    """All functions that a route depends on, directly or not."""
    plain = inspect.unwrap(function)
    for hint in typing.get_type_hints(plain, include_extras=True).values():
        for extra in getattr(hint, "__metadata__", ()):
            depends = getattr(extra, "dependency", None)
            if depends is not None:
                yield depends
                yield from _dependencies(depends)
