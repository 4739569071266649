"""The store of this process's files, and its one way of fetching from outside."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from mediatheque.kit.http import Fetcher
from mediatheque.kit.storage import Storage, open_storage

if TYPE_CHECKING:
    from mediatheque.core.settings import Settings

_ANYWHERE = ("0.0.0.0/0", "::/0")


def storage(settings: Settings) -> Storage:
    """Where files are kept: ``storage_url``, or the folder ``files`` under ``data``."""
    return _opened(settings.storage_url or str(settings.data / "files"))


def fetcher(settings: Settings) -> Fetcher:
    """The guarded fetcher; private addresses only where ``allow_private_fetch`` says so."""
    return _fetching(settings.allow_private_fetch)


@cache
def _opened(url: str) -> Storage:
    return open_storage(url)


@cache
def _fetching(is_private_allowed: bool) -> Fetcher:
    return Fetcher(allow=_ANYWHERE if is_private_allowed else ())
