"""``mediatheque audit verify`` and ``mediatheque audit seal``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import click
from sqlalchemy import text

from mediatheque.areas.spaces.queries.spaces import find_space_id
from mediatheque.cli.house import in_house
from mediatheque.core.seals import AT_ONCE, Verdict, list_chains, seal
from mediatheque.core.seals import verify as verify_chain

if TYPE_CHECKING:
    from uuid import UUID

    from mediatheque.core.work import Work

_HEAD: Final = re.compile(r"(\d+):([0-9a-fA-F]{64})")
HOUSE: Final = "the house"
_SLUGS: Final = text("SELECT id, slug FROM spaces_spaces")


@click.command("verify")
@click.option("--space", "slug", help="Only this space's journal; else all, and the house's own.")
@click.option("--house", "is_house", is_flag=True, help="Only what belongs to no space.")
@click.option(
    "--head",
    help="A head that was printed before and kept elsewhere, `<entries>:<hash>`; needs --space "
    "or --house.",
)
def verify(*, slug: str | None, is_house: bool, head: str | None) -> None:
    """Find out whether entries of the journal were changed, removed, added or moved.

    The exit code is 1 if so. Print the heads from time to time and keep them elsewhere: who has
    every right on the database could seal a changed journal anew, and only a kept head tells.
    """
    if slug and is_house:
        raise click.UsageError("Say either --space or --house.")
    expected = None
    if head is not None:
        found = _HEAD.fullmatch(head)
        if found is None:
            raise click.UsageError("A head is `<entries>:<hash>`, as this command prints it.")
        if not (slug or is_house):
            raise click.UsageError("A head is that of one journal: say --space or --house.")
        expected = (int(found[1]), found[2])

    async def act(work: Work) -> list[bool]:
        reader = work.read(None, across=True)
        names = await _names(work)
        if slug:
            space_id = await find_space_id(reader, slug)
            if space_id is None:
                raise click.ClickException(f"There is no space {slug!r}.")
            chains: list[UUID | None] = [space_id]
        else:
            chains = [None] if is_house else await list_chains(reader.db)
        verdicts = []
        for one in chains:
            verdict = await verify_chain(reader.db, one, expected)
            _tell(verdict, names.get(one, str(one)))
            verdicts.append(verdict.is_whole)
        return verdicts

    verdicts = in_house(act)
    if not all(verdicts):
        raise click.ClickException(
            f"{verdicts.count(False)} of {len(verdicts)} journals are not as they were sealed. "
            "Keep a copy of the database as it is, and compare with a backup."
        )
    click.echo(f"{len(verdicts)} journals are whole.")


async def _names(work: Work) -> dict[UUID | None, str]:
    rows = await work.read(None, across=True).db.rows(_SLUGS)
    return {None: HOUSE, **{row["id"]: row["slug"] for row in rows}}


def _tell(verdict: Verdict, name: str) -> None:
    state = "whole" if verdict.is_whole else "NOT WHOLE"
    parts = [f"{verdict.count} entries sealed"]
    if verdict.removed:
        parts.append(f"{verdict.removed} of them removed by retention")
    if verdict.waiting:
        parts.append(f"{verdict.waiting} not sealed yet")
    click.echo(f"{name}: {state}; {', '.join(parts)}")
    click.echo(f"  head {verdict.count}:{verdict.hash.hex()}")
    for fault in verdict.faults:
        where = f"entry {fault.position}: " if fault.position is not None else ""
        click.echo(f"  {where}{fault.message}")
    if verdict.more_faults:
        click.echo(f"  and {verdict.more_faults} more")


@click.command("seal")
def seal_() -> None:
    """Seal what is new in every journal now; the worker does so each minute."""

    async def act(work: Work) -> int:
        sealed = 0
        for space_id in await list_chains(work.read(None, across=True).db, only_waiting=True):
            done = AT_ONCE
            while done == AT_ONCE:
                async with work.database.transaction(space_id) as writer:
                    done = await seal(writer)
                sealed += done
        return sealed

    click.echo(f"Sealed {in_house(act)} entries.")
