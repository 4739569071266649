"""The database a command works on."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

import click

from mediatheque.cli.options import BadSettingError, Options, read_options
from mediatheque.kit.postgres import (
    AlreadyRunningError,
    EmbeddedPostgres,
    PostgresError,
    running_url,
)

START_SECONDS = 10.0


def say(text: str) -> None:
    """Tell the person at the terminal, apart from what the command writes."""
    click.echo(text, err=True)


@contextmanager
def open_database() -> Iterator[tuple[Options, str]]:
    """Give the options and the URL of the database; settings read later find it too.

    ``DATABASE_URL``; else the embedded server that runs already; else that server, started for
    as long as the command takes. What goes wrong there ends the command with its message.
    """
    try:
        options = read_options()
        with _url(options) as url:
            os.environ["DATABASE_URL"] = url
            os.environ["MEDIATHEQUE_DATA"] = str(options.data)
            yield options, url
    except (BadSettingError, PostgresError) as error:
        raise click.ClickException(str(error)) from error


@contextmanager
def _url(options: Options) -> Iterator[str]:
    found = options.database_url or running_url(options.cluster)
    if found:
        yield found
        return
    options.data.mkdir(parents=True, exist_ok=True)
    server = EmbeddedPostgres(options.cluster, settings=options.postgres, say=say)
    try:
        server.prepare()
    except AlreadyRunningError:
        yield _starting_url(options)
        return
    with server:
        yield server.url()


def _starting_url(options: Options) -> str:
    """Wait for the server of a product that is just starting."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        found = running_url(options.cluster)
        if found:
            return found
        time.sleep(0.1)
    raise PostgresError("The product is starting or stopping; try again in a moment.")
