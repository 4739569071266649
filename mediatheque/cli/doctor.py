"""``mediatheque doctor``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from mediatheque.cli.checks import (
    Finding,
    Level,
    check_database,
    check_keys,
    check_post,
    check_redis,
    check_settings,
    check_storage,
    check_web,
)
from mediatheque.cli.checks.finding import failure
from mediatheque.cli.database import open_database

if TYPE_CHECKING:
    from collections.abc import Iterator

COLOURS = {Level.FINE: "green", Level.WARNING: "yellow", Level.FAILURE: "red"}


@click.command()
def doctor() -> None:
    """Check database, extensions, storage, queue and settings, and say what to do.

    The exit code is 1 if something keeps the product from working.
    """
    levels = [_tell(finding) for finding in _examine()]
    failed = levels.count(Level.FAILURE)
    click.echo(f"\n{failed} failed." if failed else "\nEverything the product needs is there.")
    sys.exit(1 if failed else 0)


def _examine() -> Iterator[Finding]:
    settings, findings = check_settings()
    yield from findings
    try:
        with open_database() as (_, url):
            yield from check_database(url)
    except click.ClickException as error:
        yield failure("database", error.message, "")
    if settings is not None:
        yield check_keys(settings)
        yield from check_storage(settings)
        yield from check_redis(settings)
        yield from check_post(settings)
        yield check_web(settings)


def _tell(finding: Finding) -> Level:
    level = click.style(f"{finding.level:>8}", fg=COLOURS[finding.level])
    click.echo(f"{level}  {finding.name}: {finding.text}")
    if finding.advice:
        click.echo(f"{'':>10}→ {finding.advice}")
    return finding.level
