"""The product's own source text, module by module, as the tests of its structure read it."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import mediatheque
from mediatheque.core.models import Base, SpaceOwned

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType

ROOT = Path(mediatheque.__file__).resolve().parents[1]
PACKAGE = ROOT / "mediatheque"


@dataclass(frozen=True)
class Source:
    """One module: its dotted name, its path, its tree."""

    name: str
    path: Path
    tree: ast.Module

    @property
    def area(self) -> str:
        """The area it belongs to, or an empty string."""
        parts = self.name.split(".")
        return parts[2] if parts[1:2] == ["areas"] and len(parts) > 2 else ""

    @property
    def room(self) -> str:
        """The room of its area, or an empty string."""
        parts = self.name.split(".")
        return parts[3] if parts[1:2] == ["areas"] and len(parts) > 3 else ""

    def at(self, node: ast.AST) -> str:
        """Where a node stands, for a message."""
        return f"{self.path.relative_to(ROOT)}:{getattr(node, 'lineno', 1)}"


@cache
def sources() -> tuple[Source, ...]:
    """Every module of the package."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found.append(Source(name, path, ast.parse(path.read_text(), str(path))))
    return tuple(found)


@cache
def areas() -> tuple[str, ...]:
    """The areas that exist."""
    return tuple(sorted({one.area for one in sources() if one.area}))


@cache
def load_all() -> tuple[ModuleType, ...]:
    """Import every module of the areas and of the spine."""
    import mediatheque.areas  # noqa: PLC0415  (not before the tests need it)
    import mediatheque.core  # noqa: PLC0415  (not before the tests need it)

    return tuple(
        importlib.import_module(found.name)
        for package in (mediatheque.core, mediatheque.areas)
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    )


def functions(*rooms: str) -> Iterator[tuple[str, str, Callable[..., Any]]]:
    """Public functions defined in rooms of areas, as (module, name, function)."""
    for module in load_all():
        parts = module.__name__.split(".")
        if len(parts) < 4 or parts[3] not in rooms:
            continue
        for name, found in vars(module).items():
            is_own = getattr(found, "__module__", "") == module.__name__
            if inspect.isfunction(found) and is_own and not name.startswith("_"):
                yield module.__name__, name, found


def _table(model: type[Any]) -> str:
    return str(model.__tablename__)


def tables() -> dict[str, str]:
    """Table → the area that owns it (``core`` for the spine's)."""
    load_all()
    owners = {}
    for mapper in Base.registry.mappers:
        parts = mapper.class_.__module__.split(".")
        owners[_table(mapper.class_)] = parts[2] if parts[1] == "areas" else parts[1]
    return owners


def models() -> dict[str, str]:
    """Model class → its table."""
    load_all()
    return {one.class_.__name__: _table(one.class_) for one in Base.registry.mappers}


def space_owned() -> list[str]:
    """The tables whose rows belong to a space, by their models."""
    load_all()
    return sorted(
        _table(mapper.class_)
        for mapper in Base.registry.mappers
        if issubclass(mapper.class_, SpaceOwned)
    )


def events() -> dict[str, str]:
    """Kind → the dotted name of its event's class."""
    load_all()
    from mediatheque.core.journal import Event  # noqa: PLC0415  (not before the tests need it)

    found: dict[str, str] = {}
    pending = list(Event.__subclasses__())
    while pending:
        one = pending.pop()
        pending += one.__subclasses__()
        if "kind" in vars(one) and one.__module__.startswith("mediatheque."):
            found[one.kind] = f"{one.__module__}.{one.__name__}"
    return found
