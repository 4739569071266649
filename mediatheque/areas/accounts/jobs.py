"""Background work on accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog

from mediatheque.areas.accounts.actions.credentials import clean_credentials
from mediatheque.areas.accounts.actions.setup import offer_setup
from mediatheque.core.queue import Jobs

if TYPE_CHECKING:
    from mediatheque.core.work import Work

log = structlog.get_logger()

JOBS = Jobs("accounts")


@JOBS.job(cron="17 3 * * *")
async def clean_ended_credentials(work: Work) -> None:
    """Delete credentials that ended some weeks ago, every night."""
    async with work.write(None, across=True) as ctx:
        await clean_credentials(ctx)


async def announce_setup(work: Work) -> None:
    """At the start of the web process: an empty house writes its set-up link to the log."""
    async with work.write(None, across=True) as ctx:
        token = await offer_setup(ctx)
    if token is not None:
        link = f"{work.settings.base_url}/setup?token={token}"
        log.warning("nobody is here yet: open this link to become the owner", link=link)
