"""Background work on accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

import structlog

from mediatheque.areas.accounts.actions.credentials import clean_credentials
from mediatheque.areas.accounts.actions.letters import (
    clean_letters,
    hold_letter,
    note_delivery,
    notice_device,
)
from mediatheque.areas.accounts.actions.resets import answer_reset_request as answer
from mediatheque.areas.accounts.actions.resets import clean_tickets
from mediatheque.areas.accounts.actions.setup import offer_setup
from mediatheque.areas.accounts.adapters.letters.post import Post
from mediatheque.areas.accounts.queries.letters import find_waiting_letter
from mediatheque.core.queue import Jobs
from mediatheque.kit.mail import MailError

if TYPE_CHECKING:
    from mediatheque.core.work import Work

log = structlog.get_logger()

JOBS = Jobs("accounts")


@JOBS.job(cron="17 3 * * *")
async def clean_ended_credentials(work: Work) -> None:
    """Delete credentials that ended some weeks ago, every night."""
    async with work.write(None, across=True) as ctx:
        await clean_credentials(ctx)


@JOBS.job(queue="letters", on="accounts.letter_written")
async def send_letter(work: Work, ref_id: str, **_: object) -> None:
    """Hand one letter in; a mail server that fails for now is asked again later.

    Run twice, it sends once: the letter's row says what became of it. Only a worker that dies
    between the server's answer and that row sends it again, with the same Message-ID.
    """
    wanted = UUID(ref_id)
    row = await find_waiting_letter(work.read(None, across=True), wanted)
    if row is None:
        return
    post = Post.of(work.settings)
    failure: MailError | None = None
    if post.mailer is not None:
        try:
            await post.send(row)
        except MailError as error:
            failure = error
            log.warning("a letter was not taken", id=ref_id, error=error.message)
    async with work.write(None, across=True) as ctx:
        if post.mailer is None:
            await hold_letter(ctx, wanted)
        else:
            await note_delivery(ctx, wanted, failure)


@JOBS.job(cron="23 * * * *")
async def clean_old_letters(work: Work) -> None:
    """Erase what letters said once their links have ended, every hour."""
    async with work.write(None, across=True) as ctx:
        await clean_letters(ctx)
        await clean_tickets(ctx)


@JOBS.job(queue="letters", on="accounts.signed_in")
async def notice_new_device(work: Work, ref_id: str, **_: object) -> None:
    """Tell people of a session on a device that their account does not know."""
    async with work.write(None, across=True) as ctx:
        await notice_device(ctx, UUID(ref_id))


@JOBS.job(queue="letters")
async def answer_reset_request(work: Work, email: str) -> None:
    """Write to whoever has forgotten their password, if there is such a user."""
    async with work.write(None, across=True) as ctx:
        await answer(ctx, email)


async def announce_setup(work: Work) -> None:
    """At the start of the web process: an empty house writes its set-up link to the log."""
    async with work.write(None, across=True) as ctx:
        token = await offer_setup(ctx)
    if token is not None:
        link = f"{work.settings.base_url}/setup?token={token}"
        log.warning("nobody is here yet: open this link to become the owner", link=link)
