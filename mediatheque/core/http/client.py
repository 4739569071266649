"""The house's parts as a request reaches them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from mediatheque.kit.ratelimit import RateLimiter

if TYPE_CHECKING:
    from fastapi import Request

    from mediatheque.core.module import House
    from mediatheque.core.settings import Settings
    from mediatheque.kit.db import Database


@dataclass(frozen=True, slots=True)
class Client:
    """What an application holds: one of each, for all requests."""

    database: Database
    settings: Settings
    house: House
    limiter: RateLimiter = field(default_factory=RateLimiter)
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when the process is told to stop: open streams end."""

    @classmethod
    def of(cls, request: Request) -> Client:
        """From the application's state."""
        return cast("Client", request.app.state.client)
