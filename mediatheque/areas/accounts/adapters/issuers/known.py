"""The issuers of this process, made once from the settings."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from mediatheque.areas.accounts.adapters.issuers.declared import Declared, read_issuers
from mediatheque.areas.accounts.adapters.issuers.github import GitHub
from mediatheque.areas.accounts.adapters.issuers.openid import OpenId
from mediatheque.areas.accounts.rules.links import NoSuchIssuerError
from mediatheque.core.stores import fetcher
from mediatheque.kit.http import Fetcher

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mediatheque.areas.accounts.adapters.issuers.flow import Issuer
    from mediatheque.core.settings import Settings

KINDS: dict[str, type[OpenId | GitHub]] = {"openid": OpenId, "google": OpenId, "github": GitHub}


def issuers(settings: Settings) -> Mapping[str, Issuer]:
    """Name → issuer, in the order of the setting; ValueError when that makes no sense."""
    return _made(settings.issuers, fetcher(settings))


def issuer_of(settings: Settings, name: str) -> Issuer:
    """One of them; NoSuchIssuerError."""
    found = issuers(settings).get(name)
    if found is None:
        raise NoSuchIssuerError
    return found


@cache
def _made(text: str, shared: Fetcher) -> Mapping[str, Issuer]:
    return {one.name: _make(one, shared) for one in read_issuers(text)}


def _make(declared: Declared, shared: Fetcher) -> Issuer:
    own = Fetcher(allow=declared.hosts) if declared.hosts else shared
    return KINDS[declared.kind](declared, own)
