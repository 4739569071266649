"""Trying a service with its settings: one real call each, through the guarded fetcher."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from mediatheque.core.stores import fetcher
from mediatheque.kit.http import FetchError, Request

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from mediatheque.core.settings import Settings

_SECONDS: Final = 10.0
_LIMIT: Final = 1024 * 1024
_REFUSED: Final = frozenset({401, 403})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a call came to; the message is a sentence for people."""

    state: Literal["works", "fails"]
    message: str


async def _tmdb(values: Mapping[str, Any], settings: Settings) -> Outcome:
    return await _call(
        settings,
        "TMDB",
        f"{settings.tmdb_url.rstrip('/')}/configuration",
        {"Authorization": f"Bearer {values['token']}"},
    )


async def _plex(values: Mapping[str, Any], settings: Settings) -> Outcome:
    url = f"{str(values['url']).rstrip('/')}/library/sections"
    return await _call(settings, "Plex", url, {"X-Plex-Token": values["token"]})


async def _vision(values: Mapping[str, Any], settings: Settings) -> Outcome:
    url = f"{str(values['url']).rstrip('/')}/models"
    headers = {"Authorization": f"Bearer {values['key']}"}
    return await _call(settings, "The service", url, headers)


async def _payment(values: Mapping[str, Any], settings: Settings) -> Outcome:
    headers = {"Authorization": f"Bearer {values['key']}"}
    return await _call(settings, "Stripe", "https://api.stripe.com/v1/balance", headers)


async def _call(settings: Settings, label: str, url: str, headers: dict[str, str]) -> Outcome:
    asked = Request(
        url,
        headers={"Accept": "application/json", **headers},
        limit=_LIMIT,
        seconds=_SECONDS,
        redirects=0,
    )
    try:
        answer = await fetcher(settings).fetch(asked)
    except FetchError as error:
        if error.status in _REFUSED:
            return Outcome("fails", f"{label} does not accept the key.")
        return Outcome("fails", f"{label} gave no good answer: {error.message}")
    if answer.status >= 300:  # noqa: PLR2004  (a redirect: no answer of the service)
        return Outcome("fails", f"{label} answered with a redirect. Check the address.")
    return Outcome("works", f"{label} answered.")


CHECKS: dict[str, Callable[[Mapping[str, Any], Settings], Awaitable[Outcome]]] = {
    "tmdb": _tmdb,
    "plex": _plex,
    "vision": _vision,
    "payment": _payment,
}
"""The services that can be tried, by name."""
