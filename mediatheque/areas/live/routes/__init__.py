"""Live television's part of the API."""

from fastapi import APIRouter

from mediatheque.areas.live.routes import (
    channels,
    exports,
    guide,
    matching,
    reminders,
    retention,
    schedule,
    sources,
    templates,
)

router = APIRouter()
for part in (
    channels,
    exports,
    guide,
    matching,
    reminders,
    retention,
    schedule,
    sources,
    templates,
):
    router.include_router(part.router)
