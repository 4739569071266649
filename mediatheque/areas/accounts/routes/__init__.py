"""Paths of one's own account, of credentials, and of the house's people."""

from fastapi import APIRouter

from mediatheque.areas.accounts.routes import (
    account,
    belongings,
    devices,
    factors,
    keys,
    letters,
    links,
    profiles,
    resets,
    sessions,
)

router = APIRouter()
for part in (account, sessions, keys, letters, profiles):
    router.include_router(part.router)
router.include_router(letters.admin)
router.include_router(resets.auth)
router.include_router(resets.account)
router.include_router(links.auth)
router.include_router(links.account)
router.include_router(belongings.router)
router.include_router(devices.oauth)
router.include_router(devices.account)
router.include_router(factors.router)
router.include_router(factors.passkeys)
