"""Paths of one's own account, of credentials, and of the house's people."""

from fastapi import APIRouter

from mediatheque.areas.accounts.routes import account, keys, letters, sessions

router = APIRouter()
for part in (account, sessions, keys, letters):
    router.include_router(part.router)
