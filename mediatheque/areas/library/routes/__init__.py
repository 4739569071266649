"""The library's part of the API."""

from fastapi import APIRouter

from mediatheque.areas.library.routes import (
    annotations,
    browse,
    copies,
    libraries,
    loans,
    statistics,
)

router = APIRouter()
for part in (browse, libraries, copies, loans, annotations, statistics):
    router.include_router(part.router)
