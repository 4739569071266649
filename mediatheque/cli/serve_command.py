"""The face of ``serve`` in the help; see ``serve``."""

from __future__ import annotations

import sys

import click

from mediatheque.cli.serve import WITH_PARENT, run


@click.command()
@click.option(WITH_PARENT, "with_parent", is_flag=True, help="End when the caller ends.")
def serve(*, with_parent: bool) -> None:
    """Run everything: database, web and worker.

    Without DATABASE_URL it starts a PostgreSQL of its own under MEDIATHEQUE_DATA. The first
    start makes a demonstration world, unless MEDIATHEQUE_DEMO=0. Ctrl-C ends it.
    """
    sys.exit(run(with_parent=with_parent))
