"""Live television's part of the API."""

from fastapi import APIRouter

from mediatheque.areas.live.routes import channels, guide, schedule

router = APIRouter()
for part in (channels, guide, schedule):
    router.include_router(part.router)
