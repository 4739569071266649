"""``mediatheque demo``."""

from __future__ import annotations

import sys

import click

from mediatheque.areas.accounts.queries import find_user_id, get_setup
from mediatheque.cli.house import in_house
from mediatheque.cli.serve import LIVED_IN
from mediatheque.core.work import Work
from mediatheque.demo.story import Told, tell
from mediatheque.demo.world import world


@click.command("demo")
@click.option("--first-start", is_flag=True, hidden=True, help="Called by `serve`.")
def demo(*, first_start: bool) -> None:
    """Create the demonstration world; what is there already stays as it is.

    At a first start only in an empty house: one in which people live, on a database of theirs,
    shall not get an owner whose password everybody knows.
    """
    owner = world().people[0]

    async def act(work: Work) -> Told | None:
        ctx = work.read(None, across=True)
        is_lived_in = not (await get_setup(ctx)).needed and not await find_user_id(ctx, owner.email)
        if first_start and is_lived_in:
            return None
        return await tell(work.database, work.settings)

    told = in_house(act)
    if told is None:
        click.echo("People live here already: no demonstration world is made.")
        sys.exit(LIVED_IN)
    if told.is_news:
        click.echo(f"Told of {told.works} works in {told.seconds:.1f} s.")
    else:
        click.echo("The demonstration world is there already.")
    if first_start:
        return
    click.echo(f"Sign in as {owner.email} with the password {world().password}.")
