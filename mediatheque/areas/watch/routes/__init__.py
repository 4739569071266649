"""Playing: the API's part, and the addresses that players use without a login."""

from fastapi import APIRouter

from mediatheque.areas.watch.routes import (
    gateway,
    outputs,
    playback,
    players,
    recommended,
    tuner,
)

router = APIRouter()
for part in (playback, players, recommended):
    router.include_router(part.router)

root = APIRouter(include_in_schema=False)
for part in (gateway, outputs, tuner):
    root.include_router(part.router)
