"""The library's part of the API."""

from fastapi import APIRouter

from mediatheque.areas.library.routes import (
    annotations,
    browse,
    copies,
    covers,
    enrichment,
    exports,
    libraries,
    loans,
    statistics,
    transfer,
)

router = APIRouter()
for part in (
    browse,
    libraries,
    transfer,
    copies,
    covers,
    loans,
    annotations,
    statistics,
    exports,
    enrichment,
):
    router.include_router(part.router)
