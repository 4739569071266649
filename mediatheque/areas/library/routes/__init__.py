"""The library's part of the API."""

from fastapi import APIRouter

from mediatheque.areas.library.routes import browse

router = APIRouter()
router.include_router(browse.router)
