"""The house as commands see it: the database of this process, every area wired."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

import click
import psycopg
import sqlalchemy.exc

from mediatheque.areas.accounts.queries import find_user_id
from mediatheque.areas.spaces.queries.spaces import find_space_id
from mediatheque.cli.database import open_database
from mediatheque.cli.schema import current_revision
from mediatheque.core.context import Actor, Space
from mediatheque.core.http.application import wire
from mediatheque.core.module import House
from mediatheque.core.schema import head
from mediatheque.core.settings import Settings
from mediatheque.core.work import Work
from mediatheque.kit import log
from mediatheque.kit.db import Database
from mediatheque.kit.errors import RefusalError
from mediatheque.registry import MODULES

T = TypeVar("T")


def in_house(act: Callable[[Work], Awaitable[T]]) -> T:
    """Run ``act`` over the database of this installation; refusals become messages."""
    with open_database() as (_, url):
        if current_revision(url) != head():
            raise click.ClickException(
                "The database is not at this version. Run `mediatheque migrate` first."
            )
        if sys.stderr is sys.__stderr__:  # else somebody collects it, and closes it after
            log.configure("ERROR")
        try:
            return asyncio.run(_run(act, url))
        except RefusalError as refusal:
            raise click.ClickException(refusal.text) from refusal
        except (psycopg.Error, sqlalchemy.exc.DBAPIError) as error:
            raise click.ClickException(f"The database refused: {error}") from error


async def _run(act: Callable[[Work], Awaitable[T]], url: str) -> T:
    async with opened(url) as work:
        return await act(work)


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Work]:
    """Open the database with every area's jobs and subscriptions known."""
    wire(House(MODULES))
    database = Database(url, readers=2, writers=2)
    await database.open()
    try:
        yield Work(database, Settings())
    finally:
        await database.close()


async def space_named(work: Work, slug: str) -> Space:
    """Find a space by its slug, or end with a message."""
    found = await find_space_id(work.read(None, across=True), slug)
    if found is None:
        raise click.ClickException(f"There is no space {slug!r}.")
    return await work.space(found)


async def user_named(work: Work, email: str) -> Actor:
    """Find a user by address, as an actor, or end with a message."""
    found = await find_user_id(work.read(None, across=True), email)
    if found is None:
        raise click.ClickException(f"There is no user with the address {email!r}.")
    return Actor("user", id=found, name=email)
