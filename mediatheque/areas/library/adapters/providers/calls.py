"""Calls to a provider: paced, repeated where that may help, and never for long."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any, Final

import stamina

from mediatheque.kit.http import FetchError, Request

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mediatheque.kit.http import Fetcher

PATIENCE_SECONDS: Final = 20.0
"""As long as a call may be put off; what asks for more comes back as ``ProviderBusyError``."""
TRIES: Final = 4
CALL_SECONDS: Final = 20.0
_LIMIT: Final = 4 * 1024 * 1024
_NOT_FOUND: Final = 404
_REFUSED: Final = frozenset({401, 403})


class ProviderError(Exception):
    """The provider gave no answer that can be used; the message is a sentence for people."""


class ProviderRefusedError(ProviderError):
    """The key is not accepted."""


class ProviderBusyError(ProviderError):
    """The provider asks to come back later: in ``seconds``."""

    def __init__(self, message: str, seconds: float) -> None:
        super().__init__(message)
        self.seconds = seconds


class Budget:
    """Lets so many calls a second through, evenly; one for the process and provider."""

    def __init__(self, per_second: float) -> None:
        self.per_second = per_second
        self._next = 0.0

    async def spend(self) -> None:
        """Wait for one's turn."""
        now = time.monotonic()
        turn = max(now, self._next)
        self._next = turn + 1 / self.per_second
        if turn > now:
            await asyncio.sleep(turn - now)


class Caller:
    """Asks one provider for JSON."""

    def __init__(
        self, fetcher: Fetcher, label: str, url: str, headers: Mapping[str, str], budget: Budget
    ) -> None:
        self._fetcher = fetcher
        self._label = label
        self._url = url.rstrip("/")
        self._headers = {"Accept": "application/json", **headers}
        self._budget = budget

    async def get(self, path: str, **params: str | int | None) -> dict[str, Any] | None:
        """The answer's object, or None for what is not there; the provider's errors.

        What passes (a time-out, a broken connection, 429, 5xx) is tried again, after the time
        that ``Retry-After`` asks for or with growing pauses.
        """
        asked = Request(
            f"{self._url}{path}",
            headers=self._headers,
            params={name: value for name, value in params.items() if value is not None},
            types=("application/json",),
            limit=_LIMIT,
            seconds=CALL_SECONDS,
        )
        try:
            async for attempt in stamina.retry_context(
                on=_pause, attempts=TRIES, timeout=3 * CALL_SECONDS, wait_initial=0.2, wait_max=5.0
            ):
                with attempt:
                    await self._budget.spend()
                    found = (await self._fetcher.fetch(asked)).json()
        except FetchError as error:
            if error.status == _NOT_FOUND:
                return None
            raise self._said(error) from error
        if not isinstance(found, dict):
            raise ProviderError(f"{self._label} answered with something unexpected.")
        return found

    def _said(self, error: FetchError) -> ProviderError:
        if error.status in _REFUSED:
            return ProviderRefusedError(f"{self._label} does not accept the key.")
        if error.retry_after is not None and error.retry_after > PATIENCE_SECONDS:
            seconds = round(error.retry_after)
            return ProviderBusyError(
                f"{self._label} asks to wait for {seconds} seconds.", error.retry_after
            )
        return ProviderError(f"{self._label} gave no answer: {error.message}")


def _pause(error: Exception) -> bool | float:
    """Whether to try again, or after how many seconds."""
    if not isinstance(error, FetchError) or not error.is_passing:
        return False
    if error.retry_after is None:
        return True
    return error.retry_after if error.retry_after <= PATIENCE_SECONDS else False
