"""Modules that few requests need, imported at first use: idle processes stay small."""

from __future__ import annotations

from importlib import import_module
from typing import Any


class Later:
    """Stands for a module until something of it is asked for.

    The checker of types sees the real import beside it, under ``TYPE_CHECKING``.
    """

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  (whatever the module has)
        return getattr(import_module(self._name), name)
