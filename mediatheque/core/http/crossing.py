"""Programs in pages of other origins (CORS), by setting; none without it.

Cookies are never offered across origins, whatever is allowed: such a program sends a key of its
own in ``Authorization``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.middleware.cors import CORSMiddleware

from mediatheque.core.http.networks import words

if TYPE_CHECKING:
    from fastapi import FastAPI

    from mediatheque.core.settings import Settings

METHODS: Final = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
ASKED: Final = ("Authorization", "Content-Type", "If-Match", "If-None-Match", "X-Space")
TOLD: Final = (
    "Content-Disposition",
    "ETag",
    "Location",
    "Retry-After",
    "X-RateLimit-Limit",
    "X-RateLimit-Remaining",
    "X-RateLimit-Reset",
    "X-Request-Id",
)


def cross_origin(app: FastAPI, settings: Settings) -> None:
    """Let the pages of ``cors_origins`` read the answers of the API."""
    origins = words(settings.cors_origins)
    if not origins:
        return
    app.add_middleware(
        CORSMiddleware,
        allow_origins=[one.rstrip("/") for one in origins],
        allow_methods=METHODS,
        allow_headers=ASKED,
        expose_headers=TOLD,
        allow_credentials=False,
        max_age=600,
    )
