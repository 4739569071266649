"""``mediatheque import`` and ``mediatheque export``."""

from __future__ import annotations

import asyncio
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click
from sqlalchemy import text

from mediatheque.cli.caller import api, checked, client, download, member
from mediatheque.cli.house import in_house
from mediatheque.worker import serve as run_worker

if TYPE_CHECKING:
    import httpx

    from mediatheque.core.work import Work

MOVING = frozenset({"queued", "running"})
BAD = frozenset({"failed", "cancelled"})
OUTCOMES = ("created", "updated", "skipped", "needs_review", "failed")
LOOK_SECONDS = 0.3
_WORKERS = text(
    "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - interval '15 s'"
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to import, and how."""

    file: Path
    space: str
    email: str | None
    fields: dict[str, str]
    is_waiting: bool


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--space", required=True, help="The slug of the space.")
@click.option("--library", help="The slug of the library; else the space's default.")
@click.option("--source", default="auto", help="The format; `auto` recognises it.")
@click.option(
    "--mode",
    default="add",
    type=click.Choice(["add", "fill", "overwrite"]),
    help="What happens to works that are there: nothing, empty fields filled, fields replaced.",
)
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
@click.option("--as", "email", help="The address of the member who imports; else an owner.")
@click.option("--no-wait", is_flag=True, help="Leave the work to the running worker.")
def import_(  # noqa: PLR0913 - these are the command's options
    *,
    file: Path,
    space: str,
    library: str | None,
    source: str,
    mode: str,
    dry_run: bool,
    email: str | None,
    no_wait: bool,
) -> None:
    """Import a file into a library and wait until it is in.

    A running worker does the work; without one, this command does it itself.
    """
    fields = {"source": source, "mode": mode, "dry_run": str(dry_run).lower()}
    if library:
        fields["library"] = library
    wanted = Wanted(file, space, email, fields, is_waiting=not no_wait)
    found = in_house(lambda work: _import(work, wanted))
    if found.get("status") in BAD:
        reason = found.get("error") or {"message": f"The import is {found['status']}."}
        line = f"Line {reason['line']}: " if reason.get("line") else ""
        raise click.ClickException(f"{line}{reason['message']}")


async def _import(work: Work, wanted: Wanted) -> dict[str, Any]:
    app = api(work, await member(work, wanted.space, wanted.email))
    async with client(app) as http:
        with wanted.file.open("rb") as content:
            answer = await http.post(
                "/imports", data=wanted.fields, files={"file": (wanted.file.name, content)}
            )
        started: dict[str, Any] = checked(answer)
        if not wanted.is_waiting:
            click.echo(f"Import {started['id']} waits for a worker.")
            return started
        own = None
        if not await work.database.across().scalar(_WORKERS):
            own = asyncio.create_task(run_worker(work.settings))
        try:
            return await _follow(http, started["id"], own)
        finally:
            if own is not None:
                own.cancel()
                with suppress(asyncio.CancelledError):
                    await own


async def _follow(
    http: httpx.AsyncClient, number: str, own: asyncio.Task[None] | None
) -> dict[str, Any]:
    while True:
        found: dict[str, Any] = checked(await http.get(f"/imports/{number}"))
        done, total = found["progress"]["done"], found["progress"]["total"]
        if sys.stderr.isatty():
            click.echo(f"\r{done} of {total or '?'} rows", nl=False, err=True)
        if found["status"] not in MOVING:
            _tell(found)
            return found
        if own is not None and own.done():
            raise click.ClickException("Interrupted; the next worker goes on with the import.")
        await asyncio.sleep(LOOK_SECONDS)


def _tell(found: dict[str, Any]) -> None:
    counts = ", ".join(f"{found['summary'][one]} {one.replace('_', ' ')}" for one in OUTCOMES)
    if sys.stderr.isatty():
        click.echo("", err=True)
    click.echo(f"{found['source']}: {counts}.")
    if found["status"] == "needs_mapping":
        click.echo("Its columns are unknown: say in the browser, under Imports, what they mean.")
    elif found["summary"]["needs_review"]:
        click.echo("Decide in the browser, under Review, what the doubtful rows are.")


@click.command("export")
@click.option("--space", required=True, help="The slug of the space.")
@click.option(
    "--format",
    "kind",
    default="csv",
    type=click.Choice(["csv", "json"]),
    help="The form of the file.",
)
@click.option("--output", default="-", type=click.File("wb"), help="A file; else the terminal.")
@click.option("--as", "email", help="The address of the member who exports; else an owner.")
def export(*, space: str, kind: str, output: IO[bytes], email: str | None) -> None:
    """Write a space's collection to a file; `import` reads it back."""

    async def act(work: Work) -> None:
        app = api(work, await member(work, space, email))
        await download(app, f"/exports/library.{kind}", output)

    in_house(act)
