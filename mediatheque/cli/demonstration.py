"""``mediatheque demo``."""

from __future__ import annotations

import click

from mediatheque.cli.house import in_house
from mediatheque.core.work import Work
from mediatheque.demo.story import Told, tell
from mediatheque.demo.world import world


@click.command("demo")
@click.option("--first-start", is_flag=True, hidden=True, help="Called by `serve`: say less.")
def demo(*, first_start: bool) -> None:
    """Create the demonstration world; what is there already stays as it is."""

    async def act(work: Work) -> Told:
        return await tell(work.database, work.settings)

    told = in_house(act)
    if first_start:
        return
    if told.is_news:
        click.echo(f"Told of {told.works} works in {told.seconds:.1f} s.")
    else:
        click.echo("The demonstration world is there already.")
    owner = world().people[0]
    click.echo(f"Sign in as {owner.email} with the password {world().password}.")
