"""Background work on accounts."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import structlog

from mediatheque.areas.accounts.actions import belongings as data
from mediatheque.areas.accounts.actions.credentials import (
    bound_sessions,
    clean_challenges,
    clean_credentials,
)
from mediatheque.areas.accounts.actions.letters import (
    clean_letters,
    hold_letter,
    note_delivery,
    notice_device,
)
from mediatheque.areas.accounts.actions.resets import answer_reset_request as answer
from mediatheque.areas.accounts.actions.resets import clean_tickets
from mediatheque.areas.accounts.actions.setup import offer_setup
from mediatheque.areas.accounts.adapters.archive import new_archive
from mediatheque.areas.accounts.adapters.issuers import issuers
from mediatheque.areas.accounts.adapters.letters.post import Post
from mediatheque.areas.accounts.queries.belongings import (
    find_export,
    list_files,
    list_spaces_of,
    list_traces,
    read_part,
)
from mediatheque.areas.accounts.queries.letters import find_waiting_letter
from mediatheque.areas.accounts.rules.belongings import EXTENSION, Belongings
from mediatheque.core.module import EXTENSIONS
from mediatheque.core.queue import Jobs
from mediatheque.core.stores import storage
from mediatheque.kit.ids import uuid7
from mediatheque.kit.mail import MailError

if TYPE_CHECKING:
    from mediatheque.core.work import Work

log = structlog.get_logger()

JOBS = Jobs("accounts")


@JOBS.job(cron="17 3 * * *")
async def clean_ended_credentials(work: Work) -> None:
    """Delete credentials that ended some weeks ago, every night; bound sessions as is set now."""
    async with work.write(None, across=True) as ctx:
        await bound_sessions(ctx, timedelta(days=work.settings.session_at_most_days))
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


def all_belongings() -> list[Belongings]:
    """What each area knows about people, in the order of the registry."""
    return EXTENSIONS.get(EXTENSION, [])


@JOBS.job(queue="exports", tries=3)
async def make_export(work: Work, export_id: str) -> None:
    """Write the archive of somebody's data, part by part, and put it into the store.

    Run again, it begins again: the archive has one place in the store.
    """
    wanted, ctx, areas = UUID(export_id), work.read(None, across=True), all_belongings()
    row = await find_export(ctx, wanted)
    if row is None:
        return
    person: UUID = row["user_id"]
    parts = [(f"{one.area}/{name}", sql) for one in areas for name, sql in one.parts.items()]
    key = f"exports/{person}/{wanted}.zip"
    try:
        kept = storage(work.settings)
        async with new_archive() as (archive, path):
            for done, (name, sql) in enumerate(parts):
                async with work.write(None, across=True) as noting:
                    await data.note_export(noting, wanted, done, len(parts) + 1)
                await archive.add_rows(name, read_part(ctx, sql, person))
            for name, place in await list_files(ctx, areas, person):
                await archive.add_file(name, kept, place)
            archive.close()
            stored = await kept.put(key, path, content_type="application/zip")
    except Exception:
        async with work.write(None, across=True) as failing:
            await data.fail_export(failing, wanted, "The archive could not be made.")
        raise
    async with work.write(None, across=True) as finishing:
        await data.finish_export(finishing, wanted, key, stored.size)


@JOBS.job(cron="41 * * * *")
async def delete_old_exports(work: Work) -> None:
    """Delete archives whose week is over, every hour."""
    async with work.write(None, across=True) as ctx:
        keys = await data.expire_exports(ctx)
    await storage(work.settings).delete(*keys)


@JOBS.job(queue="exports", tries=10)
async def erase_person(work: Work, user_id: str) -> None:
    """Have every area let go of a person, space by space, and delete their account last.

    Each space is a transaction of its own: a worker that dies in between begins again, and finds
    less to do.
    """
    person, areas = UUID(user_id), all_belongings()
    ctx = work.read(None, across=True)
    traces = await list_traces(ctx, areas, person)
    nobody = uuid7()
    for space_id in await list_spaces_of(ctx, areas, person):
        async with work.write(await work.space(space_id)) as within:
            for one in reversed(areas):
                if one.erase is not None:
                    await one.erase(within, person, nobody)
    async with work.write(None, across=True) as last:
        keys = await data.erase_user(last, person, traces)
    await storage(work.settings).delete(*keys)


async def begin(work: Work) -> None:
    """At the start of the web process: settings that make no sense stop it; set-up is offered."""
    Post.of(work.settings)
    issuers(work.settings)
    await announce_setup(work)


@JOBS.job(cron="41 * * * *")
async def clean_ended_challenges(work: Work) -> None:
    """Delete questions and codes of devices that nobody answered, every hour."""
    async with work.write(None, across=True) as ctx:
        await clean_challenges(ctx)


async def announce_setup(work: Work) -> None:
    """At the start of the web process: an empty house writes its set-up link to the log."""
    async with work.write(None, across=True) as ctx:
        token = await offer_setup(ctx)
    if token is not None:
        link = f"{work.settings.base_url}/setup?token={token}"
        log.warning("nobody is here yet: open this link to become the owner", link=link)
